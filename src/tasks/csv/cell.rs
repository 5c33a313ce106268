//! Cells that a spreadsheet would run as a formula, and how they are made harmless.
//!
//! Such a cell is written with a leading `'`. A cell that already looks so written gets one more,
//! so that reading always gives back what was written.
//!
//! Names and titles cannot begin with a tab or a line end, because no route lets control
//! characters into them. Other texts can: addresses and the names of a caller ID are taken as
//! they come.

use std::borrow::Cow;

/// What a spreadsheet takes for the start of a formula, or swallows before one.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_dangerous(text: &str) -> bool {
    text.starts_with(DANGEROUS)
}

/// The text as it stands in a file.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if is_dangerous(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as its author meant it.
#[must_use]
pub fn unescape(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Whether a text can only be a phone number, whose `+` a spreadsheet may see.
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || " ()".contains(c))
}

/// Whether a cell says nothing.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
