//! What a row says about Calling: number, extension, location and caller ID.

use uuid::Uuid;

use super::attributes::Attribute;
use super::changes::invalid;
use crate::belongings::numbers;
use crate::licensing::change::Properties;
use crate::licensing::outcome::Outcome;
use crate::licensing::quirks::{Choice, CsvBlankLocation};
use crate::model::owned;
use crate::model::person::ContactKind;
use crate::model::{E164, Extension, Holder, Location, Person, PhoneNumber};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::families::caller_id::{CallerId, CallerIdPatch, CallerIdType};
use crate::settings::family::{Setting, Step, change};
use crate::tasks::csv::numbers::{Said, extension, phone_number, renumber};
use crate::tasks::csv::{Cells, location_named};
use crate::world::{Tx, World};

/// What is said of numbers and caller ID in a row that leaves nobody with Calling to have them.
const GOES: &str = "The number, extension or caller ID of this row was not taken: the row takes \
                    Webex Calling away.";

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
    let phone_number = cells.get(Attribute::PhoneNumber).map(phone_number);
    let phone_number = phone_number.transpose()?.and_then(Said::taken);
    let extension = cells.get(Attribute::Extension).map(extension);
    let extension = extension.transpose()?.and_then(Said::taken);
    let missing = |what: &str| {
        let detail = format!("Webex Calling needs {what}.");
        Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-04"))
    };
    if phone_number.is_none() && extension.is_none() {
        return missing("\"Phone Number\" or \"Extension\"");
    }
    let own = person.and_then(|person| person.location);
    let location = match cells.get(Attribute::Location) {
        Some(name) => {
            let named = location_named(world, organization, name.trim());
            Some(named.map_err(|refusal| refusal.by("CSV-19"))?)
        }
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
    let own = owned::list::<Location>(world, organization).filter(|(_, own)| own.calling.is_some());
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
    if numbers::calling(tx, holder).is_none() {
        if !wish.is_empty() {
            outcome.warnings.push(GOES.to_owned());
        }
        return Ok(());
    }
    let nothing_left = || {
        let detail = "Webex Calling needs \"Phone Number\" or \"Extension\".";
        Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-04")
    };
    let (number, extension) = (wish.number.as_ref(), wish.extension.as_ref());
    renumber(tx, holder, number, extension, nothing_left, outcome)?;
    drop_work_extension(tx, holder)?;
    set_caller_id(tx, holder, wish)
}

/// An extension that waited for Calling is Calling's now.
fn drop_work_extension(tx: &mut Tx, holder: Holder) -> Result<(), Refusal> {
    let person = tx.get::<Person>(holder.id());
    if person.is_some_and(|p| {
        p.contact_numbers
            .iter()
            .any(|own| own.kind == ContactKind::WorkExtension)
    }) {
        tx.update::<Person>(holder.id(), |person| {
            person
                .contact_numbers
                .retain(|own| own.kind != ContactKind::WorkExtension);
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
    match PhoneNumber::find(step.world, number.as_str()) {
        Some((_, known)) if known.organization == step.organization => Ok(CallerIdType::Custom),
        _ => {
            let reason = format!("{number} is not a number of this organisation");
            Err(invalid(Attribute::CallerIdNumber, &reason))
        }
    }
}
