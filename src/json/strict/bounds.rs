//! How much a caller may say in one text or one list. What a field allows is its own business;
//! these bounds hold for every field of every body, so that no text makes memory grow.

use serde::de::Unexpected;

use crate::json::problem::{Fault, found};

/// The most characters of a text; no documented field takes more.
pub(super) const MAX_TEXT: usize = 4096;

/// The most items of a list; no documented list takes more.
pub(super) const MAX_ITEMS: usize = 10_000;

/// What no reader takes of a text: one that is too long, or has control characters other than
/// tabs and the ends of lines.
pub(super) fn fault_of_text(text: &str) -> Option<Fault> {
    if text.len() > MAX_TEXT {
        let count = text.chars().count();
        if count > MAX_TEXT {
            return Some(Fault::Value {
                expected: format!("at most {MAX_TEXT} characters long"),
                found: format!("{count} characters long"),
            });
        }
    }
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let wrong = text.chars().find(|c| strange(*c))?;
    Some(Fault::Value {
        expected: "a text without control characters".to_owned(),
        found: format!(
            "{}, which has U+{:04X}",
            found(Unexpected::Str(text)),
            u32::from(wrong)
        ),
    })
}

/// What no reader takes of a list with more items than [`MAX_ITEMS`].
pub(super) fn fault_of_list() -> Fault {
    Fault::Value {
        expected: format!("a list of at most {MAX_ITEMS} items"),
        found: "a longer one".to_owned(),
    }
}
