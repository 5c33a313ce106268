//! The searches of Contact Center: a text, and in which columns it is looked for.

use serde_json::Value;

use super::operators::Operator;
use super::{Comparison, Fields, Filter, wrong};
use crate::model::number::shorten;
use crate::refusal::Refusal;

/// A search for a text in some columns.
#[derive(Debug)]
pub(in crate::webex::contact_center) struct Search {
    columns: Vec<String>,
    text: String,
}

impl Search {
    /// Reads a search: a text, or `field=="firstName";value=="Cisco"`, or
    /// `fields=in=(…);value==…`. Where it names no column it is in all that are searched.
    ///
    /// # Errors
    /// 400 for what is none, and for columns that are not searched.
    pub(in crate::webex::contact_center) fn parse(
        text: &str,
        searched: &[&str],
    ) -> Result<Self, Refusal> {
        if !text.contains("value==") {
            let text = text.trim();
            let quoted = ['"', '\''].iter().find_map(|quote| {
                let inner = text.strip_prefix(*quote)?;
                inner.strip_suffix(*quote)
            });
            return Ok(Self {
                columns: searched.iter().map(|&column| column.to_owned()).collect(),
                text: quoted.unwrap_or(text).to_lowercase(),
            });
        }
        let parts = match Filter::parse(text, &Fields::texts(&["field", "fields", "value"]))? {
            Filter::All(parts) => parts,
            one => vec![one],
        };
        let named = |name: &str| {
            let mut said = parts.iter().filter_map(|part| match part {
                Filter::Is(comparison) if comparison.field.name == name => Some(comparison),
                _ => None,
            });
            said.find(|it| it.wanted && matches!(it.operator, Operator::Equal | Operator::In))
        };
        let values = |comparison: &Comparison| comparison.values.clone();
        let columns = named("field").or_else(|| named("fields")).map(values);
        let value = named("value").and_then(|comparison| comparison.values.first());
        let (2, Some(columns), Some(value)) = (parts.len(), columns, value) else {
            return Err(wrong(text, "a search has field and value, joined by ;"));
        };
        let is_unknown = |column: &&String| !searched.contains(&column.as_str());
        if let Some(column) = columns.iter().find(is_unknown) {
            let why = format!(
                "\"{}\" is not searched; these are: {}",
                shorten(column),
                searched.join(", ")
            );
            return Err(wrong(text, &why));
        }
        Ok(Self {
            columns,
            text: value.to_lowercase(),
        })
    }

    /// Whether one of the columns holds the text.
    pub(in crate::webex::contact_center) fn fits(&self, document: &Value) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| {
            let value = document[column.as_str()].as_str();
            value.is_some_and(|value| value.to_lowercase().contains(&self.text))
        })
    }
}
