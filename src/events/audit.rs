//! The audit log: ledger entries as administrators read them (AUD-01 to AUD-04).
//!
//! Nothing is stored for it. A commit that changed nothing and a refused request stand in no
//! ledger, so they leave no event. All events of one request share its tracking id (AUD-04).

use std::sync::Arc;

use uuid::Uuid;

use crate::model::{
    License, LicenseTemplate, Location, Person, PhoneNumber, Subscription, Workspace, kinds,
};
use crate::settings::table::family_of;
use crate::world::{Change, Entry, Kind, Object, World, ids};

/// What kind of thing an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Subject {
    kind: Kind,
    target_type: &'static str,
    category: &'static str,
    noun: &'static str,
    /// Descriptions of creation, change and deletion.
    descriptions: [&'static str; 3],
}

const fn subject(
    kind: Kind,
    target_type: &'static str,
    category: &'static str,
    noun: &'static str,
    descriptions: [&'static str; 3],
) -> Subject {
    Subject {
        kind,
        target_type,
        category,
        noun,
        descriptions,
    }
}

#[rustfmt::skip]
static SUBJECTS: &[Subject] = &[
    subject(kinds::PERSON, "PERSON", "USERS", "user", ["A User Was Created", "A User Was Updated", "A User Was Deleted"]),
    subject(kinds::WORKSPACE, "PLACE", "PLACES", "workspace", ["A Workspace Was Created", "A Workspace Was Updated", "A Workspace Was Deleted"]),
    subject(kinds::LOCATION, "LOCATION", "LOCATIONS", "location", ["A Location Was Created", "A Location Was Updated", "A Location Was Deleted"]),
    subject(kinds::NUMBER, "PHONE_NUMBER", "CALLING", "phone number", ["A Phone Number Was Added", "A Phone Number Was Updated", "A Phone Number Was Removed"]),
    subject(kinds::ORGANIZATION, "ORG", "ORG_SETTINGS", "organization", ["An Organization Was Created", "An Organization Was Updated", "An Organization Was Deleted"]),
    subject(kinds::SUBSCRIPTION, "SUBSCRIPTION", "SUBSCRIPTIONS", "subscription", ["A Subscription Was Created", "A Subscription Was Updated", "A Subscription Was Deleted"]),
    subject(kinds::LICENSE, "LICENSE", "SUBSCRIPTIONS", "license", ["A License Was Created", "A License Was Updated", "A License Was Deleted"]),
    subject(kinds::TEMPLATE, "ORG", "ORG_SETTINGS", "license template", ["A License Template Was Created", "A License Template Was Updated", "A License Template Was Deleted"]),
];

/// Changed settings of a holder.
const SETTINGS: Subject = subject(
    Kind(kinds::FAMILIES),
    "PERSON",
    "CALLING",
    "calling settings",
    ["Calling Settings Were Updated"; 3],
);

/// Every category, for the list of them.
pub static CATEGORIES: &[&str] = &[
    "CALLING",
    "LOCATIONS",
    "LOGINS",
    "ORG_SETTINGS",
    "PLACES",
    "SUBSCRIPTIONS",
    "USERS",
];

/// What happened to a person's or workspace's licences.
const LICENSES_CHANGED: &str = "Licenses Were Changed";

/// One event.
#[derive(Debug)]
pub struct AuditEvent {
    /// The event's own id.
    pub id: Uuid,
    /// The commit.
    pub entry: Arc<Entry>,
    /// The category.
    pub category: &'static str,
    /// What happened, in general.
    pub description: &'static str,
    /// What happened, in particular.
    pub action: String,
    /// `PERSON`, `PLACE`, …
    pub target_type: &'static str,
    /// What it happened to.
    pub target_id: Uuid,
    /// Its name.
    pub target_name: String,
}

/// The events of a commit that concern an organisation.
#[must_use]
pub fn events(world: &World, entry: &Arc<Entry>, organization: Uuid) -> Vec<AuditEvent> {
    let mut found = Vec::new();
    for change in &entry.changes {
        let Some(told) = tell(world, entry, change) else {
            continue;
        };
        if told.organization != organization {
            continue;
        }
        let number = found.len();
        let name = format!("audit/{}/{organization}/{number}", entry.revision);
        found.push(AuditEvent {
            id: ids::named(world.seed, &name),
            entry: Arc::clone(entry),
            category: told.category,
            description: told.description,
            action: format!("{} {}", entry.actor.name, told.action),
            target_type: told.target_type,
            target_id: told.target,
            target_name: told.name,
        });
    }
    found
}

struct Told {
    organization: Uuid,
    category: &'static str,
    description: &'static str,
    action: String,
    target_type: &'static str,
    target: Uuid,
    name: String,
}

fn tell(world: &World, entry: &Entry, change: &Change) -> Option<Told> {
    let (kind, id) = change.key;
    if let Some(family) = family_of(kind) {
        return tell_settings(world, entry, id, family.key);
    }
    let subject = SUBJECTS.iter().find(|subject| subject.kind == kind)?;
    let (verb, description) = match (&change.before, &change.after) {
        (None, Some(_)) => ("created", subject.descriptions[0]),
        (Some(_), None) => ("deleted", subject.descriptions[2]),
        (Some(before), Some(after)) => {
            if is_bookkeeping(before, after) {
                return None;
            }
            let licenses = licenses(before) != licenses(after);
            let description = if licenses {
                LICENSES_CHANGED
            } else {
                subject.descriptions[1]
            };
            ("updated", description)
        }
        (None, None) => return None,
    };
    let object = change.after.as_ref().or(change.before.as_ref())?;
    let name = object.label();
    Some(Told {
        organization: organization_of(object, id)?,
        category: subject.category,
        description,
        action: format!("{verb} {} {name}", subject.noun),
        target_type: subject.target_type,
        target: id,
        name,
    })
}

/// Settings that went or came with a change of the holder itself are part of that event.
fn tell_settings(world: &World, entry: &Entry, id: Uuid, family: &str) -> Option<Told> {
    let of_holder = |change: &&Change| {
        change.key.1 == id && matches!(change.key.0, kinds::PERSON | kinds::WORKSPACE)
    };
    if entry.changes.iter().any(|change| of_holder(&change)) {
        return None;
    }
    let holder = [kinds::PERSON, kinds::WORKSPACE]
        .into_iter()
        .find_map(|kind| world.object((kind, id)).map(|object| (kind, object)));
    let (kind, object) = holder?;
    let name = object.label();
    Some(Told {
        organization: organization_of(object, id)?,
        category: SETTINGS.category,
        description: SETTINGS.descriptions[1],
        action: format!("changed {family} of {name}"),
        target_type: if kind == kinds::PERSON {
            "PERSON"
        } else {
            "PLACE"
        },
        target: id,
        name,
    })
}

fn organization_of(object: &Object, id: Uuid) -> Option<Uuid> {
    if object.kind() == kinds::ORGANIZATION {
        return Some(id);
    }
    let person = object.downcast::<Person>().map(|it| it.organization);
    person
        .or_else(|| Some(object.downcast::<Workspace>()?.organization))
        .or_else(|| Some(object.downcast::<Location>()?.organization))
        .or_else(|| Some(object.downcast::<PhoneNumber>()?.organization))
        .or_else(|| Some(object.downcast::<Subscription>()?.organization))
        .or_else(|| Some(object.downcast::<License>()?.organization))
        .or_else(|| Some(object.downcast::<LicenseTemplate>()?.organization))
}

fn licenses(object: &Object) -> &[Uuid] {
    let person = object
        .downcast::<Person>()
        .map(|person| person.licenses.as_slice());
    let workspace = || {
        object
            .downcast::<Workspace>()
            .map(|it| it.licenses.as_slice())
    };
    person.or_else(workspace).unwrap_or_default()
}

/// Whether a change only follows from another one that has its own event: counted units, and who
/// uses a number.
fn is_bookkeeping(before: &Object, after: &Object) -> bool {
    if let (Some(before), Some(after)) = (before.downcast(), after.downcast()) {
        let counted: &License = after;
        let uncounted = License {
            consumed_by_users: counted.consumed_by_users,
            consumed_by_workspaces: counted.consumed_by_workspaces,
            ..License::clone(before)
        };
        return uncounted == *counted;
    }
    if let (Some(before), Some(after)) = (before.downcast(), after.downcast()) {
        let used: &PhoneNumber = after;
        let unused = PhoneNumber {
            owner: used.owner,
            alternate: used.alternate,
            ..PhoneNumber::clone(before)
        };
        return unused == *used;
    }
    false
}
