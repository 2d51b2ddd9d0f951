//! **Who writes a row into its log.**

use super::Lane;
use mailcover_model::design::Holder;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;

/// Who writes a row into its log: of the provider's, the server that handles what the row is about.
pub(super) fn recorder(service: &Service, row: Row) -> Lane {
    if service.held_by(row) == Some(Holder::Carrier) {
        return Lane::Carrier;
    }
    match row.kind() {
        Kind::Lookup | Kind::Registered | Kind::Deregistered | Kind::KeyAdded | Kind::KeySwapped => {
            Lane::Directory
        }
        Kind::Granted | Kind::Refused | Kind::Extended | Kind::Preserved | Kind::Disclosed => Lane::Desk,
        Kind::Typed
        | Kind::Picked
        | Kind::Abandoned
        | Kind::Submitted
        | Kind::Delivered
        | Kind::Unacknowledged
        | Kind::Expired
        | Kind::Told
        | Kind::SmsSent
        | Kind::SmsDelivered
        | Kind::Left
        | Kind::GivenUp
        | Kind::SwitchedOff
        | Kind::SwitchedOn
        | Kind::Travelled
        | Kind::Injected
        | Kind::Invited
        | Kind::Signalled
        | Kind::Media
        | Kind::KeyStolen
        | Kind::Alerted
        | Kind::Recalled
        | Kind::Compared
        | Kind::Altered
        | Kind::Exchange => Lane::Push,
        Kind::Reported => Lane::Desk,
        Kind::BackedUp => Lane::Backups,
        Kind::Uploaded | Kind::Fetched => Lane::Store,
        Kind::SignedIn | Kind::Purchased => Lane::Accounts,
    }
}
