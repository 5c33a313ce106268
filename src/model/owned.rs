//! What belongs to one organisation, or to a partner: found and listed for its owner alone, so that
//! nobody comes to what is another's.

use uuid::Uuid;

use super::billing::{BillingReport, SubscriptionTags};
use super::wholesale::Customer;
use super::{
    Agent, CustomRole, Device, Group, License, LicenseTemplate, Location, Person, PhoneNumber,
    Report, Subscription, Team, UserProfile, Webhook, Workspace,
};
use crate::world::{Entity, World};

/// What has an owner.
pub trait Owned: Entity {
    /// The organisation or the partner whose it is.
    fn owner(&self) -> Uuid;
}

macro_rules! owned {
    ($owner:ident: $($kind:ty),*) => {
        $(impl Owned for $kind {
            fn owner(&self) -> Uuid {
                self.$owner
            }
        })*
    };
}

owned!(organization: Agent, CustomRole, Device, Group, License, LicenseTemplate, Location, Person);
owned!(organization: PhoneNumber, Report, Subscription, Team, UserProfile, Webhook, Workspace);
owned!(partner: BillingReport, Customer, SubscriptionTags);

/// What has an id, unless it is somebody else's.
pub fn get<T: Owned>(world: &World, owner: Uuid, id: Uuid) -> Option<&T> {
    world.get::<T>(id).filter(|found| found.owner() == owner)
}

/// Whether an owner has this.
#[must_use]
pub fn has<T: Owned>(world: &World, owner: Uuid, id: Uuid) -> bool {
    get::<T>(world, owner, id).is_some()
}

/// All of a kind that an owner has.
pub fn list<T: Owned>(world: &World, owner: Uuid) -> impl Iterator<Item = (Uuid, &T)> {
    let all = world.list::<T>();
    all.filter(move |(_, found)| found.owner() == owner)
}
