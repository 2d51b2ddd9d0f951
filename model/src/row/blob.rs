//! **Rows about what is attached to messages: which blob of the provider's store they are about.**
//!
//! A blob is one message's, and its address in the store is a name of its own. A row holds the message's place in its stead, in
//! the bits of the detail; whoever sees the row sees the name (see [`crate::view`]).

use super::{Kind, Row};
use crate::world::User;

impl Row {
    /// The same row, about the blob of what is attached to the message of this place.
    #[must_use]
    pub const fn about_blob(self, message: usize) -> Self {
        self.because(message as u8 + 1).indexed(message)
    }

    /// The place of the message to which that is attached whose blob the row names; `None` where it names none.
    #[must_use]
    pub fn blob(self) -> Option<u8> {
        if self.is_of_a_blob() { self.detail().checked_sub(1) } else { None }
    }

    /// Whether the row is about a blob, whether or not it says about which.
    #[must_use]
    pub fn is_of_a_blob(self) -> bool {
        matches!(self.kind(), Kind::Uploaded | Kind::Fetched)
    }

    /// A blob as it stands in the provider's store, put there from an account of the user's.
    #[must_use]
    pub const fn stored(owner: User, message: usize) -> Self {
        Self::of(Kind::Uploaded).from(owner).because(message as u8 + 1).with(super::FOUND, STORED)
    }

    /// The place of the message to which that is attached whose blob comes with the row itself. In a row of a log it never does.
    #[must_use]
    pub fn stored_blob(self) -> Option<u8> {
        self.blob().filter(|_| self.found() == STORED)
    }
}

impl Row {
    /// The same row about a text that is put into no store, with something attached to the text or not.
    #[must_use]
    pub const fn with_attachment(self, attached: bool) -> Self {
        self.with(super::FOUND, attached as u32)
    }

    /// Whether a row about a text that is put into no store says that something is attached to it.
    #[must_use]
    pub fn has_attachment(self) -> bool {
        matches!(self.kind(), Kind::SmsSent | Kind::SmsDelivered | Kind::Told) && self.found() != 0
    }

    /// Whether the row is no log's, but content that is handed over: a message in a backup, or a blob of the store.
    #[must_use]
    pub fn is_content(self) -> bool {
        self.copy().is_some() || self.stored_blob().is_some()
    }
}

/// In a row about a blob, that the blob comes with it.
const STORED: u32 = 1;
