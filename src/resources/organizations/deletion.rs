//! Deleting an organisation with everything that it holds.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::settings;
use crate::licensing::Outcome;
use crate::model::owned;
use crate::model::{Organization, Person, Subscription, SubscriptionStatus, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::{people, references, workspaces};
use crate::world::{Key, Tx, World};

/// Deletes an organisation: its one user, workspaces, and all that names it (DEC-109). Answers what
/// that did to each of them.
///
/// # Errors
/// 404, and 409 with everything that Webex names as standing in the way.
pub fn delete(tx: &mut Tx, id: Uuid) -> Result<Vec<Outcome>, Refusal> {
    check(tx, id)?;
    let mut outcomes = Vec::new();
    let rooms: Vec<Uuid> = workspaces::list(tx, id).map(|(room, _)| room).collect();
    for room in rooms {
        outcomes.push(workspaces::delete(tx, id, room)?);
    }
    let users: Vec<Uuid> = users(tx, id).collect();
    for user in users {
        outcomes.push(people::remove(tx, user)?);
    }
    let gone = references::resting_on(tx, (kinds::ORGANIZATION, id));
    for (kind, object) in &gone {
        tx.delete(*kind, *object);
    }
    disarm(tx, &gone);
    tx.by_rule("DEC-109");
    Ok(outcomes)
}

/// Nothing comes due any more for what is gone. Something else may stand under the same id.
fn disarm(tx: &mut Tx, gone: &BTreeSet<Key>) {
    let mut subjects: BTreeSet<Uuid> = gone.iter().map(|(_, id)| *id).collect();
    for ((_, left), _) in tx.objects() {
        subjects.remove(left);
    }
    let timers = tx.timers().map(|(_, timer)| timer);
    let timers = timers.filter(|timer| subjects.contains(&timer.subject));
    let timers: Vec<_> = timers.cloned().collect();
    for timer in timers {
        tx.disarm(&timer.kind, timer.subject);
    }
}

fn users(world: &World, id: Uuid) -> impl Iterator<Item = Uuid> {
    let own = owned::list::<Person>(world, id);
    own.map(|(user, _)| user)
}

/// Refuses what Webex refuses (contract: Delete Organization). Linked sites and a second manager
/// are nothing that an organisation can have here.
fn check(world: &World, id: Uuid) -> Result<(), Refusal> {
    let is_synchronized = settings(world, id)?.directory_synchronized;
    let sold = owned::list::<Subscription>(world, id);
    let ended = [SubscriptionStatus::Cancelled, SubscriptionStatus::Deleted];
    let sold: Vec<&str> = sold
        .filter(|(_, it)| !ended.contains(&it.status))
        .map(|(_, it)| it.code.as_str())
        .collect();
    let count = users(world, id).count();
    let managed = world.list::<Organization>();
    let managed: Vec<&str> = managed
        .filter(|(_, it)| it.managed_by == Some(id))
        .map(|(_, it)| it.name.as_str())
        .collect();
    let mut reasons = Vec::new();
    if !sold.is_empty() {
        let sold = sold.join(", ");
        reasons.push(format!("it has active subscriptions or licenses: {sold}"));
    }
    if is_synchronized {
        reasons.push("Directory Synchronization is enabled".to_owned());
    }
    if count > 1 {
        reasons.push(format!("it has more than 1 user: {count}"));
    }
    if !managed.is_empty() {
        reasons.push(format!("it has managed orgs: {}", managed.join(", ")));
    }
    if reasons.is_empty() {
        return Ok(());
    }
    let reasons: Vec<String> = reasons
        .iter()
        .map(|reason| format!("Org cannot be deleted as {reason}."))
        .collect();
    Err(Refusal::new(ErrorKind::Conflict, reasons.join(" ")))
}
