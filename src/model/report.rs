//! Reports that an organisation asks for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind, Moment};

/// The lines of a file, without the names of its columns.
pub type Lines = Arc<Vec<Vec<String>>>;

/// The file of a report, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReportFile {
    /// It is being made.
    #[default]
    Waiting,
    /// Its lines.
    Made(Lines),
    /// There was no room for it.
    Failed,
}

impl ReportFile {
    /// The lines, once they are made.
    #[must_use]
    pub fn lines(&self) -> Option<&Lines> {
        match self {
            Self::Made(lines) => Some(lines),
            Self::Waiting | Self::Failed => None,
        }
    }

    /// Whether it is being made.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        *self == Self::Waiting
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whose it is.
    pub organization: Uuid,
    /// The template.
    pub template: u32,
    /// The first day, at its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// The last day, at its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// When it was asked for.
    pub created: Moment,
    /// The person who asked for it; none for a token that acts as nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Uuid>,
    /// Its file.
    #[serde(default, skip_serializing_if = "ReportFile::is_waiting")]
    pub file: ReportFile,
}

impl Entity for Report {
    const KIND: Kind = kinds::REPORT;
    const NAME: &'static str = "report";
    const TELLING: u8 = 2;

    fn label(&self) -> String {
        format!("Report of template {}", self.template)
    }
}
