//! What a row says about Calling: number, extension, location and caller ID.

use std::fmt::Display;

use uuid::Uuid;

use super::attributes::Attribute;
use super::changes::{invalid, location_named};
use super::import::Cells;
use super::values::WORK_EXTENSION;
use crate::belongings::numbers;
use crate::licensing::change::Properties;
use crate::licensing::quirks::{Choice, CsvBlankLocation};
use crate::model::number::shorten;
use crate::model::{Calling, E164, Extension, Holder, Location, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::families::caller_id::{CallerId, CallerIdPatch, CallerIdType};
use crate::settings::family::{Setting, Step, change};
use crate::world::{Tx, World};

/// The prefix that takes a number away (CSV-20).
const REMOVE: &str = "REMOVE|";

/// What a cell says about a number or an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// This one.
    Take(T),
    /// Not this one any more.
    Remove(String),
}

impl<T: Display> Said<T> {
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
    pub caller_id_number: Option<String>,
    pub caller_id_first_name: Option<String>,
    pub caller_id_last_name: Option<String>,
}

/// Reads a phone number (CSV-20, CSV-21).
pub(super) fn phone_number(text: &str) -> Result<Said<E164>, Refusal> {
    let text = text.trim();
    if let Some(old) = removed(text) {
        return Ok(Said::Remove(old));
    }
    text.parse().map(Said::Take).map_err(|_| {
        let shown = shorten(text);
        let is_number = |c: char| c.is_ascii_digit() || " -.()".contains(c);
        if !text.starts_with('+') && text.chars().all(is_number) {
            let detail = format!("\"{shown}\" has no leading +.");
            return Refusal::new(ErrorKind::NumberWithoutPlus, detail).by("CSV-21");
        }
        let reason = format!("\"{shown}\" is not a + followed by 7 to 15 digits");
        invalid(Attribute::PhoneNumber, &reason).by("CSV-21")
    })
}

/// Reads an extension (CSV-20).
pub(super) fn extension(text: &str) -> Result<Said<Extension>, Refusal> {
    let text = text.trim();
    match removed(text) {
        Some(old) => Ok(Said::Remove(old)),
        None => numbers::parse_extension(text).map(Said::Take),
    }
}

fn removed(text: &str) -> Option<String> {
    let start = text.get(..REMOVE.len())?;
    let old = text.get(REMOVE.len()..)?;
    start
        .eq_ignore_ascii_case(REMOVE)
        .then(|| old.trim().to_owned())
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

/// Does what a row wants of Calling, once its licences are as they shall be.
///
/// # Errors
/// What speaks against the number, the extension or the caller ID.
pub(super) fn apply(tx: &mut Tx, holder: Holder, wish: &CallingWish) -> Result<(), Refusal> {
    let Some(calling) = numbers::calling(tx, holder).cloned() else {
        return Ok(());
    };
    let mut wanted = calling.clone();
    say(
        &mut wanted.number,
        wish.number.as_ref(),
        Attribute::PhoneNumber,
    )?;
    say(
        &mut wanted.extension,
        wish.extension.as_ref(),
        Attribute::Extension,
    )?;
    if wanted != calling {
        renumber(tx, holder, wanted)?;
    }
    drop_work_extension(tx, holder)?;
    set_caller_id(tx, holder, wish)
}

fn say<T: Display + Clone>(
    present: &mut Option<T>,
    said: Option<&Said<T>>,
    attribute: Attribute,
) -> Result<(), Refusal> {
    match said {
        None => {}
        Some(Said::Take(value)) => *present = Some(value.clone()),
        Some(Said::Remove(old)) => {
            let is_other = |value: &T| !old.is_empty() && value.to_string() != *old;
            if present.as_ref().is_none_or(is_other) {
                let reason = format!("\"{}\" is not there to be removed", shorten(old));
                return Err(invalid(attribute, &reason).by("CSV-20"));
            }
            *present = None;
        }
    }
    Ok(())
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
            value.selected = Some(selected(step, number));
            value.custom_number = Some(number.clone());
        }
        value.first_name = first.clone().or_else(|| value.first_name.take());
        value.last_name = last.clone().or_else(|| value.last_name.take());
        value.merge(CallerIdPatch::default(), step)
    })
}

/// What shows a number to callees: it is the person's own, the location's, or another one.
fn selected(step: &Step<'_>, number: &str) -> CallerIdType {
    let is = |own: Option<&E164>| own.is_some_and(|own| own.as_str() == number);
    let main = step
        .location()
        .and_then(|location| location.calling.as_ref());
    if is(step.calling.number.as_ref()) {
        CallerIdType::DirectLine
    } else if is(main.and_then(|calling| calling.main_number.as_ref())) {
        CallerIdType::LocationNumber
    } else {
        CallerIdType::Custom
    }
}
