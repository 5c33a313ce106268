//! What must hold of tasks that a snapshot brings: they are of one organisation, with everything
//! that they go on with, and as large as a request could have made them.
//!
//! Work in progress names people, locations and numbers that may be gone by now; what is there must
//! be of the organisation of the task, in whose name the work is done.

use uuid::Uuid;

use super::job::Job;
use super::telephony::Work;
use super::telephony::manage_numbers::Operation;
use super::{Task, csv};
use crate::model::{Holder, Organization, PhoneNumber, kinds};
use crate::resources::references::organization_of;
use crate::world::{Check, Key, World};

/// Tasks are of one organisation, and no larger than they could have been asked for.
pub const CHECK: Check = Check {
    name: "a task could have been asked for",
    // Requests are checked before they become tasks, and a step of a large one would be looked at
    // from its beginning to its end.
    on_change: |_, _| Vec::new(),
    on_world: |world| {
        let tasks = world.list::<Task>();
        let found = tasks.filter_map(|(id, task)| {
            let wrong = wrong(world, task)?;
            Some(format!("task {id}: {wrong}"))
        });
        found.collect()
    },
};

/// The most tasks that a sandbox can have started: far from the end of their numbers.
const NUMBER_MAX: u64 = 1 << 48;

/// What is wrong with a task.
fn wrong(world: &World, task: &Task) -> Option<String> {
    let organization = task.organization;
    if world.get::<Organization>(organization).is_none() {
        return Some(format!(
            "organization names the organization {organization}, which is not there"
        ));
    }
    if task.number > NUMBER_MAX {
        return Some(format!("number: {} is above {NUMBER_MAX}", task.number));
    }
    let done = u64::from(task.succeeded) + u64::from(task.failed);
    if done > u64::from(task.total) {
        let total = task.total;
        return Some(format!("{done} items are done, and there are {total}"));
    }
    if task.status.is_unfinished() && task.total as usize != task.job.total() {
        let total = task.job.total();
        return Some(format!(
            "total is {}, and its job has {total} items",
            task.total
        ));
    }
    let most = most_items(&task.job);
    if task.job.total() > most {
        return Some(format!("its job must not have more than {most} items"));
    }
    let unsaid = match &*task.job {
        Job::Telephony(job) => match &job.work {
            Work::Devices(work) => work.unsaid(),
            _ => None,
        },
        _ => None,
    };
    unsaid.or_else(|| foreign(world, task))
}

/// How many items a job may have; those about everybody have as many as there are people.
fn most_items(job: &Job) -> usize {
    match job {
        Job::UserImport(_) | Job::WorkspaceImport(_) => csv::MOST_ROWS,
        Job::Telephony(job) => match &job.work {
            Work::ManageNumbers(_) => super::telephony::NUMBERS_MAX,
            Work::MoveUsers(_) => super::telephony::USERS_MAX,
            _ => usize::MAX,
        },
        _ => usize::MAX,
    }
}

/// What of another organisation a job names.
fn foreign(world: &World, task: &Task) -> Option<String> {
    let mut named = named(world, &task.job);
    let (kind, id) = named.find(|key| {
        let object = world.object(*key);
        let home = match key.0 {
            kinds::ORGANIZATION => Some(key.1),
            _ => object.and_then(|object| organization_of(key.1, object)),
        };
        home.is_some_and(|home| home != task.organization)
    })?;
    let name = world
        .object((kind, id))
        .map_or("organization", |it| it.kind_name());
    Some(format!(
        "its job names the {name} {id}, which is of another organization"
    ))
}

/// What a job names.
fn named<'a>(world: &'a World, job: &'a Job) -> Box<dyn Iterator<Item = Key> + 'a> {
    let about = job.about().into_iter();
    let about = about.flat_map(|about| [about.source, about.location].into_iter().flatten());
    let about = about.map(location);
    let work: Box<dyn Iterator<Item = Key>> = match job {
        Job::UserImport(import) => Box::new(import.named()),
        Job::UserExport(export) => Box::new(export.named()),
        Job::WorkspaceImport(import) => Box::new(import.named()),
        Job::WorkspaceExport(export) => Box::new(export.named()),
        Job::TemplateApply(apply) => Box::new(apply.named()),
        Job::ContactCenterSync(sync) => Box::new(people(&sync.people)),
        Job::ActivationEmails(resend) => Box::new(people(&resend.people)),
        Job::Telephony(job) => named_by_work(world, &job.work),
        Job::Past { .. } => Box::new(std::iter::empty()),
    };
    Box::new(about.chain(work))
}

fn named_by_work<'a>(world: &'a World, work: &'a Work) -> Box<dyn Iterator<Item = Key> + 'a> {
    match work {
        Work::ManageNumbers(work) => {
            let to = match work.operation {
                Operation::Move(to) => Some(location(to)),
                Operation::Use(_) => None,
            };
            let numbers = work.numbers.iter().flat_map(|(from, number)| {
                let known = PhoneNumber::find(world, number.as_str());
                let known = known.map(|(id, _)| (kinds::NUMBER, id));
                known.into_iter().chain([location(*from)])
            });
            Box::new(to.into_iter().chain(numbers))
        }
        Work::MoveUsers(work) => Box::new(work.moves.iter().flat_map(|one| {
            let to = one.location.map(location);
            to.into_iter().chain([(kinds::PERSON, one.person)])
        })),
        Work::DisableLocation(work) => Box::new(work.named().into_iter()),
        Work::RoutingPrefix(work) => Box::new(work.named()),
        Work::Devices(work) => Box::new(work.named()),
    }
}

/// A location, as jobs name it.
pub(super) fn location(id: Uuid) -> Key {
    (kinds::LOCATION, id)
}

/// An organisation, as jobs name it.
pub(super) fn organization(id: Uuid) -> Key {
    (kinds::ORGANIZATION, id)
}

/// People, as jobs name them.
pub(super) fn people(ids: &[Uuid]) -> impl Iterator<Item = Key> {
    ids.iter().map(|id| (kinds::PERSON, *id))
}

/// Licences, as jobs name them.
pub(super) fn licenses(ids: &[Uuid]) -> impl Iterator<Item = Key> {
    ids.iter().map(|id| (kinds::LICENSE, *id))
}

/// A holder, as jobs name it.
pub(super) fn holder(holder: Holder) -> Key {
    match holder {
        Holder::Person(id) => (kinds::PERSON, id),
        Holder::Workspace(id) => (kinds::WORKSPACE, id),
    }
}
