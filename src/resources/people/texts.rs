//! The texts of a person: how long they may be, and how many addresses and numbers there may be.

use super::PersonChange;
use crate::model::number::shorten;
use crate::model::{Person, language};
use crate::refusal::Refusal;
use crate::resources::locations::time_zone;

/// The longest name or text field of a person.
const MAX_TEXT: usize = 256;

/// The longest address of a picture.
const MAX_AVATAR: usize = 2048;

/// The longest number that is no part of Calling, which may be written in any way.
const MAX_NUMBER: usize = 64;

/// The most postal addresses, numbers and sites of a person.
const MAX_ENTRIES: usize = 100;

/// Refuses texts that are too long or not on one line, and lists that are too long (inferred: the
/// documents name no bounds).
pub(super) fn check(change: &PersonChange) -> Result<(), Refusal> {
    for (name, text, most) in [
        ("firstName", &change.first_name, MAX_TEXT),
        ("lastName", &change.last_name, MAX_TEXT),
        ("nickName", &change.nick_name, MAX_TEXT),
        ("department", &change.department, MAX_TEXT),
        ("manager", &change.manager, MAX_TEXT),
        ("title", &change.title, MAX_TEXT),
        ("externalId", &change.external_id, MAX_TEXT),
        ("avatar", &change.avatar, MAX_AVATAR),
    ] {
        let text = text.as_ref().and_then(Option::as_deref);
        line(name, text, most)?;
    }
    line("displayName", change.display_name.as_deref(), MAX_TEXT)?;
    if let Some(zone) = said(&change.time_zone) {
        time_zone("timezone", zone)?;
    }
    check_addresses(change)?;
    check_numbers(change)?;
    let sites = change.site_urls.as_deref().unwrap_or_default();
    count("siteUrls", sites.len())?;
    for (position, site) in sites.iter().enumerate() {
        line(&format!("siteUrls[{position}]"), Some(site), MAX_TEXT)?;
    }
    Ok(())
}

/// What is wrong with the time zone or the language of a person that comes from outside.
fn wrong(person: &Person) -> Option<Refusal> {
    let zone = person.time_zone.as_deref();
    let zone = zone.and_then(|zone| time_zone("timezone", zone).err());
    let text = person.preferred_language.as_deref();
    zone.or_else(|| language_wrong(text?))
}

/// What is wrong with a language of people that comes from outside.
pub(in crate::resources) fn language_wrong(text: &str) -> Option<Refusal> {
    match language_of_people(text) {
        Ok(kept) if kept == text => None,
        Ok(_) => Some(language_wanted(text)),
        Err(refusal) => Some(refusal),
    }
}

/// A language as people have it (DEC-131).
///
/// # Errors
/// 400.
pub(in crate::resources) fn language_of_people(text: &str) -> Result<String, Refusal> {
    language::of_people(text).ok_or_else(|| language_wanted(text))
}

fn language_wanted(text: &str) -> Refusal {
    let shown = shorten(text);
    let detail = format!(
        "preferredLanguage must be a locale such as en_US: a language of ISO 639 and a country \
         of ISO 3166 with an underscore between them, not \"{shown}\"."
    );
    Refusal::bad_request(detail)
}

/// What a change says of a field, where that is not nothing.
fn said(change: &Option<Option<String>>) -> Option<&str> {
    let text = change.as_ref().and_then(Option::as_deref);
    text.filter(|text| !text.is_empty())
}

/// Refuses texts that nobody could have written of a person.
pub(in crate::resources) fn bounds(kept: &Person) -> Result<(), Refusal> {
    check(&PersonChange {
        display_name: Some(kept.display_name.clone()),
        first_name: Some(kept.first_name.clone()),
        last_name: Some(kept.last_name.clone()),
        nick_name: Some(kept.nick_name.clone()),
        avatar: Some(kept.avatar.clone()),
        department: Some(kept.department.clone()),
        manager: Some(kept.manager.clone()),
        title: Some(kept.title.clone()),
        time_zone: Some(kept.time_zone.clone()),
        preferred_language: Some(kept.preferred_language.clone()),
        external_id: Some(kept.external_id.clone()),
        addresses: Some(kept.addresses.clone()),
        contact_numbers: Some(kept.contact_numbers.clone()),
        site_urls: Some(kept.site_urls.clone()),
        ..PersonChange::default()
    })?;
    wrong(kept).map_or(Ok(()), Err)
}

fn check_addresses(change: &PersonChange) -> Result<(), Refusal> {
    let addresses = change.addresses.as_deref().unwrap_or_default();
    count("addresses", addresses.len())?;
    for (position, address) in addresses.iter().enumerate() {
        for (name, text) in [
            ("type", &address.kind),
            ("country", &address.country),
            ("locality", &address.locality),
            ("region", &address.region),
            ("streetAddress", &address.street_address),
            ("postalCode", &address.postal_code),
        ] {
            let field = format!("addresses[{position}].{name}");
            short(&field, text.as_deref().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// A street may be written on several lines.
fn short(field: &str, text: &str) -> Result<(), Refusal> {
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.chars().count() <= MAX_TEXT && !text.chars().any(strange) {
        return Ok(());
    }
    let detail = format!(
        "{field} must be at most {MAX_TEXT} characters, without control characters other than \
         the ends of lines."
    );
    Err(Refusal::bad_request(detail))
}

fn check_numbers(change: &PersonChange) -> Result<(), Refusal> {
    let numbers = change.contact_numbers.as_deref().unwrap_or_default();
    count("phoneNumbers", numbers.len())?;
    for (position, number) in numbers.iter().enumerate() {
        let field = |name: &str| format!("phoneNumbers[{position}].{name}");
        line(&field("value"), Some(&number.value), MAX_NUMBER)?;
        line(&field("display"), number.display.as_deref(), MAX_TEXT)?;
    }
    Ok(())
}

fn line(field: &str, text: Option<&str>, most: usize) -> Result<(), Refusal> {
    let text = text.unwrap_or_default();
    if text.chars().count() <= most && !text.chars().any(char::is_control) {
        return Ok(());
    }
    let detail = format!("{field} must be at most {most} characters on one line.");
    Err(Refusal::bad_request(detail))
}

fn count(field: &str, count: usize) -> Result<(), Refusal> {
    if count <= MAX_ENTRIES {
        return Ok(());
    }
    let detail = format!("{field} must hold at most {MAX_ENTRIES} items, but it has {count}.");
    Err(Refusal::bad_request(detail))
}
