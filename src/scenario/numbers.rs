//! The phone numbers of a location: single E.164 numbers (`+14085550100`) or ranges of them
//! (`+14085550100-+14085550199`).

use serde::Deserialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::schema::text;

/// The most numbers that one range may hold.
const MAX_RANGE: u64 = 20_000;

/// One number, or all from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NumberRange {
    first: u64,
    last: u64,
}

impl NumberRange {
    /// Every number of the range in E.164, rising.
    pub fn iter(&self) -> impl Iterator<Item = String> + use<> {
        (self.first..=self.last).map(|digits| format!("+{digits}"))
    }

    /// How many numbers the range holds.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.last - self.first + 1
    }
}

impl TryFrom<String> for NumberRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (first, last) = text.split_once('-').unwrap_or((&text, &text));
        let (first, last) = (e164(first.trim())?, e164(last.trim())?);
        if last < first {
            return Err(format!("the range `{text}` ends before it begins"));
        }
        if last - first >= MAX_RANGE {
            return Err(format!(
                "the range `{text}` holds more than {MAX_RANGE} numbers"
            ));
        }
        Ok(Self { first, last })
    }
}

fn e164(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    let plausible = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .parse()
        .ok()
        .filter(|_| plausible)
        .ok_or_else(|| format!("`{text}` is not a phone number in E.164, such as +14085550100"))
}

impl PartialSchema for NumberRange {
    fn schema() -> RefOr<Schema> {
        let description = "A phone number in E.164, or a range from the first to the last.";
        text(description, "+14085550100-+14085550199")
    }
}

impl ToSchema for NumberRange {}
