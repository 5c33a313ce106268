//! Checks of values that several families share. Each refusal names the field and its bounds.

use uuid::Uuid;

use super::voicemail::Voicemail;
use super::{Greeting, invalid, missing};
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Email, Location, PhoneNumber, spaces};
use crate::refusal::Refusal;
use crate::settings::family::Step;

/// The most rings that can be set.
pub(in crate::settings) const MAX_RINGS: u32 = 20;

/// Characters that names for telephones may not have (the caller ID page).
const NOT_IN_NAMES: [char; 4] = ['%', '+', '\\', '"'];

/// The longest number as callers write one (the documents of virtual lines and paging groups).
const MAX_PHONE: usize = 23;

/// The longest name of a caller (`callerIdFirstName` has 128 at most; inferred for the others).
pub(in crate::settings) const MAX_NAME: usize = 128;

/// The longest name of an uploaded file (`AnnouncementRequestBody.fileName`).
pub(in crate::settings) const MAX_FILE_NAME: usize = 80;

/// What numbers are written with, beside digits (inferred: the documents name no characters).
const IN_NUMBERS: [char; 8] = ['+', '*', '#', ' ', '-', '.', '(', ')'];

/// Refuses a text that nobody can dial. An empty one says that there is no number.
pub(in crate::settings) fn phone(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    let text = text.unwrap_or_default();
    let dialled = |c: char| c.is_ascii_digit() || c == '*' || c == '#';
    let fits = text.len() <= MAX_PHONE
        && text.contains(dialled)
        && text.chars().all(|c| dialled(c) || IN_NUMBERS.contains(&c));
    if fits || text.is_empty() {
        return Ok(());
    }
    let text = shorten(text);
    Err(invalid(format!(
        "{field} must be a number of at most {MAX_PHONE} characters, written with digits, +, *, #, \
         blanks, dashes, dots and parentheses, but it is \"{text}\"."
    )))
}

/// Refuses a text that is no number, or none.
pub(in crate::settings) fn number_needed(field: &str, text: &str) -> Result<(), Refusal> {
    match text.is_empty() {
        true => Err(missing(format!("{field} must not be empty."))),
        false => phone(field, Some(text)),
    }
}

/// Refuses a number of rings outside 2 to 20.
pub(in crate::settings) fn rings(field: &str, rings: u32) -> Result<(), Refusal> {
    number(field, rings, 2, MAX_RINGS)
}

/// Refuses a number outside its bounds.
pub(in crate::settings) fn number(
    field: &str,
    value: u32,
    least: u32,
    most: u32,
) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let detail = format!("{field} must be between {least} and {most}, but it is {value}.");
    Err(invalid(detail))
}

/// Refuses what is on without saying where to: `goal` is needed while `on` is true.
pub(in crate::settings) fn goal(
    on: bool,
    switch: &str,
    field: &str,
    goal: Option<&str>,
) -> Result<(), Refusal> {
    if on && goal.is_none_or(str::is_empty) {
        return Err(missing(format!("{field} is required while {switch} is true.")).by("SET-03"));
    }
    Ok(())
}

/// Refuses a text that is no e-mail address.
pub(in crate::settings) fn email(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    match text.map(str::parse::<Email>) {
        Some(Err(error)) => Err(invalid(format!("{field}: {error}."))),
        _ => Ok(()),
    }
}

/// Refuses a name with characters that telephones do not show (the caller ID page).
pub(in crate::settings) fn name(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    let plain = |c: char| c.is_ascii() && !c.is_ascii_control() && !NOT_IN_NAMES.contains(&c);
    let Some(wrong) = text.and_then(|text| text.chars().find(|c| !plain(*c))) else {
        return Ok(());
    };
    let wrong = wrong.escape_debug();
    Err(invalid(format!(
        "{field} must not contain %, +, \\, \" or characters outside ASCII, but it has \"{wrong}\"."
    )))
}

/// Refuses a text that is too long.
pub(in crate::settings) fn length(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let count = text.chars().count();
    if count <= most {
        return Ok(());
    }
    Err(invalid(format!(
        "{field} must not be longer than {most} characters, but it has {count}."
    )))
}

/// Refuses a greeting of one's own while none was uploaded.
pub(in crate::settings) fn greeting(
    field: &str,
    greeting: Greeting,
    uploaded: bool,
) -> Result<(), Refusal> {
    if greeting == Greeting::Custom && !uploaded {
        return Err(invalid(format!(
            "{field} cannot be CUSTOM before a greeting is uploaded."
        ))
        .by("SET-03"));
    }
    Ok(())
}

/// Refuses a number that is not one of the organisation's, or of another country than the
/// holder's location (the caller ID page).
pub(in crate::settings) fn own_number(
    step: &Step<'_>,
    field: &str,
    text: Option<&str>,
) -> Result<(), Refusal> {
    let Some(text) = text else {
        return Ok(());
    };
    let country = |location: Uuid| {
        let location = step.world.get::<Location>(location);
        location.map(|location| location.address.country.as_str())
    };
    let shown = shorten(text);
    match find_number(step, text) {
        None => Err(invalid(format!(
            "{field} must be a number of this organization, but \"{shown}\" is none."
        ))),
        Some(number) if country(number.location) != country(step.calling.location) => {
            let own = country(step.calling.location).unwrap_or_default();
            Err(invalid(format!(
                "{field} must be a number of a location in the same country ({own}), but \
                 \"{shown}\" is not."
            )))
        }
        Some(_) => Ok(()),
    }
}

/// Puts the last item of a list where another one stood.
pub(in crate::settings) fn settle<T>(list: &mut [T], place: Option<usize>) {
    if let Some(tail) = place.and_then(|place| list.get_mut(place..)) {
        tail.rotate_right(1);
    }
}

/// A number of the organisation, written with or without its +1.
fn find_number<'a>(step: &Step<'a>, text: &str) -> Option<&'a PhoneNumber> {
    let full = match text.starts_with('+') {
        true => text.to_owned(),
        false => format!("+1{text}"),
    };
    let (id, _) = PhoneNumber::find(step.world, &full)?;
    owned::get(step.world, step.organization, id)
}

/// Who answers a number, an extension of the holder's location, or an extension with the prefix
/// of its location.
fn find_line(step: &Step<'_>, text: &str) -> Option<Uuid> {
    let extension = |location, digits: &str| step.world.find(spaces::EXTENSION, location, digits);
    let with_prefix = || {
        text.char_indices().skip(1).find_map(|(at, _)| {
            let (prefix, digits) = text.split_at(at);
            let organization = step.organization;
            let location = step
                .world
                .find(spaces::ROUTING_PREFIX, organization, prefix)?;
            extension(location, digits)
        })
    };
    extension(step.calling.location, text)
        .or_else(|| Some(find_number(step, text)?.owner?.id()))
        .or_else(with_prefix)
}

/// Whether a destination is a line of the organisation whose voicemail is on.
fn has_voicemail(step: &Step<'_>, destination: &str) -> bool {
    find_line(step, destination).is_some_and(|line| {
        let voicemail = step.world.get::<Voicemail>(line);
        voicemail.is_none_or(|voicemail| voicemail.enabled)
    })
}

/// Refuses to send calls to a voicemail that is not there: `switch` says to do so.
pub(in crate::settings) fn voicemail_there(
    step: &Step<'_>,
    switch: &str,
    field: &str,
    destination: &str,
) -> Result<(), Refusal> {
    if has_voicemail(step, destination) {
        return Ok(());
    }
    Err(invalid(format!(
        "{switch} can be true only while {field} is a number or an extension of this organization \
         with voicemail."
    ))
    .by("SET-04"))
}
