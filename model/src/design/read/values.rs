//! **Reading single values: numbers within their bounds, sets, names, sentences and days.**

use super::error::{DesignError, Source, quoted, unprintable};
use super::layer::{Knob, List, Placed};
use super::{MAX_NAME, is_name};
use crate::design::MAX_TIMES;
use enumset::{EnumSet, EnumSetType};

/// The longest sentence, in characters.
const MAX_SENTENCE: usize = 400;

/// Reads values, and says where the wrong ones stand.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) source: Source<'a>,
}

impl Reader<'_> {
    /// Sets a number that is given, if it is from 0 to `most`.
    pub(super) fn count(self, value: &mut u16, knob: &Knob<i64>, most: u16) -> Result<(), DesignError> {
        if let Some(given) = knob {
            *value = self.counted(*given.get(), given.start(), most)?;
        }
        Ok(())
    }

    /// A number that stands at this place, if it is from 0 to `most`.
    pub(super) fn counted(self, given: i64, at: usize, most: u16) -> Result<u16, DesignError> {
        self.whole(given, at, 0, most)
    }

    /// A number that stands at this place, if it is from `least` to `most`.
    pub(super) fn whole(self, given: i64, at: usize, least: u16, most: u16) -> Result<u16, DesignError> {
        let number = u16::try_from(given).ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| {
            let remedy = format!("write a number from {least} to {most}");
            self.source.error(at, format!("{given} is out of bounds"), remedy)
        })
    }

    /// Sets a number of repetitions that is given.
    pub(super) fn times(self, value: &mut u8, knob: &Knob<i64>) -> Result<(), DesignError> {
        let mut wide = u16::from(*value);
        self.count(&mut wide, knob, u16::from(MAX_TIMES))?;
        *value = wide as u8;
        Ok(())
    }

    /// Sets a set that is given, as a list without repetitions.
    pub(super) fn set<T: EnumSetType>(
        self,
        value: &mut EnumSet<T>,
        knob: &Option<Placed<List<T>>>,
    ) -> Result<(), DesignError> {
        let Some(list) = knob else { return Ok(()) };
        let mut set = EnumSet::empty();
        for item in list.get() {
            if !set.insert(*item.get()) {
                return Err(self.source.error(
                    item.start(),
                    "the list names this twice",
                    "name it once, since the order does not count",
                ));
            }
        }
        *value = set;
        Ok(())
    }

    /// A value that must be there, of the thing that begins at `start`.
    pub(super) fn required<'k, T>(
        self,
        what: &str,
        start: usize,
        knob: &'k Knob<T>,
    ) -> Result<&'k Placed<T>, DesignError> {
        knob.as_ref().ok_or_else(|| {
            self.source.error(start, format!("`{what}` is missing here"), format!("add `{what} = ...`"))
        })
    }

    /// A name that must be there, of the thing that begins at `start`.
    pub(super) fn name(self, what: &str, start: usize, knob: &Knob<String>) -> Result<String, DesignError> {
        let given = self.required(what, start, knob)?;
        self.checked_name(given)?;
        Ok(given.get().clone())
    }

    fn checked_name(self, given: &Placed<String>) -> Result<(), DesignError> {
        let name = given.get();
        if !is_name(name) {
            return Err(self.source.error(
                given.start(),
                format!("{} is not a name", quoted(name)),
                format!("a name has 1 to {MAX_NAME} of the characters a-z, 0-9 and -"),
            ));
        }
        Ok(())
    }

    /// A sentence that must be there, of the thing that begins at `start`.
    pub(super) fn sentence(
        self,
        what: &str,
        start: usize,
        knob: &Knob<String>,
    ) -> Result<String, DesignError> {
        let given = self.required(what, start, knob)?;
        let text = given.get();
        let length = text.chars().count();
        let message = if text.trim().is_empty() {
            format!("`{what}` is empty")
        } else if length > MAX_SENTENCE {
            format!("`{what}` has {length} characters")
        } else if text.chars().any(unprintable) {
            format!("`{what}` holds characters that are not printed")
        } else {
            return Ok(text.clone());
        };
        let remedy =
            format!("write one printable sentence of at most {MAX_SENTENCE} characters, on one line");
        Err(self.source.error(given.start(), message, remedy))
    }

    /// A day, written as TOML's date or as a string.
    pub(super) fn day(self, placed: &Placed<toml::Value>) -> Result<String, DesignError> {
        let written = match placed.get() {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        if is_day(&written) {
            return Ok(written);
        }
        Err(self.source.error(
            placed.start(),
            format!("{} is no day", quoted(&written)),
            "write a day of the calendar as YYYY-MM-DD, without a time",
        ))
    }
}

/// Whether the text is `YYYY-MM-DD` and names a day of the calendar.
fn is_day(text: &str) -> bool {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
