//! Who does not have what the template would give, and why it cannot be given (TMPL-17, TMPL-18).

use uuid::Uuid;

use super::combined::{Combined, combined};
use super::plan::{Calling, Keep, Plan};
use super::{get, list};
use crate::licensing::assignment::foretell;
use crate::licensing::change::{Add, Change};
use crate::model::owned;
use crate::model::{Holder, Person};
use crate::refusal::Refusal;
use crate::world::World;

/// A licence that a person cannot get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// The person.
    pub person: Uuid,
    /// The licence.
    pub license: Uuid,
    /// The ids under which the templates stand that name it.
    pub sources: Vec<Uuid>,
    /// Why not.
    pub refusal: Refusal,
}

/// Everybody of an organisation whom its templates could not serve, in the order of their ids:
/// what would fail if they were applied to them now as they were saved last. Who holds another
/// licence of the same kind lacks nothing, unless that save was to replace it.
#[must_use]
pub fn report(world: &World, organization: Uuid) -> Vec<Shortfall> {
    if list(world, organization).next().is_none() {
        return Vec::new();
    }
    let own = owned::list::<Person>(world, organization);
    let people: Vec<Uuid> = own.map(|(id, _)| id).collect();
    let theirs = combined(world, organization, &people);
    let of_person = |(person, theirs): (&Uuid, &Combined)| {
        let missing = shortfalls(world, *person, theirs).into_iter();
        let sources = |license: Uuid| {
            let names =
                |id: &&Uuid| get(world, **id).is_some_and(|it| it.licenses.contains(&license));
            theirs.sources.iter().filter(names).copied().collect()
        };
        let missing = missing.map(|(license, refusal)| Shortfall {
            person: *person,
            license,
            sources: sources(license),
            refusal,
        });
        missing.collect::<Vec<_>>()
    };
    theirs.iter().flat_map(of_person).collect()
}

fn shortfalls(world: &World, person: Uuid, theirs: &Combined) -> Vec<(Uuid, Refusal)> {
    let keep = Keep::preserving(theirs.preserves);
    let Ok(plan) = Plan::of(world, person, &theirs.licenses, keep) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut change = Change {
        holder: Holder::Person(person),
        route: plan.route(keep),
        add: plan.add.into_iter().map(Add::plain).collect(),
        remove: plan.remove,
    };
    match plan.calling {
        Calling::Keep => {}
        Calling::Refused(license, refusal) => found.push((license, refusal)),
        Calling::Change { add, remove } => {
            change.add.splice(0..0, add);
            change.remove.extend(remove);
        }
    }
    found.extend(foretell(world, change));
    found
}
