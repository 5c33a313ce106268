//! How many are expected.

use std::fmt;

use serde_json::Value;

use super::Verdict;
use crate::refusal::Refusal;

/// How many are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    at_least: u64,
    at_most: Option<u64>,
}

impl Count {
    /// A number for exactly so many, or an object with the bounds; at least one when nothing is
    /// said.
    ///
    /// # Errors
    /// 400 for anything else.
    pub fn of(value: Option<&Value>) -> Result<Self, Refusal> {
        let wrong = || {
            let detail = "count must be a whole number (exactly so many) or an object such as \
                          {\"atLeast\": 1, \"atMost\": 3}.";
            Refusal::bad_request(detail)
        };
        let least = Self {
            at_least: 1,
            at_most: None,
        };
        match value {
            None | Some(Value::Null) => Ok(least),
            Some(Value::Object(bounds)) if !bounds.is_empty() => {
                let mut count = Self {
                    at_least: 0,
                    ..least
                };
                for (name, bound) in bounds {
                    let bound = bound.as_u64().ok_or_else(wrong)?;
                    match name.as_str() {
                        "atLeast" => count.at_least = bound,
                        "atMost" => count.at_most = Some(bound),
                        _ => return Err(wrong()),
                    }
                }
                match count.at_most {
                    Some(most) if most < count.at_least => Err(wrong()),
                    _ => Ok(count),
                }
            }
            Some(value) => {
                let exactly = value.as_u64().ok_or_else(wrong)?;
                Ok(Self {
                    at_least: exactly,
                    at_most: Some(exactly),
                })
            }
        }
    }

    /// Whether so many are as expected, when some may have been dropped from the record.
    pub fn verdict(self, found: u64, is_whole: bool) -> Verdict {
        if self.at_most.is_some_and(|most| found > most) {
            return Verdict::Failed;
        }
        match (found >= self.at_least, is_whole) {
            // There may have been more.
            (true, false) if self.at_most.is_some() => Verdict::Inconclusive,
            (true, _) => Verdict::Passed,
            (false, true) => Verdict::Failed,
            (false, false) => Verdict::Inconclusive,
        }
    }

    /// Whether waiting can lead to the count: what was done is not taken back.
    pub fn may_be_reached(self, found: u64) -> bool {
        self.at_most.is_none_or(|most| found <= most)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at_least, self.at_most) {
            (0, Some(0)) => f.write_str("no"),
            (least, Some(most)) if least == most => write!(f, "exactly {least}"),
            (0, Some(most)) => write!(f, "at most {most}"),
            (least, Some(most)) => write!(f, "{least} to {most}"),
            (least, None) => write!(f, "at least {least}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Count, Verdict};

    #[test]
    fn a_count_that_dropped_entries_could_change_is_inconclusive() {
        let cases = [
            (json!(null), 0, Verdict::Inconclusive),
            (json!(null), 1, Verdict::Passed),
            (json!(0), 0, Verdict::Inconclusive),
            (json!(0), 1, Verdict::Failed),
            (json!(2), 2, Verdict::Inconclusive),
            (json!({"atMost": 2}), 1, Verdict::Inconclusive),
            (json!({"atMost": 2}), 3, Verdict::Failed),
            (json!({"atLeast": 2}), 2, Verdict::Passed),
        ];
        for (count, found, expected) in cases {
            let count = Count::of(Some(&count)).expect("a count");
            assert_eq!(count.verdict(found, false), expected, "{count}, {found}");
        }
    }
}
