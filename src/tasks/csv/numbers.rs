//! Numbers and extensions in cells: which one to take, and which to take away.

use std::fmt::Display;

use super::invalid;
use crate::belongings::numbers;
use crate::licensing::outcome::{Action, Outcome};
use crate::model::number::shorten;
use crate::model::{E164, Extension, Holder, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Tx;

/// The header of phone numbers in every file.
pub const PHONE_NUMBER: &str = "Phone Number";
/// The header of extensions in every file.
pub const EXTENSION: &str = "Extension";

/// The prefix that takes a number away (CSV-20).
const REMOVE: &str = "REMOVE|";

/// What a cell says about a number or an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<T> {
    /// This one.
    Take(T),
    /// Not this one any more.
    Remove(String),
}

impl<T: Display> Said<T> {
    /// Whether it takes away.
    pub fn is_removal(&self) -> bool {
        matches!(self, Self::Remove(_))
    }

    /// The same as text.
    pub fn as_text(&self) -> Said<String> {
        match self {
            Self::Take(value) => Said::Take(value.to_string()),
            Self::Remove(value) => Said::Remove(value.clone()),
        }
    }
}

impl<T> Said<T> {
    /// Refuses to take away what is not there.
    ///
    /// # Errors
    /// 900017 that names what is there instead.
    pub fn check(self, header: &str, present: &str) -> Result<Self, Refusal> {
        let wrong = match &self {
            Self::Remove(old) if old != present => shorten(old),
            Self::Remove(_) | Self::Take(_) => return Ok(self),
        };
        let instead = match present {
            "" => "there is none".to_owned(),
            present => format!("it is \"{present}\""),
        };
        let reason = format!("\"{wrong}\" is not there to be removed; {instead}");
        Err(invalid(header, &reason).by("CSV-20"))
    }

    /// The value that is to be taken.
    pub fn taken(self) -> Option<T> {
        match self {
            Self::Take(value) => Some(value),
            Self::Remove(_) => None,
        }
    }
}

/// Reads a phone number, or what takes one away (CSV-20).
///
/// # Errors
/// 900012 and 900017, as [`number_in`], and 900017 for a removal of nothing.
pub fn phone_number(text: &str) -> Result<Said<E164>, Refusal> {
    match removed(PHONE_NUMBER, text)? {
        Some(old) => Ok(Said::Remove(old)),
        None => number_in(PHONE_NUMBER, text).map(Said::Take),
    }
}

/// Reads an extension, or what takes one away (CSV-20).
///
/// # Errors
/// 25058 for what is no extension, 900017 for a removal of nothing.
pub fn extension(text: &str) -> Result<Said<Extension>, Refusal> {
    match removed(EXTENSION, text)? {
        Some(old) => Ok(Said::Remove(old)),
        None => numbers::parse_extension(text.trim()).map(Said::Take),
    }
}

/// Reads the number in a column of numbers: a + and digits, nothing else. What a spreadsheet
/// took away is reported and not guessed (CSV-21).
///
/// # Errors
/// 900012 for a number that lost its + or its digits, 900017 for any other text.
pub fn number_in(header: &str, text: &str) -> Result<E164, Refusal> {
    let text = text.trim();
    text.parse().map_err(|_| {
        let shown = shorten(text);
        let without_plus = |reason: &str| {
            let detail = format!("\"{header}\": \"{shown}\" {reason}.");
            Refusal::new(ErrorKind::NumberWithoutPlus, detail).by("CSV-21")
        };
        if is_scientific(text) {
            return without_plus(
                "was a number that a spreadsheet has shortened; make the column text in the \
                 spreadsheet and write the number again",
            );
        }
        let is_written = |c: char| c.is_ascii_digit() || " -.()".contains(c);
        if text.chars().all(is_written) {
            return without_plus("has no leading +");
        }
        let reason = format!("\"{shown}\" is not a + followed by 7 to 15 digits and nothing else");
        invalid(header, &reason).by("CSV-21")
    })
}

/// Whether a spreadsheet wrote it, which shows long numbers as `1.4085E+11` or `1,4085E+11`.
fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    all(whole) && all(rest) && all(exponent.trim_start_matches(['+', '-']))
}

/// What stands behind `REMOVE|`.
fn removed(header: &str, text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim();
    let (Some(start), Some(old)) = (text.get(..REMOVE.len()), text.get(REMOVE.len()..)) else {
        return Ok(None);
    };
    match (start.eq_ignore_ascii_case(REMOVE), old.trim()) {
        (false, _) => Ok(None),
        (true, "") => {
            let reason = "REMOVE| has nothing behind it; write what shall go, as in REMOVE|";
            let example = match header {
                EXTENSION => "1234",
                _ => "+13125550100",
            };
            Err(invalid(header, &format!("{reason}{example}")).by("CSV-20"))
        }
        (true, old) => Ok(Some(old.to_owned())),
    }
}

/// Gives a holder of Calling the number and the extension that a row says, and tells it in the
/// outcome. Beside a change of licences, that one gives the outcome its name.
///
/// # Errors
/// `nothing_left` where neither would be left; what speaks against the number or the extension.
pub fn renumber(
    tx: &mut Tx,
    holder: Holder,
    number: Option<&Said<E164>>,
    extension: Option<&Said<Extension>>,
    nothing_left: impl FnOnce() -> Refusal,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let Some(before) = numbers::calling(tx, holder).cloned() else {
        return Ok(());
    };
    let mut after = before.clone();
    say(&mut after.number, number);
    say(&mut after.extension, extension);
    if after == before {
        return Ok(());
    }
    if after.number.is_none() && after.extension.is_none() {
        return Err(nothing_left());
    }
    let lost = numbers::assign_primary(tx, holder, after.clone())?;
    tx.lose(lost.iter().cloned());
    outcome.lost.extend(lost);
    if let Holder::Person(id) = holder {
        let now = tx.now();
        tx.update::<Person>(id, |person| person.last_modified = now)?;
    }
    outcome.renumbered(&before, &after);
    if outcome.action == Action::None {
        let takes =
            matches!(number, Some(Said::Take(_))) || matches!(extension, Some(Said::Take(_)));
        outcome.action = match takes {
            true => Action::Assigned,
            false => Action::Removed,
        };
    }
    Ok(())
}

fn say<T: Clone>(present: &mut Option<T>, said: Option<&Said<T>>) {
    match said {
        None => {}
        Some(Said::Take(value)) => *present = Some(value.clone()),
        Some(Said::Remove(_)) => *present = None,
    }
}
