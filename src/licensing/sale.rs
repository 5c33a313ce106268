//! Selling: a new subscription with its licences. Scenarios and `POST /_sim/v1/subscriptions`
//! both come here.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::lifecycle::{arm, date_cancellation};
use crate::model::license::OFFERS;
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::subscription::Partner;
use crate::model::{License, Offer, Organization, Subscription, SubscriptionStatus, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, Tx, World};

/// The longest plain id and the longest name of a subscription.
const TEXT_MAX: usize = 64;
/// The most units of one licence.
const UNITS_MAX: i64 = 10_000_000;
/// The number after which subscriptions without an id of their own are counted.
const FIRST_CODE: u32 = 200_001;

/// What is sold.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// The plain id, `Sub119911`; the next free one when absent.
    pub code: Option<String>,
    /// A name for people.
    pub name: String,
    /// Where in its life it stands.
    pub status: SubscriptionStatus,
    /// Whether it is a trial.
    pub trial: bool,
    /// Who sells it.
    pub partner: Option<Partner>,
    /// When it was sold.
    pub created_at: Moment,
    /// When it ends.
    pub end_date: Moment,
    /// Its licences.
    pub licenses: Vec<SoldLicense>,
}

/// A licence of a sale, as scenarios and callers write it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SoldLicense {
    /// The name of the API, of a CSV column, an accepted other spelling, or the offer's code.
    pub name: String,
    /// How many; -1 is without limit.
    pub total_units: i64,
    /// The meetings site, for meetings.
    pub site_url: Option<String>,
}

/// Sells an organisation a subscription.
///
/// # Errors
/// 404 for an organisation that is not here, 400 for a value that makes no sense, 409 when the
/// plain id is taken.
pub fn sell(tx: &mut Tx, organization: Uuid, sale: Sale) -> Result<Uuid, Refusal> {
    if tx.get::<Organization>(organization).is_none() {
        return Err(Refusal::not_found(
            "Organization",
            &organization.to_string(),
        ));
    }
    let code = code(tx, sale.code)?;
    // A scenario may leave it out.
    if !sale.name.is_empty() {
        check_name(&sale.name)?;
    }
    if sale.end_date <= sale.created_at {
        return Err(Refusal::bad_request("endDate must be after createdAt."));
    }
    if sale.status == SubscriptionStatus::Deleted {
        return Err(Refusal::bad_request(
            "A deleted subscription cannot be sold.",
        ));
    }
    let since = |status| (sale.status == status).then_some(tx.now());
    let mut subscription = Subscription {
        code,
        organization,
        name: sale.name,
        status: match sale.status {
            // A trial that runs is not called a paid one.
            SubscriptionStatus::Active if sale.trial => SubscriptionStatus::Trial,
            status => status,
        },
        reason: None,
        trial: sale.trial || sale.status == SubscriptionStatus::Trial,
        partner: sale.partner,
        created_at: sale.created_at,
        end_date: sale.end_date,
        suspended_at: since(SubscriptionStatus::Suspended),
        cancelled_at: None,
        purge_at: None,
        numbers_released_at: None,
        restores_to: None,
        suspended_from: None,
    };
    if sale.status == SubscriptionStatus::Cancelled {
        date_cancellation(&mut subscription, tx.now());
    }
    let id = tx.new_id::<Subscription>();
    tx.put(id, subscription)?;
    for license in sale.licenses {
        add(tx, organization, id, license)?;
    }
    arm(tx, id);
    Ok(id)
}

/// Adds a licence to a subscription.
pub(super) fn add(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    sold: SoldLicense,
) -> Result<(), Refusal> {
    let offer = offer(&sold.name)?;
    check_units(sold.total_units)?;
    let license = License {
        organization,
        subscription: id,
        offer: offer.code.to_owned(),
        site_url: sold.site_url.filter(|site| !site.is_empty()),
        total_units: sold.total_units,
        consumed_by_users: 0,
        consumed_by_workspaces: 0,
    };
    let is_same = |known: &License| {
        known.subscription == id
            && known.offer == license.offer
            && known.site_url == license.site_url
    };
    if tx.list::<License>().any(|(_, known)| is_same(known)) {
        let detail = format!("{} stands twice among the licenses.", offer.api_name);
        return Err(Refusal::bad_request(detail));
    }
    let id = tx.new_id::<License>();
    tx.put(id, license)?;
    Ok(())
}

/// Refuses numbers of units that cannot be sold.
///
/// # Errors
/// 400.
pub fn check_units(total_units: i64) -> Result<(), Refusal> {
    if (-1..=UNITS_MAX).contains(&total_units) {
        return Ok(());
    }
    let detail = format!("totalUnits must be -1 (unlimited) or 0 to {UNITS_MAX}.");
    Err(Refusal::bad_request(detail))
}

/// Refuses a name that is empty, too long or not on one line.
///
/// # Errors
/// 400.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::bad_request("name must not be empty."));
    }
    if name.chars().count() > TEXT_MAX || name.chars().any(char::is_control) {
        let detail = format!("name must be at most {TEXT_MAX} characters on one line.");
        return Err(Refusal::bad_request(detail));
    }
    Ok(())
}

/// The service of a name.
///
/// # Errors
/// 400 that names the nearest.
pub(super) fn offer(name: &str) -> Result<&'static Offer, Refusal> {
    // Wholesale packages share names with what others buy; a code means one of both.
    let found = Offer::coded(name).or_else(|| Offer::named(name));
    found.ok_or_else(|| {
        let shown = shorten(name);
        let hint = nearest(name, OFFERS.iter().map(|offer| offer.api_name));
        let hint = hint.map_or_else(String::new, |hint| format!(" Did you mean \"{hint}\"?"));
        let detail = format!("There is no license \"{shown}\".{hint}");
        Refusal::new(ErrorKind::UnknownName, detail)
    })
}

fn code(world: &World, wanted: Option<String>) -> Result<String, Refusal> {
    let is_free = |code: &str| {
        world
            .find(spaces::SUBSCRIPTION, Uuid::nil(), code)
            .is_none()
    };
    let Some(code) = wanted else {
        let mut free = (FIRST_CODE..).map(|number| format!("Sub{number}"));
        return Ok(free.find(|code| is_free(code)).unwrap_or_default());
    };
    let plain = code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain || !(1..=TEXT_MAX).contains(&code.len()) {
        let detail = format!("\"{}\" is not an id such as Sub119911.", shorten(&code));
        return Err(Refusal::bad_request(detail));
    }
    if !is_free(&code) {
        let detail = format!("A subscription {code} exists already.");
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    Ok(code)
}
