//! Who does not have what the template would give, and why it cannot be given (TMPL-17, TMPL-18).

use uuid::Uuid;

use super::apply::{Calling, Plan};
use super::get;
use crate::licensing::assignment::foretell;
use crate::licensing::change::{Add, Change, Route};
use crate::model::{Holder, LicenseTemplate, Person};
use crate::refusal::Refusal;
use crate::world::World;

/// A licence that a person cannot get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// The person.
    pub person: Uuid,
    /// The licence.
    pub license: Uuid,
    /// Why not.
    pub refusal: Refusal,
}

/// Everybody of an organisation whom its template could not serve, in the order of their ids:
/// what would fail if it were applied to them now as it was saved last. Who holds another licence
/// of the same kind lacks nothing, unless that save was to replace it.
#[must_use]
pub fn report(world: &World, organization: Uuid) -> Vec<Shortfall> {
    let Some(template) = get(world, organization) else {
        return Vec::new();
    };
    let people = world
        .list::<Person>()
        .filter(|(_, p)| p.organization == organization);
    let of_person = |person| {
        let missing = shortfalls(world, person, template).into_iter();
        missing.map(move |(license, refusal)| Shortfall {
            person,
            license,
            refusal,
        })
    };
    people.flat_map(|(id, _)| of_person(id)).collect()
}

fn shortfalls(world: &World, person: Uuid, template: &LicenseTemplate) -> Vec<(Uuid, Refusal)> {
    let preserve = template.preserve_licenses || !template.existing_users;
    let Ok(plan) = Plan::of(world, person, template, preserve) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut change = Change {
        holder: Holder::Person(person),
        add: plan.add.into_iter().map(Add::plain).collect(),
        remove: plan.remove,
        route: match preserve {
            true => Route::TemplatePreserve,
            false => Route::TemplateReplace,
        },
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
