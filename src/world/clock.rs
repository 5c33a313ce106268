//! Time: moments to the millisecond and the setting of a sandbox clock. Nothing here reads the
//! wall clock; the edge passes the real time in.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in milliseconds since 1970, written `YYYY-MM-DDTHH:MM:SS.mmmZ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

/// The widest moments we accept: the years 1970 to 2200.
const LAST: i64 = 7_258_118_400_000;

impl Moment {
    /// Milliseconds later (or earlier, when negative), within the accepted years.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis).clamp(0, LAST))
    }

    /// Whole days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(86_400_000))
    }

    /// Later by an ISO 8601 duration such as `PT72H`, `P40D` or `-P2D`.
    ///
    /// # Errors
    /// A sentence when the text is not a duration or leads out of the accepted years.
    pub fn plus_duration(self, text: &str) -> Result<Self, String> {
        let span: Span = text
            .parse()
            .map_err(|_| format!("\"{text}\" is not an ISO 8601 duration such as PT72H or P40D"))?;
        let moved = self
            .timestamp()
            .to_zoned(TimeZone::UTC)
            .checked_add(span)
            .map_err(|_| format!("\"{text}\" leads beyond the years the clock can show"))?;
        let millis = moved.timestamp().as_millisecond();
        if (0..=LAST).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(format!(
                "\"{text}\" leads beyond the years the clock can show"
            ))
        }
    }

    /// The same moment as a timestamp of the calendar library.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0.clamp(0, LAST)).unwrap_or_default()
    }

    /// The `Date` header's form, `Tue, 02 Jun 2026 10:00:00 GMT`.
    #[must_use]
    pub fn http_date(self) -> String {
        self.timestamp()
            .strftime("%a, %d %b %Y %H:%M:%S GMT")
            .to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().strftime("%Y-%m-%dT%H:%M:%S.%3fZ"))
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is not a time such as 2026-01-31T09:00:00.000Z");
        let stamp: Timestamp = text.parse().map_err(|_| wrong())?;
        let millis = stamp.as_millisecond();
        if (0..=LAST).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(wrong())
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How the sandbox clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClockMode {
    /// With real time.
    Auto,
    /// Not at all: it moves by `advance` alone.
    Frozen,
    /// With real time times a factor.
    Scaled,
}

/// The fastest a clock may run.
pub const MAX_SCALE: f64 = 1_000_000.0;

/// A clock's setting: where it stood when it was set, and how it runs since.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clock {
    /// How it runs.
    pub mode: ClockMode,
    /// What it showed when it was set.
    pub shown: Moment,
    /// The real time then.
    pub anchor: Moment,
    /// The factor of `Scaled`.
    pub scale: f64,
}

impl Clock {
    /// A clock that shows `shown` at the real time `anchor` and runs with it.
    #[must_use]
    pub fn auto(shown: Moment, anchor: Moment) -> Self {
        Self {
            mode: ClockMode::Auto,
            shown,
            anchor,
            scale: 1.0,
        }
    }

    /// A clock that stands still.
    #[must_use]
    pub fn frozen(shown: Moment) -> Self {
        Self {
            mode: ClockMode::Frozen,
            shown,
            anchor: shown,
            scale: 1.0,
        }
    }

    /// Whether the factor fits the mode: only a scaled clock has one, above 0 and bounded.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        match self.mode {
            ClockMode::Scaled => self.scale > 0.0 && self.scale <= MAX_SCALE,
            ClockMode::Auto | ClockMode::Frozen => (self.scale - 1.0).abs() < f64::EPSILON,
        }
    }

    /// The same clock, which shows from the real time `real` on what it shows at `from`.
    #[must_use]
    pub fn resumed(&self, from: Moment, real: Moment) -> Self {
        Self {
            shown: self.now(from),
            anchor: real,
            ..*self
        }
    }

    /// What the clock shows at a real time.
    #[must_use]
    pub fn now(&self, real: Moment) -> Moment {
        let elapsed = real.0.saturating_sub(self.anchor.0).max(0);
        match self.mode {
            ClockMode::Frozen => self.shown,
            ClockMode::Auto => self.shown.plus_millis(elapsed),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "clamped to the accepted years"
            )]
            #[expect(
                clippy::cast_precision_loss,
                reason = "milliseconds fit a double exactly"
            )]
            ClockMode::Scaled => {
                let scaled = (elapsed as f64) * self.scale;
                self.shown
                    .plus_millis(scaled.clamp(0.0, LAST as f64) as i64)
            }
        }
    }
}
