//! The columns of a file that is imported, and its rows with what stands in them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Field, LicenseColumns, Record, is_blank};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Column<F> {
    /// The holder itself.
    Attribute(F),
    /// A licence.
    License(Uuid),
}

/// A row, and the line of an earlier row with the same key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    pub(in crate::tasks) record: Record,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeats: Option<u32>,
}

impl Row {
    /// The line on which it starts.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.record.line
    }

    /// Refuses a row whose key an earlier one has; `key` says it in words (DEC-30).
    ///
    /// # Errors
    /// 900018 that names the earlier line.
    pub fn check_unique(&self, key: &str) -> Result<(), Refusal> {
        match self.repeats {
            None => Ok(()),
            Some(line) => {
                let detail = format!("{key} stands on line {line} already.");
                Err(Refusal::new(ErrorKind::DuplicateKey, detail).by("DEC-30"))
            }
        }
    }
}

/// The rows of a file with its columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rows<F> {
    columns: Vec<Option<Column<F>>>,
    rows: Vec<Row>,
}

/// Where in the file the columns stand.
#[derive(Debug)]
pub struct Layout {
    fields: Vec<Option<usize>>,
    licenses: Vec<(usize, Uuid)>,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    layout: &'a Layout,
    record: &'a Record,
}

impl<'a> Cells<'a> {
    /// A cell that says something.
    #[must_use]
    pub fn get(&self, field: impl Field) -> Option<&'a str> {
        let position = (*self.layout.fields.get(field.position())?)?;
        Some(self.record.cell(position)).filter(|text| !is_blank(text))
    }

    /// Whether the file has this column, whatever stands in the cell.
    #[must_use]
    pub fn has(&self, field: impl Field) -> bool {
        let column = self.layout.fields.get(field.position());
        column.is_some_and(Option::is_some)
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

impl<F: Field> Rows<F> {
    /// Rows of which none has been looked at.
    #[must_use]
    pub fn new(columns: Vec<Option<Column<F>>>, records: Vec<Record>) -> Self {
        let rows = records.into_iter().map(|record| Row {
            record,
            repeats: None,
        });
        Self {
            columns,
            rows: rows.collect(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Some of them.
    #[must_use]
    pub fn some(&self, items: std::ops::Range<usize>) -> &[Row] {
        self.rows.get(items).unwrap_or_default()
    }

    /// The licences of which there are columns.
    pub fn licenses(&self) -> impl Iterator<Item = Uuid> {
        self.columns.iter().filter_map(|column| match column {
            Some(Column::License(id)) => Some(*id),
            _ => None,
        })
    }

    /// Keeps some of the columns; the others say nothing. Answers how many those are.
    pub fn keep_columns(&mut self, is_kept: impl Fn(&Column<F>) -> bool) -> usize {
        let mut passed_over = 0;
        for column in &mut self.columns {
            if column.as_ref().is_some_and(|column| !is_kept(column)) {
                *column = None;
                passed_over += 1;
            }
        }
        passed_over
    }

    /// Where the columns stand.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let mut layout = Layout {
            fields: vec![None; F::HEADERS.len()],
            licenses: Vec::new(),
        };
        for (position, column) in self.columns.iter().enumerate() {
            match column {
                Some(Column::Attribute(field)) => {
                    if let Some(place) = layout.fields.get_mut(field.position()) {
                        *place = Some(position);
                    }
                }
                Some(Column::License(id)) => layout.licenses.push((position, *id)),
                None => {}
            }
        }
        layout
    }

    /// Refuses TRUE in columns of suspended subscriptions (CSV-15, CSV-16).
    ///
    /// # Errors
    /// 900008 that names each such column, the number of its rows, and the first line.
    pub fn refuse_suspended(&self, world: &World, columns: &LicenseColumns) -> Result<(), Refusal> {
        let licenses = self.layout().licenses.into_iter();
        let mut found = Vec::new();
        for (position, id) in licenses.filter(|(_, id)| columns.is_suspended(world, *id)) {
            let says_true = |row: &&Row| {
                let text = row.record.cell(position).trim();
                text.eq_ignore_ascii_case("TRUE")
            };
            let mut rows = self.rows.iter().filter(says_true);
            let Some(first) = rows.next() else { continue };
            let (count, line) = (1 + rows.count(), first.line());
            let rows = if count == 1 { "row" } else { "rows" };
            let name = (columns.header)(world, id);
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
    pub fn mark_repeated(&mut self, key: impl Fn(&Cells<'_>) -> String) {
        let layout = self.layout();
        let mut seen: HashMap<String, u32> = HashMap::with_capacity(self.rows.len());
        for row in &mut self.rows {
            let cells = row.cells(&layout);
            match seen.entry(key(&cells)) {
                Entry::Occupied(first) => row.repeats = Some(*first.get()),
                Entry::Vacant(vacant) => {
                    vacant.insert(row.record.line);
                }
            }
        }
    }
}

impl Row {
    /// What stands in it.
    #[must_use]
    pub fn cells<'a>(&'a self, layout: &'a Layout) -> Cells<'a> {
        Cells {
            layout,
            record: &self.record,
        }
    }
}
