//! The import of a workspace file: what is checked of the whole file, and one row after the other.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{Attribute, HolderKind};
use super::export::has_plan;
use super::find::{self, Names};
use super::header::{self, LICENSES};
use super::onboard::Code;
use crate::licensing::outcome::{Action, HolderType, Outcome, OutcomeHolder};
use crate::model::{Holder, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{self, Cells, Field, MOST_ROWS, Row, Rows, Writer, flag};
use crate::tasks::job::{Step, attempt};
use crate::tasks::kept;
use crate::world::{Key, Tx, World};

/// Said of a failed row with an unknown name.
const AS_NEW: &str = "No workspace has this name, so the row was read as a new one.";
/// Said of a column that is not read.
const PLAN: &str = "\"Calling Plan\" was not read: workspace files do not give Cisco Calling Plans \
                    here.";

/// The columns of the list of activation codes (WS-09).
pub const CODES: &[&str] = &[
    "Username",
    "Type",
    "Location",
    "Model",
    "Activation Code",
    "Expires",
];

/// A file that is to be done row by row.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    pub(super) organization: Uuid,
    /// Whether people get the codes of their phones by e-mail (WS-09).
    #[serde(default)]
    mails_codes: bool,
    #[serde(flatten)]
    rows: Rows<Attribute>,
}

/// What a row did beside its outcome.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// A code that waits for its device.
    pub code: Option<Code>,
    /// A workspace that did not exist.
    pub workspace: Option<Uuid>,
}

impl Import {
    /// Of what else there is the file speaks.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        let columns = self.rows.licenses().map(|id| (kinds::LICENSE, id));
        columns.chain([kept::organization(self.organization)])
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    /// What speaks against the file as a whole.
    pub fn prepare(world: &World, organization: Uuid, bytes: &[u8]) -> Result<Self, Refusal> {
        let sheet = csv::read(bytes, MOST_ROWS)?;
        let columns = header::read(world, organization, &sheet.header)?;
        let mut rows = Rows::new(columns, sheet.rows);
        rows.refuse_suspended(world, &LICENSES)?;
        let layout = rows.layout();
        let all = rows.some(0..rows.len()).iter();
        let names = Names::of(world, organization, all.map(|row| row.cells(&layout)));
        rows.mark_repeated(|cells| find::key(world, &names, cells));
        Ok(Self {
            organization,
            mails_codes: false,
            rows,
        })
    }

    /// The same file, of which people get the codes of their phones by e-mail (WS-09).
    #[must_use]
    pub fn mailing_codes(self, mails_codes: bool) -> Self {
        Self {
            mails_codes,
            ..self
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::tasks) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let layout = self.rows.layout();
        let rows = self.rows.some(items);
        let cells = rows.iter().map(|row| row.cells(&layout));
        let mut names = Names::of(tx, self.organization, cells);
        let mut codes = Writer::default();
        for row in rows {
            let cells = row.cells(&layout);
            let user = cells.get(Attribute::Username).unwrap_or_default().trim();
            let mut made = Made::default();
            let done = step.within_limit(tx, (Some(row.line()), user), |tx| {
                attempt(
                    tx,
                    |tx| self.row(tx, &cells, row, &names, &mut made),
                    |tx, refusal| self.refused(tx, &cells, &names, refusal),
                )
            });
            let Some(outcome) = done else { break };
            if outcome.action != Action::Failed {
                if let Some(id) = made.workspace {
                    names.add(&outcome.holder.name, id);
                }
                if let Some(code) = &made.code {
                    code.write(tx, &mut codes);
                    if self.mails_codes {
                        // The row has just found the person.
                        code.mail(tx).unwrap_or_default();
                    }
                }
            }
            step.note(tx, Some(row.line()), user, outcome);
        }
        step.result = Some(codes.finish()).filter(|text| !text.is_empty());
    }

    fn row(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        row: &Row,
        names: &Names,
        made: &mut Made,
    ) -> Result<Outcome, Refusal> {
        let header = Attribute::Username.header();
        let Some(name) = cells.get(Attribute::Username) else {
            let detail = format!("\"{header}\" is empty.");
            return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("WS-08"));
        };
        let kind = find::kind(cells)?;
        let shown = crate::model::number::shorten(name.trim());
        row.check_unique(&format!("\"{shown}\" with the same device"))?;
        let only = cells.get(Attribute::SubscriptionOnly).unwrap_or_default();
        let only = flag(only, || Attribute::SubscriptionOnly.header().to_owned())?;
        let mut outcome = match kind {
            HolderKind::User => self.user(tx, cells, only, made)?,
            HolderKind::Workspace => self.workspace(tx, cells, names, only, made)?,
        };
        let plan = cells.get(Attribute::CallingPlan).unwrap_or_default();
        let plan = flag(plan, || Attribute::CallingPlan.header().to_owned())?;
        if plan.is_some_and(|wanted| wanted != self.has_plan(tx, kind, cells)) {
            outcome.warnings.push(PLAN.to_owned());
        }
        Ok(outcome)
    }

    /// Whether the person of a row has a Cisco Calling Plan; no workspace has one.
    fn has_plan(&self, world: &World, kind: HolderKind, cells: &Cells<'_>) -> bool {
        let person = find::person(world, self.organization, cells);
        let person = person.filter(|_| kind == HolderKind::User);
        let person = person.and_then(|id| world.get::<Person>(id));
        person.is_some_and(|person| has_plan(world, &person.licenses))
    }

    /// The outcome of a row that failed, also of one whose holder does not exist.
    fn refused(&self, tx: &Tx, cells: &Cells<'_>, names: &Names, refusal: &Refusal) -> Outcome {
        let name = cells.get(Attribute::Username).unwrap_or_default().trim();
        let is_user = matches!(find::kind(cells), Ok(HolderKind::User));
        let found = match is_user {
            true => find::person(tx, self.organization, cells).map(Holder::Person),
            false => names.find(tx, cells).ok().flatten().map(Holder::Workspace),
        };
        if let Some(holder) = found {
            return Outcome::refused(tx, holder, refusal);
        }
        let mut outcome = Outcome::refused(tx, Holder::Workspace(Uuid::nil()), refusal);
        outcome.holder = OutcomeHolder {
            kind: if is_user {
                HolderType::Person
            } else {
                HolderType::Workspace
            },
            id: String::new(),
            name: if is_user {
                String::new()
            } else {
                name.to_owned()
            },
            email: is_user.then(|| name.to_owned()),
        };
        let is_missing = !name.is_empty() && matches!(names.find(tx, cells), Ok(None));
        if !is_user && is_missing && refusal.kind != ErrorKind::UnknownName {
            outcome.warnings.push(AS_NEW.to_owned());
        }
        outcome
    }
}
