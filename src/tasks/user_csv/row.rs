//! One row of an import: a person who is changed, or a new one.

use uuid::Uuid;

use super::attributes::Attribute;
use super::calling::{self, properties};
use super::changes::Wish;
use super::header::LICENSES;
use super::import::Import;
use super::packages::services;
use super::values::Values;
use super::wholesale::Packages;
use crate::licensing::change::Properties;
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::template;
use crate::model::{Email, Holder};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::outbox;
use crate::resources::people::{self, PersonChange, Wanted};
use crate::tasks::csv::{Asked, Cells, Field, Row};
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
        packages: Option<&Packages>,
        cells: &Cells<'_>,
        row: &Row,
        welcomed: &mut bool,
    ) -> Result<Outcome, Refusal> {
        let email = key(cells)?;
        row.check_unique(email.as_str())?;
        match people::find(tx, email.as_str()) {
            Some(id) => self.update(tx, packages, cells, id),
            None => {
                self.check_may_add()?;
                self.create(tx, packages, cells, email, welcomed)
            }
        }
    }

    fn update(
        &self,
        tx: &mut Tx,
        packages: Option<&Packages>,
        cells: &Cells<'_>,
        id: Uuid,
    ) -> Result<Outcome, Refusal> {
        let holder = Holder::Person(id);
        let missing = || Refusal::not_found("Person", &holder.webex_id());
        let values = Values::now(tx, id).ok_or_else(missing)?;
        let person = values.person;
        if person.organization != self.organization {
            let refusal = Refusal::new(ErrorKind::EmailTaken, person.email.to_string());
            let refusal = refusal.by("ADD-04");
            return Err(match packages {
                Some(_) => refusal.by("PKG-20"),
                None => refusal,
            });
        }
        let mut said = self.said(tx, packages, cells, Some(id))?;
        if said.deletes {
            return self.delete(tx, id);
        }
        let services = LICENSES.asked(tx, services(packages, cells), &person.licenses)?;
        let gains = services.calling.is_some() || said.gains(Some(person));
        let wish = Wish::read(tx, self.organization, Some(&values), cells, gains)?;
        let properties = match services.calling {
            Some(_) => Some(properties(tx, self.organization, Some(person), cells)?),
            None => said.properties(tx, self.organization, Some(person), cells)?,
        };
        self.fail(tx, id, &mut said);
        if said.failing.is_some() {
            // Attributes wait until the package is assigned anew (PKG-12).
            return self.give(tx, packages, id, services, &said, properties);
        }
        let before = wish.writes().then(|| values.written());
        if wish.changes {
            let route = self.behavior.route();
            people::update(tx, id, wish.person, &Wanted::default(), route)?;
        }
        let mut outcome = self.give(tx, packages, id, services, &said, properties)?;
        calling::apply(tx, holder, &wish.calling, &mut outcome)?;
        if packages.is_some() {
            said.keep(tx, id, &mut outcome)?;
        }
        if let Some(before) = before {
            tell(tx, id, cells, &before, &mut outcome);
        }
        let passes = wish.calling.passes_over_names;
        explain(tx, wish.removes, passes, wish.warnings, &mut outcome);
        Ok(outcome)
    }

    fn create(
        &self,
        tx: &mut Tx,
        packages: Option<&Packages>,
        cells: &Cells<'_>,
        email: Email,
        welcomed: &mut bool,
    ) -> Result<Outcome, Refusal> {
        let said = self.said(tx, packages, cells, None)?;
        let services = LICENSES.asked(tx, services(packages, cells), &[])?;
        let gains = services.calling.is_some() || said.gains(None);
        let mut wish = Wish::read(tx, self.organization, None, cells, gains)?;
        wish.person.email = Some(email);
        let properties = match services.calling {
            Some(_) => Some(properties(tx, self.organization, None, cells)?),
            None => said.properties(tx, self.organization, None, cells)?,
        };
        tx.by_rule("CSV-30");
        let newcomer = (std::mem::take(&mut wish.person), services, properties);
        let mut outcome = match packages {
            Some(packages) => self.subscribe(tx, packages, newcomer, said, &wish)?,
            None => {
                let (id, mut outcome) = self.hire(tx, newcomer)?;
                calling::apply(tx, Holder::Person(id), &wish.calling, &mut outcome)?;
                outcome
            }
        };
        let passes = wish.calling.passes_over_names;
        explain(tx, wish.removes, passes, wish.warnings, &mut outcome);
        outcome.by_rule("CSV-30");
        outcome.warnings.push(NEW.to_owned());
        *welcomed = outbox::is_automated(tx, self.organization);
        Ok(outcome)
    }

    /// A new person with the licences of the row or, where it names none, of the template.
    fn hire(&self, tx: &mut Tx, newcomer: Newcomer) -> Result<(Uuid, Outcome), Refusal> {
        let (person, services, properties) = newcomer;
        let by_template = services.add.is_empty();
        let wanted = Wanted {
            licenses: Some(services.add),
            properties,
        };
        let route = self.behavior.route();
        let (id, mut outcome) = people::create(tx, self.organization, person, &wanted, route)?;
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
        } else if template::get(tx, self.organization).is_some() {
            outcome.by_rule("TMPL-09");
        }
        Ok((id, outcome))
    }
}

/// Somebody new: who, which licences, and where Calling is.
pub(super) type Newcomer = (PersonChange, Asked, Option<Properties>);

/// Tells which cells were written.
fn tell(
    tx: &Tx,
    id: Uuid,
    cells: &Cells<'_>,
    before: &[(Attribute, String)],
    outcome: &mut Outcome,
) {
    let Some(values) = Values::now(tx, id) else {
        return;
    };
    let after = values.written();
    let both = before.iter().zip(&after);
    let changed = both.filter(|((attribute, before), (_, after))| {
        cells.get(*attribute).is_some() && before != after
    });
    for ((attribute, before), (_, after)) in changed {
        outcome.wrote(attribute.header(), before, after);
    }
}

/// Names the rules by which TRUE gave licences and FALSE took them.
pub(super) fn by_services(outcome: &mut Outcome) {
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
