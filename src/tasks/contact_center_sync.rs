//! Synchronize Users: Contact Center is told of its users, one after the other (CC-07 to CC-09).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::{Step, attempt};
use crate::licensing::contact_center;
use crate::licensing::outcome::Outcome;
use crate::model::backend::BackendFailure;
use crate::model::{Holder, Person};
use crate::world::{Tx, World};

/// Whom Contact Center is told of, and what fails meanwhile.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Synchronize {
    /// The users, in the order of their addresses.
    pub people: Vec<Uuid>,
    /// A failure of the back end that was injected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<BackendFailure>,
}

impl Synchronize {
    /// Everybody whom Control Hub or Contact Center knows as a user.
    #[must_use]
    pub fn prepare(world: &World, organization: Uuid, failure: Option<BackendFailure>) -> Self {
        Self {
            people: contact_center::users(world, organization),
            failure,
        }
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        for id in self.people.get(items).unwrap_or_default() {
            let Some(email) = tx.get::<Person>(*id).map(|person| person.email.to_string()) else {
                // Who was deleted meanwhile went from Contact Center, too (CC-10).
                step.succeeded += 1;
                continue;
            };
            let failure = self.failure.as_ref();
            let done = step.within_limit(tx, (None, &email), |tx| {
                let fails = failure.is_some_and(|failure| failure.strikes(tx, *id));
                attempt(
                    tx,
                    |tx| contact_center::synchronize(tx, *id, fails),
                    |tx, refusal| Outcome::refused(tx, Holder::Person(*id), refusal),
                )
            });
            let Some(outcome) = done else { return };
            step.note(tx, None, &email, outcome);
        }
    }
}
