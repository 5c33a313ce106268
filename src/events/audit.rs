//! The audit log: ledger entries as administrators read them (AUD-01 to AUD-04).
//!
//! Nothing is stored for it. A commit that changed nothing and a refused request stand in no
//! ledger, so they leave no event. All events of one request share its tracking id (AUD-04).

mod agents;
mod life;
mod past;
mod subjects;

use std::sync::Arc;

use uuid::Uuid;

use crate::model::billing::{BillingReport, SubscriptionTags};
use crate::model::owned;
use crate::model::wholesale::{Customer, Subscriber};
use crate::model::{
    ActivationCode, Device, License, LicenseTemplate, Person, PhoneNumber, Report, Workspace, kinds,
};
use crate::resources::references;
use crate::settings::table::family_of;
use crate::tasks::task::Task;
use crate::world::{Actor, Change, Entry, Moment, Object, World, ids};
pub use past::Past;
pub use subjects::CATEGORIES;
use subjects::{GROUP_TEMPLATE, SETTINGS, SUBJECTS, TASKS};

/// What happened to a person's or workspace's licences.
const LICENSES_CHANGED: &str = "Licenses Were Changed";

/// Where an event comes from.
#[derive(Debug)]
pub enum Source<'w> {
    /// A commit.
    Commit(Arc<Entry>),
    /// The start of a task, which is no commit.
    Task(Uuid, &'w Task),
}

impl Source<'_> {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Moment {
        match self {
            Self::Commit(entry) => entry.at,
            Self::Task(_, task) => task.created_at,
        }
    }

    /// Who did it.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        match self {
            Self::Commit(entry) => &entry.actor,
            Self::Task(_, task) => &task.author.actor,
        }
    }

    fn tracking_id(&self) -> &Arc<str> {
        match self {
            Self::Commit(entry) => &entry.tracking_id,
            Self::Task(_, task) => &task.author.tracking_id,
        }
    }
}

/// Every source of events, the newest first.
#[must_use]
pub fn sources(
    world: &World,
    newest_first: Vec<Arc<Entry>>,
    organization: Uuid,
) -> Vec<Source<'_>> {
    let tasks = owned::list::<Task>(world, organization).map(|(id, task)| Source::Task(id, task));
    let mut found: Vec<Source<'_>> = newest_first.into_iter().map(Source::Commit).collect();
    found.extend(tasks);
    found.sort_by_key(|source| std::cmp::Reverse(source.at()));
    found
}

/// One event.
#[derive(Debug)]
pub struct AuditEvent {
    /// The event's own id.
    pub id: Uuid,
    /// When it happened.
    pub at: Moment,
    /// Who did it.
    pub actor: Actor,
    /// The request's tracking id.
    pub tracking_id: Arc<str>,
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

/// The events of a source that concern an organisation.
#[must_use]
pub fn events(past: &Past<'_>, source: &Source<'_>, organization: Uuid) -> Vec<AuditEvent> {
    let (prefix, told): (String, Vec<Option<Told>>) = match source {
        Source::Task(id, task) => (format!("task/{id}"), vec![tell_task(*id, task)]),
        Source::Commit(entry) => {
            let changes = entry.changes.iter();
            let told = changes.map(|change| tell(past, entry, change));
            (entry.revision.to_string(), told.collect())
        }
    };
    // An event has the number of its change, whatever is told of the others.
    let told = told.into_iter().enumerate();
    let told = told.filter_map(|(number, told)| Some((number, told?)));
    let own = told.filter(|(_, told)| told.organization == organization);
    let event = |(number, told): (usize, Told)| AuditEvent {
        id: ids::named(
            past.world.seed,
            &format!("audit/{prefix}/{organization}/{number}"),
        ),
        at: source.at(),
        actor: source.actor().clone(),
        tracking_id: Arc::clone(source.tracking_id()),
        category: told.category,
        description: told.description,
        action: format!("{} {}", source.actor().name, told.action),
        target_type: told.target_type,
        target_id: told.target,
        target_name: told.name,
    };
    own.map(event).collect()
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

fn tell(past: &Past<'_>, entry: &Entry, change: &Change) -> Option<Told> {
    let (kind, id) = change.key;
    if let Some(family) = family_of(kind) {
        return tell_settings(past, entry, id, family.key);
    }
    if kind == kinds::AGENT {
        return agents::tell(past, entry, id);
    }
    let subject = match change.after.as_ref().or(change.before.as_ref()) {
        Some(object) if is_of_group(object) => &GROUP_TEMPLATE,
        _ => SUBJECTS.iter().find(|subject| subject.kind == kind)?,
    };
    let (verb, description) = match (&change.before, &change.after) {
        (None, Some(_)) => ("created", subject.descriptions[0]),
        (Some(_), None) => ("deleted", subject.descriptions[2]),
        (Some(before), Some(after)) => {
            if is_bookkeeping(before, after) {
                return None;
            }
            let licenses = licenses(before) != licenses(after);
            let description = match licenses {
                true => LICENSES_CHANGED,
                false => subject.descriptions[1],
            };
            ("updated", description)
        }
        (None, None) => return None,
    };
    let object = change.after.as_ref().or(change.before.as_ref())?;
    let name = name(past, object);
    Some(Told {
        organization: organization_of(past, object, id)?,
        category: subject.category,
        description: life::description(change).unwrap_or(description),
        action: format!("{verb} {} {name}", subject.noun),
        target_type: subject.target_type,
        target: id,
        name,
    })
}

/// What the log calls a thing: a code that lets a device in stands in no log, and who subscribes is
/// somebody with a name.
fn name(past: &Past<'_>, object: &Object) -> String {
    if let Some(code) = object.downcast::<ActivationCode>() {
        let model = code.model.as_deref().unwrap_or("collaboration device");
        return format!("of a {model}");
    }
    let person = object.downcast().and_then(Subscriber::person);
    let person = person.and_then(|id| past.object((kinds::PERSON, id)));
    person.unwrap_or(object).label()
}

/// Whether it is the licence template of a group.
fn is_of_group(object: &Object) -> bool {
    let template = object.downcast::<LicenseTemplate>();
    template.is_some_and(|template| template.group.is_some())
}

/// The start of a task by an administrator. What it changes tells of itself.
fn tell_task(id: Uuid, task: &Task) -> Option<Told> {
    let kind = task.job.row().name;
    let (_, description) = TASKS.iter().find(|(name, _)| *name == kind)?;
    Some(Told {
        organization: task.organization,
        category: "USERS",
        description,
        action: format!("started {kind}"),
        target_type: "JOB",
        target: id,
        name: kind.to_owned(),
    })
}

/// Whether a commit changed the person or the workspace itself.
fn changes_holder(entry: &Entry, id: Uuid) -> bool {
    let mut keys = entry.changes.iter().map(|change| change.key);
    keys.any(|(kind, of)| of == id && matches!(kind, kinds::PERSON | kinds::WORKSPACE))
}

/// Settings that went or came with a change of the holder itself are part of that event.
fn tell_settings(past: &Past<'_>, entry: &Entry, id: Uuid, family: &str) -> Option<Told> {
    if changes_holder(entry, id) {
        return None;
    }
    let holder = [kinds::PERSON, kinds::WORKSPACE]
        .into_iter()
        .find_map(|kind| past.object((kind, id)).map(|object| (kind, object)));
    let (kind, object) = holder?;
    let name = object.label();
    Some(Told {
        organization: organization_of(past, object, id)?,
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

/// Whose log tells of an object: what belongs to wholesale the partner's.
fn organization_of(past: &Past<'_>, object: &Object, id: Uuid) -> Option<Uuid> {
    if object.kind() == kinds::ORGANIZATION {
        return Some(id);
    }
    let customer = object.downcast::<Customer>();
    let of_subscriber = || past.get::<Customer>(object.downcast::<Subscriber>()?.customer);
    let partner = customer.or_else(of_subscriber).map(|it| it.partner);
    partner
        .or_else(|| Some(object.downcast::<SubscriptionTags>()?.partner))
        .or_else(|| Some(object.downcast::<BillingReport>()?.partner))
        .or_else(|| references::organization_of(id, object))
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
/// uses a number, and when a device was seen, and that a report which was asked for is made.
fn is_bookkeeping(before: &Object, after: &Object) -> bool {
    if after.downcast::<Report>().is_some() || after.downcast::<BillingReport>().is_some() {
        return true;
    }
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
    if let (Some(before), Some(after)) = (before.downcast(), after.downcast()) {
        let seen: &Device = after;
        let unseen = Device {
            first_seen: seen.first_seen,
            last_seen: seen.last_seen,
            ..Device::clone(before)
        };
        return unseen == *seen;
    }
    false
}
