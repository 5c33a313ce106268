//! What must hold: a number and its owner say the same of each other, both ways.

use uuid::Uuid;

use super::numbers::calling;
use crate::model::{Holder, Person, PhoneNumber, Workspace, kinds};
use crate::world::check::Violation;
use crate::world::{Change, Check, Object, World};

/// Owner and holder agree.
pub const CHECK: Check = Check {
    name: "a number has one owner, and the owner has it",
    on_change,
    on_world,
};

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let mut found = Vec::new();
    for change in changes {
        let (kind, id) = change.key;
        match kind {
            kinds::NUMBER => {
                if let Some(number) = change.after.as_ref().and_then(Object::downcast) {
                    check_number(world, number, &mut found);
                }
                let before = change
                    .before
                    .as_ref()
                    .and_then(Object::downcast::<PhoneNumber>);
                if let Some(owner) = before.and_then(|number| number.owner) {
                    check_holder(world, owner, &mut found);
                }
            }
            kinds::PERSON | kinds::WORKSPACE => {
                let holder = match kind {
                    kinds::PERSON => Holder::Person(id),
                    _ => Holder::Workspace(id),
                };
                check_holder(world, holder, &mut found);
                check_left(world, holder, change.before.as_ref(), &mut found);
            }
            _ => {}
        }
    }
    found
}

fn on_world(world: &World) -> Vec<Violation> {
    let mut found = Vec::new();
    for (_, number) in world.list::<PhoneNumber>() {
        check_number(world, number, &mut found);
    }
    let people = world.list::<Person>().map(|(id, _)| Holder::Person(id));
    let workspaces = world
        .list::<Workspace>()
        .map(|(id, _)| Holder::Workspace(id));
    for holder in people.chain(workspaces) {
        check_holder(world, holder, &mut found);
    }
    found
}

/// What a number says of its owner is what the owner says.
fn check_number(world: &World, number: &PhoneNumber, found: &mut Vec<Violation>) {
    let Some(owner) = number.owner else { return };
    let has = calling(world, owner).is_some_and(|calling| {
        let primary = calling.number.as_ref() == Some(&number.number);
        let alternate = calling.alternates.iter().any(|a| a.number == number.number);
        calling.location == number.location && if number.alternate { alternate } else { primary }
    });
    if !has {
        found.push(format!(
            "{} is owned by {}, which has it not",
            number.number,
            owner.id()
        ));
    }
}

/// What a holder says of its numbers is what the numbers say.
fn check_holder(world: &World, holder: Holder, found: &mut Vec<Violation>) {
    let Some(calling) = calling(world, holder) else {
        return;
    };
    let alternates = calling.alternates.iter().map(|alternate| &alternate.number);
    for number in calling.number.iter().chain(alternates) {
        if PhoneNumber::find(world, number.as_str()).and_then(|(_, known)| known.owner)
            != Some(holder)
        {
            found.push(format!(
                "{} has {number}, which is not its own",
                holder.id()
            ));
        }
    }
}

/// A number that a holder had is not still said to be its own.
fn check_left(world: &World, holder: Holder, before: Option<&Object>, found: &mut Vec<Violation>) {
    let Some(before) = before else { return };
    let person = before
        .downcast::<Person>()
        .and_then(|person| person.calling.as_ref());
    let workspace = before
        .downcast::<Workspace>()
        .and_then(|place| place.calling.as_ref());
    let Some(calling) = person.or(workspace) else {
        return;
    };
    let alternates = calling.alternates.iter().map(|alternate| &alternate.number);
    let numbers: Vec<Uuid> = calling
        .number
        .iter()
        .chain(alternates)
        .filter_map(|number| PhoneNumber::find(world, number.as_str()))
        .filter(|(_, number)| number.owner == Some(holder))
        .map(|(id, _)| id)
        .collect();
    for id in numbers {
        if let Some(number) = world.get::<PhoneNumber>(id) {
            check_number(world, number, found);
        }
    }
}
