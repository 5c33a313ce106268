//! The JSON Schema of scenario documents, for editors that complete and check while one writes.

use serde_json::{Map, Value, json};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::Document;

/// The schema, JSON Schema 2020-12.
#[must_use]
pub fn schema() -> Value {
    let mut parts = vec![(Document::name().into_owned(), Document::schema())];
    Document::schemas(&mut parts);
    let definitions: Map<String, Value> = parts
        .into_iter()
        .filter_map(|(name, part)| Some((name, serde_json::to_value(part).ok()?)))
        .collect();
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hubsim scenario",
        "$ref": format!("#/components/schemas/{}", Document::name()),
        "$defs": definitions,
    });
    // Parts refer to each other as in an OpenAPI document; a schema of its own has `$defs`.
    let text = document
        .to_string()
        .replace("#/components/schemas/", "#/$defs/");
    serde_json::from_str(&text).unwrap_or(document)
}

/// The schema of a value that is written as text.
pub(super) fn text(description: &str, example: &str) -> RefOr<Schema> {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .examples([example]);
    RefOr::T(Schema::Object(text.build()))
}
