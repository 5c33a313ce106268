//! One row of an import: a person who is changed, or a new one.

use uuid::Uuid;

use super::attributes::Attribute;
use super::calling::{self, properties};
use super::changes::Wish;
use super::header::LICENSES;
use super::import::Import;
use super::values::Values;
use crate::licensing::assignment;
use crate::licensing::change::{Add, Change};
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::template;
use crate::model::{Email, Holder, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::outbox;
use crate::resources::people::{self, Wanted};
use crate::tasks::csv::{Cells, Row};
use crate::world::Tx;

/// Said of a new person: an address that was changed or mistyped makes one too (CSV-08).
const NEW: &str = "Nobody had this address: a new user was created.";

/// Said where the names of the caller ID are not read (CSV-24).
const NAMES_FOLLOW: &str = "\"Caller ID First Name\" and \"Caller ID Last Name\" were not read: in \
                            Asia-Pacific the caller ID follows first and last name.";

impl Import {
    pub(super) fn row(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        row: &Row,
        welcomed: &mut bool,
    ) -> Result<Outcome, Refusal> {
        let email = key(cells)?;
        row.check_unique(email.as_str())?;
        match people::find(tx, email.as_str()) {
            Some(id) => self.update(tx, cells, id),
            None => {
                self.check_may_add()?;
                self.create(tx, cells, email, welcomed)
            }
        }
    }

    fn update(&self, tx: &mut Tx, cells: &Cells<'_>, id: Uuid) -> Result<Outcome, Refusal> {
        let holder = Holder::Person(id);
        let missing = || Refusal::not_found("Person", &holder.webex_id());
        let person = tx.get::<Person>(id).ok_or_else(missing)?;
        if person.organization != self.organization {
            return Err(Refusal::new(ErrorKind::EmailTaken, person.email.to_string()).by("ADD-04"));
        }
        let services = LICENSES.asked(tx, cells.licenses(), &person.licenses)?;
        let values = Values {
            world: tx,
            holder,
            person,
            now: tx.now(),
        };
        let gains = services.calling.is_some();
        let wish = Wish::read(tx, self.organization, Some(&values), cells, gains)?;
        let properties = match services.calling {
            Some(_) => Some(properties(tx, self.organization, Some(person), cells)?),
            None => None,
        };
        let route = self.behavior.route();
        let before = wish.writes().then(|| values.written());
        if wish.changes {
            people::update(tx, id, wish.person, &Wanted::default(), route)?;
        }
        let mut outcome = if services.add.is_empty() && services.remove.is_empty() {
            Outcome::none(tx, holder)
        } else {
            let add = services.add.into_iter().map(|license| Add {
                license,
                properties: properties
                    .clone()
                    .filter(|_| services.calling == Some(license)),
            });
            let change = Change {
                holder,
                add: add.collect(),
                remove: services.remove,
                route,
            };
            let mut outcome = assignment::save(tx, change)?;
            by_services(&mut outcome);
            outcome
        };
        calling::apply(tx, holder, &wish.calling, &mut outcome)?;
        if let (Some(before), Some(person)) = (before, tx.get::<Person>(id)) {
            let now = tx.now();
            let values = Values {
                world: tx,
                holder,
                person,
                now,
            };
            let after = values.written();
            let cells = before
                .iter()
                .zip(&after)
                .filter(|((attribute, before), (_, after))| {
                    cells.get(*attribute).is_some() && before != after
                });
            for ((attribute, before), (_, after)) in cells {
                outcome.wrote(attribute.header(), before, after);
            }
        }
        let passes = wish.calling.passes_over_names;
        explain(tx, wish.removes, passes, wish.warnings, &mut outcome);
        Ok(outcome)
    }

    fn create(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        email: Email,
        welcomed: &mut bool,
    ) -> Result<Outcome, Refusal> {
        let services = LICENSES.asked(tx, cells.licenses(), &[])?;
        let gains = services.calling.is_some();
        let mut wish = Wish::read(tx, self.organization, None, cells, gains)?;
        wish.person.email = Some(email);
        let by_template = services.add.is_empty();
        let wanted = Wanted {
            properties: match services.calling {
                Some(_) => Some(properties(tx, self.organization, None, cells)?),
                None => None,
            },
            licenses: Some(services.add),
        };
        tx.by_rule("CSV-30");
        let route = self.behavior.route();
        let (id, mut outcome) = people::create(tx, self.organization, wish.person, &wanted, route)?;
        by_services(&mut outcome);
        if by_template {
            // The template fills what no cell of the row excludes (TMPL-13).
            outcome = template::apply_to_new_without(tx, id, &services.without);
            // Who cannot be served is a person without that licence, not a failed row (TMPL-14).
            let reason = outcome.error.take().map(|error| error.message);
            outcome.warnings.extend(reason);
            if outcome.action == Action::Failed {
                outcome.action = Action::None;
            }
        }
        calling::apply(tx, Holder::Person(id), &wish.calling, &mut outcome)?;
        let passes = wish.calling.passes_over_names;
        explain(tx, wish.removes, passes, wish.warnings, &mut outcome);
        let has_template = template::get(tx, self.organization).is_some();
        if !by_template && has_template {
            outcome.by_rule("TMPL-09");
        }
        outcome.by_rule("CSV-30");
        outcome.warnings.push(NEW.to_owned());
        *welcomed = outbox::is_automated(tx, self.organization);
        Ok(outcome)
    }
}

/// Names the rules by which TRUE gave licences and FALSE took them.
fn by_services(outcome: &mut Outcome) {
    if !outcome.licenses_added.is_empty() {
        outcome.by_rule("CSV-05");
    }
    if !outcome.licenses_removed.is_empty() {
        outcome.by_rule("CSV-10");
    }
}

/// Names the rules that decided about cells beside the licences.
fn explain(
    tx: &mut Tx,
    removes: bool,
    passes_over_names: bool,
    warnings: Vec<String>,
    outcome: &mut Outcome,
) {
    if !warnings.is_empty() {
        tx.by_rule("DEC-38");
        outcome.by_rule("DEC-38");
        outcome.warnings.extend(warnings);
    }
    if removes {
        tx.by_rule("CSV-20");
        outcome.by_rule("CSV-20");
        if outcome.action == Action::None {
            outcome.action = Action::Removed;
        }
    }
    if passes_over_names {
        tx.by_rule("CSV-24");
        outcome.by_rule("CSV-24");
        outcome.warnings.push(NAMES_FOLLOW.to_owned());
    }
}

/// The address of a row (CSV-03, CSV-23).
fn key(cells: &Cells<'_>) -> Result<Email, Refusal> {
    let Some(text) = cells.get(Attribute::Email) else {
        let detail = format!("\"{}\" is empty.", Attribute::Email.header());
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-03"));
    };
    text.parse().map_err(|reason: String| {
        let local = text
            .trim()
            .split_once('@')
            .map_or(0, |(local, _)| local.len());
        let wrong = Refusal::new(ErrorKind::InvalidCell, format!("{reason}."));
        match local > Email::LOCAL_MAX {
            true => wrong.by("CSV-23"),
            false => wrong.by("CSV-03"),
        }
    })
}
