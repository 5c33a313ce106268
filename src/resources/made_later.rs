//! Files that are made a while after they were asked for: reports of an organisation and billing
//! reports of wholesale. Their days, and when they are made.

use uuid::Uuid;

use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::world::{Moment, Tx};

/// How long a file takes on the sandbox clock. Nothing is documented; inferred: a second, so that
/// whoever polls sees that it is being made and nobody waits for long.
const MAKING_MILLIS: i64 = 1000;
/// A day.
pub const DAY_MILLIS: i64 = 86_400_000;

/// Lets a timer of a kind make the file of a report.
pub(super) fn order(tx: &mut Tx, timer: &str, report: Uuid) {
    let at = tx.now().plus_millis(MAKING_MILLIS);
    tx.arm(at, timer, report);
}

/// A day at its beginning.
///
/// # Errors
/// 400 that names the field.
pub fn day(field: &str, text: &str) -> Result<Moment, Refusal> {
    let is_plain = text.len() == 10 && text.bytes().all(|c| c == b'-' || c.is_ascii_digit());
    let read = is_plain.then(|| format!("{text}T00:00:00.000Z").parse().ok());
    read.flatten().ok_or_else(|| {
        let shown = shorten(text);
        Refusal::bad_request(format!(
            "{field} must be a day as YYYY-MM-DD, not \"{shown}\"."
        ))
    })
}

/// A moment as its day.
#[must_use]
pub fn date(moment: Moment) -> String {
    moment.to_string().chars().take(10).collect()
}
