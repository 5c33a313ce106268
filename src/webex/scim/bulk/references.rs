//! What operations of a bulk request call each other: `bulkId:` and a name stand for the id of
//! what a POST of the same request makes (RFC 7644, 3.7.2).

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::{Method, Operation};
use crate::model::number::shorten;
use crate::refusal::Refusal;

const PREFIX: &str = "bulkId:";

/// What was made so far, by its name in the request.
#[derive(Debug, Default)]
pub(super) struct Made<'a>(BTreeMap<&'a str, Uuid>);

impl<'a> Made<'a> {
    pub(super) fn note(&mut self, name: &'a str, id: Uuid) {
        self.0.insert(name, id);
    }

    fn find(&self, text: &str) -> Result<String, Refusal> {
        let name = text.strip_prefix(PREFIX).unwrap_or(text);
        let found = self.0.get(name);
        found.map(Uuid::to_string).ok_or_else(|| {
            let shown = shorten(text);
            let detail = format!(
                "{shown} stands for nothing: no operation of the request made it (its own was \
                 refused, is missing, or refers back to this one)."
            );
            Refusal::bad_request(detail)
        })
    }
}

/// In which order the operations are done: that of the request, but what one refers to before it.
pub(super) struct Plan(Vec<usize>);

impl Plan {
    /// Orders operations.
    ///
    /// # Errors
    /// 400 when two of them have one name.
    pub(super) fn of(operations: &[Operation<'_>]) -> Result<Self, Refusal> {
        let mut makers = BTreeMap::new();
        for (position, operation) in operations.iter().enumerate() {
            let Some(name) = operation
                .bulk_id
                .filter(|_| operation.method == Method::Post)
            else {
                continue;
            };
            if makers.insert(name, position).is_some() {
                let shown = shorten(name);
                let detail = format!("operations[{position}].bulkId: \"{shown}\" stands twice.");
                return Err(Refusal::bad_request(detail));
            }
        }
        let mut order = Vec::with_capacity(operations.len());
        let mut seen = vec![false; operations.len()];
        for position in 0..operations.len() {
            visit(position, operations, &makers, &mut seen, &mut order);
        }
        Ok(Self(order))
    }

    /// The positions, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied()
    }
}

fn visit(
    position: usize,
    operations: &[Operation<'_>],
    makers: &BTreeMap<&str, usize>,
    seen: &mut [bool],
    order: &mut Vec<usize>,
) {
    let (Some(operation), Some(seen_here)) = (operations.get(position), seen.get_mut(position))
    else {
        return;
    };
    if std::mem::replace(seen_here, true) {
        return;
    }
    let mut names = Vec::new();
    gather(&operation.data, &mut names);
    names.extend(
        operation
            .target
            .and_then(|target| target.strip_prefix(PREFIX)),
    );
    for name in names {
        if let Some(maker) = makers.get(name) {
            visit(*maker, operations, makers, seen, order);
        }
    }
    order.push(position);
}

/// The names that a document refers to.
fn gather<'v>(value: &'v Value, names: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => names.extend(text.strip_prefix(PREFIX)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, names)),
        Value::Object(parts) => parts.values().for_each(|part| gather(part, names)),
        _ => {}
    }
}

/// The target and the document of an operation, in which ids stand for names.
///
/// # Errors
/// 400 for a name that stands for nothing.
pub(super) fn resolve<'a>(
    operation: &Operation<'a>,
    made: &Made<'_>,
) -> Result<(Cow<'a, str>, Value), Refusal> {
    let target = match operation.target.unwrap_or_default() {
        text if text.starts_with(PREFIX) => Cow::Owned(made.find(text)?),
        text => Cow::Borrowed(text),
    };
    let mut data = operation.data.clone();
    put_ids(&mut data, made)?;
    Ok((target, data))
}

fn put_ids(value: &mut Value, made: &Made<'_>) -> Result<(), Refusal> {
    match value {
        Value::String(text) if text.starts_with(PREFIX) => *text = made.find(text)?,
        Value::Array(items) => items.iter_mut().try_for_each(|item| put_ids(item, made))?,
        Value::Object(parts) => parts
            .values_mut()
            .try_for_each(|part| put_ids(part, made))?,
        _ => {}
    }
    Ok(())
}
