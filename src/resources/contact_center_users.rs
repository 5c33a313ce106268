//! Users of Contact Center: whom it shows, and what may be set for them.

use uuid::Uuid;

use crate::licensing::contact_center::agent;
use crate::model::Person;
use crate::model::agent::{Agent, Known};
use crate::refusal::Refusal;
use crate::world::World;

/// The longest text.
const TEXT_MAX: usize = 256;

/// What Contact Center shows of a person; nothing for who never signed in (CC-08) or is not known
/// there yet (CC-07).
#[must_use]
pub fn shown(world: &World, person: Uuid) -> Option<(&Person, Agent, Known)> {
    let owner = world.get::<Person>(person)?;
    let agent = agent(world, person)?;
    let known = agent.known?;
    (!owner.invite_pending).then_some((owner, agent, known))
}

/// Refuses a text that is too long or not on one line.
///
/// # Errors
/// 400 that names the field.
pub fn check_text(field: &str, text: &str) -> Result<(), Refusal> {
    if text.len() <= TEXT_MAX && !text.chars().any(char::is_control) {
        return Ok(());
    }
    let detail = format!("{field} must have at most {TEXT_MAX} bytes and no control characters.");
    Err(Refusal::bad_request(detail))
}
