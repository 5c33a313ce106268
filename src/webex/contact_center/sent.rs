//! What every body of Contact Center must say, and what it may say again.

use uuid::Uuid;

use crate::model::WebexId;
use crate::model::number::shorten;
use crate::refusal::Refusal;

/// A field that must be there.
///
/// # Errors
/// 400 when it is not.
pub(super) fn needed<T>(name: &str, value: Option<T>) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::bad_request(format!("{name} is required.")))
}

/// The organisation and the id that a body repeats.
pub(super) struct Sent<'a> {
    /// Its `organizationId`.
    pub organization: Option<&'a str>,
    /// Its `id`.
    pub id: Option<&'a str>,
}

impl Sent<'_> {
    /// Refuses another organisation than that of the path, and another id; what is new, and is
    /// called `what`, has none yet.
    ///
    /// # Errors
    /// 400 that names the field.
    pub fn check(&self, what: &str, organization: Uuid, id: Option<&str>) -> Result<(), Refusal> {
        let is_other = |text: &&str| WebexId::Organization.decode(text) != Some(organization);
        if let Some(other) = self.organization.filter(is_other) {
            let shown = shorten(other);
            let detail =
                format!("organizationId: \"{shown}\" is not the organization of the path.");
            return Err(Refusal::bad_request(detail));
        }
        match (self.id, id) {
            (Some(sent), Some(id)) if !sent.eq_ignore_ascii_case(id) => Err(Refusal::bad_request(
                format!("id: \"{}\" is not the id of the path.", shorten(sent)),
            )),
            (Some(_), None) => {
                let detail =
                    format!("id must not be sent for a new {what}: it is given by Contact Center.");
                Err(Refusal::bad_request(detail))
            }
            _ => Ok(()),
        }
    }
}
