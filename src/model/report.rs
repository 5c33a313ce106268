//! Reports that an organisation asks for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind, Moment};

/// The lines of a file, without the names of its columns.
pub type Lines = Arc<Vec<Vec<String>>>;

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
    /// The lines of the file, once it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Lines>,
}

impl Entity for Report {
    const KIND: Kind = kinds::REPORT;
    const NAME: &'static str = "report";
    const TELLING: u8 = 2;

    fn label(&self) -> String {
        format!("Report of template {}", self.template)
    }
}
