//! Webhooks: create, get, list, update, deactivate, delete.

use url::Url;
use uuid::Uuid;

use super::text::checked;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{TasksSoFar, WebexId, Webhook, kinds};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// The longest name, filter and secret.
const TEXT_MAX: usize = 1024;
/// The longest address.
const URL_MAX: usize = 2048;
/// The most webhooks of an organisation.
const WEBHOOKS_MAX: usize = 5000;
/// Every resource, or every event of one.
const ALL: &str = "all";

/// Which events a resource has, and whether a webhook may be about the whole organisation. The
/// names are documented; of `dataSources` and `uc_counters` no document names the events.
#[rustfmt::skip]
static RESOURCES: &[(&str, &[&str], bool)] = &[
    ("adminBatchJobs", &["statusChanged"], true),
    ("attachmentActions", &["created"], false),
    ("convergedRecordings", &["created", "updated", "deleted"], true),
    ("dataSources", &["created", "updated", "deleted"], false),
    ("meetingParticipants", &["joined", "left"], true),
    ("meetingTranscripts", &["created"], true),
    ("meetings", &["created", "updated", "deleted", "started", "ended"], true),
    ("memberships", &["created", "updated", "deleted"], false),
    ("messages", &["created", "updated", "deleted"], true),
    ("recordings", &["created", "updated", "deleted"], true),
    ("rooms", &["created", "updated", "migrated"], true),
    ("serviceApp", &["authorized", "deauthorized"], false),
    ("telephony_calls", &["created", "updated", "deleted"], false),
    ("telephony_conference", &["created", "updated", "deleted"], false),
    ("telephony_mwi", &["created", "updated", "deleted"], false),
    ("uc_counters", &["created", "updated", "deleted"], false),
    (ALL, &[], false),
];

/// Filters that need a webhook of the whole organisation (contract: Create a Webhook).
const ORG_FILTERS: [&str; 4] = ["hostEmail", "hostUserId", "ownerEmail", "ownerId"];

/// Whose webhooks a caller sees.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// The caller's organisation.
    pub organization: Uuid,
    /// The caller; none for a token that acts as nobody.
    pub person: Option<Uuid>,
    /// Whether those of the whole organisation, too.
    pub sees_org_wide: bool,
}

impl Viewer {
    /// Whether a webhook is among them.
    #[must_use]
    pub fn sees(self, webhook: &Webhook) -> bool {
        let own = webhook.creator == self.person;
        webhook.organization == self.organization && (own || webhook.org_wide && self.sees_org_wide)
    }
}

/// What a new webhook is.
#[derive(Debug, Clone, Default)]
pub struct NewWebhook {
    /// A name for people.
    pub name: String,
    /// Where events are to be sent.
    pub target_url: String,
    /// What it is about.
    pub resource: String,
    /// What happens to it.
    pub event: String,
    /// Which of them.
    pub filter: Option<String>,
    /// The key of the signature.
    pub secret: Option<String>,
    /// Whether it is about the whole organisation.
    pub org_wide: bool,
    /// How far tasks have come.
    pub after: TasksSoFar,
}

/// What a PUT changes.
#[derive(Debug, Clone, Default)]
pub struct WebhookUpdate {
    /// A name for people.
    pub name: String,
    /// Where events are to be sent.
    pub target_url: String,
    /// The key of the signature; an empty text clears it, none leaves it as it is.
    pub secret: Option<String>,
    /// Whether it is to work again.
    pub activates: bool,
}

/// A webhook that the viewer sees.
///
/// # Errors
/// 404.
pub fn get(world: &World, viewer: Viewer, id: Uuid) -> Result<&Webhook, Refusal> {
    let found = world.get::<Webhook>(id);
    let found = found.filter(|webhook| viewer.sees(webhook));
    found.ok_or_else(|| Refusal::not_found("Webhook", &WebexId::Webhook.encode(id)))
}

/// The webhooks of the whole organisation, or the viewer's own.
pub fn list(
    world: &World,
    viewer: Viewer,
    org_wide: bool,
) -> impl Iterator<Item = (Uuid, &Webhook)> {
    let webhooks = world.list::<Webhook>();
    webhooks.filter(move |(_, webhook)| match org_wide {
        true => webhook.org_wide && viewer.sees(webhook),
        false => webhook.creator == viewer.person && viewer.sees(webhook),
    })
}

/// Creates a webhook.
///
/// # Errors
/// 400 for values that are not allowed.
pub fn create(tx: &mut Tx, viewer: Viewer, new: NewWebhook) -> Result<Uuid, Refusal> {
    let organization = viewer.organization;
    if owned::list::<Webhook>(tx, organization).count() >= WEBHOOKS_MAX {
        let detail = format!("An organization has at most {WEBHOOKS_MAX} webhooks.");
        return Err(Refusal::bad_request(detail));
    }
    check_subject(&new)?;
    let filter = new.filter.filter(|filter| !filter.is_empty());
    if let Some(filter) = &filter {
        check_filter(filter, new.org_wide)?;
    }
    let webhook = Webhook {
        organization,
        creator: viewer.person,
        name: checked("name", &new.name, TEXT_MAX)?,
        target_url: checked_url(&new.target_url)?,
        resource: new.resource,
        event: new.event,
        filter,
        secret: checked_secret(new.secret)?,
        org_wide: new.org_wide,
        active: true,
        after: new.after,
        created: tx.now(),
    };
    let id = tx.new_id::<Webhook>();
    tx.put(id, webhook)?;
    Ok(id)
}

/// Changes what a PUT may change.
///
/// # Errors
/// 404, and 400 for values that are not allowed.
pub fn update(tx: &mut Tx, viewer: Viewer, id: Uuid, change: WebhookUpdate) -> Result<(), Refusal> {
    let mut webhook = get(tx, viewer, id)?.clone();
    webhook.name = checked("name", &change.name, TEXT_MAX)?;
    webhook.target_url = checked_url(&change.target_url)?;
    if change.secret.is_some() {
        webhook.secret = checked_secret(change.secret)?;
    }
    webhook.active |= change.activates;
    tx.put(id, webhook)?;
    Ok(())
}

/// Makes a webhook inactive whose target fails too often (DEC-111).
///
/// # Errors
/// None: no other webhook stands in its way, and one that is gone stays so.
pub fn deactivate(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    tx.by_rule("DEC-111");
    tx.update::<Webhook>(id, |webhook| webhook.active = false)?;
    Ok(())
}

/// Deletes a webhook.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, viewer: Viewer, id: Uuid) -> Result<(), Refusal> {
    get(tx, viewer, id)?;
    tx.delete(kinds::WEBHOOK, id);
    Ok(())
}

/// Deletes the webhooks of a person who goes; those of the organisation stay, with nobody's name.
pub(super) fn forget(tx: &mut Tx, person: Uuid) -> Result<(), Refusal> {
    let own = tx.list::<Webhook>();
    let own = own.filter(|(_, webhook)| webhook.creator == Some(person));
    let own: Vec<(Uuid, bool)> = own.map(|(id, webhook)| (id, webhook.org_wide)).collect();
    for (id, org_wide) in own {
        match org_wide {
            true => drop(tx.update::<Webhook>(id, |webhook| webhook.creator = None)?),
            false => drop(tx.delete(kinds::WEBHOOK, id)),
        }
    }
    Ok(())
}

/// Refuses what nobody could have said of a webhook.
pub(super) fn bounds(kept: &Webhook) -> Result<(), Refusal> {
    checked("name", &kept.name, TEXT_MAX)?;
    checked_url(&kept.target_url)?;
    checked_secret(kept.secret.clone())?;
    if let Some(filter) = &kept.filter {
        check_filter(filter, kept.org_wide)?;
    }
    check_subject(&NewWebhook {
        resource: kept.resource.clone(),
        event: kept.event.clone(),
        org_wide: kept.org_wide,
        ..NewWebhook::default()
    })
}

fn check_subject(new: &NewWebhook) -> Result<(), Refusal> {
    let known = RESOURCES.iter().find(|(name, ..)| *name == new.resource);
    let Some((resource, events, org_wide)) = known else {
        let names: Vec<&str> = RESOURCES.iter().map(|(name, ..)| *name).collect();
        let shown = shorten(&new.resource);
        let detail = format!("resource \"{shown}\" is none of {}.", names.join(", "));
        return Err(Refusal::bad_request(detail));
    };
    if new.event != ALL && !events.contains(&new.event.as_str()) {
        let shown = shorten(&new.event);
        let mut names = events.to_vec();
        names.push(ALL);
        let names = names.join(", ");
        let detail = format!("event \"{shown}\" is none of the events of {resource}: {names}.");
        return Err(Refusal::bad_request(detail));
    }
    if new.org_wide && !org_wide {
        let names = RESOURCES.iter().filter(|(_, _, org_wide)| *org_wide);
        let names: Vec<&str> = names.map(|(name, ..)| *name).collect();
        let names = names.join(", ");
        let detail = format!("ownedBy \"org\" is supported for {names}, not for {resource}.");
        return Err(Refusal::bad_request(detail));
    }
    Ok(())
}

/// A filter is `name=value`, or several of them joined by `&`.
fn check_filter(filter: &str, org_wide: bool) -> Result<(), Refusal> {
    checked("filter", filter, TEXT_MAX)?;
    for pair in filter.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or_default();
        if name.is_empty() || value.is_empty() {
            let detail = "filter must be name=value, or several of them joined by &.";
            return Err(Refusal::bad_request(detail));
        }
        if ORG_FILTERS.contains(&name) && !org_wide {
            let detail = format!("A filter of {name} needs ownedBy \"org\".");
            return Err(Refusal::bad_request(detail));
        }
    }
    Ok(())
}

fn checked_secret(secret: Option<String>) -> Result<Option<String>, Refusal> {
    match secret.filter(|secret| !secret.is_empty()) {
        None => Ok(None),
        Some(secret) => checked("secret", &secret, TEXT_MAX).map(Some),
    }
}

fn checked_url(text: &str) -> Result<String, Refusal> {
    let url = checked("targetUrl", text, URL_MAX)?;
    match address(&url) {
        Ok(_) => Ok(url),
        Err(why) => {
            let detail = format!("targetUrl must be an absolute http or https URL: {why}.");
            Err(Refusal::bad_request(detail))
        }
    }
}

/// An address that webhooks may have, as browsers read it.
///
/// # Errors
/// Why it is none.
pub fn address(text: &str) -> Result<Url, String> {
    let rest = text.strip_prefix("https://");
    let rest = rest.or_else(|| text.strip_prefix("http://"));
    let rest = rest.ok_or("it begins with neither http:// nor https://")?;
    // A browser would take the path for the host, and leave blanks out.
    if rest.starts_with(['/', '\\']) {
        return Err("it has no host".to_owned());
    }
    if text.contains(char::is_whitespace) {
        return Err("it has a blank".to_owned());
    }
    Url::parse(text).map_err(|error| error.to_string())
}
