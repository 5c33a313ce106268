//! Manual add: people one by one, each by e-mail or by names and e-mail (ADD-01 to ADD-09).

use uuid::Uuid;

use super::{PersonChange, Wanted, check_own_directory, create, find, get};
use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::outcome::Outcome;
use crate::licensing::{assignment, contact_center::AgentWish};
use crate::model::{Email, Holder, License};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::organizations;
use crate::world::{Tx, World};

/// The most people of one manual add (ADD-01).
pub const MANUAL_MAX: usize = 25;
/// The most addresses of one claim by a list (ADD-10).
pub const CLAIM_MAX: usize = 100;

/// Somebody who is to be added.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The address.
    pub email: Email,
    /// What else is said about them.
    pub about: PersonChange,
    /// Number, extension and location.
    pub properties: Option<Properties>,
}

/// What everybody of a manual add gets.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// These licences; none leaves it to the template.
    pub licenses: Vec<Uuid>,
    /// As agents of Contact Center.
    pub agent: Option<AgentWish>,
}

/// What became of one.
#[derive(Debug)]
pub struct Added {
    /// Whose.
    pub person: Uuid,
    /// Whether there was nobody before.
    pub is_new: bool,
    /// What it did to the licences.
    pub outcome: Outcome,
}

/// Refuses a manual add as a whole.
///
/// # Errors
/// 400 for none or more than 25 people, or more than one where attributes are required; 409
/// (900074) where people come from a directory.
pub fn check(world: &World, organization: Uuid, count: usize) -> Result<(), Refusal> {
    check_own_directory(world, organization, "add people", "ADD-06")?;
    if count == 0 || count > MANUAL_MAX {
        let detail = format!("users must name 1 to {MANUAL_MAX} people; it names {count}.");
        return Err(Refusal::bad_request(detail).by("ADD-01"));
    }
    let required = &organizations::settings(world, organization)?.required_user_attributes;
    if count > 1 && !required.is_empty() {
        let detail = format!(
            "The organization requires {}, so people are added one at a time; users names {count}.",
            required.join(", ")
        );
        return Err(Refusal::bad_request(detail).by("ADD-02"));
    }
    Ok(())
}

/// Adds one, or gives one who is there already what the terms say.
///
/// # Errors
/// 409 for an address that cannot be added, 400 for values that are not allowed, and licensing's
/// refusals.
pub fn add(
    tx: &mut Tx,
    organization: Uuid,
    newcomer: Newcomer,
    terms: &Terms,
) -> Result<Added, Refusal> {
    let mut licenses = terms.licenses.clone();
    let known = find(tx, newcomer.email.as_str());
    let holder = Holder::Person(known.unwrap_or_default());
    if let Some(wish) = terms.agent {
        let license = wish.license(tx, organization, holder)?;
        if !licenses.contains(&license) {
            licenses.push(license);
        }
    }
    let mut added = match known {
        Some(person) => {
            let outcome = update(tx, organization, person, licenses, newcomer)?;
            Added {
                person,
                is_new: false,
                outcome,
            }
        }
        None => join(tx, organization, licenses, newcomer)?,
    };
    if let Some(wish) = terms.agent {
        wish.appoint(tx, added.person, &mut added.outcome)?;
    }
    Ok(added)
}

/// Creates somebody, with these licences or by the template (ADD-07).
fn join(
    tx: &mut Tx,
    organization: Uuid,
    licenses: Vec<Uuid>,
    newcomer: Newcomer,
) -> Result<Added, Refusal> {
    let wanted = Wanted {
        licenses: Some(licenses).filter(|licenses| !licenses.is_empty()),
        properties: newcomer.properties,
    };
    let about = PersonChange {
        email: Some(newcomer.email),
        ..newcomer.about
    };
    tx.by_rule("ADD-07");
    let (person, mut outcome) = create(tx, organization, about, &wanted, Route::ManualAdd)?;
    outcome.warnings.extend(asked_for(&outcome));
    Ok(Added {
        person,
        is_new: true,
        outcome,
    })
}

/// What the template could not give to somebody who is there now; for Calling it asks for location
/// and number (TMPL-15).
fn asked_for(outcome: &Outcome) -> Option<String> {
    let error = outcome.error.as_ref()?;
    let asks = match ErrorKind::NoNumberForCalling.row().code == Some(error.code) {
        true => {
            " Webex Calling was not given: send properties with a locationId, and a phoneNumber \
              or an extension."
        }
        false => "",
    };
    Some(format!(
        "The license template could not give everything. {}{asks}",
        error.message
    ))
}

/// Gives somebody of the organisation licences; without any there is nothing to do (ADD-04).
fn update(
    tx: &mut Tx,
    organization: Uuid,
    person: Uuid,
    licenses: Vec<Uuid>,
    newcomer: Newcomer,
) -> Result<Outcome, Refusal> {
    let known = get(tx, person)?;
    if known.organization != organization || licenses.is_empty() {
        let refusal = Refusal::new(ErrorKind::EmailTaken, newcomer.email.to_string());
        return Err(refusal.by("ADD-04"));
    }
    let is_agent = |id: &Uuid| {
        let license = tx.get::<License>(*id);
        license.is_some_and(|license| license.offer().is_agent())
    };
    // One agent's licence takes the place of the other (CC-03).
    let held = known.licenses.iter().copied();
    let remove = match licenses.iter().find(|id| is_agent(id)) {
        Some(agent) => held.filter(|id| is_agent(id) && id != agent).collect(),
        None => Vec::new(),
    };
    let add = licenses.into_iter().map(|license| Add {
        license,
        properties: newcomer.properties.clone(),
    });
    let change = Change {
        holder: Holder::Person(person),
        add: add.collect(),
        remove,
        route: Route::ManualAdd,
    };
    assignment::save(tx, change)
}
