//! What may have been meant by a request that led to nothing simulated: another path, another
//! method, another name of a field or of a query parameter.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts;
use crate::http::Method;
use crate::http::journal::Record;
use crate::http::nearby::{nearby, operations_at};
use crate::http::table::Table;
use crate::refusal::ErrorKind;

/// Paths that are suggested.
const MOST: usize = 3;

/// What may have been meant.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Suggestion {
    /// `path`, `method`, `query` or `field`.
    about: &'static str,
    /// What was sent.
    sent: String,
    /// What to send instead.
    instead: String,
    /// The operation that this leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
}

/// Whether a request led to nothing simulated, or holds a name that means nothing.
pub(super) fn is_unmatched(record: &Record) -> bool {
    record.refusal.as_ref().is_some_and(|refusal| {
        let kinds = [
            ErrorKind::UnknownPath,
            ErrorKind::MethodNotAllowed,
            ErrorKind::NotSimulated,
        ];
        kinds.contains(&refusal.kind) || refusal.meant.is_some()
    })
}

/// What may have been meant by requests; looked up once for each path.
pub(super) struct Suggestions {
    table: &'static Table,
    paths: BTreeMap<(&'static str, String), Vec<Suggestion>>,
}

impl Suggestions {
    pub fn new(table: &'static Table) -> Self {
        Self {
            table,
            paths: BTreeMap::new(),
        }
    }

    /// What may have been meant by a request.
    pub fn of(&mut self, record: &Record) -> Vec<Suggestion> {
        let Some(refusal) = &record.refusal else {
            return Vec::new();
        };
        if let Some(meant) = &refusal.meant {
            let named = meant.instead.iter().map(|instead| Suggestion {
                about: meant.about,
                sent: meant.sent.clone(),
                instead: instead.clone(),
                operation: record.operation,
            });
            return named.collect();
        }
        let path = parts(record).0;
        match refusal.kind {
            ErrorKind::UnknownPath => {
                let key = (record.method, path.to_owned());
                let table = self.table;
                let found = self.paths.entry(key);
                found
                    .or_insert_with(|| by_path(table, record.method, path))
                    .clone()
            }
            ErrorKind::MethodNotAllowed => self.by_method(record.method, path),
            _ => Vec::new(),
        }
    }

    fn by_method(&self, sent: &str, path: &str) -> Vec<Suggestion> {
        let known = operations_at(self.table, path).into_iter();
        let named = known.map(|operation| Suggestion {
            about: "method",
            sent: sent.to_owned(),
            instead: operation.method.name().to_owned(),
            operation: Some(operation.id),
        });
        named.collect()
    }
}

fn by_path(table: &'static Table, method: &str, path: &str) -> Vec<Suggestion> {
    let near = nearby(table, None, Method::parse(method), path, MOST).into_iter();
    let named = near.map(|near| Suggestion {
        about: "path",
        sent: path.to_owned(),
        instead: near.path,
        operation: Some(near.operation.id),
    });
    named.collect()
}
