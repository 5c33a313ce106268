//! What templates do to one person: Calling first, then everything else.

use uuid::Uuid;

use super::get;
use super::groups::is_base;
use super::plan::{Calling, Keep, Plan};
use crate::licensing::assignment::save;
use crate::licensing::change::{Add, Change, Properties};
use crate::licensing::choose::{of_offer, oldest};
use crate::licensing::outcome::{Action, Outcome};
use crate::model::license::OFFERS;
use crate::model::{Holder, LicenseTemplate, Person};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// Gives a person who is there already the licences of templates. What cannot be done stands in
/// the outcome's `error`; the rest is done all the same.
pub fn apply_to(tx: &mut Tx, person: Uuid, licenses: &[Uuid], keep: Keep<'_>) -> Outcome {
    let holder = Holder::Person(person);
    let mut total = Outcome::none(tx, holder);
    let plan = match Plan::of(tx, person, licenses, keep) {
        Ok(plan) => plan,
        Err(refusal) => return Outcome::refused(tx, holder, &refusal),
    };
    let route = plan.route(keep);
    // A shortage of Calling keeps the old licence; the other licences go their way (TMPL-18).
    match plan.calling {
        Calling::Keep => {}
        Calling::Refused(_, refusal) => total.fail(&refusal),
        Calling::Change { add, remove } => {
            let route = keep.route();
            run(
                tx,
                Change {
                    holder,
                    add,
                    remove,
                    route,
                },
                &mut total,
            );
        }
    }
    let keeps_old = tx
        .get::<Person>(person)
        .is_some_and(|known| known.calling.is_some());
    let stuck = keeps_old && total.error.is_some() && total.action != Action::Lost;
    let add: Vec<Add> = plan.add.into_iter().map(Add::plain).collect();
    if !add.is_empty() || !plan.remove.is_empty() {
        run(
            tx,
            Change {
                holder,
                add,
                remove: plan.remove,
                route,
            },
            &mut total,
        );
    }
    if total.action != Action::None {
        let rule = match keep {
            Keep::All => "TMPL-05",
            Keep::Nothing => "TMPL-06",
            Keep::AllBut(_) => "TMPL-12",
        };
        tx.by_rule(rule);
        total.by_rule(rule);
    }
    // Who could not be moved has failed, whatever else was done for them (TMPL-18).
    if stuck || (total.action == Action::None && total.error.is_some()) {
        total.action = Action::Failed;
        // What went or came beside the move that failed stands in the lists of licences.
        (total.from, total.to) = (None, None);
    }
    total
}

/// Gives a new person the organisation's template, if it has one and nobody gave the person
/// licences by hand (TMPL-02, TMPL-09, MOVE-15), with the free base licences (TMPL-21).
pub fn apply_to_new(tx: &mut Tx, person: Uuid) -> Outcome {
    apply_to_new_without(tx, person, &[])
}

/// The same without some licences, which somebody said the person shall not get (CSV-05).
pub fn apply_to_new_without(tx: &mut Tx, person: Uuid, without: &[Uuid]) -> Outcome {
    let Some(mut licenses) = for_new(tx, person) else {
        return Outcome::none(tx, Holder::Person(person));
    };
    licenses.retain(|id| !without.contains(id));
    tx.by_rule("TMPL-02");
    let mut outcome = apply_to(tx, person, &licenses, Keep::All);
    outcome.by_rule("TMPL-02");
    outcome
}

/// The same with the location and the number that an administrator gave for its Calling (TMPL-15).
///
/// # Errors
/// 400 where the template gives no Calling, and what speaks against location and number.
pub fn apply_to_new_with(
    tx: &mut Tx,
    person: Uuid,
    properties: &Properties,
) -> Result<Outcome, Refusal> {
    let licenses = for_new(tx, person).unwrap_or_default();
    let Some(license) = Plan::of(tx, person, &licenses, Keep::All)?.new_calling() else {
        let detail = "properties are for Webex Calling, which no license template gives here: \
                      name a Calling license in licenses, or leave properties out.";
        return Err(Refusal::bad_request(detail).by("TMPL-15"));
    };
    let given = Add {
        license,
        properties: Some(properties.clone()),
    };
    let change = Change {
        holder: Holder::Person(person),
        add: vec![given],
        remove: Vec::new(),
        route: Keep::All.route(),
    };
    let mut total = save(tx, change)?;
    for rule in ["TMPL-02", "TMPL-15"] {
        tx.by_rule(rule);
        total.by_rule(rule);
    }
    add_to(&mut total, apply_to(tx, person, &licenses, Keep::All));
    Ok(total)
}

/// What the organisation's template gives a new person; nothing to whom licences were given by
/// hand (TMPL-09).
fn for_new(tx: &mut Tx, person: Uuid) -> Option<Vec<Uuid>> {
    let known = tx.get::<Person>(person)?;
    let template = get(tx, known.organization)?;
    if !known.licenses.is_empty() {
        tx.by_rule("TMPL-09");
        return None;
    }
    let base = base(tx, person, template);
    let mut licenses = template.licenses.clone();
    if !base.is_empty() {
        tx.by_rule("TMPL-21");
    }
    licenses.extend(base);
    Some(licenses)
}

/// The base licences that come along. A template that names some of them gives just those: that
/// is how the others are taken out of it.
fn base(world: &World, person: Uuid, template: &LicenseTemplate) -> Vec<Uuid> {
    if template.licenses.iter().any(|id| is_base(world, *id)) {
        return Vec::new();
    }
    let chosen = |code: &str| {
        let own = of_offer(world, template.organization, code);
        oldest(
            world,
            own.filter(|id| is_base(world, *id)),
            Holder::Person(person),
        )
    };
    OFFERS
        .iter()
        .filter_map(|offer| chosen(offer.code))
        .collect()
}

/// Runs one save and adds what it did to the whole.
fn run(tx: &mut Tx, change: Change, total: &mut Outcome) {
    match save(tx, change) {
        Ok(part) => add_to(total, part),
        Err(refusal) => total.fail(&refusal),
    }
}

fn add_to(total: &mut Outcome, part: Outcome) {
    if total.action == Action::None {
        total.action = part.action;
    }
    total.from = total.from.take().or(part.from);
    total.to = total.to.take().or(part.to);
    total.licenses_removed.extend(part.licenses_removed);
    total.licenses_added.extend(part.licenses_added);
    total.lost.extend(part.lost);
    total.changed.extend(part.changed);
    // The later save has seen what the earlier one left.
    if !part.kept.is_empty() {
        total.kept = part.kept;
    }
    total.freed_numbers.extend(part.freed_numbers);
    total.warnings.extend(part.warnings);
    total.error = total.error.take().or(part.error);
    for rule in part.rules {
        if !total.rules.contains(&rule) {
            total.rules.push(rule);
        }
    }
    total.failed.extend(part.failed);
}
