//! What one operation of PATCH does to one attribute.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Deed, Document, mutability};
use crate::refusal::{ErrorKind, Refusal};
use crate::webex::filter::{Comparison, Filter};
use crate::webex::scim::path::{Target, wrong};
use crate::webex::scim::shape::{Access, Attribute, Kind};
use crate::webex::scim::work::Work;

/// Changes an attribute of a document, or a part of it.
pub(super) fn change(
    document: &mut Document<'_>,
    target: &Target,
    deed: Deed,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let attribute = target.attribute;
    let deed = match value {
        // Nothing is no value (RFC 7643, 2.5).
        Some(Value::Null) if deed == Deed::Replace => Deed::Remove,
        None | Some(Value::Null) if deed != Deed::Remove => {
            let detail = format!("value is missing: what {} is to be.", attribute.name);
            return Err(Refusal::bad_request(detail));
        }
        _ => deed,
    };
    let is_whole = target.filter.is_none() && target.part.is_none();
    if deed == Deed::Remove && is_whole && attribute.access == Access::Required {
        return Err(mutability(attribute, "is required and cannot be removed"));
    }
    if let Some((list, keeper)) = &mut document.aside
        && (attribute.within, attribute.name) == ("", *list)
    {
        return keeper.change(target, deed, value);
    }
    let holder = match attribute.within {
        "" => &mut document.fields,
        schema => {
            let extension = document.fields.entry(schema);
            let extension = extension.or_insert_with(|| Value::Object(Map::new()));
            let Some(extension) = extension.as_object_mut() else {
                return Err(Refusal::bad_request(format!("{schema} must be an object.")));
            };
            extension
        }
    };
    match attribute.kind {
        Kind::List => change_list(holder, document.work, (target, deed), value),
        _ if target.filter.is_some() => {
            let detail = format!("{} is no list, so no filter may follow it", attribute.name);
            Err(wrong(attribute.name, &detail))
        }
        Kind::Complex => change_complex(holder, target, deed, value),
        Kind::Text | Kind::Truth => {
            match value.filter(|_| deed != Deed::Remove) {
                None => holder.remove(attribute.name),
                Some(value) => {
                    let value = as_truth(attribute, value);
                    holder.insert(attribute.name.to_owned(), value)
                }
            };
            Ok(())
        }
    }
}

/// Truth values are taken as texts, too: some clients can send nothing else (inferred).
fn as_truth(attribute: &Attribute, value: &Value) -> Value {
    match (attribute.kind, value.as_str()) {
        (Kind::Truth, Some(text)) if text.eq_ignore_ascii_case("true") => true.into(),
        (Kind::Truth, Some(text)) if text.eq_ignore_ascii_case("false") => false.into(),
        _ => value.clone(),
    }
}

/// An element or a complex value; a text stands for its `value` (inferred).
pub(in crate::webex::scim) fn as_object(
    attribute: &Attribute,
    value: &Value,
) -> Result<Map<String, Value>, Refusal> {
    match value {
        Value::Object(parts) => Ok(parts.clone()),
        Value::String(_) if attribute.parts.contains(&"value") => {
            Ok(Map::from_iter([("value".to_owned(), value.clone())]))
        }
        _ => {
            let detail = format!("{} must be an object.", attribute.name);
            Err(Refusal::bad_request(detail))
        }
    }
}

fn change_complex(
    holder: &mut Map<String, Value>,
    target: &Target,
    deed: Deed,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let attribute = target.attribute;
    let (Some(value), true) = (value, deed != Deed::Remove) else {
        match (target.part, holder.get_mut(attribute.name)) {
            (Some(part), Some(Value::Object(parts))) => drop(parts.remove(part)),
            _ => drop(holder.remove(attribute.name)),
        }
        return Ok(());
    };
    let new = match target.part {
        Some(part) => Map::from_iter([(part.to_owned(), value.clone())]),
        None => as_object(attribute, value)?,
    };
    let found = holder.entry(attribute.name);
    let found = found.or_insert_with(|| Value::Object(Map::new()));
    match found {
        Value::Object(parts) => parts.extend(new),
        other => *other = Value::Object(new),
    }
    Ok(())
}

fn change_list(
    holder: &mut Map<String, Value>,
    work: &Work,
    (target, deed): (&Target, Deed),
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let attribute = target.attribute;
    let found = holder.entry(attribute.name);
    let found = found.or_insert_with(|| Value::Array(Vec::new()));
    let Some(items) = found.as_array_mut() else {
        return Err(Refusal::bad_request(format!(
            "{} must be a list.",
            attribute.name
        )));
    };
    let comparisons = target.filter.as_ref().map_or(1, Filter::comparisons);
    work.spend(weight(items).saturating_mul(comparisons))?;
    match (&target.filter, target.part) {
        (Some(filter), part) => change_chosen(items, attribute, (filter, part), deed, value)?,
        (None, Some(part)) => return Err(unchosen(attribute, part)),
        (None, None) => change_elements(items, attribute, deed, value)?,
    }
    if items.is_empty() {
        holder.remove(attribute.name);
    }
    Ok(())
}

/// About what it costs to look at some elements: long texts are compared letter by letter.
fn weight(items: &[Value]) -> usize {
    let of_part = |part: &Value| part.as_str().map_or(0, |text| text.len() / 64);
    let of_item = |item: &Value| {
        let parts = item.as_object().into_iter().flatten();
        parts.map(|(_, part)| of_part(part)).sum::<usize>() + of_part(item) + 1
    };
    items.iter().map(of_item).sum()
}

/// The refusal of a part of a list that does not say of which elements.
pub(in crate::webex::scim) fn unchosen(attribute: &Attribute, part: &str) -> Refusal {
    let why = format!(
        "say by a filter of which one, such as {}[type eq \"work\"].{part}",
        attribute.name
    );
    wrong(attribute.name, &why)
}

/// The elements that an operation sends: a list of them, or one.
pub(in crate::webex::scim) fn elements(
    attribute: &Attribute,
    value: Option<&Value>,
) -> Result<Vec<Map<String, Value>>, Refusal> {
    let sent = match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(sent)) => sent.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    sent.iter().map(|one| as_object(attribute, one)).collect()
}

/// Elements come, take the place of all, or go. `remove` with a value takes these alone, as
/// directories send it (inferred: RFC 7644 knows no value there).
fn change_elements(
    items: &mut Vec<Value>,
    attribute: &Attribute,
    deed: Deed,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let sent = elements(attribute, value)?;
    match deed {
        Deed::Remove if value.is_none_or(Value::is_null) => items.clear(),
        Deed::Remove => {
            let gone = Known::of(sent.iter());
            items.retain(|item| !item.as_object().is_some_and(|item| gone.has(item)));
        }
        Deed::Replace => *items = sent.into_iter().map(Value::Object).collect(),
        Deed::Add => {
            let mut known = Known::of(items.iter().filter_map(Value::as_object));
            for new in sent {
                if !known.has(&new) {
                    known.add(&new);
                    items.push(Value::Object(new));
                }
            }
        }
    }
    Ok(())
}

/// Elements that can be found fast: many are compared with many. One is the same as another by its
/// `value` and, where both say so, its type.
#[derive(Default)]
struct Known(BTreeMap<String, BTreeSet<Option<String>>>);

impl Known {
    fn of<'v>(items: impl Iterator<Item = &'v Map<String, Value>>) -> Self {
        let mut known = Self::default();
        items.for_each(|item| known.add(item));
        known
    }

    fn key(item: &Map<String, Value>) -> (String, Option<String>) {
        let value = item.get("value").map(Value::to_string);
        let whole = || Value::Object(item.clone()).to_string();
        let kind = item.get("type").map(Value::to_string);
        (value.unwrap_or_else(whole), kind)
    }

    fn add(&mut self, item: &Map<String, Value>) {
        let (value, kind) = Self::key(item);
        self.0.entry(value).or_default().insert(kind);
    }

    fn has(&self, item: &Map<String, Value>) -> bool {
        let (value, kind) = Self::key(item);
        let kinds = self.0.get(&value);
        kinds.is_some_and(|kinds| kind.is_none() || kinds.contains(&None) || kinds.contains(&kind))
    }
}

/// The elements that a filter chooses are changed as a whole, or a part of each.
fn change_chosen(
    items: &mut Vec<Value>,
    attribute: &Attribute,
    (filter, part): (&Filter, Option<&'static str>),
    deed: Deed,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    let fits = |item: &Value| filter.fits(&|name: &str| texts(item, name));
    let Some(value) = value.filter(|_| deed != Deed::Remove) else {
        match part {
            None => items.retain(|item| !fits(item)),
            Some(part) => {
                let chosen = items.iter_mut().filter(|item| fits(item));
                for parts in chosen.filter_map(Value::as_object_mut) {
                    parts.remove(part);
                }
            }
        }
        return Ok(());
    };
    let new = match part {
        Some(part) => Map::from_iter([(part.to_owned(), value.clone())]),
        None => as_object(attribute, value)?,
    };
    let mut chosen = items.iter_mut().filter(|item| fits(item)).peekable();
    if chosen.peek().is_some() {
        for item in chosen {
            match item {
                Value::Object(parts) if part.is_some() || deed == Deed::Add => {
                    parts.extend(new.clone());
                }
                other => *other = Value::Object(new.clone()),
            }
        }
        return Ok(());
    }
    drop(chosen);
    let made = element_of(attribute, filter, deed, new)?;
    items.push(Value::Object(made));
    Ok(())
}

/// The element that comes of a change to one that is not there: what is added makes it (inferred).
pub(in crate::webex::scim) fn element_of(
    attribute: &Attribute,
    filter: &Filter,
    deed: Deed,
    new: Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let equal = filter.equalities();
    if deed == Deed::Replace || equal.is_empty() {
        let detail = format!("no element of {} fits the filter.", attribute.name);
        return Err(Refusal::new(ErrorKind::ScimTarget, detail));
    }
    let mut made: Map<String, Value> = equal.into_iter().map(equality).collect();
    made.extend(new);
    Ok(made)
}

fn equality(comparison: &Comparison) -> (String, Value) {
    let value = match comparison.value.parse::<bool>() {
        Ok(truth) => truth.into(),
        Err(_) => comparison.value.clone().into(),
    };
    (comparison.attribute.to_string(), value)
}

/// What an element has of an attribute, as a text.
fn texts<'a>(item: &'a Value, name: &str) -> Vec<Cow<'a, str>> {
    let parts = item.as_object().into_iter().flatten();
    let mut found = parts.filter(|(own, _)| own.eq_ignore_ascii_case(name));
    match found.next() {
        Some((_, Value::String(text))) => vec![Cow::Borrowed(text)],
        Some((_, Value::Bool(truth))) => vec![Cow::Owned(truth.to_string())],
        Some((_, Value::Number(number))) => vec![Cow::Owned(number.to_string())],
        _ => Vec::new(),
    }
}
