//! What tasks do: one row for each kind of job.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::task::{Author, ItemError, TaskError};
use super::telephony::{self, About, Telephony};
use super::{activation_emails, contact_center_sync, template_apply, user_csv, workspace_csv};
use crate::licensing::outcome::{HolderType, Outcome, OutcomeError};
use crate::model::WebexId;
use crate::refusal::Refusal;
use crate::world::Tx;

/// What is to be done, with everything it needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Job {
    /// Rows of a user CSV.
    UserImport(user_csv::Import),
    /// People into a user CSV.
    UserExport(user_csv::Export),
    /// Rows of a workspace CSV.
    WorkspaceImport(workspace_csv::Import),
    /// Workspaces, or the people with phones, into a workspace CSV.
    WorkspaceExport(workspace_csv::Export),
    /// A licence template for the people who are there.
    TemplateApply(template_apply::Apply),
    /// Contact Center is told of its users.
    ContactCenterSync(contact_center_sync::Synchronize),
    /// People who have not signed in are invited again.
    ActivationEmails(activation_emails::Resend),
    /// A job of Calling, which the public API knows.
    Telephony(Telephony),
    /// Done: nothing is kept but what kind it was.
    Past {
        /// The name of the kind.
        name: String,
        /// What the public API goes on telling of a job of Calling.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Box<About>>,
    },
}

/// What jobs of a kind stand in the way of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Changes licences: one at a time in an organisation (CSV-11).
    Licenses,
    /// Tells Contact Center: one at a time in an organisation.
    ContactCenter,
    /// Writes e-mails: one at a time in an organisation (contract: Initiate Bulk Activation Email
    /// Resend Job).
    Emails,
    /// Moves or changes numbers: one at a time in an organisation.
    Numbers,
    /// Moves users between locations: one at a time in an organisation.
    Users,
    /// Changes settings of devices: one at a time in an organisation.
    Devices,
    /// Nothing but too many of them.
    Free,
    /// Makes a file: a new one cancels the one that runs (TASK-03).
    Export,
}

/// A kind of job.
#[derive(Debug, PartialEq, Eq)]
pub struct JobRow {
    /// The name in our own replies and filters.
    pub name: &'static str,
    /// The name that the public API gives it; of a job that only we know, its own.
    pub public_name: &'static str,
    /// What it is for the public API while its first item waits: `STARTED` or `STARTING`.
    pub queued: &'static str,
    /// The operation that starts it.
    pub operation: &'static str,
    /// What it stands in the way of.
    pub lane: Lane,
    /// What can be downloaded when it has ended.
    pub result: Product,
}

/// What a job makes beside its outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// Nothing.
    Nothing,
    /// A file, which is of use when it is whole.
    File,
    /// A list with these columns, where there is something to list.
    List(&'static [&'static str]),
}

impl JobRow {
    /// A job that the public API does not know, and that makes nothing but outcomes.
    #[must_use]
    pub const fn new(name: &'static str, operation: &'static str, lane: Lane) -> Self {
        Self {
            name,
            public_name: name,
            queued: "STARTING",
            operation,
            lane,
            result: Product::Nothing,
        }
    }

    const fn making(mut self, result: Product) -> Self {
        self.result = result;
        self
    }

    /// The same job with what the public API says of it (contract: the examples of jobs).
    #[must_use]
    pub const fn shown(mut self, name: &'static str, queued: &'static str) -> Self {
        self.public_name = name;
        self.queued = queued;
        self
    }
}

/// Every kind.
pub static JOBS: &[JobRow] = &[
    JobRow::new("userImport", "importUsers", Lane::Licenses),
    JobRow::new("userExport", "exportUsers", Lane::Export).making(Product::File),
    JobRow::new("workspaceImport", "importWorkspaces", Lane::Licenses)
        .making(Product::List(workspace_csv::CODES)),
    JobRow::new("workspaceExport", "exportWorkspaces", Lane::Export).making(Product::File),
    JobRow::new("templateApply", "setLicenseTemplate", Lane::Licenses),
    JobRow::new(
        "contactCenterSync",
        "synchronizeContactCenter",
        Lane::ContactCenter,
    ),
    activation_emails::ROW,
    telephony::MANAGE_NUMBERS,
    telephony::MOVE_USERS,
    telephony::DISABLE_CALLING_LOCATION,
    telephony::UPDATE_ROUTING_PREFIX,
    telephony::CALL_DEVICE_SETTINGS,
    telephony::DYNAMIC_DEVICE_SETTINGS,
    telephony::REBUILD_PHONES,
    telephony::APPLY_LINE_KEY_TEMPLATE,
];

impl Job {
    /// The row of the table.
    #[must_use]
    pub fn row(&self) -> &'static JobRow {
        let name = match self {
            Self::UserImport(_) => "userImport",
            Self::UserExport(_) => "userExport",
            Self::WorkspaceImport(_) => "workspaceImport",
            Self::WorkspaceExport(_) => "workspaceExport",
            Self::TemplateApply(_) => "templateApply",
            Self::ContactCenterSync(_) => "contactCenterSync",
            Self::ActivationEmails(_) => activation_emails::ROW.name,
            Self::Telephony(job) => job.name(),
            Self::Past { name, .. } => name,
        };
        JOBS.iter().find(|row| row.name == name).unwrap_or(&JOBS[0])
    }

    /// How many items there are to do.
    #[must_use]
    pub fn total(&self) -> usize {
        match self {
            Self::UserImport(import) => import.total(),
            Self::UserExport(export) => export.people.len(),
            Self::WorkspaceImport(import) => import.total(),
            Self::WorkspaceExport(export) => export.holders.len(),
            Self::TemplateApply(apply) => apply.people.len(),
            Self::ContactCenterSync(sync) => sync.people.len(),
            Self::ActivationEmails(resend) => resend.people.len(),
            Self::Telephony(job) => job.total(),
            Self::Past { .. } => 0,
        }
    }

    /// What is kept of it when it is done.
    #[must_use]
    pub fn past(&self) -> Self {
        Self::Past {
            name: self.row().name.to_owned(),
            about: self.about().cloned().map(Box::new),
        }
    }

    /// What the public API tells of a job of Calling.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::Telephony(job) => Some(&job.about),
            Self::Past { about, .. } => about.as_deref(),
            _ => None,
        }
    }

    /// Does some of the items.
    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        match self {
            Self::UserImport(import) => import.run(tx, items, step),
            Self::UserExport(export) => export.run(tx, items, step),
            Self::WorkspaceImport(import) => import.run(tx, items, step),
            Self::WorkspaceExport(export) => export.run(tx, items, step),
            Self::TemplateApply(apply) => apply.run(tx, items, step),
            Self::ContactCenterSync(sync) => sync.run(tx, items, step),
            Self::ActivationEmails(resend) => resend.run(tx, items, step),
            Self::Telephony(job) => job.run(tx, items, step),
            Self::Past { .. } => {}
        }
    }
}

/// What a step did.
#[derive(Debug)]
pub struct Step {
    author: Author,
    /// How many items were done.
    pub succeeded: u32,
    /// How many could not be done.
    pub failed: u32,
    /// How many people get a welcome e-mail (ADD-08).
    pub welcomed: u32,
    /// What was done.
    pub outcomes: Vec<Arc<Outcome>>,
    /// What failed.
    pub errors: Vec<Arc<ItemError>>,
    /// A part of a file.
    pub result: Option<String>,
    /// How many values were destroyed.
    pub lost: u64,
    /// How many values may be destroyed, when that is limited.
    pub may_lose: Option<u64>,
    /// Before which item it stopped, so as not to destroy more.
    pub stopped: Option<Stop>,
    /// Why the whole task ends here, though its errors tell more.
    pub broken: Option<TaskError>,
}

/// An item that was not done because it would destroy more than is allowed.
#[derive(Debug)]
pub struct Stop {
    /// The line in the file.
    pub row: Option<u32>,
    /// Whose item.
    pub user: String,
    /// How many values it would destroy.
    pub would_lose: u64,
}

impl Step {
    /// Nothing done yet.
    #[must_use]
    pub fn new(author: Author) -> Self {
        Self {
            author,
            succeeded: 0,
            failed: 0,
            welcomed: 0,
            outcomes: Vec::new(),
            errors: Vec::new(),
            result: None,
            lost: 0,
            may_lose: None,
            stopped: None,
            broken: None,
        }
    }

    /// Notes an item of no holder that could not be done.
    pub fn fail(&mut self, item: &str, error: OutcomeError) {
        self.failed += 1;
        self.tell(item, error);
    }

    /// Notes what was wrong with an item that is counted already.
    pub fn tell(&mut self, item: &str, error: OutcomeError) {
        self.errors.push(Arc::new(ItemError {
            row: None,
            user: item.to_owned(),
            code: error.code,
            reason: error.message,
        }));
    }

    /// Does one item, unless it would destroy more than is allowed: it is undone then, and the
    /// task is to stop.
    pub fn within_limit(
        &mut self,
        tx: &mut Tx,
        (row, user): (Option<u32>, &str),
        work: impl FnOnce(&mut Tx) -> Outcome,
    ) -> Option<Outcome> {
        let Some(most) = self.may_lose else {
            return Some(work(tx));
        };
        let done = tx.attempt(|tx| {
            let outcome = work(tx);
            let would_lose = outcome.lost.len() as u64;
            match self.lost + would_lose > most {
                false => Ok(outcome),
                true => Err(would_lose),
            }
        });
        done.map_err(|would_lose| {
            self.stopped = Some(Stop {
                row,
                user: user.to_owned(),
                would_lose,
            });
        })
        .ok()
    }

    /// Notes what an item of a holder came to, and to the ledger by which rules. One whose outcome
    /// has an error counts as failed.
    pub fn note(&mut self, tx: &mut Tx, row: Option<u32>, user: &str, mut outcome: Outcome) {
        let kind = match outcome.holder.kind {
            HolderType::Person => WebexId::Person,
            HolderType::Workspace => WebexId::Workspace,
        };
        let holder = kind.decode(&outcome.holder.id);
        // What refused an item did not decide about what others in the same write did for them.
        if let Some(holder) = holder.filter(|_| !outcome.was_refused()) {
            let rules = outcome.rules.iter().filter_map(|rule| match rule {
                Cow::Borrowed(rule) => Some(*rule),
                Cow::Owned(_) => None,
            });
            tx.decided(holder, rules);
        }
        self.author
            .tracking_id
            .as_ref()
            .clone_into(&mut outcome.tracking_id);
        outcome.failed.clear();
        self.lost += outcome.lost.len() as u64;
        match &outcome.error {
            None => self.succeeded += 1,
            Some(error) => {
                self.failed += 1;
                let OutcomeError { code, message } = error.clone();
                let user = user.to_owned();
                self.errors.push(Arc::new(ItemError {
                    row,
                    user,
                    code,
                    reason: message,
                }));
            }
        }
        self.outcomes.push(Arc::new(outcome));
    }
}

/// What one item of a change of licences comes to, undone when it is refused.
pub(super) fn attempt(
    tx: &mut Tx,
    work: impl FnOnce(&mut Tx) -> Result<Outcome, Refusal>,
    refused: impl FnOnce(&Tx, &Refusal) -> Outcome,
) -> Outcome {
    match tx.attempt(work) {
        Ok(outcome) => outcome,
        Err(refusal) => refused(tx, &refusal),
    }
}
