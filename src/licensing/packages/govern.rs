//! Which licences come and go with a package alone (DEC-75).
//!
//! Edit licences, the public API, files, templates and manual add ask here before they touch a
//! licence, so that what somebody holds is what their package says.

use uuid::Uuid;

use super::{Kind, Row, of_license};
use crate::licensing::held::name;
use crate::licensing::lifecycle;
use crate::model::wholesale::{customer_of, subscriber_of};
use crate::model::{License, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Violation, World};

/// The package that a licence belongs to, when people hold it by a package alone: a licence of a
/// wholesale customer's subscription whose package is one of subscribers. Packages of the customer
/// as a whole are given like any licence.
#[must_use]
pub fn governing(world: &World, id: Uuid) -> Option<&'static Row> {
    let license = world.get::<License>(id)?;
    // Hardly a licence is one of a package, and the table tells that without a look at the world.
    let row = of_license(license).filter(|row| row.kind != Kind::Organization)?;
    let (_, customer) = customer_of(world, license.organization)?;
    (customer.subscription == Some(license.subscription)).then_some(row)
}

/// The licences of a customer that belong to packages of subscribers, in the order of their sale;
/// none where the organisation is no wholesale customer.
#[must_use]
pub fn governs(world: &World, organization: Uuid) -> Option<Vec<(Uuid, &'static Row)>> {
    let (_, customer) = customer_of(world, organization)?;
    let all = lifecycle::licenses(world, customer.subscription?);
    let rows = all.filter_map(|(id, license)| {
        let row = of_license(license)?;
        (row.kind != Kind::Organization).then_some((id, row))
    });
    Some(rows.collect())
}

/// Refuses to give or take the licence of a package by any other way than the package.
///
/// # Errors
/// 900088.
pub fn check_license(world: &World, id: Uuid) -> Result<(), Refusal> {
    let Some(row) = governing(world, id) else {
        return Ok(());
    };
    let detail = format!(
        "{} is the license of the package {}, and comes and goes with it.",
        name(world, id),
        row.name
    );
    Err(Refusal::new(ErrorKind::PackageLicense, detail)
        .by("DEC-75")
        .by("PKG-02"))
}

/// What is wrong between a person's package and their licences, unless a failure explains it
/// (PKG-12). After a purge there are no licences of packages, and nothing is wrong.
#[must_use]
pub fn sound(world: &World, id: Uuid) -> Option<Violation> {
    let person = world.get::<Person>(id)?;
    let all = governs(world, person.organization)?;
    let subscriber = subscriber_of(world, id).map(|(_, subscriber)| subscriber);
    if subscriber.is_some_and(|subscriber| subscriber.failure.is_some()) {
        return None;
    }
    let packages = subscriber.map_or(&[][..], |subscriber| &subscriber.packages);
    let mut all = all.into_iter();
    let (_, row) = all.find(|(license, row)| {
        person.licenses.contains(license) != packages.contains(&row.package)
    })?;
    let (name, package) = (&person.display_name, row.name);
    Some(format!(
        "{name} has {package} without its license, or the reverse"
    ))
}
