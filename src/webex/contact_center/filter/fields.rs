//! By which fields a list is filtered: those of its documents, but for some.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

use crate::model::nearest::nearest;
use crate::model::number::shorten;

/// How deep schemas refer to others.
const DEPTH_MAX: usize = 4;

/// What a field holds, or each item of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Truth,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in the document.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// By which fields a list is filtered.
#[derive(Debug)]
pub(in crate::webex::contact_center) struct Fields(BTreeMap<String, Field>);

impl Fields {
    /// The fields of a document as its schema has them, but for those by which the documents of
    /// Contact Center let nobody filter. Lists of objects are no fields to filter by.
    pub(in crate::webex::contact_center) fn of<T: ToSchema>(except: &[&str]) -> Self {
        let mut schemas = Vec::new();
        T::schemas(&mut schemas);
        let schemas = schemas.into_iter();
        let schemas = schemas.map(|(name, schema)| (name, as_json(&schema)));
        let schemas: BTreeMap<String, Value> = schemas.collect();
        let own = as_json(&T::schema());
        let fields = own["properties"].as_object().into_iter().flatten();
        let fields = fields.filter(|(name, _)| !except.contains(&name.as_str()));
        let fields = fields.filter_map(|(name, schema)| {
            let kind = kind_of(schema, &schemas, 0)?;
            let field = Field {
                name: name.clone(),
                kind,
            };
            Some((name.clone(), field))
        });
        Self(fields.collect())
    }

    /// Texts under these names.
    pub(in crate::webex::contact_center) fn texts(names: &[&str]) -> Self {
        let field = |name: &&str| Field {
            name: (*name).to_owned(),
            kind: Kind::Text,
        };
        let fields = names.iter().map(|name| ((*name).to_owned(), field(name)));
        Self(fields.collect())
    }

    /// The same with another name for a text of the document.
    pub(in crate::webex::contact_center) fn and(mut self, name: &str, of: &str) -> Self {
        let field = Field {
            name: of.to_owned(),
            kind: Kind::Text,
        };
        self.0.insert(name.to_owned(), field);
        self
    }

    /// The field of a name.
    pub(super) fn find(&self, name: &str) -> Result<&Field, String> {
        self.0.get(name).ok_or_else(|| {
            let names = || self.0.keys().map(String::as_str);
            let shown = shorten(name);
            match nearest(name, names()) {
                Some(near) => {
                    format!("\"{shown}\" is no field to filter by; did you mean {near}?")
                }
                None => {
                    let names = names().collect::<Vec<_>>().join(", ");
                    format!("\"{shown}\" is no field to filter by; these are: {names}")
                }
            }
        })
    }
}

fn as_json(schema: &impl serde::Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

/// What a schema holds; none for objects.
fn kind_of(schema: &Value, all: &BTreeMap<String, Value>, depth: usize) -> Option<Kind> {
    if depth > DEPTH_MAX {
        return None;
    }
    if let Some(place) = schema["$ref"].as_str() {
        let name = place.rsplit('/').next()?;
        return kind_of(all.get(name)?, all, depth + 1);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let mut kinds = choices.iter().map(|one| kind_of(one, all, depth + 1));
        return kinds.find_map(|kind| kind);
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.as_slice(),
        one => std::slice::from_ref(one),
    };
    types.iter().find_map(|one| match one.as_str()? {
        "string" => Some(Kind::Text),
        "integer" | "number" => Some(Kind::Number),
        "boolean" => Some(Kind::Truth),
        "array" => kind_of(&schema["items"], all, depth + 1),
        _ => None,
    })
}
