//! What Contact Center makes of a user CSV: how many of its users a file may name, and which
//! columns count for its own administrators.

use super::attributes::Attribute;
use super::import::Import;
use crate::licensing::contact_center::LicenseType;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{Column, Rows};
use crate::world::World;

/// The most users of Contact Center in a file (CC-11).
const AGENTS_MAX: usize = 1000;

/// Said where columns were passed over (CC-12).
const PASSED_OVER: &str = "Only the columns of Contact Center licenses were read: a Contact Center \
                           Service Administrator changes nothing else.";

/// Refuses more than 1 000 rows that make users of Contact Center (CC-11).
///
/// # Errors
/// 900010.
pub(super) fn check_count(world: &World, rows: &Rows<Attribute>) -> Result<(), Refusal> {
    let layout = rows.layout();
    let all = rows.some(0..rows.len()).iter();
    let agents = all.filter(|row| {
        let cells = row.cells(&layout);
        let mut licenses = cells.licenses();
        licenses.any(|(id, text)| {
            text.trim().eq_ignore_ascii_case("TRUE") && LicenseType::of(world, id).is_some()
        })
    });
    let count = agents.count();
    if count <= AGENTS_MAX {
        return Ok(());
    }
    let detail = format!(
        "{count} rows are TRUE in a column of Contact Center; a file takes at most {AGENTS_MAX}."
    );
    Err(Refusal::new(ErrorKind::TooManyRows, detail).by("CC-11"))
}

impl Import {
    /// The same file from an administrator of Contact Center alone: other columns than those of its
    /// licences say nothing, and nobody is added (CC-12). Answers what is to be said of that.
    pub fn limit_to_agents(&mut self, world: &World) -> Option<String> {
        self.agents_only = true;
        let passed_over = self.rows.keep_columns(|column| match column {
            Column::Attribute(attribute) => *attribute == Attribute::Email,
            Column::License(id) => LicenseType::of(world, *id).is_some(),
        });
        (passed_over > 0).then(|| PASSED_OVER.to_owned())
    }

    /// Refuses a new person in such a file.
    ///
    /// # Errors
    /// 403.
    pub(super) fn check_may_add(&self) -> Result<(), Refusal> {
        if !self.agents_only {
            return Ok(());
        }
        let detail = "A Contact Center Service Administrator adds nobody.";
        Err(Refusal::new(ErrorKind::Forbidden, detail).by("CC-12"))
    }
}
