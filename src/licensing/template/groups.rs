//! What a template means for one person: licences that stand for each other form a group, of
//! which a person gets one.

use uuid::Uuid;

use crate::licensing::choose::{by_age, oldest};
use crate::model::license::Service;
use crate::model::{Holder, License};
use crate::world::World;

/// What makes licences stand for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group<'a> {
    /// Calling of whatever kind.
    Calling,
    /// Agents of Contact Center.
    Agent,
    /// The same offer for the same site, of several subscriptions (TMPL-10).
    Offer(&'a str, Option<&'a str>),
}

impl<'a> Group<'a> {
    /// The group of a licence.
    pub fn of(world: &'a World, id: Uuid) -> Option<Self> {
        let license = world.get::<License>(id)?;
        Some(match license.offer().service {
            _ if license.offer().is_calling() => Self::Calling,
            Service::ContactCenterStandard | Service::ContactCenterPremium => Self::Agent,
            _ => Self::Offer(&license.offer, license.site_url.as_deref()),
        })
    }
}

/// The licences of a template by group, in the order in which the groups are named first.
pub(super) fn groups<'a>(world: &'a World, licenses: &[Uuid]) -> Vec<(Group<'a>, Vec<Uuid>)> {
    let mut found: Vec<(Group<'a>, Vec<Uuid>)> = Vec::new();
    for id in licenses {
        let Some(group) = Group::of(world, *id) else {
            continue;
        };
        match found.iter_mut().find(|(known, _)| *known == group) {
            Some((_, members)) => members.push(*id),
            None => found.push((group, vec![*id])),
        }
    }
    for (group, members) in &mut found {
        let premium = |id: &Uuid| service(world, *id) == Some(Service::ContactCenterPremium);
        // Of the two licences for agents the greater one is given.
        if *group == Group::Agent && members.iter().any(premium) {
            members.retain(premium);
        }
    }
    found
}

/// Which licence of a group a person is to get: of the oldest subscription that can give one
/// (SUB-10, DEC-20); when none can, of the oldest, whose refusal tells why.
pub(super) fn choice(world: &World, members: &[Uuid], person: Uuid) -> Option<Uuid> {
    let holder = Holder::Person(person);
    oldest(world, members.iter().copied(), holder)
        .or_else(|| by_age(world, members.iter().copied()).first().copied())
}

pub(super) fn service(world: &World, id: Uuid) -> Option<Service> {
    world
        .get::<License>(id)
        .map(|license| license.offer().service)
}

/// Base licences are given to everybody and not taken away by a template (TMPL-21); Screen Share
/// and Messenger cannot be taken away at all.
pub(super) fn stays(world: &World, id: Uuid) -> bool {
    is_base(world, id)
        || matches!(
            service(world, id),
            Some(Service::ScreenShare | Service::Messenger)
        )
}

/// Whether it is one of the free base licences (TMPL-21).
pub(super) fn is_base(world: &World, id: Uuid) -> bool {
    matches!(
        service(world, id),
        Some(Service::FreeMessaging | Service::FreeMeetings | Service::CallOnWebex)
    )
}
