//! What may have been meant by a request that led to nothing simulated, or says something that
//! nothing was done with: another path, another method, another name of a field or of a query
//! parameter.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::Serialize;
use utoipa::ToSchema;

use super::parts;
use crate::http::journal::Record;
use crate::http::nearby::{nearby, operations_at};
use crate::http::operation::Handler;
use crate::http::table::{Found, Table};
use crate::http::{Method, Operation};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::ErrorKind;

/// Paths that are suggested.
const MOST: usize = 3;
/// Query parameters that every operation may be given: `org_id` is what an SDK makes of the other.
const EVERYWHERE: [&str; 2] = ["orgId", "org_id"];
/// Fields of one request that are told.
const MOST_FIELDS: usize = 8;
/// Query parameters of one request that are looked at.
const MOST_QUERIES: usize = 8;

/// What may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Suggestion {
    /// `path`, `method`, `query` or `field`.
    about: &'static str,
    /// What was sent.
    pub sent: String,
    /// What to send instead, where anything is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The operation that this leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
}

impl Suggestion {
    /// Of a name that means nothing, what to know about it.
    pub fn sentence(&self) -> Option<String> {
        let what = match self.about {
            "field" => "field",
            "query" => "query parameter",
            _ => return None,
        };
        let sent = &self.sent;
        let hint = self.instead.as_ref();
        let hint = hint.map_or_else(String::new, |instead| format!(" Did you mean {instead}?"));
        Some(format!(
            "The {what} {sent} means nothing here and was passed over.{hint}"
        ))
    }
}

/// Whether a request may be one of those: it is looked at more closely then.
pub(super) fn may_be_unmatched(record: &Record) -> bool {
    record.target.contains('?') || !record.passed_over.is_empty() || leads_nowhere(record)
}

/// Whether a request led to nothing simulated, or was refused for a name that means nothing.
pub(super) fn leads_nowhere(record: &Record) -> bool {
    record.refusal.as_ref().is_some_and(|refusal| {
        let kinds = [
            ErrorKind::UnknownPath,
            ErrorKind::MethodNotAllowed,
            ErrorKind::NotSimulated,
        ];
        kinds.contains(&refusal.kind) || refusal.meant.is_some()
    })
}

/// What may have been meant by requests; looked up once for each path and operation.
pub(super) struct Suggestions {
    table: &'static Table,
    paths: BTreeMap<(String, String), Vec<Suggestion>>,
    shown: BTreeMap<&'static str, Rc<BTreeSet<String>>>,
}

impl Suggestions {
    pub fn new(table: &'static Table) -> Self {
        Self {
            table,
            paths: BTreeMap::new(),
            shown: BTreeMap::new(),
        }
    }

    /// What may have been meant by a request.
    pub fn of(&mut self, record: &Record) -> Vec<Suggestion> {
        let mut found = self.of_refusal(record);
        if let Some(operation) = self.operation(record) {
            let fields = self.of_fields(operation, record);
            for one in fields.into_iter().chain(of_query(operation, record)) {
                let is_same =
                    |known: &Suggestion| (known.about, &known.sent) == (one.about, &one.sent);
                if !found.iter().any(is_same) {
                    found.push(one);
                }
            }
        }
        found
    }

    fn of_refusal(&mut self, record: &Record) -> Vec<Suggestion> {
        let Some(refusal) = &record.refusal else {
            return Vec::new();
        };
        if let Some(meant) = &refusal.meant {
            return vec![Suggestion {
                about: meant.about,
                sent: meant.sent.clone(),
                instead: meant.instead.clone(),
                operation: record.operation,
            }];
        }
        let path = parts(record).0;
        match refusal.kind {
            ErrorKind::UnknownPath => {
                let key = (record.method.to_string(), path.to_owned());
                let table = self.table;
                let found = self.paths.entry(key);
                found
                    .or_insert_with(|| by_path(table, &record.method, path))
                    .clone()
            }
            ErrorKind::MethodNotAllowed => self.by_method(&record.method, path),
            _ => Vec::new(),
        }
    }

    fn by_method(&self, sent: &str, path: &str) -> Vec<Suggestion> {
        let known = operations_at(self.table, path).into_iter();
        let named = known.map(|operation| Suggestion {
            about: "method",
            sent: sent.to_owned(),
            instead: Some(operation.method.name().to_owned()),
            operation: Some(operation.id),
        });
        named.collect()
    }

    /// The operation that a request led to, when it is simulated.
    fn operation(&self, record: &Record) -> Option<&'static Operation> {
        record.operation?;
        let method = match &*record.method {
            "HEAD" => Some(Method::Get),
            sent => Method::parse(sent),
        };
        match self.table.find(method, parts(record).0) {
            Found::Operation(operation, _) => {
                let is_simulated = !matches!(operation.handler, Handler::NotSimulated);
                is_simulated.then_some(operation)
            }
            _ => None,
        }
    }

    /// The fields that were passed over. What the operation itself shows, or a GET at its path, is
    /// sent back by callers who read before they write, and is no mistake.
    fn of_fields(&mut self, operation: &'static Operation, record: &Record) -> Vec<Suggestion> {
        if record.passed_over.is_empty() {
            return Vec::new();
        }
        let shown = self.shown.entry(operation.id);
        let table = self.table;
        let shown = Rc::clone(shown.or_insert_with(|| Rc::new(fields_at(table, operation))));
        let passed = record.passed_over.iter();
        let strange = passed.filter(|field| !shown.contains(&*field.name));
        let named = strange.take(MOST_FIELDS).map(|field| Suggestion {
            about: "field",
            sent: field.path.to_string(),
            instead: field.instead(),
            operation: record.operation,
        });
        named.collect()
    }
}

/// The names of all fields of the bodies of an operation, and of what a GET at its path answers,
/// at whatever depth; those that are only read stand in the description of what it takes too.
fn fields_at(table: &Table, operation: &Operation) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut beside = table.operations.iter();
    let read = beside.find(|row| row.method == Method::Get && row.path == operation.path);
    let read = read.and_then(|read| read.answers);
    for body in [operation.takes, operation.answers, read]
        .into_iter()
        .flatten()
    {
        let described = body();
        let parts = described.parts.iter().map(|(_, schema)| schema);
        for schema in parts.chain([&described.schema]) {
            let schema = serde_json::to_value(schema).unwrap_or_default();
            add_properties(&schema, &mut names);
        }
    }
    names
}

fn add_properties(schema: &serde_json::Value, names: &mut BTreeSet<String>) {
    let Some(members) = schema.as_object() else {
        let items = schema.as_array().into_iter().flatten();
        items.for_each(|item| add_properties(item, names));
        return;
    };
    if let Some(properties) = members
        .get("properties")
        .and_then(|found| found.as_object())
    {
        names.extend(properties.keys().cloned());
    }
    members
        .values()
        .for_each(|member| add_properties(member, names));
}

/// The query parameters that the operation does not know, each once.
fn of_query(operation: &'static Operation, record: &Record) -> Vec<Suggestion> {
    let Some(query) = parts(record).1 else {
        return Vec::new();
    };
    let known = operation.queries.iter().map(|(name, _)| *name);
    let mut found: Vec<Suggestion> = Vec::new();
    for (name, _) in form_urlencoded::parse(query.as_bytes()) {
        let sent = shorten(&name);
        let is_known = EVERYWHERE.contains(&&*name) || known.clone().any(|own| own == name);
        if is_known || found.iter().any(|told| told.sent == sent) || found.len() == MOST_QUERIES {
            continue;
        }
        found.push(Suggestion {
            about: "query",
            sent,
            instead: nearest(&name, known.clone()).map(str::to_owned),
            operation: record.operation,
        });
    }
    found
}

fn by_path(table: &'static Table, method: &str, path: &str) -> Vec<Suggestion> {
    let near = nearby(table, None, Method::parse(method), path, MOST).into_iter();
    let named = near.map(|near| Suggestion {
        about: "path",
        sent: path.to_owned(),
        instead: Some(near.path),
        operation: Some(near.operation.id),
    });
    named.collect()
}
