//! What a user or a group consists of: the attributes that PATCH changes, and those that are
//! refused because they would not be kept.

use serde_json::{Map, Value};

use crate::model::number::shorten;
use crate::refusal::Refusal;

/// A kind of document.
pub(super) struct Shape {
    /// Its schema.
    pub core: &'static str,
    /// The schemas of what companies and Webex add.
    pub extensions: &'static [&'static str],
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// Attributes that can be written (contract) and are not kept: of the document, of a complex
    /// attribute, of an extension. A star stands for any ending.
    pub unkept: &'static [(&'static str, &'static [&'static str])],
}

/// An attribute.
pub(super) struct Attribute {
    /// The extension that it stands in; none for the document itself.
    pub within: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Who changes it.
    pub access: Access,
    /// The names of its own parts.
    pub parts: &'static [&'static str],
}

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// True or false.
    Truth,
    /// An object with parts.
    Complex,
    /// A list of objects with parts.
    List,
}

/// Who changes an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Callers.
    Writable,
    /// Callers, who cannot remove it.
    Required,
    /// Nobody.
    ReadOnly,
}

/// A row of a table of attributes.
pub(super) const fn row(
    within: &'static str,
    name: &'static str,
    kind: Kind,
    access: Access,
    parts: &'static [&'static str],
) -> Attribute {
    Attribute {
        within,
        name,
        kind,
        access,
        parts,
    }
}

impl Shape {
    /// Whether an attribute would not be kept.
    pub(super) fn is_unkept(&self, within: &str, name: &str) -> bool {
        let names = self.unkept.iter().filter(|(part, _)| *part == within);
        let mut names = names.flat_map(|(_, names)| names.iter());
        names.any(|unkept| fits(name, unkept))
    }

    /// Refuses a document that comes with more than is kept. An attribute that says nothing
    /// (`null`, an empty text or list) may stand.
    ///
    /// # Errors
    /// 400 that names the attribute.
    pub(super) fn refuse_unkept(&self, document: &Map<String, Value>) -> Result<(), Refusal> {
        for (part, _) in self.unkept {
            let attributes = match *part {
                "" => Some(document),
                part => document.get(part).and_then(Value::as_object),
            };
            let mut sent = attributes.into_iter().flatten();
            if let Some((name, _)) =
                sent.find(|(name, value)| says(value) && self.is_unkept(part, name))
            {
                return Err(unkept(part, name));
            }
        }
        Ok(())
    }
}

fn fits(name: &str, unkept: &str) -> bool {
    let beginning = unkept.strip_suffix('*').unwrap_or(unkept);
    let begins = name
        .get(..beginning.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(beginning));
    begins && (name.len() == beginning.len() || beginning.len() < unkept.len())
}

/// Whether a value says anything.
fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

/// The refusal of an attribute that would not be kept.
pub(super) fn unkept(part: &str, name: &str) -> Refusal {
    let whole = match part {
        "" => name.to_owned(),
        part if part.contains(':') => format!("{part}:{name}"),
        part => format!("{part}.{name}"),
    };
    let shown = shorten(&whole);
    let detail = format!("{shown} is not simulated: it would not be kept. Leave it out.");
    Refusal::bad_request(detail)
}
