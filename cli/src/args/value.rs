//! **The values of flags, and what is wrong with those that are none.**

use super::Shard;
use crate::input::suggestion;
use bytesize::ByteSize;
use enumset::EnumSet;
use jiff::civil::Date;
use mailcover_model::design::Capability;
use mailcover_model::flaw::Flaw;
use mailcover_model::word::word;
use std::str::FromStr;
use std::time::Duration;

/// A day, such as `2026-12-31`.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| {
        let numbers: Option<Vec<u16>> = text.split('-').map(|part| part.parse().ok()).collect();
        match numbers.as_deref() {
            Some([_, month, _]) if !(1..=12).contains(month) => format!("there is no month {month}"),
            Some([year, month, day]) => format!("month {month} of {year} has no day {day}"),
            _ => "write the day as YYYY-MM-DD".to_owned(),
        }
    })
}

/// The flaw of this name.
pub(super) fn flaw(text: &str) -> Result<Flaw, String> {
    let names: Vec<String> = Flaw::all().into_iter().map(Flaw::name).collect();
    Flaw::all().into_iter().find(|flaw| flaw.name() == text).ok_or_else(|| {
        let suggestion = suggestion(text, names.iter().map(String::as_str));
        format!("there is no such flaw;{suggestion} the flaws are {}", names.join(", "))
    })
}

/// The capability of this name.
pub(super) fn capability(text: &str) -> Result<Capability, String> {
    let all = EnumSet::<Capability>::all();
    all.iter().find(|power| word(power) == text).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(word).collect();
        let suggestion = suggestion(text, names.iter().map(String::as_str));
        format!("there is no such capability;{suggestion} they are {}", names.join(", "))
    })
}

/// A time, such as `30s`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("there is no search in no time; give it a second or more".to_owned()),
        Ok(time) => Ok(time),
        Err(_) => Err("write a number and a unit, such as 30s, 5min or 2h".to_owned()),
    }
}

/// A number of which zero is none.
pub(super) fn positive(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "write a whole number from 1 on".to_owned())
}

/// A number within these bounds.
pub(super) fn from_to<T: FromStr + TryInto<usize> + Copy, const LEAST: usize, const MOST: usize>(
    text: &str,
) -> Result<T, String> {
    let within = |number: &T| (*number).try_into().is_ok_and(|number| (LEAST..=MOST).contains(&number));
    text.parse().ok().filter(within).ok_or_else(|| format!("write a whole number from {LEAST} to {MOST}"))
}

/// One of some equal parts, such as `2/4`.
pub(super) fn shard(text: &str) -> Result<Shard, String> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
    match text.split_once('/').map(|(number_of, of)| (number(number_of), number(of))) {
        Some((Some(number), Some(of))) if number <= of => Ok(Shard { number, of }),
        Some((Some(number), Some(of))) => {
            Err(format!("there is no part {number} of {of}; name one from 1 to {of}"))
        }
        _ => Err("write two whole numbers from 1 on, such as 2/4 for the second of four parts".to_owned()),
    }
}

/// The least memory that a search can do with.
const LEAST_MEMORY: u64 = 1 << 20;

/// A size in bytes, such as `2GiB`.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let size: ByteSize =
        text.parse().map_err(|_| "write a number and a unit, such as 512MiB or 2GiB".to_owned())?;
    if size.as_u64() < LEAST_MEMORY {
        return Err("a search needs at least 1MiB".to_owned());
    }
    usize::try_from(size.as_u64()).map_err(|_| "no machine has that much".to_owned())
}
