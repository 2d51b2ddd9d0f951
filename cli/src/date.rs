//! **The day on which the program runs, by which expectations expire. Nothing else depends on it.**

use crate::exit::Failure;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// The variable that fixes the day in reproducible builds: seconds since 1970.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Today: the given day, else that of `SOURCE_DATE_EPOCH`, else the system's.
pub(crate) fn today(given: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = given {
        return Ok(date);
    }
    let Some(seconds) = std::env::var_os(EPOCH) else { return Ok(Zoned::now().date()) };
    let text = seconds.to_string_lossy();
    let time = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let time = time.ok_or_else(|| {
        Failure::input(format!("{EPOCH} is {text:?}; give it a number of seconds since 1970, or unset it"))
    })?;
    Ok(time.to_zoned(TimeZone::UTC).date())
}
