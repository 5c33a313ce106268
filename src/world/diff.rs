//! The difference of two worlds, found by comparing roots.

use imbl::ordmap::DiffItem;
use serde::Serialize;
use serde_json::Value;

use super::World;
use super::ledger::{Change, Switch};
use super::object::Object;

/// The objects that differ between two worlds, in key order.
#[must_use]
pub fn changes(from: &World, to: &World) -> Vec<Change> {
    from.objects
        .diff(&to.objects)
        .map(|item| match item {
            DiffItem::Add(key, after) => Change {
                key: *key,
                before: None,
                after: Some(after.clone()),
            },
            DiffItem::Remove(key, before) => Change {
                key: *key,
                before: Some(before.clone()),
                after: None,
            },
            DiffItem::Update { old, new } => Change {
                key: *new.0,
                before: Some(old.1.clone()),
                after: Some(new.1.clone()),
            },
        })
        .collect()
}

/// Lets a world share with another what is equal in both.
pub fn share(other: &World, world: &mut World) {
    let is_equal = |before: &Object, after: &Object| {
        // Two states of work in progress may count as equal though they are not.
        before.equals(after) && (!after.is_bookkeeping() || before.to_json() == after.to_json())
    };
    for change in changes(other, world) {
        if let (Some(before), Some(after)) = (change.before, change.after)
            && is_equal(&before, &after)
        {
            world.objects.insert(change.key, before);
        }
    }
}

/// The switches that differ between two worlds, in the order of their names.
#[must_use]
pub fn switches(from: &World, to: &World) -> Vec<Switch> {
    let turned = from.choices.diff(&to.choices).map(|item| match item {
        DiffItem::Add(name, after) => (name, None, Some(after)),
        DiffItem::Remove(name, before) => (name, Some(before), None),
        DiffItem::Update { old, new } => (new.0, Some(old.1), Some(new.1)),
    });
    let switches = turned.map(|(name, before, after)| Switch {
        name: name.clone(),
        before: before.cloned(),
        after: after.cloned(),
    });
    switches.collect()
}

/// About how many bytes of a world are not shared with another. Quick: what they share is not
/// looked at.
#[must_use]
pub fn own_bytes(other: &World, world: &World) -> usize {
    let changes = changes(other, world).into_iter();
    let own = changes.filter_map(|change| change.after);
    own.map(|object| Object::weight(&object)).sum()
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// A dotted path within the stored document.
    pub path: String,
    /// As it was.
    pub before: Value,
    /// As it is.
    pub after: Value,
}

/// The leaves in which two documents differ, in document order.
#[must_use]
pub fn fields(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut found = Vec::new();
    walk(String::new(), before, after, &mut found);
    found
}

fn walk(path: String, before: &Value, after: &Value, found: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    if let (Value::Object(old), Value::Object(new)) = (before, after) {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let step = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            let old = old.get(key).unwrap_or(&Value::Null);
            let new = new.get(key).unwrap_or(&Value::Null);
            walk(step, old, new, found);
        }
        return;
    }
    found.push(FieldChange {
        path,
        before: before.clone(),
        after: after.clone(),
    });
}
