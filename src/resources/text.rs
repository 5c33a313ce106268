//! Texts as callers write them: not empty, not too long, on one line.

use crate::model::number::shorten;
use crate::refusal::Refusal;

/// A text of 1 to `most` characters without control characters, its outer blanks cut off.
///
/// # Errors
/// 400 that names the field.
pub(super) fn checked(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::bad_request(format!("{field} must not be empty.")));
    }
    if text.chars().count() > most {
        let detail = format!("{field} must not be longer than {most} characters.");
        return Err(Refusal::bad_request(detail));
    }
    if text.chars().any(char::is_control) {
        let detail = format!("{field} must not contain control characters.");
        return Err(Refusal::bad_request(detail));
    }
    Ok(text.to_owned())
}

/// A text of digits.
///
/// # Errors
/// 400 that names the field.
pub(super) fn digits(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits {
        return Ok(text.to_owned());
    }
    let shown = shorten(text);
    let detail = format!("{field} must be 1 to {most} digits, not \"{shown}\".");
    Err(Refusal::bad_request(detail))
}
