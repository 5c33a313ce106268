//! What Webex Calling adds to locations: `/v1/telephony/config/locations`.

pub mod disabling;

use std::collections::BTreeSet;

use uuid::Uuid;

use super::locations::{CALLING_NAME_MAX, get, language};
use super::numbers::find_in;
use super::text::{checked, digits};
use crate::model::location::Captions;
use crate::model::number::shorten;
use crate::model::{CallingLocation, E164, Extension, Location, PhoneNumber, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// Longest names of caller ids.
const CALLER_NAME_MAX: usize = 256;
/// Most digits of a routing prefix.
const PREFIX_MAX: usize = 7;
/// Most digits of an outside line.
const DIAL_DIGITS_MAX: usize = 4;
/// Extensions that are emergency numbers.
const EMERGENCY: [&str; 3] = ["911", "112", "999"];

/// What a caller says about Calling of a location; what is absent stays as it is, and an empty
/// text clears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallingLocationChange {
    /// A locale such as `en_us`.
    pub announcement_language: Option<String>,
    /// The name that goes with the main number.
    pub calling_line_id_name: Option<String>,
    /// The main number.
    pub main_number: Option<String>,
    /// The name shown to callees.
    pub external_caller_id_name: Option<String>,
    /// The emergency location identifier.
    pub p_access_network_info: Option<String>,
    /// The digits for an outside line.
    pub outside_dial_digit: Option<String>,
    /// Whether the outside line digit is enforced.
    pub enforce_outside_dial_digit: Option<bool>,
    /// The prefix that makes extensions unique in the organisation.
    pub routing_prefix: Option<String>,
    /// The number that pays for calls.
    pub charge_number: Option<String>,
    /// Whether callers who wait hear music.
    pub music_on_hold: Option<bool>,
    /// Captions of calls.
    pub captions: Option<Captions>,
}

/// The locations of an organisation that have Webex Calling.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &Location)> {
    super::locations::list(world, organization).filter(|(_, location)| location.calling.is_some())
}

/// A location with Webex Calling.
///
/// # Errors
/// 404 when the organisation has none with this id.
pub fn calling_of(
    world: &World,
    organization: Uuid,
    id: Uuid,
) -> Result<(&Location, &CallingLocation), Refusal> {
    let location = get(world, organization, id)?;
    let calling = location.calling.as_ref();
    let missing =
        || Refusal::not_found("Location", &format!("{} with Webex Calling", location.name));
    Ok((location, calling.ok_or_else(missing)?))
}

/// Enables a location for Webex Calling.
///
/// # Errors
/// 404, 409 when it has Webex Calling already, 400 when its name is too long for it.
pub fn enable(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    calling: CallingLocation,
) -> Result<(), Refusal> {
    let location = get(tx, organization, id)?;
    if location.calling.is_some() {
        let detail = format!("Location {} has Webex Calling already.", location.name);
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    checked("name", &location.name, CALLING_NAME_MAX)?;
    tx.update::<Location>(id, |location| location.calling = Some(calling))?;
    Ok(())
}

/// Changes Calling of a location. Answers whether the routing prefix is another one now, which
/// starts a job upstream.
///
/// # Errors
/// 404, 400 for a wrong value, 409 when the routing prefix is taken.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    wanted: CallingLocationChange,
) -> Result<bool, Refusal> {
    let (location, calling) = calling_of(tx, organization, id)?;
    let (mut location, mut calling) = (location.clone(), calling.clone());
    let before = calling.clone();
    if let Some(text) = &wanted.announcement_language {
        location.announcement_language = language("announcementLanguage", text)?;
    }
    change_names(&mut calling, &wanted)?;
    check_network_info(&location, &wanted)?;
    change_dialling(&mut calling, &wanted)?;
    check_prefix(tx, id, organization, calling.routing_prefix.as_deref())?;
    if let Some(text) = &wanted.charge_number {
        calling.charge_number = owned_number(tx, &location, id, text)?;
    }
    if let Some(text) = &wanted.main_number {
        calling.main_number = owned_number(tx, &location, id, text)?;
    }
    if let Some(plays) = wanted.music_on_hold {
        calling.music_on_hold_disabled = !plays;
    }
    calling.captions = wanted.captions.unwrap_or(calling.captions);
    move_main_number(
        tx,
        before.main_number.as_ref(),
        calling.main_number.as_ref(),
    )?;
    let has_new_prefix = before.routing_prefix != calling.routing_prefix;
    location.calling = Some(calling);
    tx.put(id, location)?;
    Ok(has_new_prefix)
}

fn change_names(
    calling: &mut CallingLocation,
    wanted: &CallingLocationChange,
) -> Result<(), Refusal> {
    let names = [
        (
            "callingLineId.name",
            &wanted.calling_line_id_name,
            &mut calling.calling_line_id_name,
        ),
        (
            "externalCallerIdName",
            &wanted.external_caller_id_name,
            &mut calling.external_caller_id_name,
        ),
        (
            "pAccessNetworkInfo",
            &wanted.p_access_network_info,
            &mut calling.p_access_network_info,
        ),
    ];
    for (field, text, target) in names {
        let Some(text) = text else { continue };
        let filled = !text.trim().is_empty();
        *target = filled
            .then(|| checked(field, text, CALLER_NAME_MAX))
            .transpose()?;
    }
    Ok(())
}

/// The countries whose locations have a network info of emergency calls (contract: Update Location
/// Webex Calling Details).
const NETWORK_INFO_COUNTRIES: [&str; 3] = ["BE", "DE", "FR"];

fn check_network_info(location: &Location, wanted: &CallingLocationChange) -> Result<(), Refusal> {
    let named = wanted.p_access_network_info.as_deref();
    let is_set = named.is_some_and(|text| !text.trim().is_empty());
    let country = location.address.country.as_str();
    if !is_set || NETWORK_INFO_COUNTRIES.contains(&country) {
        return Ok(());
    }
    let detail = format!(
        "pAccessNetworkInfo is only of locations in BE, DE and FR; {} is in {country}.",
        location.name
    );
    Err(Refusal::bad_request(detail))
}

fn change_dialling(
    calling: &mut CallingLocation,
    wanted: &CallingLocationChange,
) -> Result<(), Refusal> {
    let numbers = [
        (
            "routingPrefix",
            &wanted.routing_prefix,
            &mut calling.routing_prefix,
            PREFIX_MAX,
        ),
        (
            "outsideDialDigit",
            &wanted.outside_dial_digit,
            &mut calling.outside_dial_digit,
            DIAL_DIGITS_MAX,
        ),
    ];
    for (field, text, target, most) in numbers {
        let Some(text) = text else { continue };
        *target = (!text.is_empty())
            .then(|| digits(field, text, most))
            .transpose()?;
    }
    if let Some(enforce) = wanted.enforce_outside_dial_digit {
        calling.enforce_outside_dial_digit = enforce;
    }
    Ok(())
}

fn check_prefix(
    world: &World,
    id: Uuid,
    organization: Uuid,
    prefix: Option<&str>,
) -> Result<(), Refusal> {
    let Some(prefix) = prefix else { return Ok(()) };
    let holder = world.find(spaces::ROUTING_PREFIX, organization, prefix);
    if holder.is_some_and(|holder| holder != id) {
        let detail = format!("Routing prefix {prefix} is used by another location.");
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    Ok(())
}

/// A number of the location's inventory; an empty text is none.
fn owned_number(
    world: &World,
    location: &Location,
    id: Uuid,
    text: &str,
) -> Result<Option<E164>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let known = text
        .parse::<E164>()
        .ok()
        .filter(|number| find_in(world, id, number).is_some());
    known.map(Some).ok_or_else(|| {
        let detail = format!("{} has no number {}.", location.name, shorten(text));
        Refusal::new(ErrorKind::NumberNotAvailable, detail)
    })
}

/// Marks the main number among the numbers. One that somebody uses cannot become it.
fn move_main_number(
    tx: &mut Tx,
    before: Option<&E164>,
    after: Option<&E164>,
) -> Result<(), Refusal> {
    if before == after {
        return Ok(());
    }
    for (number, is_main) in [(before, false), (after, true)] {
        let Some(number) = number else { continue };
        let Some((id, known)) = PhoneNumber::find(tx, number.as_str()) else {
            continue;
        };
        if is_main && known.owner.is_some() {
            let detail = format!("Number {number} is in use.");
            return Err(Refusal::new(ErrorKind::NumberNotAvailable, detail));
        }
        tx.update::<PhoneNumber>(id, |known| known.main = is_main)?;
    }
    Ok(())
}

/// What there is to say about an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionState {
    /// It can be assigned.
    Valid,
    /// Somebody in the location has it.
    Duplicate,
    /// The request names it twice.
    DuplicateInList,
    /// It has not two to six characters.
    WrongLength,
    /// It has other characters than digits.
    NotDigits,
    /// It is an emergency number.
    Emergency,
}

/// Looks at extensions for a location.
#[must_use]
pub fn validate_extensions(world: &World, id: Uuid, texts: &[String]) -> Vec<ExtensionState> {
    let mut seen = BTreeSet::new();
    let mut states = Vec::with_capacity(texts.len());
    for text in texts {
        let state = if !text.bytes().all(|b| b.is_ascii_digit()) {
            ExtensionState::NotDigits
        } else if text.parse::<Extension>().is_err() {
            ExtensionState::WrongLength
        } else if EMERGENCY.contains(&text.as_str()) {
            ExtensionState::Emergency
        } else if world.find(spaces::EXTENSION, id, text).is_some() {
            ExtensionState::Duplicate
        } else if !seen.insert(text.as_str()) {
            ExtensionState::DuplicateInList
        } else {
            ExtensionState::Valid
        };
        states.push(state);
    }
    states
}
