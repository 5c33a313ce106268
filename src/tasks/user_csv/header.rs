//! The header of a user CSV: attributes and the organisation's licences.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute, UNREAD, WITHDRAWN};
use crate::licensing::choose::by_age;
use crate::licensing::headers::{csv_header, find_license, strip_suspended};
use crate::model::license::{OFFERS, Offer, Service};
use crate::model::number::shorten;
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
    let names = names(world, organization);
    let find = |name: &str| known(world, organization, name);
    let (found, mut warnings) = columns(header, &names, find)?;
    for (name, column) in header.iter().zip(&found) {
        if column.is_some() && is_old_name(name) {
            let shown = shorten(name);
            warnings.push(format!(
                "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025."
            ));
        }
    }
    if !found.contains(&Some(Column::Attribute(Attribute::Email))) {
        let detail = format!("The column \"{}\" is missing.", Attribute::Email.header());
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-03"));
    }
    Ok((found, warnings))
}

/// Every name that a header may have, to find the nearest among them.
fn names(world: &World, organization: Uuid) -> Vec<String> {
    let attributes = ATTRIBUTES.iter().flat_map(|row| {
        let aliases = row.aliases.iter().copied();
        std::iter::once(row.header).chain(aliases)
    });
    let unread = WITHDRAWN.iter().chain(&UNREAD).copied();
    let mut names: Vec<String> = attributes.chain(unread).map(str::to_owned).collect();
    for id in license_columns(world, organization) {
        let name = csv_header(world, id);
        if let Some(rest) = name.strip_prefix(CUSTOMER_ASSIST) {
            names.push(format!("{OLD_CUSTOMER_ASSIST}{rest}"));
        }
        names.push(name);
    }
    names.push(OLD_CUSTOMER_ASSIST.to_owned());
    names
}

fn known(world: &World, organization: Uuid, name: &str) -> Option<Known<Column>> {
    if let Some(attribute) = Attribute::named(name) {
        return Some(Known::Column(Column::Attribute(attribute)));
    }
    let shown = shorten(name);
    let bare = without_bracket(name);
    let is = |known: &str| known.eq_ignore_ascii_case(bare);
    if WITHDRAWN.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{shown}\" was withdrawn and is not read."
        )));
    }
    if UNREAD.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{shown}\" is not simulated and is not read."
        )));
    }
    let Some(id) = find_license(world, organization, name) else {
        return without_subscription(world, organization, name);
    };
    let license = world.get::<License>(id)?;
    if is_gone(world, license) {
        let detail = format!(
            "Header \"{shown}\" belongs to a cancelled subscription, whose holders cannot be \
             changed: delete the column, or restore the subscription."
        );
        let refusal = Refusal::new(ErrorKind::DisabledByCancellation, detail);
        return Some(Known::Refused(refusal.by("DEC-12").by("SUB-03")));
    }
    has_column(license).then_some(Known::Column(Column::License(id)))
}

/// A service without the subscription that sells it, where several do or none. The old column of
/// Customer Assist is then accepted and passed over like other columns of the past (CSV-28).
fn without_subscription(world: &World, organization: Uuid, name: &str) -> Option<Known<Column>> {
    let offer = Offer::named(name)?;
    let is_of_offer = |id: &Uuid| {
        world
            .get::<License>(*id)
            .is_some_and(|license| license.offer() == offer)
    };
    let sold: Vec<String> = license_columns(world, organization)
        .into_iter()
        .filter(is_of_offer)
        .map(|id| format!("\"{}\"", csv_header(world, id)))
        .collect();
    let shown = shorten(name);
    match (is_old_name(name), sold.as_slice()) {
        (true, []) => Some(Known::Ignored(format!(
            "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025, which this organisation \
             does not have; it is not read."
        ))),
        (true, sold) => Some(Known::Ignored(format!(
            "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025 and does not tell which \
             subscription is meant; it is not read. Write {}.",
            sold.join(" or "),
        ))),
        (false, [_, _, ..]) => {
            let detail = format!(
                "Header \"{shown}\" does not tell which subscription is meant; write {}.",
                sold.join(" or "),
            );
            let refusal = Refusal::new(ErrorKind::UnknownHeader, detail);
            Some(Known::Refused(refusal.by("DEC-27")))
        }
        (false, _) => None,
    }
}

/// The present name of the service, at the start of its header.
const CUSTOMER_ASSIST: &str = "Customer Assist";
/// Its name before May 2025 (CSV-28).
const OLD_CUSTOMER_ASSIST: &str = "Customer Experience Essentials";

/// Whether a header has a name that Customer Assist had before May 2025 (CSV-28).
fn is_old_name(name: &str) -> bool {
    let name = without_bracket(name);
    Offer::named(name).is_some_and(|offer| offer.service == Service::CustomerAssist)
        && !name.eq_ignore_ascii_case(CUSTOMER_ASSIST)
}

/// A header without the subscription that stands behind it in brackets.
fn without_bracket(name: &str) -> &str {
    let name = strip_suspended(name);
    match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
        Some((before, _)) => before.trim_end(),
        None => name,
    }
}
