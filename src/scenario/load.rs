//! Turns a document into a world: every step is a call of the rules that HTTP uses, in one write.
//! Errors are collected, so that one look shows all of them.

mod contract;
mod holders;
mod places;
mod settings;

use std::collections::BTreeMap;
use std::fmt::Display;

use uuid::Uuid;

use super::document::{Document, Organization, Person};
use crate::licensing::quirks;
use crate::model::{self, Holder};
use crate::world::{Moment, Tx};

/// The most errors that are collected; one mistake often has many consequences.
pub const MAX_FAILURES: usize = 100;

/// One thing that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where in the document.
    pub path: String,
    /// Why.
    pub message: String,
}

/// Does what a document says, on top of what the world holds. Answers its organisations.
///
/// # Errors
/// Everything that could not be done; the caller drops the write then.
pub fn load(tx: &mut Tx, document: &Document) -> Result<Vec<Uuid>, Vec<Failure>> {
    let mut failures = Failures::default();
    choose(tx, document, &mut failures);
    let is_first = tx.list::<model::Organization>().next().is_none();
    let mut loaded = Vec::new();
    for (index, organization) in document.organizations.iter().enumerate() {
        failures.base = format!("organizations[{index}]");
        loaded.extend(load_organization(tx, organization, &mut failures));
    }
    if let (true, Some(first)) = (is_first, loaded.first()) {
        tx.choose("homeOrganization", Some(&first.to_string()));
    }
    if failures.found.is_empty() {
        Ok(loaded)
    } else {
        Err(failures.found)
    }
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
            None => failures.add("edition", format!("there is no edition `{name}`")),
        }
    }
    for (name, choice) in &document.quirks {
        match quirks::quirk(name) {
            Some(quirk) if quirk.choices.contains(&choice.as_str()) => {
                tx.choose(quirk.name, Some(choice));
            }
            Some(quirk) => {
                let choices = quirk.choices.join(" or ");
                failures.add(&format!("quirks.{name}"), format!("it is {choices}"));
            }
            None => failures.add(
                &format!("quirks.{name}"),
                format!("there is no quirk `{name}`"),
            ),
        }
    }
}

fn load_organization(
    tx: &mut Tx,
    organization: &Organization,
    failures: &mut Failures,
) -> Option<Uuid> {
    let start = tx.now();
    let id = contract::create_organization(tx, organization, start, failures)?;
    let mut site = Site {
        id,
        organization,
        start,
        names: Names::default(),
        generated: Vec::new(),
    };
    contract::sell(tx, &site, failures);
    places::open(tx, &mut site, failures);
    holders::hire(tx, &mut site, failures);
    holders::furnish(tx, &mut site, failures);
    contract::set_template(tx, &site, failures);
    // Settings of people who are not there would only repeat what was said before.
    if failures.found.is_empty() {
        holders::configure(tx, &site, failures);
    }
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

/// What the names of the document mean.
#[derive(Debug, Default)]
struct Names {
    locations: BTreeMap<String, Uuid>,
    holders: BTreeMap<String, Holder>,
}

impl Names {
    /// The person with an e-mail, or the workspace with a name.
    fn holder(&self, name: &str) -> Option<Holder> {
        self.holders.get(&name.to_lowercase()).copied()
    }

    fn remember(&mut self, name: &str, holder: Holder) {
        self.holders.insert(name.to_lowercase(), holder);
    }
}

/// What went wrong so far.
#[derive(Debug, Default)]
struct Failures {
    found: Vec<Failure>,
    /// The path of the organisation that is being loaded.
    base: String,
}

impl Failures {
    /// Something went wrong at a path from the document's root. A place that many use, such as a
    /// set, is named once.
    fn add(&mut self, path: &str, message: impl Display) {
        let is_known = self.found.iter().any(|known| known.path == path);
        if self.found.len() < MAX_FAILURES && !is_known {
            let message = message.to_string();
            self.found.push(Failure {
                path: path.to_owned(),
                message,
            });
        }
    }

    /// The path of something in the organisation that is being loaded.
    fn at(&self, below: &str) -> String {
        format!("{}.{below}", self.base)
    }

    /// The value, or nothing when it could not be had.
    fn take<T, E: Display>(&mut self, path: &str, outcome: Result<T, E>) -> Option<T> {
        outcome.map_err(|error| self.add(path, error)).ok()
    }
}
