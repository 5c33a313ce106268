//! Files that are made a while after they were asked for: reports of an organisation and billing
//! reports of wholesale. Their days, and when they are made.

use std::sync::Arc;

use uuid::Uuid;

use crate::model::number::shorten;
use crate::model::report::ReportFile;
use crate::refusal::Refusal;
use crate::world::{Kind, Moment, Tx};

/// How long a file takes on the sandbox clock. Nothing is documented; inferred: a second, so that
/// whoever polls sees that it is being made and nobody waits for long.
const MAKING_MILLIS: i64 = 1000;
/// A day.
pub const DAY_MILLIS: i64 = 86_400_000;

/// How much memory the files of an organisation's or a partner's reports may take, in MiB: a bound
/// of hubsim's own.
pub const FILES_MIB_MAX: usize = 32;
const BYTES_MAX: usize = FILES_MIB_MAX * 1024 * 1024;

/// Whether one more file may be asked for.
pub(super) fn has_room<'a>(files: impl Iterator<Item = &'a ReportFile>) -> bool {
    weight(files) < BYTES_MAX
}

/// The file of these lines, unless there is no room for it beside others. Several may be asked for
/// before the first is made, so room is looked for again when they are.
pub(super) fn file<'a>(
    lines: Vec<Vec<String>>,
    others: impl Iterator<Item = &'a ReportFile>,
) -> ReportFile {
    match weight(others) + weight_of(&lines) < BYTES_MAX {
        true => ReportFile::Made(Arc::new(lines)),
        false => ReportFile::Failed,
    }
}

/// How many bytes of memory files take.
fn weight<'a>(files: impl Iterator<Item = &'a ReportFile>) -> usize {
    let made = files.filter_map(ReportFile::lines);
    made.map(|lines| weight_of(lines)).sum()
}

fn weight_of(lines: &[Vec<String>]) -> usize {
    let cells: usize = lines.iter().flatten().map(String::len).sum();
    let count: usize = lines.iter().map(Vec::len).sum();
    cells + count * size_of::<String>() + size_of_val(lines)
}

/// Lets a timer of a kind make the file of a report.
pub(super) fn order(tx: &mut Tx, timer: &str, report: Uuid) {
    let at = tx.now().plus_millis(MAKING_MILLIS);
    tx.arm(at, timer, report);
}

/// A report that goes, whether its file is made or not.
pub(super) fn forget(tx: &mut Tx, (kind, timer): (Kind, &str), report: Uuid) {
    tx.delete(kind, report);
    tx.disarm(timer, report);
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
