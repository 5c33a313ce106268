//! What reports there are. Those of Webex whose lines hubsim does not hold (calls, meetings,
//! messages, versions of clients, quality) are left out; the names and numbers of the others are
//! inferred (DEC-108).

use super::rows;
use crate::model::Report;
use crate::refusal::Refusal;
use crate::world::World;

/// A template of reports.
#[derive(Debug)]
pub struct Template {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub title: &'static str,
    /// The service that it is about.
    pub service: &'static str,
    /// The longest period.
    pub max_days: u16,
    /// Whether it is about a period; else it tells how things stand when it is made.
    pub has_days: bool,
    /// The names of the columns.
    pub columns: &'static [&'static str],
    /// Makes the lines.
    pub(super) lines: fn(&World, &Report) -> Vec<Vec<String>>,
}

impl Template {
    /// What the lines belong to, in Webex's word.
    #[must_use]
    pub fn identifier(&self) -> &'static str {
        match self.has_days {
            true => "org",
            false => "orgWithoutDate",
        }
    }

    /// The fields that a request must have.
    #[must_use]
    pub fn required(&self) -> &'static [&'static str] {
        match self.has_days {
            true => &["templateId", "startDate", "endDate"],
            false => &["templateId"],
        }
    }
}

/// Every template.
pub static TEMPLATES: &[Template] = &[
    Template {
        id: 601,
        title: "Users",
        service: "Webex Onboarding",
        max_days: 31,
        has_days: false,
        columns: rows::USERS,
        lines: rows::users,
    },
    Template {
        id: 602,
        title: "Onboarded Users",
        service: "Webex Onboarding",
        max_days: 90,
        has_days: true,
        columns: rows::USERS,
        lines: rows::onboarded,
    },
    Template {
        id: 603,
        title: "License Usage",
        service: "Webex Onboarding",
        max_days: 31,
        has_days: false,
        columns: rows::LICENSES,
        lines: rows::licenses,
    },
    Template {
        id: 611,
        title: "Numbers",
        service: "Webex Calling",
        max_days: 31,
        has_days: false,
        columns: rows::NUMBERS,
        lines: rows::numbers,
    },
    Template {
        id: 621,
        title: "Devices Details",
        service: "Devices",
        max_days: 31,
        has_days: false,
        columns: rows::DEVICES,
        lines: rows::devices,
    },
    Template {
        id: 622,
        title: "Workspaces",
        service: "Devices",
        max_days: 31,
        has_days: false,
        columns: rows::WORKSPACES,
        lines: rows::workspaces,
    },
];

/// The template of a number.
///
/// # Errors
/// 400 with the numbers that there are.
pub fn find(id: u32) -> Result<&'static Template, Refusal> {
    let found = TEMPLATES.iter().find(|template| template.id == id);
    found.ok_or_else(|| {
        let known: Vec<String> = TEMPLATES.iter().map(|it| it.id.to_string()).collect();
        let detail = format!(
            "templateId {id} is no template; GET /v1/report/templates lists them: {}.",
            known.join(", ")
        );
        Refusal::bad_request(detail).by("DEC-108")
    })
}
