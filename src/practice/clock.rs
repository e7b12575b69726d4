//! Times of reviews, and the days of a learner.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970 in UTC, written as in `2026-11-29T06:12:03.250Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "std::borrow::Cow<'_, str>", into = "String")]
pub struct Timestamp(i64);

/// The last moment of the year 9999.
const MAX: i64 = 253_402_300_799_999;

impl Timestamp {
    /// Returns the moment `ms` milliseconds after the start of 1970; a moment before 1970 or after
    /// the year 9999 becomes the nearest one between.
    pub fn from_unix_ms(ms: i64) -> Timestamp {
        Timestamp(ms.clamp(0, MAX))
    }

    /// Returns the milliseconds since the start of 1970.
    pub fn unix_ms(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, ms) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        let (year, month, day) = date(days);
        let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        write!(f, ".{:03}Z", ms % 1000)
    }
}

/// The error for a text that is not a time such as `2026-11-29T06:12:03Z`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time as in 2026-11-29T06:12:03Z: {0:?}")]
pub struct ParseTimestampError(String);

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Timestamp, ParseTimestampError> {
        parse(text).ok_or_else(|| ParseTimestampError(text.chars().take(40).collect()))
    }
}

impl TryFrom<std::borrow::Cow<'_, str>> for Timestamp {
    type Error = ParseTimestampError;

    fn try_from(text: std::borrow::Cow<'_, str>) -> Result<Timestamp, ParseTimestampError> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> String {
        timestamp.to_string()
    }
}

const DAY_MS: i64 = 86_400_000;

fn parse(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.strip_suffix('Z')?.as_bytes().split_at_checked(19)?;
    let signs = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if signs.iter().any(|(at, sign)| whole[*at] != *sign) {
        return None;
    }
    let (year, month, day) = (
        number(&whole[0..4])?,
        number(&whole[5..7])?,
        number(&whole[8..10])?,
    );
    let (hour, minute, second) = (
        number(&whole[11..13])?,
        number(&whole[14..16])?,
        number(&whole[17..19])?,
    );
    let is_date =
        year >= 1970 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let ms = match fraction.split_first() {
        None => 0,
        Some((b'.', digits)) if !digits.is_empty() => {
            number(digits.get(3..).unwrap_or_default())?;
            let first = &digits[..digits.len().min(3)];
            number(first)? * [0, 100, 10, 1][first.len()]
        }
        Some(_) => return None,
    };
    let of_day = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    Some(Timestamp(days_of(year, month, day) * DAY_MS + of_day))
}

/// Returns the number that digits are; of many, their last ones, which nobody asks for.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
        Some(number.wrapping_mul(10).wrapping_add(digit))
    })
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days from the start of 1970 to a date of the Gregorian calendar, whose years start in
/// March here, so that the leap day is the last.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns the year, month and day that is `days` after the start of 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The learner's clock: the time, and how far the local time is from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The time.
    pub now: Timestamp,
    /// The seconds that the local time is ahead of UTC.
    pub offset: i32,
}

/// The hour at which a day starts, in local time: who learns past midnight is still in yesterday.
const DAY_STARTS: i64 = 4;

impl Clock {
    /// Returns the number of the local day of `time`, which starts at 4:00.
    pub fn day(&self, time: Timestamp) -> i64 {
        let local = time.0 + i64::from(self.offset) * 1000;
        (local - DAY_STARTS * 3_600_000).div_euclid(DAY_MS)
    }

    /// Returns the number of the current day.
    pub fn today(&self) -> i64 {
        self.day(self.now)
    }
}

/// Returns the month and the day of the month of a day's number.
pub fn month_and_day(day: i64) -> (u8, u8) {
    let (_, month, day) = date(day);
    (month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for (text, ms) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T23:59:59.999Z", 951_868_799_999),
            ("2026-11-29T06:12:03.250Z", 1_795_932_723_250),
        ] {
            assert_eq!(text.parse(), Ok(Timestamp(ms)), "{text}");
            assert_eq!(Timestamp(ms).to_string(), text);
        }
        assert_eq!(
            "2026-11-29T06:12:03Z".parse(),
            Ok(Timestamp(1_795_932_723_000))
        );
        for text in [
            "",
            "2026-02-29T00:00:00Z",
            "2026-11-29T24:00:00Z",
            "2026-11-29T06:12:03",
            "é",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_starts_at_four_in_local_time() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let clock = Clock {
            now: at("2026-11-29T12:00:00Z"),
            offset: 3600,
        };
        assert_eq!(clock.day(at("2026-11-29T02:59:59Z")), clock.today() - 1);
        assert_eq!(clock.day(at("2026-11-29T03:00:00Z")), clock.today());
        assert_eq!(month_and_day(clock.today()), (11, 29));
    }

    proptest::proptest! {
        #[test]
        fn any_time_comes_back(ms in 0..=MAX) {
            proptest::prop_assert_eq!(Timestamp(ms).to_string().parse(), Ok(Timestamp(ms)));
        }

        #[test]
        fn any_text_is_read(text in ".{0,40}") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
