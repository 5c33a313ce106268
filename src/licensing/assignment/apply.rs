//! Does what was decided: counters, licences, Calling, and the outcome that tells of it.

use std::borrow::Cow;

use uuid::Uuid;

use super::decide::{CallingDecision, Decision};
use super::units;
use crate::belongings::{self, numbers::assign_primary};
use crate::licensing::held::{self, Held, webex_id};
use crate::licensing::outcome::{Action, Outcome, shown};
use crate::licensing::{contact_center, sites};
use crate::model::{Calling, Holder, License, Person, Workspace};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// Applies a decision.
///
/// # Errors
/// A conflict of unique values, which the decision should have seen.
pub(super) fn apply(tx: &mut Tx, decision: Decision) -> Result<Outcome, Refusal> {
    let holder = decision.holder;
    let mut rules = decision.rules.clone();
    let mut outcome = Outcome::none(tx, holder);
    name_licenses(tx, &decision, &mut outcome);
    outcome.held_already = decision.is_so_already;
    let held = Held::of(tx, holder)?;
    let mut licenses = held.licenses.to_vec();
    let location = held.calling.map(|own| own.location);
    match decision.calling {
        CallingDecision::Keep => {}
        CallingDecision::Assign { to, calling } => {
            exchange(tx, holder, &mut licenses, &[], &[to])?;
            provide(tx, holder, calling, &mut outcome)?;
            outcome.action = Action::Assigned;
        }
        CallingDecision::Swap { from, to, changed } => {
            let kept = belongings::kept(tx, holder);
            outcome.kept = kept.into_iter().map(Cow::Borrowed).collect();
            exchange(tx, holder, &mut licenses, &[from], &[to])?;
            if let Some(new) = changed {
                renumber(tx, holder, new, &mut outcome)?;
            }
            outcome.action = Action::Swapped;
        }
        CallingDecision::Renumber { new } => renumber(tx, holder, new, &mut outcome)?,
        CallingDecision::Strip { from, to } => {
            wipe(tx, holder, "WS-16", &mut rules, &mut outcome);
            exchange(tx, holder, &mut licenses, &[from], &[to])?;
            if let Some(location) = location {
                outcome
                    .lost
                    .extend(assign_primary(tx, holder, bare(location))?);
            }
            outcome.action = Action::Swapped;
        }
        CallingDecision::Remove { from } => {
            wipe(tx, holder, "LOSS-01", &mut rules, &mut outcome);
            exchange(tx, holder, &mut licenses, &[from], &[])?;
            outcome.action = Action::Removed;
        }
        CallingDecision::Lose {
            from,
            stuck,
            rule,
            refusal,
            ..
        } => {
            wipe(tx, holder, rule, &mut rules, &mut outcome);
            match location.filter(|_| stuck) {
                Some(location) => {
                    let more = assign_primary(tx, holder, bare(location))?;
                    outcome.lost.extend(more);
                    outcome.lost.retain(|lost| lost.family != "location");
                }
                None => exchange(tx, holder, &mut licenses, &[from], &[])?,
            }
            outcome.action = Action::Lost;
            outcome.fail(&refusal);
        }
    }
    exchange(tx, holder, &mut licenses, &decision.remove, &decision.add)?;
    held::write(tx, holder, licenses)?;
    sites::follow(tx, holder, &decision.remove, &decision.add)?;
    contact_center::follow(tx, holder, &decision.remove, &decision.add, &mut outcome)?;
    tx.lose(outcome.lost.iter().cloned());
    name_kept(tx, holder, &mut outcome);
    tell(tx, rules, decision.warnings, decision.failed, &mut outcome);
    Ok(outcome)
}

/// Names what goes and what comes in the outcome, before it has happened.
fn name_licenses(world: &World, decision: &Decision, outcome: &mut Outcome) {
    let (from, to) = match &decision.calling {
        CallingDecision::Keep
        | CallingDecision::Renumber { .. }
        | CallingDecision::Lose { stuck: true, .. } => (None, None),
        CallingDecision::Assign { to, .. } => (None, Some(*to)),
        CallingDecision::Swap { from, to, .. } | CallingDecision::Strip { from, to } => {
            (Some(*from), Some(*to))
        }
        CallingDecision::Remove { from } | CallingDecision::Lose { from, .. } => {
            (Some(*from), None)
        }
    };
    let ids = |calling: Option<Uuid>, others: &[Uuid]| {
        let all = calling.into_iter().chain(others.iter().copied());
        all.map(|id| webex_id(world, id)).collect::<Vec<_>>()
    };
    outcome.licenses_removed = ids(from, &decision.remove);
    outcome.licenses_added = ids(to, &decision.add);
    let only = |ids: &[Uuid]| if let [id] = ids { Some(*id) } else { None };
    let is_calling = !matches!(decision.calling, CallingDecision::Keep);
    let others = |ids: &[Uuid]| if is_calling { None } else { only(ids) };
    outcome.from = from
        .or(others(&decision.remove))
        .and_then(|id| shown(world, id));
    outcome.to = to.or(others(&decision.add)).and_then(|id| shown(world, id));
    outcome.action = action_of_others(world, &decision.remove, &decision.add);
}

/// What a save beside Calling is called: one licence for another of the same offer is a swap.
fn action_of_others(world: &World, remove: &[Uuid], add: &[Uuid]) -> Action {
    let offer = |id: &Uuid| world.get::<License>(*id).map(|license| &license.offer);
    match (remove, add) {
        ([], []) => Action::None,
        ([], _) => Action::Assigned,
        (_, []) => Action::Removed,
        ([from], [to]) if offer(from) == offer(to) => Action::Swapped,
        _ => Action::Assigned,
    }
}

/// Moves licences in and out of a list and counts them.
fn exchange(
    tx: &mut Tx,
    holder: Holder,
    licenses: &mut Vec<Uuid>,
    remove: &[Uuid],
    add: &[Uuid],
) -> Result<(), Refusal> {
    for id in remove {
        licenses.retain(|held| held != id);
        units::give_back(tx, *id, holder)?;
    }
    for id in add {
        licenses.push(*id);
        units::take(tx, *id, holder)?;
    }
    Ok(())
}

/// Calling without anything in it but its location.
pub(super) fn bare(location: Uuid) -> Calling {
    Calling {
        location,
        number: None,
        extension: None,
        alternates: Vec::new(),
    }
}

/// Gives a holder Calling. Its number is Calling's from now on, and goes with it (DEC-23).
fn provide(
    tx: &mut Tx,
    holder: Holder,
    calling: Calling,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let number = calling.number.clone();
    outcome.lost.extend(assign_primary(tx, holder, calling)?);
    match number {
        Some(number) => held::drop_work_number(tx, holder, number.as_str()),
        None => Ok(()),
    }
}

/// Changes number and extension as the properties say, and tells what they were.
fn renumber(
    tx: &mut Tx,
    holder: Holder,
    new: Calling,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if let Some(before) = Held::of(tx, holder)?.calling {
        outcome.renumbered(before, &new);
    }
    if outcome.action == Action::None {
        outcome.action = Action::Assigned;
    }
    provide(tx, holder, new, outcome)?;
    held::touch(tx, holder)
}

/// Names what a removal left alone: the settings of a Calling licence that stayed, and what is
/// no part of Calling (LOSS-04).
fn name_kept(world: &World, holder: Holder, outcome: &mut Outcome) {
    let removed = matches!(outcome.action, Action::Removed | Action::Lost);
    if !removed && outcome.lost.is_empty() {
        return;
    }
    let names = belongings::kept(world, holder).into_iter();
    let names = names.chain(untouched(world, holder));
    outcome.kept = names.map(Cow::Borrowed).collect();
}

/// What a holder has beside Calling, by the field names of the public API.
fn untouched(world: &World, holder: Holder) -> Vec<&'static str> {
    let held = Held::of(world, holder).map_or(0, |held| held.licenses.len());
    let licenses = (held > 0).then_some("licenses");
    let own: &[&str] = match holder {
        Holder::Person(_) => &["displayName", "emails", "status"],
        Holder::Workspace(_) => &["displayName"],
    };
    let further = match holder {
        Holder::Person(id) => world
            .get::<Person>(id)
            .filter(|it| !it.roles.is_empty())
            .map(|_| "roles"),
        Holder::Workspace(id) => world
            .get::<Workspace>(id)
            .and_then(|it| it.location)
            .map(|_| "locationId"),
    };
    let names = licenses.into_iter().chain(own.iter().copied());
    names.chain(further).collect()
}

/// Destroys what a holder has through Calling, and says so.
fn wipe(
    tx: &mut Tx,
    holder: Holder,
    rule: &'static str,
    rules: &mut Vec<&'static str>,
    outcome: &mut Outcome,
) {
    let wiped = belongings::wipe(tx, holder);
    let mut lost = wiped.lost;
    for one in &mut lost {
        rule.clone_into(&mut one.rule);
    }
    if !wiped.freed_numbers.is_empty() {
        rules.push("LOSS-03");
        if matches!(holder, Holder::Person(_)) {
            rules.push("DEC-23");
        }
    }
    outcome.lost = lost;
    outcome.freed_numbers = wiped.freed_numbers;
}

fn tell(
    tx: &mut Tx,
    rules: Vec<&'static str>,
    warnings: Vec<String>,
    failed: Vec<(Uuid, Refusal)>,
    outcome: &mut Outcome,
) {
    for rule in rules {
        tx.by_rule(rule);
        outcome.by_rule(rule);
    }
    for warning in &warnings {
        tx.warn(warning.clone());
    }
    outcome.warnings = warnings;
    for (_, refusal) in &failed {
        outcome.fail(refusal);
    }
    outcome.failed = failed;
}

/// Takes licences from a holder without asking; Calling loses everything with its licence, by
/// the rule `lost_by`.
///
/// # Errors
/// 404 when there is no such holder.
pub(in crate::licensing) fn drop_licenses(
    tx: &mut Tx,
    holder: Holder,
    gone: &[Uuid],
    lost_by: &'static str,
) -> Result<Outcome, Refusal> {
    let mut outcome = Outcome::none(tx, holder);
    let held = Held::of(tx, holder)?;
    let mut licenses = held.licenses.to_vec();
    let of_calling = held.calling_license(tx).filter(|id| gone.contains(id));
    outcome.from = of_calling.and_then(|id| shown(tx, id));
    outcome.licenses_removed = gone.iter().map(|id| webex_id(tx, *id)).collect();
    // That a holder goes is another rule than that its Calling goes with it.
    let mut rules = match lost_by {
        "LOSS-01" if of_calling.is_none() => Vec::new(),
        _ => vec![lost_by],
    };
    if of_calling.is_some() {
        wipe(tx, holder, lost_by, &mut rules, &mut outcome);
    }
    if !gone.is_empty() {
        outcome.action = Action::Removed;
    }
    exchange(tx, holder, &mut licenses, gone, &[])?;
    held::write(tx, holder, licenses)?;
    sites::follow(tx, holder, gone, &[])?;
    contact_center::follow(tx, holder, gone, &[], &mut outcome)?;
    tx.lose(outcome.lost.iter().cloned());
    name_kept(tx, holder, &mut outcome);
    tell(tx, rules, Vec::new(), Vec::new(), &mut outcome);
    Ok(outcome)
}
