//! The end of a cancelled subscription: its numbers go, then everything that was held through it.

use uuid::Uuid;

use super::{arm, get, holders, licenses, wrong_status};
use crate::belongings;
use crate::licensing::assignment::drop_licenses;
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::template;
use crate::model::license::Service;
use crate::model::{
    E164, Holder, License, Person, PhoneNumber, Subscription, SubscriptionStatus as Status, kinds,
};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// Purges a cancelled subscription: whoever still holds a licence of it loses the licence, and
/// with Calling all configuration, for good (SUB-04, MOVE-16). The licences cease to exist.
///
/// # Errors
/// 404 when there is none, 409 (900024) when it is not cancelled.
pub fn purge(tx: &mut Tx, id: Uuid) -> Result<Vec<Outcome>, Refusal> {
    let subscription = get(tx, id)?;
    if subscription.status != Status::Cancelled {
        return Err(wrong_status(subscription, "purged"));
    }
    let organization = subscription.organization;
    tx.attempt(|tx| {
        tx.by_rule("SUB-04");
        tx.by_rule("DEC-14");
        let gone: Vec<Uuid> = licenses(tx, id).map(|(license, _)| license).collect();
        let mut outcomes = Vec::new();
        for (holder, held) in holders(tx, &gone) {
            outcomes.push(take_from(tx, holder, held)?);
        }
        let numbers = outcomes.iter().flat_map(|outcome| &outcome.freed_numbers);
        let numbers = numbers.filter_map(|number| number.parse().ok());
        give_up(tx, id, &numbers.collect::<Vec<_>>());
        for license in &gone {
            tx.delete(kinds::LICENSE, *license);
        }
        template::forget(tx, organization, &gone)?;
        tx.update::<Subscription>(id, |subscription| {
            subscription.status = Status::Deleted;
            subscription.restores_to = None;
            subscription.suspended_from = None;
        })?;
        arm(tx, id);
        Ok(outcomes)
    })
}

fn take_from(tx: &mut Tx, holder: Holder, mut gone: Vec<Uuid>) -> Result<Outcome, Refusal> {
    // An addition to Professional of another subscription does not outlive it.
    let takes_calling = gone.iter().any(|id| is_calling(tx, *id));
    if let (true, Holder::Person(id)) = (takes_calling, holder) {
        let held = tx.get::<Person>(id).map(|person| person.licenses.clone());
        let console = held.into_iter().flatten().filter(|id| is_console(tx, *id));
        let console: Vec<Uuid> = console.filter(|id| !gone.contains(id)).collect();
        gone.extend(console);
    }
    let mut outcome = drop_licenses(tx, holder, &gone, "SUB-04")?;
    outcome.action = Action::Lost;
    if takes_calling {
        outcome.by_rule("MOVE-16");
        tx.by_rule("MOVE-16");
    }
    Ok(outcome)
}

fn is_calling(world: &World, id: Uuid) -> bool {
    world
        .get::<License>(id)
        .is_some_and(|license| license.offer().is_calling())
}

fn is_console(world: &World, id: Uuid) -> bool {
    let license = world.get::<License>(id);
    license.is_some_and(|license| license.offer().service == Service::AttendantConsole)
}

/// The purge has come.
pub(super) fn fire_purge(tx: &mut Tx, id: Uuid) {
    // Restored or purged in the meantime: nothing to do.
    purge(tx, id).unwrap_or_default();
}

/// The numbers of a cancelled subscription are released; settings wait for the purge (DEC-14).
pub(super) fn fire_numbers_released(tx: &mut Tx, id: Uuid) {
    let Some(subscription) = tx.get::<Subscription>(id) else {
        return;
    };
    if subscription.status != Status::Cancelled {
        return;
    }
    let rule = if subscription.trial {
        "SUB-06"
    } else {
        "SUB-04"
    };
    tx.by_rule(rule);
    tx.by_rule("DEC-14");
    let calling = licenses(tx, id).filter(|(_, license)| license.offer().is_calling());
    let calling: Vec<Uuid> = calling.map(|(license, _)| license).collect();
    let mut numbers = Vec::new();
    for (holder, _) in holders(tx, &calling) {
        let mut released = belongings::release(tx, holder);
        for one in &mut released.lost {
            rule.clone_into(&mut one.rule);
        }
        tx.lose(released.lost);
        numbers.extend(released.numbers);
    }
    give_up(tx, id, &numbers);
}

/// Lets released numbers go to whoever wants them, unless another Calling subscription keeps the
/// organisation's locations going (DEC-63).
fn give_up(tx: &mut Tx, id: Uuid, numbers: &[E164]) {
    let organization = tx.get::<Subscription>(id).map(|one| one.organization);
    let goes_on = tx.list::<License>().any(|(_, license)| {
        let other = Some(license.organization) == organization && license.subscription != id;
        let status = tx.get::<Subscription>(license.subscription);
        let status = status.map(|subscription| subscription.status);
        let ended = matches!(status, None | Some(Status::Cancelled | Status::Deleted));
        other && license.offer().is_calling() && !ended
    });
    if goes_on || numbers.is_empty() {
        return;
    }
    tx.by_rule("DEC-63");
    for number in numbers {
        if let Some((id, _)) = PhoneNumber::find(tx, number.as_str()) {
            tx.delete(kinds::NUMBER, id);
        }
    }
}
