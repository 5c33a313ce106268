//! The import of a user CSV: what is checked of the whole file before anything is done.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute};
use super::header::{self, Column, is_suspended};
use crate::licensing::change::Route;
use crate::licensing::headers::csv_header;
use crate::licensing::outcome::{Action, HolderType, Outcome, OutcomeHolder};
use crate::model::{Email, Holder, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people;
use crate::tasks::csv::{self, MOST_ROWS, Record, is_blank};
use crate::tasks::job::{Step, attempt};
use crate::world::{Tx, World};

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
    columns: Vec<Option<Column>>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row, and the line of an earlier row with the same key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    record: Record,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) repeats: Option<u32>,
}

/// Where in the file the columns stand.
#[derive(Debug)]
pub(super) struct Layout {
    attributes: [Option<usize>; ATTRIBUTES.len()],
    pub licenses: Vec<(usize, Uuid)>,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'a> {
    layout: &'a Layout,
    record: &'a Record,
}

impl<'a> Cells<'a> {
    /// A cell that says something.
    pub fn get(&self, attribute: Attribute) -> Option<&'a str> {
        let position = self.layout.attributes[attribute as usize]?;
        Some(self.record.cell(position)).filter(|text| !is_blank(text))
    }

    /// The licence columns with their cells.
    pub fn licenses(&self) -> impl Iterator<Item = (Uuid, &'a str)> {
        let record = self.record;
        self.layout
            .licenses
            .iter()
            .map(|(position, id)| (*id, record.cell(*position)))
    }
}

impl Import {
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
        let rows = sheet
            .rows
            .into_iter()
            .map(|record| Row {
                record,
                repeats: None,
            })
            .collect();
        let mut import = Self {
            organization,
            behavior,
            columns,
            rows,
        };
        let layout = import.layout();
        import.refuse_suspended(world, &layout)?;
        import.mark_repeated(&layout);
        Ok((import, warnings))
    }

    fn layout(&self) -> Layout {
        let mut layout = Layout {
            attributes: [None; ATTRIBUTES.len()],
            licenses: Vec::new(),
        };
        for (position, column) in self.columns.iter().enumerate() {
            match column {
                Some(Column::Attribute(attribute)) => {
                    layout.attributes[*attribute as usize] = Some(position);
                }
                Some(Column::License(id)) => layout.licenses.push((position, *id)),
                None => {}
            }
        }
        layout
    }

    /// Refuses TRUE in columns of suspended subscriptions (CSV-15, CSV-16).
    fn refuse_suspended(&self, world: &World, layout: &Layout) -> Result<(), Refusal> {
        let mut found = Vec::new();
        for (position, id) in layout
            .licenses
            .iter()
            .filter(|(_, id)| is_suspended(world, *id))
        {
            let is_true = |row: &&Row| {
                row.record
                    .cell(*position)
                    .trim()
                    .eq_ignore_ascii_case("TRUE")
            };
            let mut rows = self.rows.iter().filter(is_true);
            let Some(first) = rows.next() else { continue };
            let (count, line) = (1 + rows.count(), first.record.line);
            let rows = if count == 1 { "row" } else { "rows" };
            let name = csv_header(world, *id);
            found.push(format!(
                "\"{name}\" is TRUE in {count} {rows}, first on line {line}."
            ));
        }
        if found.is_empty() {
            return Ok(());
        }
        let refusal = Refusal::new(ErrorKind::SuspendedColumn, found.join(" "));
        Err(refusal.by("CSV-15").by("CSV-16"))
    }

    /// Marks rows whose key an earlier row has.
    fn mark_repeated(&mut self, layout: &Layout) {
        let Some(position) = layout.attributes[Attribute::Email as usize] else {
            return;
        };
        let mut seen: HashMap<String, u32> = HashMap::with_capacity(self.rows.len());
        for row in &mut self.rows {
            let key = row.record.cell(position).trim().to_lowercase();
            let line = row.record.line;
            match seen.entry(key) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    row.repeats = Some(*first.get());
                }
                std::collections::hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(line);
                }
            }
        }
    }

    pub(in crate::tasks) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let layout = self.layout();
        for row in self.rows.get(items).unwrap_or_default() {
            let cells = Cells {
                layout: &layout,
                record: &row.record,
            };
            let user = cells.get(Attribute::Email).unwrap_or_default().trim();
            let mut welcomed = false;
            let item = (Some(row.record.line), user);
            let done = step.within_limit(tx, item, |tx| {
                attempt(
                    tx,
                    |tx| self.row(tx, &cells, row, &mut welcomed),
                    |tx, refusal| self.refused(tx, user, refusal),
                )
            });
            let Some(outcome) = done else { return };
            step.welcomed += u32::from(welcomed && outcome.action != Action::Failed);
            step.note(tx, Some(row.record.line), user, outcome);
        }
    }

    /// The outcome of a row that failed, also of one whose person does not exist.
    fn refused(&self, tx: &Tx, user: &str, refusal: &Refusal) -> Outcome {
        let own = |id: &Uuid| {
            let person = tx.get::<Person>(*id);
            person.is_some_and(|person| person.organization == self.organization)
        };
        if let Some(id) = people::find(tx, user).filter(own) {
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
