//! What a user of SCIM may have and a person of the simulator does not. It is refused: left out in
//! silence, it would be found missing much later.

use serde_json::Value;

use super::write::{ENTERPRISE, WEBEX};
use crate::http::Call;
use crate::refusal::Refusal;

/// Attributes that can be written (contract: Create a user) and are not kept: of the user, of a
/// name, of what companies add, of what Webex adds. A star stands for any ending.
const UNKEPT: [(&str, &[&str]); 4] = [
    ("", &["locale", "profileUrl", "photos"]),
    (
        "name",
        &["middleName", "honorificPrefix", "honorificSuffix"],
    ),
    (
        ENTERPRISE,
        &["costCenter", "organization", "division", "employeeNumber"],
    ),
    (
        WEBEX,
        &[
            "sipAddresses",
            "managedOrgs",
            "managedGroups",
            "extensionAttribute*",
            "externalAttribute*",
        ],
    ),
];

/// Refuses a new user who comes with more than is kept. An attribute that says nothing (`null`, an
/// empty text or list) may stand.
///
/// # Errors
/// 400 that names the attribute.
pub(super) fn refuse_unkept(call: &Call<'_>, email: &str) -> Result<(), Refusal> {
    let user = call.json::<serde_json::Map<String, Value>>()?;
    for (part, names) in UNKEPT {
        let attributes = match part {
            "" => Some(&user),
            part => user.get(part).and_then(Value::as_object),
        };
        let mut sent = attributes.into_iter().flatten();
        let is_unkept = |name: &str| names.iter().any(|unkept| fits(name, unkept));
        if let Some((name, _)) = sent.find(|(name, value)| says(value) && is_unkept(name)) {
            let whole = match part {
                "" => name.clone(),
                part if part.contains(':') => format!("{part}:{name}"),
                part => format!("{part}.{name}"),
            };
            return Err(unkept(&whole));
        }
    }
    let emails = user.get("emails").filter(|emails| says(emails));
    let Some(emails) = emails else {
        return Ok(());
    };
    let wrong = || Refusal::bad_request("emails must be a list of objects with a value, a text.");
    for (position, entry) in emails.as_array().ok_or_else(wrong)?.iter().enumerate() {
        let address = match entry.as_object().ok_or_else(wrong)?.get("value") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_str().ok_or_else(wrong)?),
        };
        if address.is_some_and(|address| !address.eq_ignore_ascii_case(email)) {
            let detail = format!(
                "emails[{position}].value: only the address of userName is simulated. Leave \
                 others out."
            );
            return Err(Refusal::bad_request(detail));
        }
    }
    Ok(())
}

fn fits(name: &str, unkept: &str) -> bool {
    match unkept.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == unkept,
    }
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

fn unkept(attribute: &str) -> Refusal {
    let shown = crate::model::number::shorten(attribute);
    let detail = format!("{shown} is not simulated: it would not be kept. Leave it out.");
    Refusal::bad_request(detail)
}
