//! Named schemas of a document. Two types of the same name get two names, and every reference
//! follows.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::settings::Described;

const PREFIX: &str = "#/components/schemas/";

/// The schemas of a document by name.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    /// As their types wrote them, to recognise them again.
    written: BTreeMap<String, Value>,
    /// With references to their final names.
    final_form: BTreeMap<String, Value>,
}

/// Names that one operation's schemas have in the document instead of their own.
#[derive(Debug, Default)]
pub(super) struct Renamed(BTreeMap<String, String>);

/// Whether a schema stands under its own name: objects and enumerations do.
pub(super) fn is_named(described: &Described) -> bool {
    let named = described.name.chars().all(|c| c.is_ascii_alphanumeric());
    match &described.schema {
        RefOr::T(Schema::Object(object)) => {
            named && (!object.properties.is_empty() || object.enum_values.is_some())
        }
        RefOr::T(Schema::OneOf(_) | Schema::AllOf(_) | Schema::AnyOf(_)) => named,
        RefOr::T(_) | RefOr::Ref(_) => false,
    }
}

impl Schemas {
    /// Adds a type and those it consists of.
    pub(super) fn add(&mut self, described: Described, renamed: &mut Renamed) {
        let own = is_named(&described);
        let mut all = described.parts;
        if own {
            all.push((described.name.into_owned(), described.schema));
        }
        let mut added = Vec::new();
        for (name, schema) in all {
            let written = serde_json::to_value(&schema).unwrap_or_default();
            let found = self.name(&name, &written);
            if found != name {
                renamed.0.insert(name, found.clone());
            }
            if self
                .written
                .insert(found.clone(), written.clone())
                .is_none()
            {
                added.push((found, written));
            }
        }
        for (name, mut schema) in added {
            renamed.apply(&mut schema);
            self.final_form.insert(name, schema);
        }
    }

    /// The name under which a schema stands or shall stand.
    fn name(&self, name: &str, written: &Value) -> String {
        let free = |name: &String| self.written.get(name).is_none_or(|known| known == written);
        let first = name.to_owned();
        if free(&first) {
            return first;
        }
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        numbered.into_iter().find(free).unwrap_or(first)
    }

    pub(super) fn into_json(self) -> Value {
        self.final_form
            .into_iter()
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

impl Renamed {
    /// Makes references follow.
    pub(super) fn apply(&self, value: &mut Value) {
        if self.0.is_empty() {
            return;
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(text) if name == "$ref" => self.follow(text),
                        _ => self.apply(member),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply(item)),
            _ => {}
        }
    }

    fn follow(&self, reference: &mut String) {
        let name = reference.strip_prefix(PREFIX);
        if let Some(found) = name.and_then(|name| self.0.get(name)) {
            *reference = format!("{PREFIX}{found}");
        }
    }
}
