//! Invitations that are sent again to everybody who has not signed in yet (contract: Initiate Bulk
//! Activation Email Resend Job; STAT-05).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::{JobRow, Lane, Step};
use super::task::ItemError;
use crate::model::owned;
use crate::model::{Mail, Person};
use crate::resources::{outbox, people};
use crate::world::{Tx, World};

/// The row of the kind.
pub const ROW: JobRow = JobRow::new(
    "activationEmails",
    "initiateBulkActivationEmailResendJob",
    Lane::Emails,
)
.shown("resendinviteemail", "STARTED");

/// Webex's code for an invitation that is held back (contract: its example of an error).
pub const SUPPRESSED: u32 = 600_199;

/// How long nobody is written to again (contract: the same).
const PAUSE_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Whom an invitation is sent again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resend {
    /// The people who had not signed in when it was started, in the order of their addresses.
    pub people: Vec<Uuid>,
}

impl Resend {
    /// Everybody of an organisation who was invited, may sign in, and has not.
    #[must_use]
    pub fn prepare(world: &World, organization: Uuid) -> Self {
        let people = owned::list::<Person>(world, organization)
            .filter(|(_, person)| person.invite_pending && person.login_enabled);
        let mut people: Vec<_> = people.map(|(id, person)| (&person.email, id)).collect();
        people.sort();
        Self {
            people: people.into_iter().map(|(_, id)| id).collect(),
        }
    }

    /// Whoever signed in meanwhile, went, or belongs to an organisation that sends no e-mails is
    /// skipped (inferred): the task counts them as done, and those who were written to as welcomed.
    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let recent = written_to(tx);
        for id in self.people.get(items).unwrap_or_default() {
            let person = tx.get::<Person>(*id);
            let person = person.filter(|it| it.invite_pending && it.login_enabled);
            let Some(person) = person else {
                step.succeeded += 1;
                continue;
            };
            if !outbox::is_automated(tx, person.organization) {
                step.succeeded += 1;
                continue;
            }
            let user = person.email.to_string();
            let refused = match recent.contains(id) {
                true => Some((SUPPRESSED, suppressed(*id, &user))),
                false => people::resend_invitation(tx, *id).err().map(|refusal| {
                    (
                        refusal.kind.row().code.unwrap_or_default(),
                        refusal.description(),
                    )
                }),
            };
            match refused {
                None => {
                    step.succeeded += 1;
                    step.welcomed += 1;
                }
                Some((code, reason)) => {
                    step.failed += 1;
                    step.errors.push(Arc::new(ItemError {
                        row: None,
                        user,
                        code,
                        reason,
                    }));
                }
            }
        }
    }
}

fn suppressed(id: Uuid, email: &str) -> String {
    format!(
        "Re-send invite for {id} is suppressed as the user {id} has already received an invitation \
         email in last 24 hours ; Error with {email}."
    )
}

/// Who was invited within the last day, as far as the outbox keeps its e-mails.
fn written_to(tx: &Tx) -> BTreeSet<Uuid> {
    let since = tx.now().plus_millis(-PAUSE_MILLIS);
    let mails = tx.list::<Mail>();
    let recent = mails.filter(|(_, mail)| mail.kind.invites() && mail.sent_at > since);
    recent.filter_map(|(_, mail)| mail.person).collect()
}
