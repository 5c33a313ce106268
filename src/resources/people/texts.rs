//! The texts of a person: how long they may be, and how many addresses and numbers there may be.

use super::PersonChange;
use crate::refusal::Refusal;

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
        ("timeZone", &change.time_zone, MAX_TEXT),
        ("preferredLanguage", &change.preferred_language, MAX_TEXT),
        ("externalId", &change.external_id, MAX_TEXT),
        ("avatar", &change.avatar, MAX_AVATAR),
    ] {
        let text = text.as_ref().and_then(Option::as_deref);
        line(name, text, most)?;
    }
    line("displayName", change.display_name.as_deref(), MAX_TEXT)?;
    check_addresses(change)?;
    check_numbers(change)?;
    let sites = change.site_urls.as_deref().unwrap_or_default();
    count("siteUrls", sites.len())?;
    for (position, site) in sites.iter().enumerate() {
        line(&format!("siteUrls[{position}]"), Some(site), MAX_TEXT)?;
    }
    Ok(())
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
        for (name, text) in [("type", &number.kind), ("value", &number.value)] {
            let field = format!("phoneNumbers[{position}].{name}");
            line(&field, Some(text), MAX_NUMBER)?;
        }
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
