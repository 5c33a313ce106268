//! Move users: people go to another location, each with a report of what they lost by it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::licensing::outcome::{Action, Outcome};
use crate::model::{Holder, Person};
use crate::resources::people::moving::{Move, carry_out};
use crate::tasks::job::Step;
use crate::world::Tx;

/// Who moves where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MoveUsers {
    /// One for each user.
    pub moves: Vec<Move>,
}

impl MoveUsers {
    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        for wanted in self.moves.get(items).unwrap_or_default() {
            let person = tx.get::<Person>(wanted.person);
            let email = person.map_or_else(|| wanted.person.to_string(), |it| it.email.to_string());
            let done = step.within_limit(tx, (None, &email), |tx| {
                let done = tx.attempt(|tx| carry_out(tx, wanted));
                done.unwrap_or_else(|error| Outcome {
                    action: Action::Failed,
                    error: Some(error),
                    ..Outcome::none(tx, Holder::Person(wanted.person))
                })
            });
            let Some(outcome) = done else { return };
            step.note(tx, None, &email, outcome);
        }
    }
}
