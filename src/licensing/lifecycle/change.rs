//! Changing what was sold: units, the end, the partner, and whether it is a trial.

use uuid::Uuid;

use super::{arm, get, licenses, running, wrong_status};
use crate::licensing::held::name;
use crate::licensing::sale::{self, SoldLicense};
use crate::model::subscription::Partner;
use crate::model::{License, Offer, Subscription, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, Tx, World};

/// What is to change about a subscription; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct SubscriptionChange {
    /// Another name.
    pub name: Option<String>,
    /// Units of services it has, or services it gains.
    pub licenses: Vec<SoldLicense>,
    /// Another end.
    pub end_date: Option<Moment>,
    /// Whether it is a trial.
    pub trial: Option<bool>,
    /// Another partner, or none.
    pub partner: Option<Option<Partner>>,
}

/// Changes what was sold.
///
/// # Errors
/// 404 for an unknown subscription, 409 for one that is purged (900024) or for fewer units than
/// are held (900025), 900020 for an unknown service, 400 for units or dates that cannot be.
pub fn change(tx: &mut Tx, id: Uuid, change: SubscriptionChange) -> Result<(), Refusal> {
    let subscription = get(tx, id)?;
    if subscription.status == SubscriptionStatus::Deleted {
        return Err(wrong_status(subscription, "changed"));
    }
    if let Some(end_date) = change.end_date {
        in_future(end_date, tx.now())?;
    }
    if let Some(name) = &change.name {
        sale::check_name(name)?;
    }
    let becomes_other = change
        .trial
        .is_some_and(|trial| trial != subscription.trial);
    if becomes_other && subscription.status == SubscriptionStatus::Cancelled {
        // When its numbers go depends on what it was when it was cancelled (SUB-06).
        return Err(wrong_status(
            subscription,
            "turned from a trial into a paid one or back",
        ));
    }
    tx.attempt(|tx| {
        for sold in change.licenses {
            change_license(tx, id, sold)?;
        }
        tx.update::<Subscription>(id, |subscription| {
            if let Some(name) = change.name {
                subscription.name = name;
            }
            if let Some(end_date) = change.end_date {
                subscription.end_date = end_date;
            }
            if let Some(partner) = change.partner {
                subscription.partner = partner;
            }
            if let Some(trial) = change.trial {
                subscription.trial = trial;
                let fits = |status| match status {
                    SubscriptionStatus::Trial | SubscriptionStatus::Active => running(subscription),
                    status => status,
                };
                let (status, before) = (subscription.status, subscription.restores_to);
                let from = subscription.suspended_from.map(fits);
                (subscription.status, subscription.restores_to) = (fits(status), before.map(fits));
                subscription.suspended_from = from;
            }
        })?;
        if change.end_date.is_some() {
            arm(tx, id);
        }
        Ok(())
    })
}

fn in_future(end_date: Moment, now: Moment) -> Result<(), Refusal> {
    if end_date > now {
        return Ok(());
    }
    Err(Refusal::bad_request(
        "endDate must be later than now; expire ends a subscription now.",
    ))
}

fn change_license(tx: &mut Tx, subscription: Uuid, sold: SoldLicense) -> Result<(), Refusal> {
    let offer = sale::offer(&sold.name)?;
    sale::check_units(sold.total_units)?;
    let Some(id) = sold_already(tx, subscription, offer, &sold) else {
        let organization = get(tx, subscription)?.organization;
        return sale::add(tx, organization, subscription, sold);
    };
    let used = tx.get::<License>(id).map_or(0, License::consumed_units);
    if sold.total_units >= 0 && sold.total_units < used {
        let detail = format!(
            "{used} units of {} are held; {} would be too few.",
            name(tx, id),
            sold.total_units,
        );
        return Err(Refusal::new(ErrorKind::UnitsInUse, detail));
    }
    tx.update::<License>(id, |license| license.total_units = sold.total_units)?;
    Ok(())
}

/// The licence of the subscription that is meant; without a site, the first of the service.
fn sold_already(
    world: &World,
    subscription: Uuid,
    offer: &Offer,
    sold: &SoldLicense,
) -> Option<Uuid> {
    let mut same = licenses(world, subscription).filter(|(_, license)| {
        let any_site = sold.site_url.is_none();
        license.offer == offer.code && (any_site || license.site_url == sold.site_url)
    });
    same.next().map(|(id, _)| id)
}
