//! The columns of licences: one for each licence and subscription, with TRUE and FALSE in them.

use uuid::Uuid;

use super::{Known, flag};
use crate::licensing::choose::by_age;
use crate::licensing::headers::{find_license, offer};
use crate::model::license::{OFFERS, Offer};
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{License, Subscription, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// Which licences have a column in a kind of file, and how it is called there.
#[derive(Debug, Clone, Copy)]
pub struct LicenseColumns {
    /// Whether a licence has one.
    pub fits: fn(&License) -> bool,
    /// Its header.
    pub header: fn(&World, Uuid) -> String,
}

/// What the licence cells of a row ask for.
#[derive(Debug, Default)]
pub struct Asked {
    /// TRUE where the licence is not held.
    pub add: Vec<Uuid>,
    /// FALSE where the licence is held.
    pub remove: Vec<Uuid>,
    /// FALSE where it is not.
    pub without: Vec<Uuid>,
    /// The Calling licence among the added, where none is held.
    pub calling: Option<Uuid>,
}

impl LicenseColumns {
    /// The licences of an organisation that have a column, of subscriptions that are not gone; the
    /// oldest subscription first, within one in the order of the table of services.
    #[must_use]
    pub fn of(&self, world: &World, organization: Uuid) -> Vec<Uuid> {
        let own = owned::list::<License>(world, organization)
            .filter(|(_, license)| (self.fits)(license) && !is_gone(world, license));
        let mut ids = by_age(world, own.map(|(id, _)| id));
        let subscriptions: Vec<Option<Uuid>> =
            ids.iter().map(|id| subscription(world, *id)).collect();
        ids.sort_by_key(|id| {
            let place = subscriptions
                .iter()
                .position(|known| *known == subscription(world, *id));
            (place, place_of_offer(world, *id))
        });
        ids
    }

    /// Whether a licence's subscription is suspended now (CSV-14).
    #[must_use]
    pub fn is_suspended(&self, world: &World, id: Uuid) -> bool {
        let license = world.get::<License>(id);
        license.is_some_and(|license| status(world, license) == SubscriptionStatus::Suspended)
    }

    /// The licence that a header means.
    #[must_use]
    pub fn find(&self, world: &World, organization: Uuid, name: &str) -> Option<Known<Uuid>> {
        let Some(id) = find_license(world, organization, name) else {
            return self.without_subscription(world, organization, name);
        };
        let license = world.get::<License>(id)?;
        if is_gone(world, license) {
            let detail = format!(
                "Header \"{}\" belongs to a cancelled subscription, whose holders cannot be \
                 changed: delete the column, or restore the subscription.",
                shorten(name),
            );
            let refusal = Refusal::new(ErrorKind::DisabledByCancellation, detail);
            return Some(Known::Refused(refusal.by("DEC-12").by("SUB-03")));
        }
        (self.fits)(license).then_some(Known::Column(id))
    }

    /// The headers of an offer's columns, each in quotes.
    #[must_use]
    pub fn sold(&self, world: &World, organization: Uuid, offer: &Offer) -> Vec<String> {
        let is_of_offer = |id: &Uuid| {
            let license = world.get::<License>(*id);
            license.is_some_and(|license| license.offer() == offer)
        };
        let own = self.of(world, organization).into_iter().filter(is_of_offer);
        own.map(|id| format!("\"{}\"", (self.header)(world, id)))
            .collect()
    }

    /// A service without the subscription that sells it, where several do or none.
    fn without_subscription(
        &self,
        world: &World,
        organization: Uuid,
        name: &str,
    ) -> Option<Known<Uuid>> {
        let sold = self.sold(world, organization, offer(name)?);
        if sold.len() < 2 {
            return None;
        }
        let detail = format!(
            "Header \"{}\" does not tell which subscription is meant; write {}.",
            shorten(name),
            sold.join(" or "),
        );
        let refusal = Refusal::new(ErrorKind::UnknownHeader, detail);
        Some(Known::Refused(refusal.by("DEC-27")))
    }

    /// What licence cells ask of a holder of these licences (CSV-05, CSV-06, CSV-25).
    ///
    /// # Errors
    /// 900013 for a cell that says neither TRUE nor FALSE, 900004 for two Calling licences.
    pub fn asked<'a>(
        &self,
        world: &World,
        cells: impl Iterator<Item = (Uuid, &'a str)>,
        held: &[Uuid],
    ) -> Result<Asked, Refusal> {
        let is_calling = |id: Uuid| {
            let license = world.get::<License>(id);
            license.is_some_and(|license| license.offer().is_calling())
        };
        let mut asked = Asked::default();
        let mut calling_true = Vec::new();
        for (id, text) in cells {
            let Some(wanted) = flag(text, || (self.header)(world, id))? else {
                continue;
            };
            match (wanted, held.contains(&id)) {
                (true, false) => asked.add.push(id),
                (false, true) => asked.remove.push(id),
                (false, false) => asked.without.push(id),
                (true, true) => {}
            }
            if wanted && is_calling(id) {
                calling_true.push(id);
            }
        }
        if calling_true.len() > 1 {
            let names: Vec<String> = calling_true
                .iter()
                .map(|id| (self.header)(world, *id))
                .collect();
            let detail = format!(
                "More than one Calling license is TRUE: {}.",
                names.join(", ")
            );
            return Err(Refusal::new(ErrorKind::TwoCallingLicenses, detail).by("CSV-25"));
        }
        if !held.iter().any(|id| is_calling(*id)) {
            asked.calling = asked.add.iter().copied().find(|id| is_calling(*id));
        }
        Ok(asked)
    }
}

fn subscription(world: &World, id: Uuid) -> Option<Uuid> {
    world.get::<License>(id).map(|license| license.subscription)
}

fn place_of_offer(world: &World, id: Uuid) -> Option<usize> {
    let license = world.get::<License>(id)?;
    OFFERS.iter().position(|offer| offer.code == license.offer)
}

fn status(world: &World, license: &License) -> SubscriptionStatus {
    let subscription = world.get::<Subscription>(license.subscription);
    subscription.map_or(SubscriptionStatus::Deleted, |subscription| {
        subscription.status
    })
}

fn is_gone(world: &World, license: &License) -> bool {
    matches!(
        status(world, license),
        SubscriptionStatus::Cancelled | SubscriptionStatus::Deleted
    )
}
