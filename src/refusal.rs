//! Refusals: every reason for which the simulator says no, as a core value without HTTP.
//!
//! Tables by subject hold status, code and wording. Webex's own wordings are exact (behaviour.md
//! D2, api-surface.md 1.5); codes of six digits that start with 9 are hubsim's.

mod calling;
mod control;
mod files;
mod general;
mod jobs;
mod kind;
mod licenses;
mod people;
mod subscriptions;
mod tasks;
mod wholesale;

pub use kind::ErrorKind;

use std::fmt;

use crate::world::Taken;

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// `errors[].errorCode`, where there is one.
    pub code: Option<u32>,
    /// The body's `message`.
    pub message: &'static str,
    /// The body's `errors[].description`; `{}` stands for the particular.
    pub description: &'static str,
    /// What the reader can do about it.
    pub remedy: &'static str,
}

/// A row, in the order in which the tables are read.
const fn row(
    status: u16,
    code: Option<u32>,
    message: &'static str,
    description: &'static str,
    remedy: &'static str,
) -> ErrorRow {
    ErrorRow {
        status,
        code,
        message,
        description,
        remedy,
    }
}

/// A reason to say no, with its particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which row of the table.
    pub kind: ErrorKind,
    /// What stands for `{}` in the description.
    pub detail: String,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// The name in the request that means nothing, and what may have been meant.
    pub meant: Option<Box<Meant>>,
}

/// A name in a request that means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// What it should name: `field` or `query`.
    pub about: &'static str,
    /// What was sent.
    pub sent: String,
    /// The nearest name that means something.
    pub instead: Option<String>,
}

impl Refusal {
    /// A refusal with its particulars.
    #[must_use]
    pub fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            rules: Vec::new(),
            meant: None,
        }
    }

    /// Names the rule that decided.
    #[must_use]
    pub fn by(mut self, rule: &'static str) -> Self {
        self.rules.push(rule);
        self
    }

    /// Tells which name means nothing, and what may have been meant.
    #[must_use]
    pub fn meaning(
        mut self,
        about: &'static str,
        sent: impl Into<String>,
        instead: Option<&str>,
    ) -> Self {
        self.meant = Some(Box::new(Meant {
            about,
            sent: sent.into(),
            instead: instead.map(str::to_owned),
        }));
        self
    }

    /// A request that cannot be understood.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::BadRequest, detail)
    }

    /// Something that is not there: `what` names it, `id` as the caller wrote it.
    #[must_use]
    pub fn not_found(what: &str, id: &str) -> Self {
        let shown: String = id.chars().take(120).collect();
        Self::new(
            ErrorKind::NotFound,
            format!("{what} {shown} could not be found."),
        )
    }

    /// The description with its particulars.
    #[must_use]
    pub fn description(&self) -> String {
        self.kind.row().description.replacen("{}", &self.detail, 1)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description())
    }
}

impl std::error::Error for Refusal {}

impl From<ErrorKind> for Refusal {
    fn from(kind: ErrorKind) -> Self {
        Self::new(kind, "")
    }
}

impl From<Taken> for Refusal {
    fn from(taken: Taken) -> Self {
        Self::new(ErrorKind::Conflict, format!("{taken}."))
    }
}
