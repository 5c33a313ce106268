//! The one machinery for files of comma-separated values: reading with clear refusals, columns by
//! name, and writing that no spreadsheet runs as a formula.

mod cell;
mod columns;
mod field;
mod flag;
mod licenses;
pub mod numbers;
mod place;
mod read;
mod rows;
mod write;

#[cfg(test)]
mod tests;

pub use cell::{is_blank, unescape};
pub use columns::{Known, columns};
pub use field::{Field, Header};
pub use flag::flag;
pub use licenses::{Asked, LicenseColumns};
pub use place::{invalid, location_named};
pub use read::read;
pub use rows::{Cells, Column, Row, Rows};
pub use write::{Cell, Writer};

use csv::StringRecord;
use serde::{Deserialize, Serialize};

/// The most rows of a file (CSV-02).
pub const MOST_ROWS: usize = 20_000;

/// A file that was read: its header and its rows, all with as many cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// The names of the columns, trimmed.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Record>,
}

/// A row of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "RecordDocument", into = "RecordDocument")]
pub struct Record {
    /// The line on which it starts; the header's is 1.
    pub line: u32,
    cells: StringRecord,
}

impl Record {
    /// A row of cells.
    #[must_use]
    pub fn new(line: u32, cells: StringRecord) -> Self {
        Self { line, cells }
    }

    /// The cell at a position as its author meant it; a missing one is empty.
    #[must_use]
    pub fn cell(&self, position: usize) -> &str {
        unescape(self.cells.get(position).unwrap_or_default())
    }
}

/// A row in a stored document.
#[derive(Serialize, Deserialize)]
struct RecordDocument(u32, Vec<String>);

impl From<RecordDocument> for Record {
    fn from(document: RecordDocument) -> Self {
        Self::new(document.0, document.1.into())
    }
}

impl From<Record> for RecordDocument {
    fn from(record: Record) -> Self {
        Self(
            record.line,
            record.cells.iter().map(str::to_owned).collect(),
        )
    }
}
