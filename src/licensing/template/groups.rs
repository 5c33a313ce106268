//! What a template means for one person: licences that stand for each other form a group, of
//! which a person gets one.

use uuid::Uuid;

use crate::licensing::choose::{by_age, oldest};
use crate::licensing::packages;
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

/// Licences of templates of which a person gets one.
#[derive(Debug)]
pub(super) struct Choices<'a> {
    /// What makes them stand for each other.
    pub group: Group<'a>,
    /// Those from which one is chosen.
    pub best: Vec<Uuid>,
    /// Those that give less, which a person does not get beside or instead.
    pub outranked: Vec<Uuid>,
}

/// The licences of templates by group, in the order in which the groups are named first. Of the
/// two licences for agents Premium is given (TMPL-19), of several Calling licences the one that
/// gives most (DEC-60).
pub(super) fn groups<'a>(world: &'a World, licenses: &[Uuid]) -> Vec<Choices<'a>> {
    let mut found: Vec<Choices<'a>> = Vec::new();
    for id in licenses {
        let Some(group) = Group::of(world, *id) else {
            continue;
        };
        match found.iter_mut().find(|known| known.group == group) {
            Some(known) => known.best.push(*id),
            None => found.push(Choices {
                group,
                best: vec![*id],
                outranked: Vec::new(),
            }),
        }
    }
    for choices in &mut found {
        let most = choices.best.iter().map(|id| rank(world, *id)).max();
        let (best, outranked) = std::mem::take(&mut choices.best)
            .into_iter()
            .partition(|id| Some(rank(world, *id)) == most);
        (choices.best, choices.outranked) = (best, outranked);
    }
    found
}

/// How much a licence gives among those that stand for each other.
fn rank(world: &World, id: Uuid) -> u8 {
    match service(world, id) {
        Some(Service::CustomerAssist) => 2,
        Some(Service::CallingProfessional | Service::ContactCenterPremium) => 1,
        _ => 0,
    }
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
/// and Messenger cannot be taken away at all, and licences of packages go with these (DEC-75).
pub(super) fn stays(world: &World, id: Uuid) -> bool {
    is_base(world, id)
        || packages::governing(world, id).is_some()
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
