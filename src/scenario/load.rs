//! Turns a document into a world: every step is a call of the rules that HTTP uses, in one write.
//! What the world holds already is changed, the rest is added; nothing is ever taken away. Errors
//! are collected, one for each cause, so that one look shows all of them.

mod administration;
mod contact_center;
mod contract;
mod devices;
mod failures;
mod groups;
mod holders;
mod holdings;
mod integrations;
mod names;
mod outside;
mod partner;
mod places;
mod settings;
mod words;

use uuid::Uuid;

use super::document::{Document, Organization, Person};
use crate::http::tenant::HOME;
use crate::licensing::quirks;
use crate::model;
use crate::model::nearest::nearest;
use crate::world::{Moment, Tx};
pub use failures::Failure;
use failures::Failures;
use names::Names;

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The organisations of the document, in its order.
    pub organizations: Vec<Uuid>,
    /// What the document says but a merge leaves as it is, and why.
    pub ignored: Vec<Failure>,
}

/// Does what a document says, on top of what the world holds.
///
/// # Errors
/// Everything that could not be done; the caller drops the write then.
pub fn load(tx: &mut Tx, document: &Document) -> Result<Loaded, Vec<Failure>> {
    let mut failures = Failures::default();
    choose(tx, document, &mut failures);
    let oldest = tx.list::<model::Organization>().next().map(|(id, _)| id);
    let mut loaded = Vec::new();
    for (index, organization) in document.organizations.iter().enumerate() {
        failures.base = format!("organizations[{index}]");
        let Some(id) = load_organization(tx, document, organization, &loaded, &mut failures) else {
            continue;
        };
        loaded.push(id);
    }
    failures.base = String::new();
    outside::admit(tx, document, &mut failures);
    // Nobody's tokens move to another organisation because one comes in.
    if let (None, Some(home)) = (tx.choice(HOME), oldest.or(loaded.first().copied())) {
        tx.choose(HOME, Some(&home.to_string()));
    }
    if !failures.is_empty() {
        return Err(failures.into_found());
    }
    Ok(Loaded {
        organizations: loaded,
        ignored: failures.ignored,
    })
}

fn choose(tx: &mut Tx, document: &Document, failures: &mut Failures) {
    if let Some(name) = &document.edition {
        match quirks::edition(name) {
            Some(edition) => {
                tx.choose("edition", Some(edition.name));
                for (quirk, choice) in edition.sets {
                    tx.choose(quirk, Some(choice));
                }
            }
            None => {
                let known = quirks::EDITIONS.iter().map(|edition| edition.name);
                failures.add("edition", nowhere("edition", name, known));
            }
        }
    }
    for (name, choice) in &document.quirks {
        match quirks::quirk(name) {
            Some(quirk) if quirk.choices.contains(&choice.as_str()) => {
                tx.choose(quirk.name, Some(choice));
            }
            Some(quirk) => {
                let choices = quirk.choices.join(" or ");
                let message = format!("`{choice}` is no choice of this quirk: it is {choices}");
                failures.add(&format!("quirks.{name}"), message);
            }
            None => {
                let known = quirks::QUIRKS.iter().map(|quirk| quirk.name);
                failures.add(&format!("quirks.{name}"), nowhere("quirk", name, known));
            }
        }
    }
}

fn load_organization(
    tx: &mut Tx,
    document: &Document,
    organization: &Organization,
    loaded: &[Uuid],
    failures: &mut Failures,
) -> Option<Uuid> {
    let start = tx.now();
    let id = contract::enter(tx, organization, loaded, start, failures)?;
    let mut site = Site {
        id,
        organization,
        start,
        names: Names::default(),
        generated: Vec::new(),
    };
    contract::sell(tx, &mut site, failures);
    partner::join(tx, document, &site, failures);
    administration::establish(tx, &mut site, failures);
    places::open(tx, &mut site, failures);
    holders::hire(tx, &mut site, failures);
    holders::appoint(tx, &site, failures);
    holders::furnish(tx, &mut site, failures);
    groups::gather(tx, &site, failures);
    contact_center::staff(tx, &mut site, failures);
    contract::set_template(tx, &site, failures);
    holders::configure(tx, &site, failures);
    devices::install(tx, &site, failures);
    integrations::connect(tx, &site, failures);
    Some(id)
}

/// An organisation that is being loaded.
#[derive(Debug)]
struct Site<'a> {
    id: Uuid,
    organization: &'a Organization,
    start: Moment,
    names: Names,
    /// The people whom the `generate` section made up.
    generated: Vec<Person>,
}

/// A sentence about a name that leads nowhere, with the nearest that would.
fn nowhere<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = nearest(name, known);
    let hint = hint.map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
    format!("there is no {what} `{name}`{hint}")
}
