//! A licence template for the people who are there already (TMPL-03): one person after the other,
//! each with a report of what was done and what was lost. What their other templates give adds up
//! with it (TMPL-11).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::Step;
use super::kept;
use crate::licensing::template::{Keep, apply_to, combined_with};
use crate::licensing::{Outcome, contact_center};
use crate::model::owned;
use crate::model::{Group, Holder, License, LicenseTemplate, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Key, Tx, World};

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
    /// Whom and what it is about.
    pub(super) fn named(&self) -> impl Iterator<Item = Key> {
        let group = self.template.group.map(|id| (kinds::GROUP, id));
        let own = [kept::organization(self.template.organization)];
        let licenses = kept::licenses(&self.template.licenses);
        let template = own.into_iter().chain(group).chain(licenses);
        template.chain(kept::people(&self.people))
    }

    /// A template for everybody of its organisation, or of its group.
    #[must_use]
    pub fn prepare(world: &World, template: LicenseTemplate, preserve: bool) -> Self {
        let mut people: Vec<(&str, Uuid)> = match template.group {
            None => {
                let own = owned::list::<Person>(world, template.organization);
                own.map(|(id, person)| (person.email.as_str(), id))
                    .collect()
            }
            Some(group) => {
                let members = world.get::<Group>(group).map(|group| &group.members);
                let members = members.into_iter().flatten();
                let named = |id: &Uuid| Some((world.get::<Person>(*id)?.email.as_str(), *id));
                members.filter_map(named).collect()
            }
        };
        people.sort_unstable();
        let people = people.into_iter().map(|(_, id)| id).collect();
        Self {
            template,
            preserve,
            people,
        }
    }

    /// Why nobody can be served any more: a licence is gone for good, and without it the template
    /// would only take away.
    fn purged(&self, world: &World) -> Option<Refusal> {
        let mut licenses = self.template.licenses.iter();
        let gone = licenses.find(|id| world.get::<License>(**id).is_none())?;
        let detail = format!(
            "{gone}: the template names it, and it was purged with its subscription; save the \
             template again without it."
        );
        Some(Refusal::new(ErrorKind::LicenseNotRecognized, detail).by("DEC-64"))
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let people = self.people.get(items).unwrap_or_default();
        let theirs = combined_with(tx, &self.template, people);
        let keep = Keep::preserving(self.preserve);
        let purged = self.purged(tx);
        for id in people {
            let Some(email) = tx.get::<Person>(*id).map(|person| person.email.to_string()) else {
                // Who was deleted meanwhile is out of its scope.
                step.succeeded += 1;
                continue;
            };
            let theirs = theirs.get(id);
            let licenses = theirs.map_or(&self.template.licenses, |theirs| &theirs.licenses);
            let done = step.within_limit(tx, (None, &email), |tx| {
                if let Some(refusal) = &purged {
                    return Outcome::refused(tx, Holder::Person(*id), refusal);
                }
                let mut outcome = apply_to(tx, *id, licenses, keep);
                // Nothing of it can be refused: users hold no unique values.
                let reset = contact_center::reset_profile(tx, *id, licenses);
                if let Some(lost) = reset.unwrap_or_default() {
                    outcome.lost.push(lost);
                    outcome.by_rule("TMPL-24");
                }
                if theirs.is_some_and(|theirs| theirs.sources.len() > 1) {
                    outcome.by_rule("TMPL-11");
                }
                outcome
            });
            let Some(outcome) = done else { return };
            step.note(tx, None, &email, outcome);
        }
    }
}
