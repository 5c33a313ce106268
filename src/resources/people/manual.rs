//! Manual add: people one by one, each by e-mail or by names and e-mail (ADD-01 to ADD-09), with
//! licences, or with the package of a wholesale customer.

use uuid::Uuid;

use super::{PersonChange, Wanted, check_own_directory, create, find, get};
use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::packages::{self, Beside, PackageSave};
use crate::licensing::{assignment, contact_center::AgentWish};
use crate::model::backend::WholesaleFailures;
use crate::model::wholesale::{Package, subscriber_of};
use crate::model::{Email, Holder, License};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::organizations;
use crate::world::{Tx, World};

/// The most people of one manual add (ADD-01).
const MANUAL_MAX: usize = 25;
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
    /// The base package of a wholesale customer, and what is added to it.
    pub packages: Vec<Package>,
    /// Which systems behind Webex fail meanwhile (PKG-12).
    pub failures: WholesaleFailures,
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
    /// The failure that left somebody with a package inconsistent (PKG-12).
    pub failed: Option<Refusal>,
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
    let mut packages = terms.packages.clone();
    let known = find(tx, newcomer.email.as_str());
    let holder = Holder::Person(known.unwrap_or_default());
    if let Some(wish) = terms.agent {
        let license = wish.license(tx, organization, holder)?;
        match packages::governing(tx, license) {
            // Of a wholesale customer, agents have an addition to their package.
            Some(row) if !packages.is_empty() => packages.push(row.package),
            _ if licenses.contains(&license) => {}
            _ => licenses.push(license),
        }
    }
    let mut added = match known {
        _ if !packages.is_empty() => {
            let beside = (packages, licenses);
            subscribe(tx, organization, known, newcomer, beside, &terms.failures)?
        }
        Some(person) => {
            let outcome = update(tx, organization, person, licenses, newcomer)?;
            Added {
                person,
                is_new: false,
                outcome,
                failed: None,
            }
        }
        None => join(tx, organization, licenses, newcomer)?,
    };
    if let Some(wish) = terms.agent.filter(|_| added.failed.is_none()) {
        wish.appoint(tx, added.person, &mut added.outcome)?;
    }
    let is_same = added.outcome.action == Action::None && added.failed.is_none();
    if is_same && !added.is_new {
        let name = &added.outcome.holder.name;
        let warning = format!("{name} has all of this already: nothing was changed.");
        added.outcome.warnings.push(warning);
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
        failed: None,
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

/// Gives somebody a package: a new person, or one of the organisation who has none. A package is
/// changed on the user's page, because that may cost everything that is configured.
fn subscribe(
    tx: &mut Tx,
    organization: Uuid,
    known: Option<Uuid>,
    newcomer: Newcomer,
    (packages, licenses): (Vec<Package>, Vec<Uuid>),
    failures: &WholesaleFailures,
) -> Result<Added, Refusal> {
    let packages = packages::of_subscriber(&packages)?;
    let Newcomer {
        email,
        about,
        properties,
    } = newcomer;
    let person = match known {
        Some(person) => {
            check_without_package(tx, organization, person)?;
            person
        }
        None => {
            let about = PersonChange {
                email: Some(email),
                ..about
            };
            let nothing = Wanted {
                licenses: Some(Vec::new()),
                properties: None,
            };
            create(tx, organization, about, &nothing, Route::ManualAdd)?.0
        }
    };
    let held = get(tx, person)?.licenses;
    let beside = Beside {
        add: licenses
            .into_iter()
            .filter(|id| !held.contains(id))
            .collect(),
        remove: Vec::new(),
    };
    let save = PackageSave {
        person,
        packages,
        properties,
        ignores_properties: false,
        failing: failures.of(tx, person),
        beside,
    };
    let assigned = packages::assign(tx, save)?;
    Ok(Added {
        person,
        is_new: known.is_none(),
        outcome: assigned.outcome,
        failed: assigned.failed,
    })
}

/// Refuses somebody who has a package already, or belongs to another organisation.
fn check_without_package(world: &World, organization: Uuid, person: Uuid) -> Result<(), Refusal> {
    let known = get(world, person)?;
    if known.organization != organization {
        let refusal = Refusal::new(ErrorKind::EmailTaken, known.email.to_string());
        return Err(refusal.by("ADD-04").by("PKG-20"));
    }
    let Some((_, subscriber)) = subscriber_of(world, person) else {
        return Ok(());
    };
    let base = packages::base(&subscriber.packages).map(|base| packages::of(base).name);
    let detail = format!(
        "{} has the package {} already; a user has exactly one. Change it under Users > (user) > \
         Package (PUT users/{{personId}}/package).",
        known.display_name,
        base.unwrap_or_default(),
    );
    let refusal = Refusal::new(ErrorKind::TwoPackages, detail);
    Err(refusal.by("PKG-02").by("ADD-04"))
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
