//! Which requests a caller wants.

use serde::Deserialize;
use utoipa::ToSchema;

use super::parts;
use crate::http::auth::is_actor;
use crate::http::journal::Record;
use crate::http::strictness::unknown_name;
use crate::http::table::Table;
use crate::refusal::Refusal;

/// What a caller asks for; what is not said may be anything.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// The method.
    pub method: Option<String>,
    /// The path; a `*` at the end stands for any rest.
    pub path: Option<String>,
    /// The status that was answered.
    pub status: Option<u16>,
    /// A role (a token's name) or an e-mail address.
    pub actor: Option<String>,
    /// The operation's id.
    pub operation: Option<String>,
    /// The tracking id.
    pub tracking_id: Option<String>,
}

/// A filter of requests.
#[derive(Debug, Clone)]
pub struct Filter(Asked);

/// Whatever method is none of the others.
const OTHER: &str = "OTHER";

/// Methods of requests.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", OTHER];

/// The names under which something can be asked for.
const CRITERIA: [&str; 6] = [
    "method",
    "path",
    "status",
    "actor",
    "operation",
    "trackingId",
];

impl Filter {
    /// A filter of what a caller asks for.
    ///
    /// # Errors
    /// 400 for a method or an operation that there is not: it would fit nothing.
    pub fn new(mut asked: Asked, table: &Table) -> Result<Self, Refusal> {
        if let Some(method) = &mut asked.method {
            *method = method.to_uppercase();
            if !METHODS.contains(&method.as_str()) {
                return Err(unknown_name("method", method, METHODS.into_iter()));
            }
        }
        if let Some(operation) = &asked.operation {
            let ids: Vec<&str> = table.operations.iter().map(|known| known.id).collect();
            if !ids.contains(&operation.as_str()) {
                return Err(unknown_name("operation", operation, ids.into_iter()));
            }
        }
        Ok(Self(asked))
    }

    /// Whether a request is wanted.
    #[must_use]
    pub fn fits(&self, record: &Record) -> bool {
        CRITERIA
            .iter()
            .all(|criterion| self.fits_in(criterion, record))
    }

    /// What is asked for, by name.
    #[must_use]
    pub fn criteria(&self) -> Vec<(&'static str, String)> {
        let asked = CRITERIA.iter();
        asked
            .filter_map(|name| Some((*name, self.wanted(name)?)))
            .collect()
    }

    /// What a request fails to be, by name: what is wanted and what it is.
    #[must_use]
    pub fn differences(&self, record: &Record) -> Vec<(&'static str, String, String)> {
        let criteria = self.criteria().into_iter();
        criteria
            .filter(|(name, _)| !self.fits_in(name, record))
            .map(|(name, wanted)| (name, wanted, shown(name, record)))
            .collect()
    }

    fn wanted(&self, criterion: &str) -> Option<String> {
        let asked = &self.0;
        match criterion {
            "method" => asked.method.clone(),
            "path" => asked.path.clone(),
            "status" => asked.status.map(|status| status.to_string()),
            "actor" => asked.actor.clone(),
            "operation" => asked.operation.clone(),
            _ => asked.tracking_id.clone(),
        }
    }

    fn fits_in(&self, criterion: &str, record: &Record) -> bool {
        let asked = &self.0;
        let fits_path = |wanted: &str| match wanted.strip_suffix('*') {
            Some(start) => parts(record).0.starts_with(start),
            None => parts(record).0 == wanted,
        };
        let by = |wanted: &str| record.actor.as_deref().is_some_and(|a| is_actor(a, wanted));
        match criterion {
            "method" => asked.method.as_deref().is_none_or(|wanted| match wanted {
                OTHER => !METHODS.contains(&&*record.method),
                wanted => wanted == record.method,
            }),
            "path" => asked.path.as_deref().is_none_or(fits_path),
            "status" => asked.status.is_none_or(|status| status == record.status),
            "actor" => asked.actor.as_deref().is_none_or(by),
            "operation" => (asked.operation.as_deref())
                .is_none_or(|operation| record.operation == Some(operation)),
            _ => (asked.tracking_id.as_deref()).is_none_or(|id| id == &*record.tracking_id),
        }
    }
}

/// What a request is.
fn shown(criterion: &str, record: &Record) -> String {
    match criterion {
        "method" => record.method.to_string(),
        "path" => parts(record).0.to_owned(),
        "status" => record.status.to_string(),
        "actor" => match record.actor.as_deref() {
            Some(actor) if actor.email.is_empty() => actor.name.to_string(),
            Some(actor) => actor.email.to_string(),
            None => "nobody".to_owned(),
        },
        "operation" => record.operation.unwrap_or("none").to_owned(),
        _ => record.tracking_id.to_string(),
    }
}
