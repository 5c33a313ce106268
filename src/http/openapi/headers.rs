//! The simulator's own headers as parameters: each stands once among a document's components, and
//! every operation that understands it refers to it.

use serde_json::{Value, json};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

use super::components::{Renamed, Schemas};
use crate::http::operation::{Access, Method, Operation, Space};
use crate::http::table::Table;

/// A header of the simulator.
struct Header {
    /// Its name among the components.
    key: &'static str,
    name: &'static str,
    does: &'static str,
    schema: fn() -> Value,
    is_understood: fn(&Operation) -> bool,
}

const HEADERS: [Header; 4] = [
    Header {
        key: "Sandbox",
        name: "X-Sim-Sandbox",
        does: "The sandbox; what path, host or token say when left out, else `default`.",
        schema: || json!({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}),
        is_understood: |_| true,
    },
    Header {
        key: "DryRun",
        name: "X-Sim-Dry-Run",
        does: "`true`: does nothing and answers 200 with a plan of what would be done and lost.",
        schema: || json!({"type": "boolean"}),
        is_understood: changes,
    },
    Header {
        key: "MaxLoss",
        name: "X-Sim-Max-Loss",
        does: "Refuses what would destroy more values than this, and ends a bulk task before it.",
        schema: || json!({"type": "integer", "format": "int64", "minimum": 0}),
        is_understood: changes,
    },
    Header {
        key: "At",
        name: "X-Sim-At",
        does: "Reads the past: a revision, or a time such as `2026-01-31T09:00:00.000Z`.",
        schema: || json!({"type": "string"}),
        is_understood: |operation| {
            has_past(operation.space) && is_planned(operation) && operation.method == Method::Get
        },
    },
];

/// Whether the sandbox's world is all that an operation is about: tokens are no part of it.
fn is_planned(operation: &Operation) -> bool {
    operation.access != Access::Open
}

fn has_past(space: Space) -> bool {
    matches!(space, Space::Webex | Space::Hub)
}

fn changes(operation: &Operation) -> bool {
    has_past(operation.space) && is_planned(operation) && operation.method != Method::Get
}

/// The headers that operations of a space may understand, by their names among the components.
pub(super) fn parameters(space: Space) -> Value {
    let all = HEADERS.iter();
    let known = all.filter(|header| header.key == "Sandbox" || has_past(space));
    let described = known.map(|header| {
        let parameter = json!({
            "name": header.name,
            "in": "header",
            "required": false,
            "description": header.does,
            "schema": (header.schema)(),
        });
        (header.key.to_owned(), parameter)
    });
    Value::Object(described.collect())
}

/// Lets an operation refer to the headers that it understands, and tells what it answers where it
/// is only tried.
pub(super) fn add(operation: &Operation, described: &mut Value, plan: Option<&Value>) {
    let known = HEADERS.iter().filter(|it| (it.is_understood)(operation));
    let known = known.map(|it| json!({"$ref": format!("#/components/parameters/{}", it.key)}));
    let known: Vec<Value> = known.collect();
    if known.is_empty() {
        return;
    }
    match described["parameters"].as_array_mut() {
        Some(parameters) => parameters.extend(known),
        None => described["parameters"] = known.into(),
    }
    if let Some(plan) = plan.filter(|_| changes(operation)) {
        let response = &mut described["responses"]["200"];
        if response.is_null() {
            response["description"] = "With `X-Sim-Dry-Run: true`: what would be done.".into();
        }
        let schema = &mut response["content"]["application/json"]["schema"];
        *schema = match schema.take() {
            Value::Null => plan.clone(),
            own => json!({"anyOf": [own, plan]}),
        };
    }
}

/// What a call that is only tried answers: the same as `POST /_sim/v1/plan`.
pub(super) fn plan(table: &Table, schemas: &mut Schemas) -> Option<Value> {
    let mut operations = table.operations.iter();
    let plan = operations.find(|one| (one.method, one.path) == (Method::Post, "/_sim/v1/plan"))?;
    let described = plan.answers?();
    let name = described.name.to_string();
    let mut renamed = Renamed::default();
    schemas.add(described, &mut renamed);
    let mut schema = json!({"$ref": format!("#/components/schemas/{name}")});
    renamed.apply(&mut schema);
    Some(schema)
}

/// The token that opens every call of the control.
pub(super) fn admin_token() -> SecurityScheme {
    let does = "The value that --admin-token had when the server started.";
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
        "X-Sim-Admin-Token",
        does,
    )))
}
