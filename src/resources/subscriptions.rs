//! What follows from the life of a subscription beside what licensing decides: who is written to.

use uuid::Uuid;

use super::outbox;
use crate::licensing::{lifecycle, pstn};
use crate::model::mail::Suspended;
use crate::model::owned;
use crate::model::role::FULL_ADMIN;
use crate::model::{Person, Subscription, SubscriptionStatus};
use crate::refusal::Refusal;
use crate::world::{TimerDef, Tx, World};

/// The timers of subscriptions that may lead to an e-mail; the others are licensing's alone.
pub const TIMERS: &[TimerDef] = &[TimerDef {
    fire: |tx, id| {
        // Nothing of it can be refused: administrators are there.
        tell(tx, id, |tx, id| {
            (lifecycle::END_TIMER.fire)(tx, id);
            Ok(())
        })
        .unwrap_or_default();
    },
    ..lifecycle::END_TIMER
}];

/// Lets something happen to a subscription. If that suspends one that carries PSTN connections of
/// locations, the full administrators of the organisation are told by e-mail which one and which
/// locations (PSTN-01).
///
/// # Errors
/// What the event is refused for.
pub fn tell(
    tx: &mut Tx,
    id: Uuid,
    event: impl FnOnce(&mut Tx, Uuid) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let was_suspended = is_suspended(tx, id);
    event(tx, id)?;
    if was_suspended || !is_suspended(tx, id) {
        return Ok(());
    }
    let Some(subscription) = tx.get::<Subscription>(id) else {
        return Ok(());
    };
    let carried = pstn::carried(tx, subscription);
    let locations: Vec<String> = carried.map(|(_, it)| it.name.clone()).collect();
    if locations.is_empty() {
        return Ok(());
    }
    let organization = subscription.organization;
    let suspended = Suspended {
        subscription_id: subscription.code.clone(),
        locations,
    };
    tx.by_rule("PSTN-01");
    for person in administrators(tx, organization) {
        outbox::send_suspended(tx, person, suspended.clone())?;
    }
    Ok(())
}

fn is_suspended(world: &World, id: Uuid) -> bool {
    let subscription = world.get::<Subscription>(id);
    subscription.is_some_and(|it| it.status == SubscriptionStatus::Suspended)
}

/// The full administrators of an organisation who may sign in.
fn administrators(world: &World, organization: Uuid) -> Vec<Uuid> {
    let is_one = |person: &Person| {
        person.login_enabled && person.roles.iter().any(|role| role == FULL_ADMIN)
    };
    let own = owned::list::<Person>(world, organization).filter(|(_, person)| is_one(person));
    own.map(|(id, _)| id).collect()
}
