//! What must always hold about licences: counters equal holders, one Calling licence at most,
//! Calling exactly where there is a Calling licence, and of packages what the package says.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::held::Held;
use super::packages;
use crate::model::wholesale::Subscriber;
use crate::model::{Holder, License, Person, Workspace, kinds};
use crate::world::ledger::Change;
use crate::world::{Check, Object, Violation, World};

/// The check.
pub const CHECK: Check = Check {
    name: "licenses",
    on_change,
    on_world,
};

/// Units by licence: people, workspaces.
type Units = BTreeMap<Uuid, (i64, i64)>;

fn on_world(world: &World) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut units = Units::new();
    for (id, person) in world.list::<Person>() {
        count_person(&mut units, person, 1);
        look(world, Holder::Person(id), &mut found);
        found.extend(packages::sound(world, id));
    }
    for (id, workspace) in world.list::<Workspace>() {
        count_workspace(&mut units, workspace, 1);
        look(world, Holder::Workspace(id), &mut found);
    }
    for (id, license) in world.list::<License>() {
        count_license(&mut units, id, license, -1);
    }
    found.extend(uneven(&units));
    found
}

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut units = Units::new();
    for change in changes {
        let (kind, id) = change.key;
        for (object, sign) in [(&change.before, -1), (&change.after, 1)] {
            let Some(object) = object else { continue };
            count(&mut units, id, object, sign);
        }
        if change.after.is_none() {
            continue;
        }
        match kind {
            kinds::PERSON => {
                look(world, Holder::Person(id), &mut found);
                found.extend(packages::sound(world, id));
            }
            kinds::SUBSCRIBER => {
                let subscriber = world.get::<Subscriber>(id);
                let person = subscriber.and_then(Subscriber::person);
                found.extend(person.and_then(|person| packages::sound(world, person)));
            }
            kinds::WORKSPACE => look(world, Holder::Workspace(id), &mut found),
            _ => {}
        }
    }
    found.extend(uneven(&units));
    found
}

fn count(units: &mut Units, id: Uuid, object: &Object, sign: i64) {
    if let Some(person) = object.downcast::<Person>() {
        count_person(units, person, sign);
    } else if let Some(workspace) = object.downcast::<Workspace>() {
        count_workspace(units, workspace, sign);
    } else if let Some(license) = object.downcast::<License>() {
        count_license(units, id, license, -sign);
    }
}

fn count_person(units: &mut Units, person: &Person, sign: i64) {
    for license in &person.licenses {
        units.entry(*license).or_default().0 += sign;
    }
}

fn count_workspace(units: &mut Units, workspace: &Workspace, sign: i64) {
    for license in &workspace.licenses {
        units.entry(*license).or_default().1 += sign;
    }
}

fn count_license(units: &mut Units, id: Uuid, license: &License, sign: i64) {
    let entry = units.entry(id).or_default();
    entry.0 += sign * license.consumed_by_users;
    entry.1 += sign * license.consumed_by_workspaces;
}

fn uneven(units: &Units) -> impl Iterator<Item = Violation> + '_ {
    units
        .iter()
        .filter(|(_, uneven)| **uneven != (0, 0))
        .map(|(id, (people, workspaces))| {
            format!("{id}: {people} more people and {workspaces} more workspaces than it counts")
        })
}

fn look(world: &World, holder: Holder, found: &mut Vec<Violation>) {
    let Ok(held) = Held::of(world, holder) else {
        return;
    };
    let licenses = held.licenses.iter().map(|id| world.get::<License>(*id));
    let mut calling = 0;
    for license in licenses {
        match license {
            None => found.push(format!("{} holds a license that is not there", held.name)),
            Some(license) if license.organization != held.organization => {
                found.push(format!(
                    "{} holds a license of another organisation",
                    held.name
                ));
            }
            Some(license) => calling += u32::from(license.offer().is_calling()),
        }
    }
    if calling > 1 {
        found.push(format!("{} holds {calling} Calling licenses", held.name));
    }
    if (calling > 0) != held.calling.is_some() {
        found.push(format!(
            "{} has Calling without a license, or the reverse",
            held.name
        ));
    }
}
