//! What a row says about Calling: number, extension, location and caller ID.

use std::fmt::Display;

use uuid::Uuid;

use super::attributes::Attribute;
use super::changes::{invalid, location_named};
use super::import::Cells;
use super::values::WORK_EXTENSION;
use crate::belongings::numbers;
use crate::licensing::change::Properties;
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::quirks::{Choice, CsvBlankLocation};
use crate::model::number::shorten;
use crate::model::{Calling, E164, Extension, Holder, Location, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::families::caller_id::{CallerId, CallerIdPatch, CallerIdType};
use crate::settings::family::{Setting, Step, change};
use crate::world::{Tx, World};

/// The prefix that takes a number away (CSV-20).
const REMOVE: &str = "REMOVE|";
/// What is said of numbers and caller ID in a row that leaves nobody with Calling to have them.
const GOES: &str = "The number, extension or caller ID of this row was not taken: the row takes \
                    Webex Calling away.";

/// What a cell says about a number or an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<T> {
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

/// What a row wants of Calling, as far as it differs from what is there.
#[derive(Debug, Default)]
pub(super) struct CallingWish {
    pub number: Option<Said<E164>>,
    pub extension: Option<Said<Extension>>,
    pub caller_id_number: Option<E164>,
    pub caller_id_first_name: Option<String>,
    pub caller_id_last_name: Option<String>,
    /// Whether names for the caller ID were passed over (CSV-24).
    pub passes_over_names: bool,
}

impl CallingWish {
    fn is_empty(&self) -> bool {
        self.number.is_none()
            && self.extension.is_none()
            && self.caller_id_number.is_none()
            && self.caller_id_first_name.is_none()
            && self.caller_id_last_name.is_none()
    }
}

/// Reads a phone number, or what takes one away (CSV-20).
pub(super) fn phone_number(text: &str) -> Result<Said<E164>, Refusal> {
    match removed(Attribute::PhoneNumber, text)? {
        Some(old) => Ok(Said::Remove(old)),
        None => number_in(Attribute::PhoneNumber, text).map(Said::Take),
    }
}

/// Reads the number in a column of numbers: a + and digits, nothing else. What a spreadsheet
/// took away is reported and not guessed (CSV-21).
pub(super) fn number_in(attribute: Attribute, text: &str) -> Result<E164, Refusal> {
    let text = text.trim();
    text.parse().map_err(|_| {
        let (header, shown) = (attribute.header(), shorten(text));
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
        invalid(attribute, &reason).by("CSV-21")
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

/// Reads an extension, or what takes one away (CSV-20).
pub(super) fn extension(text: &str) -> Result<Said<Extension>, Refusal> {
    match removed(Attribute::Extension, text)? {
        Some(old) => Ok(Said::Remove(old)),
        None => numbers::parse_extension(text.trim()).map(Said::Take),
    }
}

/// What stands behind `REMOVE|`.
fn removed(attribute: Attribute, text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim();
    let (Some(start), Some(old)) = (text.get(..REMOVE.len()), text.get(REMOVE.len()..)) else {
        return Ok(None);
    };
    match (start.eq_ignore_ascii_case(REMOVE), old.trim()) {
        (false, _) => Ok(None),
        (true, "") => {
            let reason = "REMOVE| has nothing behind it; write what shall go, as in REMOVE|";
            let example = match attribute.is_number() {
                true => "+13125550100",
                false => "1234",
            };
            Err(invalid(attribute, &format!("{reason}{example}")).by("CSV-20"))
        }
        (true, old) => Ok(Some(old.to_owned())),
    }
}

impl<T> Said<T> {
    /// Refuses to take away what is not there.
    ///
    /// # Errors
    /// 900017 that names what is there instead.
    pub fn check(self, attribute: Attribute, present: &str) -> Result<Self, Refusal> {
        let wrong = match &self {
            Self::Remove(old) if old != present => shorten(old),
            Self::Remove(_) | Self::Take(_) => return Ok(self),
        };
        let instead = match present {
            "" => "there is none".to_owned(),
            present => format!("it is \"{present}\""),
        };
        let reason = format!("\"{wrong}\" is not there to be removed; {instead}");
        Err(invalid(attribute, &reason).by("CSV-20"))
    }
}

/// What a person needs who gets Calling by a row: a location, and a number or an extension
/// (CSV-04).
///
/// # Errors
/// 900015 for what is missing, 900020 for an unknown location.
pub(super) fn properties(
    world: &World,
    organization: Uuid,
    person: Option<&Person>,
    cells: &Cells<'_>,
) -> Result<Properties, Refusal> {
    let phone_number = match cells
        .get(Attribute::PhoneNumber)
        .map(phone_number)
        .transpose()?
    {
        Some(Said::Take(number)) => Some(number),
        Some(Said::Remove(_)) | None => None,
    };
    let extension = match cells.get(Attribute::Extension).map(extension).transpose()? {
        Some(Said::Take(extension)) => Some(extension),
        Some(Said::Remove(_)) | None => None,
    };
    let missing = |what: &str| {
        let detail = format!("Webex Calling needs {what}.");
        Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-04"))
    };
    if phone_number.is_none() && extension.is_none() {
        return missing("\"Phone Number\" or \"Extension\"");
    }
    let own = person.and_then(|person| person.location);
    let location = match cells.get(Attribute::Location) {
        Some(name) => Some(location_named(world, organization, name.trim())?),
        None => own.or_else(|| default_location(world, organization)),
    };
    match location {
        None => missing("\"Location\"").map_err(|refusal| refusal.by("CSV-19")),
        location => Ok(Properties {
            location,
            phone_number,
            extension,
        }),
    }
}

/// The location of a new person whose row has none, where the sandbox follows the older text: the
/// first Calling location by name.
fn default_location(world: &World, organization: Uuid) -> Option<Uuid> {
    let choice = CsvBlankLocation::chosen(world.choice(CsvBlankLocation::QUIRK));
    if choice == CsvBlankLocation::Refuse {
        return None;
    }
    let own = world
        .list::<Location>()
        .filter(|(_, own)| own.organization == organization && own.calling.is_some());
    own.min_by(|(_, a), (_, b)| a.name.cmp(&b.name))
        .map(|(id, _)| id)
}

/// Does what a row wants of Calling, once its licences are as they shall be, and says so in the
/// outcome.
///
/// # Errors
/// What speaks against the number, the extension or the caller ID.
pub(super) fn apply(
    tx: &mut Tx,
    holder: Holder,
    wish: &CallingWish,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let Some(calling) = numbers::calling(tx, holder).cloned() else {
        if !wish.is_empty() {
            outcome.warnings.push(GOES.to_owned());
        }
        return Ok(());
    };
    let mut wanted = calling.clone();
    say(&mut wanted.number, wish.number.as_ref());
    say(&mut wanted.extension, wish.extension.as_ref());
    if wanted != calling {
        renumber(tx, holder, wanted.clone())?;
        tell(&calling, &wanted, wish, outcome);
    }
    drop_work_extension(tx, holder)?;
    set_caller_id(tx, holder, wish)
}

fn say<T: Clone>(present: &mut Option<T>, said: Option<&Said<T>>) {
    match said {
        None => {}
        Some(Said::Take(value)) => *present = Some(value.clone()),
        Some(Said::Remove(_)) => *present = None,
    }
}

/// Says in an outcome what became of number and extension. Beside a change of licences, that one
/// gives the outcome its name.
fn tell(before: &Calling, after: &Calling, wish: &CallingWish, outcome: &mut Outcome) {
    outcome.renumbered(before, after);
    let takes =
        matches!(wish.number, Some(Said::Take(_))) || matches!(wish.extension, Some(Said::Take(_)));
    if outcome.action == Action::None {
        outcome.action = if takes {
            Action::Assigned
        } else {
            Action::Removed
        };
    }
}

fn renumber(tx: &mut Tx, holder: Holder, wanted: Calling) -> Result<(), Refusal> {
    if wanted.number.is_none() && wanted.extension.is_none() {
        let detail = "Webex Calling needs \"Phone Number\" or \"Extension\".";
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-04"));
    }
    numbers::assign_primary(tx, holder, wanted)?;
    let now = tx.now();
    tx.update::<Person>(holder.id(), |person| person.last_modified = now)?;
    Ok(())
}

/// An extension that waited for Calling is Calling's now.
fn drop_work_extension(tx: &mut Tx, holder: Holder) -> Result<(), Refusal> {
    let person = tx.get::<Person>(holder.id());
    if person.is_some_and(|p| {
        p.contact_numbers
            .iter()
            .any(|own| own.kind == WORK_EXTENSION)
    }) {
        tx.update::<Person>(holder.id(), |person| {
            person
                .contact_numbers
                .retain(|own| own.kind != WORK_EXTENSION);
        })?;
    }
    Ok(())
}

fn set_caller_id(tx: &mut Tx, holder: Holder, wish: &CallingWish) -> Result<(), Refusal> {
    let (number, first, last) = (
        &wish.caller_id_number,
        &wish.caller_id_first_name,
        &wish.caller_id_last_name,
    );
    if number.is_none() && first.is_none() && last.is_none() {
        return Ok(());
    }
    change::<CallerId, ()>(tx, holder, |value, step| {
        if let Some(number) = number {
            let selected = selected(step, number)?;
            value.selected = Some(selected);
            if selected == CallerIdType::Custom {
                value.custom_number = Some(number.to_string());
            }
        }
        value.first_name = first.clone().or_else(|| value.first_name.take());
        value.last_name = last.clone().or_else(|| value.last_name.take());
        value.merge(CallerIdPatch::default(), step)
    })
}

/// What shows a number to callees: it is the person's own, the location's, or another one of the
/// organisation.
fn selected(step: &Step<'_>, number: &E164) -> Result<CallerIdType, Refusal> {
    let main = step
        .location()
        .and_then(|location| location.calling.as_ref());
    if step.calling.number.as_ref() == Some(number) {
        return Ok(CallerIdType::DirectLine);
    }
    if main.and_then(|calling| calling.main_number.as_ref()) == Some(number) {
        return Ok(CallerIdType::LocationNumber);
    }
    match numbers::find(step.world, number) {
        Some((_, known)) if known.organization == step.organization => Ok(CallerIdType::Custom),
        _ => {
            let reason = format!("{number} is not a number of this organisation");
            Err(invalid(Attribute::CallerIdNumber, &reason))
        }
    }
}
