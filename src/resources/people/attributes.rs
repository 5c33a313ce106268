//! What a person is called, and what the organisation insists on.

use super::PersonChange;
use crate::model::{Organization, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Tx;

/// The display name a caller gave, else first and last name, else the address before its `@`.
pub(super) fn display_name(change: &PersonChange, person: &Person) -> String {
    let given = change
        .display_name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    if let Some(given) = given {
        return given.to_owned();
    }
    let part = |name: &Option<Option<String>>| name.clone().flatten().unwrap_or_default();
    let joined = format!("{} {}", part(&change.first_name), part(&change.last_name));
    match joined.trim() {
        "" => {
            let address = person.email.as_str();
            address.split('@').next().unwrap_or_default().to_owned()
        }
        joined => joined.to_owned(),
    }
}

/// Attributes that the organisation requires of everybody (ADD-02).
pub(super) fn check_required(tx: &Tx, person: &Person) -> Result<(), Refusal> {
    let organization = tx.get::<Organization>(person.organization);
    let required = organization.map(|o| o.settings.required_user_attributes.as_slice());
    for name in required.unwrap_or_default() {
        let missing = match name.as_str() {
            "title" => person.title.is_none(),
            "department" => person.department.is_none(),
            "manager" => person.manager.is_none() && person.manager_id.is_none(),
            "firstName" => person.first_name.is_none(),
            "lastName" => person.last_name.is_none(),
            _ => false,
        };
        if missing {
            let detail = format!("The organization requires the attribute {name}.");
            return Err(Refusal::new(ErrorKind::MandatoryField, detail));
        }
    }
    Ok(())
}
