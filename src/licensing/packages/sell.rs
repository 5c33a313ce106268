//! What a wholesale customer has: the subscription whose licences are its packages, and how many
//! of each may be assigned (PKG-16).

use std::collections::BTreeMap;

use uuid::Uuid;

use super::of;
use crate::licensing::lifecycle;
use crate::licensing::sale::{self, Sale, SoldLicense};
use crate::model::subscription::Partner;
use crate::model::wholesale::{Customer, Package, customer_of};
use crate::model::{License, Organization, SubscriptionStatus, WebexId, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The licences that *Add services only* gives beside a package (PKG-09).
const BASIC: [&str; 3] = ["FMS", "FTM", "COW"];
/// Wholesale is paid by use and has no end of its own; inferred: a hundred years.
const TERM_DAYS: i64 = 36_500;

/// Gives a customer's organisation exactly these packages, with these limits; a package without
/// one has no limit.
///
/// # Errors
/// 404 for a customer that is not there, 409 for a package or units that are in use.
pub fn provision(
    tx: &mut Tx,
    customer: Uuid,
    packages: &[Package],
    limits: &BTreeMap<Package, u32>,
) -> Result<(), Refusal> {
    check_removal(tx, customer, packages, limits)?;
    let subscription = match get(tx, customer)?.subscription {
        Some(id) => id,
        None => open(tx, customer)?,
    };
    let organization = get(tx, customer)?.organization;
    let organization = organization.ok_or_else(|| missing(customer))?;
    for id in gone(tx, subscription, packages) {
        tx.delete(kinds::LICENSE, id);
    }
    for package in packages {
        let row = of(*package);
        let total_units = limits.get(package).map_or(-1, |limit| i64::from(*limit));
        match license(tx, subscription, row.offer) {
            Some(id) => tx.update::<License>(id, |it| it.total_units = total_units)?,
            None => {
                let sold = SoldLicense {
                    name: row.offer.to_owned(),
                    total_units,
                    site_url: None,
                };
                sale::add(tx, organization, subscription, sold)?;
            }
        }
    }
    tx.update::<Customer>(customer, |customer| {
        customer.packages = packages.to_vec();
        customer.subscription = Some(subscription);
    })?;
    Ok(())
}

/// Refuses to take away packages that subscribers have, or more units than are free.
///
/// # Errors
/// 404, 409.
pub fn check_removal(
    world: &World,
    customer: Uuid,
    packages: &[Package],
    limits: &BTreeMap<Package, u32>,
) -> Result<(), Refusal> {
    let Some(subscription) = get(world, customer)?.subscription else {
        return Ok(());
    };
    for id in gone(world, subscription, packages) {
        let held = world.get::<License>(id).map_or(0, License::consumed_units);
        if held > 0 {
            let name = world.get::<License>(id).map(|it| it.offer().api_name);
            let detail = format!(
                "{} is assigned to {held} holders; give them another package first.",
                name.unwrap_or_default()
            );
            return Err(Refusal::new(ErrorKind::PackageInUse, detail));
        }
    }
    for (package, limit) in limits {
        let row = of(*package);
        let held = license(world, subscription, row.offer);
        let held = held.and_then(|id| world.get::<License>(id));
        let held = held.map_or(0, License::consumed_units);
        if held > i64::from(*limit) {
            let detail = format!(
                "The limit of {} cannot be {limit}: {held} are assigned.",
                row.name
            );
            return Err(Refusal::new(ErrorKind::UnitsInUse, detail).by("PKG-16"));
        }
    }
    Ok(())
}

/// The basic licences of a customer that *Add services only* gives beside a package (PKG-09).
#[must_use]
pub fn basic(world: &World, organization: Uuid) -> Vec<Uuid> {
    let found = customer_of(world, organization);
    let subscription = found.and_then(|(_, customer)| customer.subscription);
    let all = BASIC.iter();
    all.filter_map(|offer| license(world, subscription?, offer))
        .collect()
}

/// The licence of an offer in a subscription.
pub(super) fn license(world: &World, subscription: Uuid, offer: &str) -> Option<Uuid> {
    let mut all = lifecycle::licenses(world, subscription);
    all.find(|(_, license)| license.offer == offer)
        .map(|(id, _)| id)
}

/// The licences of packages that are no longer wanted.
fn gone(world: &World, subscription: Uuid, packages: &[Package]) -> Vec<Uuid> {
    let all = lifecycle::licenses(world, subscription);
    let gone = all.filter(|(_, license)| {
        super::of_license(license).is_some_and(|row| !packages.contains(&row.package))
    });
    gone.map(|(id, _)| id).collect()
}

fn open(tx: &mut Tx, customer: Uuid) -> Result<Uuid, Refusal> {
    let owner = get(tx, customer)?;
    let (partner, organization) = (owner.partner, owner.organization);
    let organization = organization.ok_or_else(|| missing(customer))?;
    let seller = tx.get::<Organization>(partner);
    let name = seller.map(|seller| seller.name.clone()).unwrap_or_default();
    let basic = BASIC.map(|code| SoldLicense {
        name: code.to_owned(),
        total_units: -1,
        site_url: None,
    });
    let sale = Sale {
        code: None,
        name: "Webex Wholesale".to_owned(),
        status: SubscriptionStatus::Active,
        trial: false,
        partner: Some(Partner {
            org_id: Some(WebexId::Organization.encode(partner)),
            name,
        }),
        created_at: tx.now(),
        end_date: tx.now().plus_days(TERM_DAYS),
        licenses: basic.into(),
    };
    sale::sell(tx, organization, sale)
}

fn get(world: &World, customer: Uuid) -> Result<&Customer, Refusal> {
    let found = world.get::<Customer>(customer);
    found.ok_or_else(|| missing(customer))
}

fn missing(customer: Uuid) -> Refusal {
    Refusal::not_found("Customer", &WebexId::Customer.encode(customer))
}
