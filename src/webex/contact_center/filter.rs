//! The filters of Contact Center: RSQL over the fields of a document, in the syntax that its
//! documents refer to: `id=="…"`, `name==Care*`, `=in=(…)`, joined by `;` or `and`, and by `,` or
//! `or`, with parentheses.

mod fields;
mod operators;
mod reader;
mod search;

use serde_json::Value;

use crate::model::number::shorten;
use crate::refusal::Refusal;

pub(super) use fields::Fields;
pub(super) use search::Search;

use fields::Field;
use operators::Operator;

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// Any of these applies.
    Any(Vec<Self>),
    /// All of these apply.
    All(Vec<Self>),
    /// One comparison.
    Is(Comparison),
}

/// One comparison: of what with what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    field: Field,
    operator: Operator,
    /// Whether the operator must apply, or must not.
    wanted: bool,
    values: Vec<String>,
}

fn wrong(text: &str, why: &str) -> Refusal {
    let shown = shorten(text);
    Refusal::bad_request(format!("filter \"{shown}\": {why}."))
}

impl Filter {
    /// Reads a filter by some fields.
    ///
    /// # Errors
    /// 400 that says what is wrong with it.
    pub(super) fn parse(text: &str, fields: &Fields) -> Result<Self, Refusal> {
        reader::read(text, fields).map_err(|why| wrong(text, &why))
    }

    /// Whether it applies to a document.
    pub(super) fn fits(&self, document: &Value) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.fits(document)),
            Self::All(parts) => parts.iter().all(|part| part.fits(document)),
            Self::Is(comparison) => comparison.fits(document),
        }
    }
}

impl Comparison {
    /// A list fits by any of its items, as a field of many values does.
    fn fits(&self, document: &Value) -> bool {
        let value = &document[self.field.name.as_str()];
        let found = match value {
            Value::Array(items) => items.as_slice(),
            Value::Null => &[],
            one => std::slice::from_ref(one),
        };
        self.operator.holds(found, &self.values) == self.wanted
    }
}

#[cfg(test)]
mod tests;
