//! The header of a user CSV: attributes and the organisation's licences.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute, UNREAD, WITHDRAWN};
use crate::licensing::choose::by_age;
use crate::licensing::headers::{csv_header, find_license};
use crate::model::license::{OFFERS, Service};
use crate::model::{License, Subscription, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{Known, columns};
use crate::world::World;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Column {
    /// The person itself.
    Attribute(Attribute),
    /// A licence.
    License(Uuid),
}

/// The licences that have a column: those that people can be given, of subscriptions that are not
/// gone; the oldest subscription first, within one in the order of the table of services.
#[must_use]
pub fn license_columns(world: &World, organization: Uuid) -> Vec<Uuid> {
    let own = world.list::<License>().filter(|(_, license)| {
        license.organization == organization && has_column(license) && !is_gone(world, license)
    });
    let mut ids = by_age(world, own.map(|(id, _)| id));
    let subscriptions: Vec<Option<Uuid>> = ids.iter().map(|id| subscription(world, *id)).collect();
    ids.sort_by_key(|id| {
        let place = subscriptions
            .iter()
            .position(|known| *known == subscription(world, *id));
        (place, place_of_offer(world, *id))
    });
    ids
}

fn subscription(world: &World, id: Uuid) -> Option<Uuid> {
    world.get::<License>(id).map(|license| license.subscription)
}

fn place_of_offer(world: &World, id: Uuid) -> Option<usize> {
    let license = world.get::<License>(id)?;
    OFFERS.iter().position(|offer| offer.code == license.offer)
}

/// Screen Share and Messenger cannot be managed for each user; Room Kit belongs to workspaces.
fn has_column(license: &License) -> bool {
    let offer = license.offer();
    offer.for_people()
        && offer.code != "RMK"
        && !matches!(offer.service, Service::ScreenShare | Service::Messenger)
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

/// Whether a licence's subscription is suspended now (CSV-14).
pub(super) fn is_suspended(world: &World, id: Uuid) -> bool {
    let license = world.get::<License>(id);
    license.is_some_and(|license| status(world, license) == SubscriptionStatus::Suspended)
}

/// The columns that a header names, and warnings about those that are not read.
///
/// # Errors
/// 900009 for an unknown header, 900016 for one that stands there twice, 900015 when the key is
/// missing.
pub(super) fn read(
    world: &World,
    organization: Uuid,
    header: &[String],
) -> Result<(Vec<Option<Column>>, Vec<String>), Refusal> {
    let licenses = license_columns(world, organization);
    let attributes = ATTRIBUTES.iter().map(|row| row.header.to_owned());
    let names: Vec<String> = attributes
        .chain(licenses.iter().map(|id| csv_header(world, *id)))
        .collect();
    let mut old_names = Vec::new();
    for name in header.iter().filter(|name| is_old_name(name)) {
        old_names.push(format!(
            "\"{name}\" is called \"Customer Assist\" since May 2025."
        ));
    }
    let find = |name: &str| known(world, organization, name);
    let (found, mut warnings) = columns(header, &names, find)?;
    warnings.extend(old_names);
    if !found.contains(&Some(Column::Attribute(Attribute::Email))) {
        let detail = format!("The column \"{}\" is missing.", Attribute::Email.header());
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-03"));
    }
    Ok((found, warnings))
}

fn known(world: &World, organization: Uuid, name: &str) -> Option<Known<Column>> {
    if let Some(attribute) = Attribute::named(name) {
        return Some(Known::Column(Column::Attribute(attribute)));
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if WITHDRAWN.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{name}\" was withdrawn and is not read."
        )));
    }
    if UNREAD.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{name}\" is not simulated and is not read."
        )));
    }
    let id = find_license(world, organization, name)?;
    let license = world.get::<License>(id)?;
    if is_gone(world, license) {
        let reason = format!(
            "Header \"{name}\" belongs to a cancelled subscription; delete the column, or restore \
             the subscription."
        );
        return Some(Known::Refused(reason));
    }
    has_column(license).then_some(Known::Column(Column::License(id)))
}

/// Whether a header has the name that Customer Assist had before May 2025 (CSV-28).
fn is_old_name(name: &str) -> bool {
    const OLD: &str = "customer experience essentials";
    name.get(..OLD.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(OLD))
}
