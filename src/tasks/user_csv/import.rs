//! The import of a user CSV: what is checked of the whole file before anything is done.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::agents;
use super::attributes::Attribute;
use super::header::{self, LICENSES};
use super::wholesale::{Packages, Terms};
use crate::licensing::change::Route;
use crate::licensing::outcome::{Action, HolderType, Outcome, OutcomeHolder};
use crate::model::{Email, Holder, kinds};
use crate::refusal::Refusal;
use crate::resources::people;
use crate::tasks::csv::{self, MOST_ROWS, Rows};
use crate::tasks::job::{Step, attempt};
use crate::tasks::kept;
use crate::world::{Key, Tx, World};

/// Said of a failed row with an unknown address: why it is about a new person may be a puzzle to
/// who has changed an address in the file (CSV-08).
const AS_NEW: &str = "Nobody has this address, so the row was read as a new user.";

/// What FALSE does (CSV-09, CSV-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Behavior {
    /// Nothing.
    AddOnly,
    /// It removes the service.
    AddAndRemove,
}

impl Behavior {
    /// The behaviour of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "addOnly" => Some(Self::AddOnly),
            "addAndRemove" => Some(Self::AddAndRemove),
            _ => None,
        }
    }

    pub(super) fn route(self) -> Route {
        match self {
            Self::AddOnly => Route::CsvAddOnly,
            Self::AddAndRemove => Route::CsvAddAndRemove,
        }
    }
}

/// A file that is to be done row by row.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    pub(super) organization: Uuid,
    pub(super) behavior: Behavior,
    /// Whether an administrator of Contact Center alone sent it (CC-12).
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) agents_only: bool,
    /// What the file of a wholesale customer brings from its request.
    #[serde(default, skip_serializing_if = "Terms::is_default")]
    pub wholesale: Terms,
    #[serde(flatten)]
    pub(super) rows: Rows<Attribute>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Import {
    /// Of what else there is the file speaks.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        let columns = self.rows.licenses().map(|id| (kinds::LICENSE, id));
        columns.chain([kept::organization(self.organization)])
    }

    /// Reads and checks a file. Answers the import and warnings about columns that are not read.
    ///
    /// # Errors
    /// What speaks against the file as a whole.
    pub fn prepare(
        world: &World,
        organization: Uuid,
        behavior: Behavior,
        bytes: &[u8],
    ) -> Result<(Self, Vec<String>), Refusal> {
        let sheet = csv::read(bytes, MOST_ROWS)?;
        let (columns, warnings) = header::read(world, organization, &sheet.header)?;
        let mut rows = Rows::new(columns, sheet.rows);
        rows.refuse_suspended(world, &LICENSES)?;
        agents::check_count(world, &rows)?;
        rows.mark_repeated(|cells| {
            let email = cells.get(Attribute::Email).unwrap_or_default();
            email.trim().to_lowercase()
        });
        let import = Self {
            organization,
            behavior,
            agents_only: false,
            wholesale: Terms::default(),
            rows,
        };
        Ok((import, warnings))
    }

    /// How many rows there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::tasks) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let layout = self.rows.layout();
        let packages = Packages::of(tx, self.organization);
        for row in self.rows.some(items) {
            let cells = row.cells(&layout);
            let user = cells.get(Attribute::Email).unwrap_or_default().trim();
            let mut welcomed = false;
            let item = (Some(row.line()), user);
            let done = step.within_limit(tx, item, |tx| {
                attempt(
                    tx,
                    |tx| self.row(tx, packages.as_ref(), &cells, row, &mut welcomed),
                    |tx, refusal| self.refused(tx, user, refusal),
                )
            });
            let Some(outcome) = done else { return };
            step.welcomed += u32::from(welcomed && outcome.action != Action::Failed);
            step.note(tx, Some(row.line()), user, outcome);
        }
    }

    /// The outcome of a row that failed, also of one whose person does not exist.
    fn refused(&self, tx: &Tx, user: &str, refusal: &Refusal) -> Outcome {
        if let Some(id) = people::find_own(tx, self.organization, user) {
            return Outcome::refused(tx, Holder::Person(id), refusal);
        }
        let mut outcome = Outcome::refused(tx, Holder::Person(Uuid::nil()), refusal);
        outcome.holder = OutcomeHolder {
            kind: HolderType::Person,
            id: String::new(),
            name: String::new(),
            email: Some(user.to_owned()),
        };
        if user.parse::<Email>().is_ok() && people::find(tx, user).is_none() {
            outcome.by_rule("CSV-08");
            outcome.warnings.push(AS_NEW.to_owned());
        }
        outcome
    }
}
