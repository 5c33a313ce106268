//! PATCH (RFC 7644, 3.5.2, and the contract's words for it): operations on a document, one after
//! the other. What comes of them is written as a PUT would be.

mod change;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Doer;
use super::path::{Path, Target, wrong};
use super::shape::{Access, Attribute, Shape};
use super::work::Work;
use crate::json::PassedOver;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

use change::change;
pub(super) use change::{as_object, element_of, elements, unchosen};

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

/// Where it is noted what a value has and nothing is done with: the reader takes any value.
struct Noting<'a> {
    passed: &'a PassedOver,
    /// Where the value stands.
    place: String,
}

impl Noting<'_> {
    /// Notes the parts of a value that its attribute does not have.
    fn parts(&self, attribute: &Attribute, value: &Value, place: &str) {
        let is_unknown = |name: &&String| !attribute.parts.contains(&name.as_str());
        let note = |parts: &Map<String, Value>, place: &dyn Fn() -> String| {
            for name in parts.keys().filter(is_unknown) {
                self.field(name, attribute.parts, &place());
            }
        };
        match value {
            Value::Object(parts) => note(parts, &|| place.to_owned()),
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    if let Value::Object(parts) = item {
                        note(parts, &|| format!("{place}[{position}]"));
                    }
                }
            }
            _ => {}
        }
    }

    fn field(&self, name: &str, known: &'static [&'static str], place: &str) {
        let path = |name: &str| format!("{place}.{name}");
        self.passed.note(shorten(name), known, path);
    }
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// It comes.
    Add,
    /// It takes the place of what is there.
    Replace,
    /// It goes.
    Remove,
}

/// Who keeps a list that is too long to be part of a document.
pub(super) trait Aside {
    /// Does one operation to it.
    ///
    /// # Errors
    /// 400.
    fn change(&mut self, target: &Target, deed: Deed, value: Option<&Value>)
    -> Result<(), Refusal>;
}

/// A document while it is changed.
pub(super) struct Document<'a> {
    /// What it holds.
    pub fields: Map<String, Value>,
    aside: Option<(&'static str, &'a mut dyn Aside)>,
    work: &'a Work,
}

impl<'a> Document<'a> {
    /// A document, and what may be spent on it.
    pub(super) fn new(fields: Map<String, Value>, work: &'a Work) -> Self {
        Self {
            fields,
            aside: None,
            work,
        }
    }

    /// The same, of which somebody else keeps a list.
    pub(super) fn beside(self, list: &'static str, keeper: &'a mut dyn Aside) -> Self {
        Self {
            aside: Some((list, keeper)),
            ..self
        }
    }
}

impl PatchRequest {
    /// Reads a PATCH.
    ///
    /// # Errors
    /// 400.
    pub(super) fn parse(doer: &Doer<'_>, body: &[u8]) -> Result<Self, Refusal> {
        let request: Self = doer.read(body)?;
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

    /// Does everything to a document, and notes what it knows nothing of.
    ///
    /// # Errors
    /// 400, which names the operation.
    pub(super) fn apply(
        &self,
        shape: &'static Shape,
        document: &mut Document<'_>,
        passed: Option<&PassedOver>,
    ) -> Result<(), Refusal> {
        for (position, operation) in self.operations.iter().enumerate() {
            let place = format!("Operations[{position}].value");
            let noting = passed.map(|passed| Noting { passed, place });
            operation
                .apply(shape, document, noting.as_ref())
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
        document: &mut Document<'_>,
        noting: Option<&Noting<'_>>,
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
            (None, _) => change_all(shape, document, (deed, ""), self.value.as_ref(), noting),
            (Some(text), _) => match Path::parse(shape, text)? {
                Path::Foreign => Err(wrong(text, "its schema is not known")),
                Path::Extension(_) if deed == Deed::Remove => {
                    Err(wrong(text, "remove what stands in it one by one"))
                }
                Path::Extension(schema) => {
                    change_all(shape, document, (deed, schema), self.value.as_ref(), noting)
                }
                Path::Attribute(target) => {
                    if target.attribute.access == Access::ReadOnly {
                        return Err(mutability(target.attribute, "cannot be changed"));
                    }
                    if let (Some(noting), None, Some(value)) = (noting, target.part, &self.value) {
                        noting.parts(target.attribute, value, &noting.place);
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
    document: &mut Document<'_>,
    (deed, within): (Deed, &str),
    value: Option<&Value>,
    noting: Option<&Noting<'_>>,
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
            Path::Foreign => {
                if let Some(noting) = noting {
                    noting.field(name, shape.extensions, &noting.place);
                }
            }
            Path::Extension(schema) => {
                change_all(shape, document, (deed, schema), Some(value), noting)?;
            }
            Path::Attribute(target) if target.attribute.access == Access::ReadOnly => {}
            Path::Attribute(target) => {
                if let (Some(noting), None) = (noting, target.part) {
                    let place = format!("{}.{name}", noting.place);
                    noting.parts(target.attribute, value, &place);
                }
                change(document, &target, deed, Some(value))?;
            }
        }
    }
    Ok(())
}
