//! **Reading design files, with errors that say where and what to do.**
//!
//! A file is one *layer*: the knobs that it gives and no others (`layer`, `knobs`). Its base is read first, the layer is
//! folded onto it (`fold`), and what comes out is checked as a whole (`check`, `claims`). An error always points
//! into the file that has the mistake, and says what would be right.
//!
//! Nothing here opens a file. The caller passes the text; a base is asked for by name from [`Bases`].

mod asked;
mod check;
mod claims;
mod error;
mod fold;
pub(super) mod knobs;
pub(super) mod layer;
mod observers;
mod places;
mod setting;
mod values;
mod vocabulary;

pub use error::DesignError;
pub use places::Places;
pub use setting::{apply_setting, apply_settings};

use crate::design::Design;
use error::{Source, nearest_of, quoted};
use layer::{Layer, Placed};

/// The longest design file that is read.
pub const MAX_BYTES: usize = 1 << 20;

/// The longest name of a design, a log, an adversary or a claim.
const MAX_NAME: usize = 40;

/// The longest chain of bases that is followed.
const MAX_BASES: usize = 16;

/// Where the texts of bases come from.
pub trait Bases {
    /// The text of the design of this name.
    fn text(&self, name: &str) -> Option<&str>;

    /// The names that [`Bases::text`] knows.
    fn names(&self) -> Vec<&str>;
}

/// What a file may refer to that this crate does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The claims that come with the program. When empty, `[[expect]]` may name any claim.
    pub claims: Vec<KnownClaim>,
}

/// A claim that comes with the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownClaim {
    /// Its id.
    pub id: String,
    /// The adversaries that it is put to.
    pub to: Vec<String>,
}

/// Whether the text can be the name of a design, a log, an adversary or a claim: it has 1 to 40 of the characters
/// a-z, 0-9 and the hyphen.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=MAX_NAME).contains(&text.len()) && text.chars().all(fits)
}

/// The text in the bytes of a design file.
///
/// # Errors
/// When there are more than [`MAX_BYTES`], or when they are not UTF-8.
pub fn text_of<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, DesignError> {
    if bytes.len() > MAX_BYTES {
        return Err(Source { file, text: "" }.too_long(bytes.len()));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        Source { file, text: valid }.error(
            valid.len(),
            "the file holds bytes that are not UTF-8",
            "save it as UTF-8 text",
        )
    })
}

/// Reads a design file's text and resolves it: base first, then its own knobs.
///
/// # Errors
/// When the text is not a design file, or describes no design: see [`DesignError`].
pub fn read(
    text: &str,
    file: &str,
    bases: &dyn Bases,
    vocabulary: &Vocabulary,
) -> Result<Design, DesignError> {
    Reading { bases, vocabulary, chain: Vec::new() }.read(Source { file, text })
}

/// One reading, with the names of the designs that are being read.
struct Reading<'a> {
    bases: &'a dyn Bases,
    vocabulary: &'a Vocabulary,
    chain: Vec<String>,
}

impl Reading<'_> {
    fn read(&mut self, source: Source<'_>) -> Result<Design, DesignError> {
        let layer = parse(source)?;
        check::header(source, &layer)?;
        self.check_name(source, &layer)?;
        self.chain.push(layer.name.as_ref().map(|name| name.get().clone()).unwrap_or_default());
        let base = self.base(source, &layer)?;
        self.chain.pop();
        let design = fold::design(source, base.as_ref(), &layer)?;
        check::design(source, &design, base.as_ref(), &layer, self.vocabulary)?;
        Ok(design)
    }

    /// A file must not pass for another design of the same name.
    fn check_name(&self, source: Source<'_>, layer: &Layer) -> Result<(), DesignError> {
        let Some(name) = &layer.name else { return Ok(()) };
        match self.bases.text(name.get()) {
            Some(text) if text != source.text => Err(source.error(
                name.start(),
                format!("the name {} belongs to a design that ships with the program", quoted(name.get())),
                "choose another name",
            )),
            _ => Ok(()),
        }
    }

    fn base(&mut self, source: Source<'_>, layer: &Layer) -> Result<Option<Design>, DesignError> {
        let Some(extends) = &layer.extends else { return Ok(None) };
        let name = extends.get();
        let fail = |message: String, remedy: String| Err(source.error(extends.start(), message, remedy));
        if self.chain.len() > MAX_BASES {
            return fail(
                format!("there are more than {MAX_BASES} bases below the file"),
                "extend a design that is nearer to the last base".to_owned(),
            );
        }
        if self.chain.contains(name) {
            let chain = self.chain.join(" extends ");
            return fail(
                format!("the bases run in a circle: {chain} extends {name}"),
                "let one of them extend nothing".to_owned(),
            );
        }
        let bases = self.bases;
        let Some(text) = bases.text(name) else {
            return fail(
                format!("no design is called {}", quoted(name)),
                nearest_of(name, &bases.names(), "the designs that ship are"),
            );
        };
        self.read(Source { file: name, text }).map(Some)
    }
}

/// Parses one layer, without looking at its base.
pub(super) fn parse_text(text: &str, file: &str) -> Result<Layer, DesignError> {
    parse(Source { file, text })
}

fn parse(source: Source<'_>) -> Result<Layer, DesignError> {
    if source.text.len() > MAX_BYTES {
        return Err(source.too_long(source.text.len()));
    }
    toml::from_str(source.text).map_err(|error| match format_of(source.text) {
        Some(format) if *format.get() != 1 => check::other_format(source, format.start(), *format.get()),
        _ => source.toml(&error),
    })
}

/// The format that the text gives, if it is TOML at all: a file of another format need not fit this one.
fn format_of(text: &str) -> Option<Placed<i64>> {
    #[derive(serde::Deserialize)]
    struct Header {
        format: Placed<i64>,
    }
    toml::from_str::<Header>(text).ok().map(|header| header.format)
}
