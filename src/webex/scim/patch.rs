//! PATCH (RFC 7644, 3.5.2, and the contract's words for it): operations on a document, one after
//! the other. What comes of them is written as a PUT would be.

mod change;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::path::{Path, wrong};
use super::shape::{Access, Attribute, Shape};
use crate::json;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

use change::change;

const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// The most operations in one request (inferred: as many as of a bulk request).
const OPERATIONS_MAX: usize = 100;
/// The most items of lists that all of them send (inferred: as many as of one list).
const ITEMS_MAX: usize = 10_000;

/// What a PATCH does.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PatchRequest {
    /// Must name the schema of PATCH.
    schemas: Vec<String>,
    /// What is done, in this order.
    #[serde(rename = "Operations", alias = "operations")]
    operations: Vec<OperationRequest>,
}

/// One operation.
#[derive(Debug, Deserialize, ToSchema)]
struct OperationRequest {
    /// `add`, `replace` or `remove`
    op: String,
    /// What it is done to; the whole where nothing is said.
    path: Option<String>,
    /// The new value; `null` is none.
    #[serde(default, deserialize_with = "as_it_stands")]
    #[schema(value_type = Option<Object>)]
    value: Option<Value>,
}

/// A value of which `null` is one.
fn as_it_stands<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(source).map(Some)
}

/// How many items of lists a value has.
fn items(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.len() + list.iter().map(items).sum::<usize>(),
        Value::Object(fields) => fields.values().map(items).sum(),
        _ => 0,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Add,
    Replace,
    Remove,
}

impl PatchRequest {
    /// Reads a PATCH.
    ///
    /// # Errors
    /// 400.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let request: Self = json::object(body, json::Required::NOTHING)?;
        if !request.schemas.iter().any(|schema| schema == PATCH) {
            return Err(Refusal::bad_request(format!(
                "schemas must contain {PATCH}."
            )));
        }
        let count = request.operations.len();
        if count == 0 || count > OPERATIONS_MAX {
            let detail = format!("Operations must hold 1 to {OPERATIONS_MAX} items.");
            return Err(Refusal::bad_request(detail));
        }
        let values = request.operations.iter();
        let values = values.filter_map(|operation| operation.value.as_ref());
        if values.map(items).sum::<usize>() > ITEMS_MAX {
            let detail = format!("Operations may send at most {ITEMS_MAX} items of lists in all.");
            return Err(Refusal::bad_request(detail));
        }
        Ok(request)
    }

    /// Does everything to a document.
    ///
    /// # Errors
    /// 400, which names the operation.
    pub(super) fn apply(
        &self,
        shape: &'static Shape,
        document: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        for (position, operation) in self.operations.iter().enumerate() {
            operation
                .apply(shape, document)
                .map_err(|refusal| Refusal {
                    detail: match refusal.detail.starts_with("filter") {
                        true => refusal.detail,
                        false => format!("Operations[{position}]: {}", refusal.detail),
                    },
                    ..refusal
                })?;
        }
        Ok(())
    }
}

impl OperationRequest {
    fn apply(
        &self,
        shape: &'static Shape,
        document: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        let deed = match self.op.to_ascii_lowercase().as_str() {
            "add" => Deed::Add,
            "replace" => Deed::Replace,
            "remove" => Deed::Remove,
            _ => {
                let shown = shorten(&self.op);
                let detail = format!("op \"{shown}\" is none of add, replace and remove.");
                return Err(Refusal::bad_request(detail));
            }
        };
        let path = self.path.as_deref().filter(|path| !path.is_empty());
        match (path, deed) {
            (None, Deed::Remove) => {
                let detail = "remove needs a path that says what is removed.";
                Err(Refusal::new(ErrorKind::ScimTarget, detail))
            }
            (None, _) => change_all(shape, document, deed, "", self.value.as_ref()),
            (Some(text), _) => match Path::parse(shape, text)? {
                Path::Foreign => Err(wrong(text, "its schema is not known")),
                Path::Extension(_) if deed == Deed::Remove => {
                    Err(wrong(text, "remove what stands in it one by one"))
                }
                Path::Extension(schema) => {
                    change_all(shape, document, deed, schema, self.value.as_ref())
                }
                Path::Attribute(target) => {
                    if target.attribute.access == Access::ReadOnly {
                        return Err(mutability(target.attribute, "cannot be changed"));
                    }
                    change(document, &target, deed, self.value.as_ref())
                }
            },
        }
    }
}

fn mutability(attribute: &Attribute, why: &str) -> Refusal {
    Refusal::new(
        ErrorKind::ScimMutability,
        format!("{} {why}.", attribute.name),
    )
}

/// Adds or replaces several attributes, each under its path. Those that can only be read are
/// passed over, as documented, and so are those of unknown schemas.
fn change_all(
    shape: &'static Shape,
    document: &mut Map<String, Value>,
    deed: Deed,
    within: &str,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let attributes = value.and_then(Value::as_object).ok_or_else(|| {
        let detail = "value must be an object with the attributes to change.";
        Refusal::bad_request(detail)
    })?;
    for (name, value) in attributes {
        let text = match within {
            "" if name == "schemas" => continue,
            "" => Cow::Borrowed(name.as_str()),
            within => Cow::Owned(format!("{within}:{name}")),
        };
        match Path::parse(shape, &text)? {
            Path::Foreign => {}
            Path::Extension(schema) => change_all(shape, document, deed, schema, Some(value))?,
            Path::Attribute(target) => {
                if target.attribute.access != Access::ReadOnly {
                    change(document, &target, deed, Some(value))?;
                }
            }
        }
    }
    Ok(())
}
