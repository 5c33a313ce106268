//! Licences by their written names: ids, and the headers of CSV columns (behaviour.md C3, C5).

use std::borrow::Cow;

use uuid::Uuid;

use super::choose::of_offer;
use super::held::{code, status};
use crate::model::license::{Offer, Service, find_by_id};
use crate::model::owned;
use crate::model::{License, Subscription, SubscriptionStatus, spaces};
use crate::world::World;

/// The mark of a column whose subscription is suspended (CSV-14).
const SUSPENDED: &str = " (Suspended)";

/// The names of workspace licences in the device CSV (behaviour.md C5).
const WORKSPACE_NAMES: &[(&str, &str)] = &[
    ("BCSTD", "Webex Calling Professional Workspace"),
    ("BCCA", "Webex Calling Workspace"),
];

/// The plain id of the subscription that sells a licence.
#[must_use]
pub fn plain_id<'a>(world: &'a World, license: &License) -> Cow<'a, str> {
    code(world, license)
}

/// The header of a licence's column in the user CSV.
#[must_use]
pub fn csv_header(world: &World, id: Uuid) -> String {
    let Some(license) = world.get::<License>(id) else {
        return String::new();
    };
    header(world, license, license.offer().csv_name)
}

/// The header of a licence's column in the device CSV.
#[must_use]
pub fn workspace_csv_header(world: &World, id: Uuid) -> String {
    let Some(license) = world.get::<License>(id) else {
        return String::new();
    };
    let own = WORKSPACE_NAMES
        .iter()
        .find(|(offer, _)| *offer == license.offer);
    header(
        world,
        license,
        own.map_or(license.offer().csv_name, |(_, name)| name),
    )
}

fn header(world: &World, license: &License, name: &str) -> String {
    let site = license
        .site_url
        .as_ref()
        .map(|site| format!("{site} - "))
        .unwrap_or_default();
    let bracket = needs_bracket(world, license).then(|| format!(" [{}]", code(world, license)));
    let bracket = bracket.unwrap_or_default();
    let suspended = match status(world, license) {
        SubscriptionStatus::Suspended => SUSPENDED,
        _ => "",
    };
    format!("{site}{name}{bracket}{suspended}")
}

/// Base and Contact Center licences and wholesale packages name their subscription only where
/// several sell them.
fn needs_bracket(world: &World, license: &License) -> bool {
    let plain = matches!(
        license.offer().service,
        Service::FreeMessaging
            | Service::FreeMeetings
            | Service::CallOnWebex
            | Service::ContactCenterStandard
            | Service::ContactCenterPremium
            | Service::PackageCalling
            | Service::PackageVoice
            | Service::Package
    );
    !plain
        || of_offer(world, license.organization, &license.offer)
            .nth(1)
            .is_some()
}

/// The licence that a text means: its Webex id, its uuid, or its column's header in any accepted
/// spelling. The mark `(Suspended)` may be left out (DEC-26); so may the subscription, where only
/// one sells the service.
#[must_use]
pub fn find_license(world: &World, organization: Uuid, text: &str) -> Option<Uuid> {
    let text = text.trim();
    if let Some(id) = find_by_id(world, organization, text) {
        return Some(id);
    }
    let wanted = Written::read(text);
    let subscription = match wanted.subscription {
        Some(written) => Some(world.find(spaces::SUBSCRIPTION, Uuid::nil(), written)?),
        None => None,
    };
    let own = owned::list::<License>(world, organization);
    let mut found = own.filter(|(_, license)| {
        subscription.is_none_or(|subscription| license.subscription == subscription)
            && wanted.names(license)
            && world.get::<Subscription>(license.subscription).is_some()
    });
    let (id, _) = found.next()?;
    found.next().is_none().then_some(id)
}

/// A header taken apart.
#[derive(Debug)]
struct Written<'a> {
    site: Option<&'a str>,
    name: &'a str,
    offer: Option<&'static Offer>,
    subscription: Option<&'a str>,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Self {
        let text = strip_suspended(text);
        let (text, subscription) = match text.strip_suffix(']').and_then(|t| t.rsplit_once('[')) {
            Some((before, code)) => (before.trim_end(), Some(code.trim())),
            None => (text, None),
        };
        if let (None, Some((site, name))) = (offer(text), text.split_once(" - ")) {
            return Self {
                site: Some(site.trim()),
                name: name.trim(),
                offer: offer(name),
                subscription,
            };
        }
        Self {
            site: None,
            name: text.trim(),
            offer: offer(text),
            subscription,
        }
    }

    fn names(&self, license: &License) -> bool {
        let site = match (self.site, license.site_url.as_deref()) {
            (Some(written), Some(site)) => written.eq_ignore_ascii_case(site),
            (Some(_), None) => false,
            (None, _) => true,
        };
        // A wholesale package may have the name of a licence that others buy.
        let own = license.offer();
        site && (self.offer == Some(own) || own.is_named(self.name))
    }
}

/// A header without its mark `(Suspended)`.
#[must_use]
pub fn strip_suspended(text: &str) -> &str {
    let mark = SUSPENDED.trim_start();
    let start = text.len().saturating_sub(mark.len());
    match text.split_at_checked(start) {
        Some((before, end)) if end.eq_ignore_ascii_case(mark) => before.trim_end(),
        _ => text,
    }
}

/// The offer of a name that a column may have, without any subscription.
#[must_use]
pub fn offer(name: &str) -> Option<&'static Offer> {
    let own = WORKSPACE_NAMES
        .iter()
        .find(|(_, own)| own.eq_ignore_ascii_case(name.trim()));
    own.and_then(|(code, _)| Offer::coded(code))
        .or_else(|| Offer::named(name))
}
