//! The licence template for the people who are there already (TMPL-03): one person after the
//! other, each with a report of what was done and what was lost.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::Step;
use crate::licensing::template::apply_to;
use crate::model::{LicenseTemplate, Person};
use crate::world::{Tx, World};

/// A template as it was saved, and whom it is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Apply {
    template: LicenseTemplate,
    preserve: bool,
    /// The people, in the order of their addresses: who comes first gets the last free unit.
    pub people: Vec<Uuid>,
}

impl Apply {
    /// A template for everybody of its organisation.
    #[must_use]
    pub fn prepare(world: &World, template: LicenseTemplate, preserve: bool) -> Self {
        let own = |person: &Person| person.organization == template.organization;
        let mut people: Vec<(&str, Uuid)> = world
            .list::<Person>()
            .filter(|(_, person)| own(person))
            .map(|(id, person)| (person.email.as_str(), id))
            .collect();
        people.sort_unstable();
        let people = people.into_iter().map(|(_, id)| id).collect();
        Self {
            template,
            preserve,
            people,
        }
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        for id in self.people.get(items).unwrap_or_default() {
            let Some(email) = tx.get::<Person>(*id).map(|person| person.email.to_string()) else {
                // Who was deleted meanwhile is out of its scope.
                step.succeeded += 1;
                continue;
            };
            let done = step.within_limit(tx, (None, &email), |tx| {
                apply_to(tx, *id, &self.template, self.preserve)
            });
            let Some(outcome) = done else { return };
            step.note(tx, None, &email, outcome);
        }
    }
}
