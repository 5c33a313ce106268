//! What objects of a world are called outside: kind, id and name, and which fields changed.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{
    Holder, License, Organization, Person, PhoneNumber, Subscription, WebexId, Workspace, kinds,
};
use crate::settings::FamilyDef;
use crate::settings::table::FAMILIES;
use crate::world::diff::{self, FieldChange};
use crate::world::{Change, Key, Kind, Object, World};

/// An object as people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The kind: `person`, `subscription`, `voicemail`, …
    pub kind: String,
    /// The id of the public API; of a setting, its holder's.
    pub id: String,
    /// The name; of a setting, its holder's.
    pub name: String,
}

/// The settings family with a kind code.
#[must_use]
pub fn family(kind: Kind) -> Option<&'static FamilyDef> {
    FAMILIES.iter().find(|def| def.kind.kind == kind).copied()
}

/// An object with its id and name. `worlds` are asked for the holders of settings, in order.
#[must_use]
pub fn named(key: Key, object: &Object, worlds: &[&World]) -> Named {
    if family(key.0).is_some() {
        let holder = worlds.iter().find_map(|world| holder(world, key.1));
        let (id, name) = holder.map_or_else(
            || (key.1.to_string(), String::new()),
            |holder| (holder.id, holder.name),
        );
        return Named {
            kind: object.kind_name().to_owned(),
            id,
            name,
        };
    }
    Named {
        kind: object.kind_name().to_owned(),
        id: object_id(key, object),
        name: object.label(),
    }
}

fn object_id((kind, id): Key, object: &Object) -> String {
    match kind {
        kinds::ORGANIZATION => WebexId::Organization.encode(id),
        kinds::LOCATION => WebexId::Location.encode(id),
        kinds::PERSON => WebexId::Person.encode(id),
        kinds::WORKSPACE => WebexId::Workspace.encode(id),
        kinds::TASK => WebexId::Task.encode(id),
        kinds::SUBSCRIPTION | kinds::NUMBER => object.label(),
        kinds::LICENSE => object
            .downcast::<License>()
            .map_or_else(|| id.to_string(), |license| license.webex_id(id)),
        _ => id.to_string(),
    }
}

/// A person or a workspace of a world.
#[must_use]
pub fn holder(world: &World, id: Uuid) -> Option<Named> {
    [kinds::PERSON, kinds::WORKSPACE].iter().find_map(|kind| {
        let object = world.object((*kind, id))?;
        Some(named((*kind, id), object, &[]))
    })
}

/// Kinds whose objects timers and reports concern.
const SUBJECTS: [Kind; 9] = [
    kinds::SUBSCRIPTION,
    kinds::TASK,
    kinds::PERSON,
    kinds::WORKSPACE,
    kinds::LICENSE,
    kinds::NUMBER,
    kinds::LOCATION,
    kinds::TEMPLATE,
    kinds::ORGANIZATION,
];

/// Whatever object of the world has this uuid.
#[must_use]
pub fn find(world: &World, id: Uuid) -> Option<Named> {
    SUBJECTS.iter().find_map(|kind| {
        let object = world.object((*kind, id))?;
        Some(named((*kind, id), object, &[]))
    })
}

/// Whose change it is: of settings and numbers the holder's, else the object's own.
#[must_use]
pub fn subject(change: &Change) -> Uuid {
    let number = |object: &Object| object.downcast::<PhoneNumber>().and_then(|n| n.owner);
    let owner = change.after.as_ref().and_then(number);
    let owner = owner.or_else(|| change.before.as_ref().and_then(number));
    owner.map_or(change.key.1, Holder::id)
}

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// It is new.
    Created,
    /// It differs.
    Updated,
    /// It is gone.
    Deleted,
}

/// What happened to the object, and which fields differ. Settings are compared with their
/// defaults, because only what differs from them is stored; secret ones show nothing but that.
/// Ids of objects of the worlds are shown as outside.
#[must_use]
pub fn difference(change: &Change, worlds: &[&World]) -> (Action, Vec<FieldChange>) {
    let (action, mut fields) = stored_difference(change);
    for field in &mut fields {
        show_ids(&mut field.before, worlds);
        show_ids(&mut field.after, worlds);
    }
    (action, fields)
}

/// Replaces the uuids under which objects stand by the ids that callers know.
fn show_ids(value: &mut Value, worlds: &[&World]) {
    match value {
        Value::String(text) => {
            let id = (text.len() == uuid::fmt::Hyphenated::LENGTH)
                .then(|| Uuid::try_parse(text).ok())
                .flatten();
            let named = id.and_then(|id| worlds.iter().find_map(|world| find(world, id)));
            if let Some(named) = named {
                *text = named.id;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| show_ids(item, worlds)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| show_ids(member, worlds)),
        _ => {}
    }
}

fn stored_difference(change: &Change) -> (Action, Vec<FieldChange>) {
    let def = family(change.key.0);
    // What came or went as a whole is not written down: a task holds thousands of outcomes.
    match (&change.before, &change.after, def) {
        (None, _, None) => return (Action::Created, Vec::new()),
        (_, None, None) => return (Action::Deleted, Vec::new()),
        _ => {}
    }
    let document = |side: &Option<Object>| side.as_ref().map(Object::to_json);
    let (before, after) = (document(&change.before), document(&change.after));
    if let Some(def) = def {
        if def.secret {
            return (Action::Updated, vec![secret(before, after)]);
        }
        let before = before.unwrap_or_else(def.default);
        let after = after.unwrap_or_else(def.default);
        return (Action::Updated, diff::fields(&before, &after));
    }
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    (Action::Updated, diff::fields(&before, &after))
}

fn secret(before: Option<Value>, after: Option<Value>) -> FieldChange {
    let shown = |value: Option<Value>| {
        let word = if value.is_some() { "set" } else { "unset" };
        Value::String(word.to_owned())
    };
    FieldChange {
        path: "value".to_owned(),
        before: shown(before),
        after: shown(after),
    }
}

/// The organisations of a world, in the order of their names.
#[must_use]
pub fn organizations(world: &World) -> Vec<(Uuid, &Organization)> {
    let mut found: Vec<_> = world.list::<Organization>().collect();
    found.sort_by(|left, right| left.1.name.cmp(&right.1.name));
    found
}

/// Numbers of people, workspaces and subscriptions of an organisation.
#[must_use]
pub fn sizes(world: &World, organization: Uuid) -> [usize; 3] {
    [
        world
            .list::<Person>()
            .filter(|(_, person)| person.organization == organization)
            .count(),
        world
            .list::<Workspace>()
            .filter(|(_, workspace)| workspace.organization == organization)
            .count(),
        world
            .list::<Subscription>()
            .filter(|(_, subscription)| subscription.organization == organization)
            .count(),
    ]
}
