//! What objects of a world are called outside: kind, id and name, and which fields changed.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::billing::PackageUse;
use crate::model::owned;
use crate::model::{
    Device, Group, Holder, License, LicenseTemplate, Mail, Organization, Person, PhoneNumber,
    Subscription, WebexId, Workspace, kinds,
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
    let is_setting = family(key.0).is_some();
    let holder = match is_setting || key.0 == kinds::AGENT {
        true => worlds.iter().find_map(|world| holder(world, key.1)),
        false => None,
    };
    let (id, name) = match holder {
        Some(holder) => (holder.id, holder.name),
        None if is_setting => (key.1.to_string(), String::new()),
        None => (object_id(key, object), object.label()),
    };
    Named {
        kind: object.kind_name().to_owned(),
        id,
        name,
    }
}

fn object_id((kind, id): Key, object: &Object) -> String {
    match kind {
        // A template has no id of its own: it stands under its organisation or its group.
        kinds::TEMPLATE => match object.downcast::<LicenseTemplate>() {
            Some(template) if template.group.is_some() => Group::encode(id, template.organization),
            _ => WebexId::Organization.encode(id),
        },
        kinds::ORGANIZATION => WebexId::Organization.encode(id),
        kinds::LOCATION => WebexId::Location.encode(id),
        kinds::PERSON | kinds::AGENT => WebexId::Person.encode(id),
        kinds::WORKSPACE => WebexId::Workspace.encode(id),
        kinds::TASK => WebexId::Task.encode(id),
        kinds::WEBHOOK => WebexId::Webhook.encode(id),
        kinds::DEVICE => WebexId::Device.encode(id),
        kinds::FLOOR => WebexId::Floor.encode(id),
        kinds::REPORT => WebexId::Report.encode(id),
        kinds::CUSTOMER => WebexId::Customer.encode(id),
        kinds::SUBSCRIBER => WebexId::Subscriber.encode(id),
        kinds::GROUP => object
            .downcast::<Group>()
            .map_or_else(|| id.to_string(), |group| group.webex_id(id)),
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
const SUBJECTS: [Kind; 15] = [
    kinds::SUBSCRIPTION,
    kinds::TASK,
    kinds::PERSON,
    kinds::WORKSPACE,
    kinds::LICENSE,
    kinds::NUMBER,
    kinds::LOCATION,
    kinds::TEMPLATE,
    kinds::ORGANIZATION,
    kinds::GROUP,
    kinds::WEBHOOK,
    kinds::DEVICE,
    kinds::CUSTOMER,
    kinds::SUBSCRIBER,
    kinds::REPORT,
];

/// Whatever object of the world has this uuid.
#[must_use]
pub fn find(world: &World, id: Uuid) -> Option<Named> {
    SUBJECTS.iter().find_map(|kind| {
        let object = world.object((*kind, id))?;
        Some(named((*kind, id), object, &[]))
    })
}

/// Whose change it is: of settings, numbers and devices the holder's, else the object's own.
#[must_use]
pub fn subject(change: &Change) -> Uuid {
    let number = |object: &Object| {
        let number = object.downcast::<PhoneNumber>().and_then(|n| n.owner);
        number
            .or_else(|| object.downcast::<Device>().map(|device| device.holder))
            .or_else(|| {
                let used = object.downcast::<PackageUse>();
                used.map(|used| Holder::Person(used.person))
            })
            .or_else(|| {
                object
                    .downcast::<Mail>()
                    .and_then(|mail| mail.person)
                    .map(Holder::Person)
            })
    };
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
    difference_beside(change, worlds, &[])
}

/// The same of one change among `others`, which know what none of the worlds has any more.
#[must_use]
pub fn difference_beside(
    change: &Change,
    worlds: &[&World],
    others: &[Change],
) -> (Action, Vec<FieldChange>) {
    let (action, mut fields) = stored_difference(change);
    fields.retain(|field| !INTERNAL.contains(&(change.key.0, field.path.as_str())));
    let known = |id| {
        let mut worlds = worlds.iter();
        worlds
            .find_map(|world| find(world, id))
            .or_else(|| find_gone(others, id))
    };
    for field in &mut fields {
        show_ids(&mut field.before, &known);
        show_ids(&mut field.after, &known);
        // An empty list is not stored; outside it is a list all the same.
        match (&mut field.before, &mut field.after) {
            (Value::Array(_), none @ Value::Null) | (none @ Value::Null, Value::Array(_)) => {
                *none = Value::Array(Vec::new());
            }
            _ => {}
        }
    }
    (action, fields)
}

/// Fields that are stored for the simulator's own use and are not shown.
const INTERNAL: [(Kind, &str); 2] = [
    (kinds::SUBSCRIPTION, "restoresTo"),
    // Nobody reads a key out of a ledger.
    (kinds::WEBHOOK, "secret"),
];

/// An object that some change removed or touched.
fn find_gone(changes: &[Change], id: Uuid) -> Option<Named> {
    let of_id = |kind: &Kind| changes.iter().find(|change| change.key == (*kind, id));
    let change = SUBJECTS.iter().find_map(of_id)?;
    let object = change.before.as_ref().or(change.after.as_ref())?;
    Some(named(change.key, object, &[]))
}

/// Replaces the uuids under which objects stand by the ids that callers know.
fn show_ids(value: &mut Value, known: &impl Fn(Uuid) -> Option<Named>) {
    match value {
        Value::String(text) => {
            let id = (text.len() == uuid::fmt::Hyphenated::LENGTH)
                .then(|| Uuid::try_parse(text).ok())
                .flatten();
            if let Some(named) = id.and_then(known) {
                *text = named.id;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| show_ids(item, known)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| show_ids(member, known)),
        _ => {}
    }
}

fn stored_difference(change: &Change) -> (Action, Vec<FieldChange>) {
    let own = family(change.key.0);
    // What came or went as a whole is not written down: a task holds thousands of outcomes.
    match (&change.before, &change.after, own) {
        (None, _, None) => return (Action::Created, Vec::new()),
        (_, None, None) => return (Action::Deleted, Vec::new()),
        _ => {}
    }
    let written =
        |object: &Object| own.map_or_else(|| object.to_json(), |def| def.document(object));
    let (before, after) = (
        change.before.as_ref().map(written),
        change.after.as_ref().map(written),
    );
    if let Some(def) = own {
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
        owned::list::<Person>(world, organization).count(),
        owned::list::<Workspace>(world, organization).count(),
        owned::list::<Subscription>(world, organization).count(),
    ]
}
