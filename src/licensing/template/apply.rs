//! What a template does to one person: Calling first, then everything else.

use uuid::Uuid;

use super::groups::{Group, choice, groups, is_base, stays};
use super::{get, number};
use crate::licensing::assignment::save;
use crate::licensing::change::{Add, Change, Route};
use crate::licensing::choose::{check_target, oldest};
use crate::licensing::held::Held;
use crate::licensing::outcome::{Action, Outcome};
use crate::model::license::OFFERS;
use crate::model::{Holder, License, LicenseTemplate, Person};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// Applies a template to a person who is there already. What cannot be done stands in the
/// outcome's `error`; the rest is done all the same.
pub fn apply_to(tx: &mut Tx, person: Uuid, template: &LicenseTemplate, preserve: bool) -> Outcome {
    let holder = Holder::Person(person);
    let route = if preserve {
        Route::TemplatePreserve
    } else {
        Route::TemplateReplace
    };
    let mut total = Outcome::none(tx, holder);
    let plan = match Plan::of(tx, person, template, preserve) {
        Ok(plan) => plan,
        Err(refusal) => return Outcome::refused(tx, holder, &refusal),
    };
    // A shortage of Calling keeps the old licence; the other licences go their way (TMPL-18).
    match plan.calling {
        Calling::Keep => {}
        Calling::Refused(_, refusal) => total.fail(&refusal),
        Calling::Change { add, remove } => {
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
        let rule = if preserve { "TMPL-05" } else { "TMPL-06" };
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
    let none = Outcome::none(tx, Holder::Person(person));
    let Some(known) = tx.get::<Person>(person) else {
        return none;
    };
    let Some(template) = get(tx, known.organization) else {
        return none;
    };
    if !known.licenses.is_empty() {
        tx.by_rule("TMPL-09");
        return none;
    }
    let mut template = template.clone();
    let base = base(tx, person, &template);
    if !base.is_empty() {
        tx.by_rule("TMPL-21");
    }
    template.licenses.extend(base);
    template.licenses.retain(|id| !without.contains(id));
    tx.by_rule("TMPL-02");
    let mut outcome = apply_to(tx, person, &template, true);
    outcome.by_rule("TMPL-02");
    outcome
}

/// The base licences that come along. A template that names some of them gives just those: that
/// is how the others are taken out of it.
fn base(world: &World, person: Uuid, template: &LicenseTemplate) -> Vec<Uuid> {
    if template.licenses.iter().any(|id| is_base(world, *id)) {
        return Vec::new();
    }
    let organization = template.organization;
    let of_offer = |code: &str| {
        let all = world.list::<License>().filter(|(id, license)| {
            license.organization == organization && license.offer == code && is_base(world, *id)
        });
        oldest(world, all.map(|(id, _)| id), Holder::Person(person))
    };
    OFFERS
        .iter()
        .filter_map(|offer| of_offer(offer.code))
        .collect()
}

/// What happens to Calling.
#[derive(Debug)]
pub(super) enum Calling {
    Keep,
    /// The licence that the person would get, and why not.
    Refused(Uuid, Refusal),
    Change {
        add: Vec<Add>,
        remove: Vec<Uuid>,
    },
}

/// What a template means for a person.
#[derive(Debug)]
pub(super) struct Plan {
    pub calling: Calling,
    pub add: Vec<Uuid>,
    pub remove: Vec<Uuid>,
}

impl Plan {
    pub fn of(
        world: &World,
        person: Uuid,
        template: &LicenseTemplate,
        preserve: bool,
    ) -> Result<Self, Refusal> {
        let holder = Holder::Person(person);
        let held = Held::of(world, holder)?;
        let mut plan = Self {
            calling: Calling::Keep,
            add: Vec::new(),
            remove: Vec::new(),
        };
        let groups = groups(world, &template.licenses);
        for (group, members) in &groups {
            // Held already, from whatever source: it counts once (TMPL-10, TMPL-16).
            if held.licenses.iter().any(|id| members.contains(id)) {
                continue;
            }
            let Some(target) = choice(world, members, person) else {
                continue;
            };
            let mut same = held.licenses.iter().copied();
            let same = same.find(|id| Group::of(world, *id) == Some(*group));
            match (group, same) {
                (Group::Calling, same) => {
                    plan.calling = calling(world, person, target, same, preserve);
                }
                (_, Some(_)) if preserve => {}
                (_, Some(old)) => {
                    plan.add.push(target);
                    // What cannot be replaced is kept; adding then tells why (TMPL-18).
                    if check_target(world, target, holder).is_ok() {
                        plan.remove.push(old);
                    }
                }
                (_, None) => plan.add.push(target),
            }
        }
        if !preserve {
            plan.drop_unnamed(world, &held, &groups, template);
        }
        Ok(plan)
    }

    /// Takes away what the template does not name (TMPL-06).
    fn drop_unnamed(
        &mut self,
        world: &World,
        held: &Held<'_>,
        groups: &[(Group<'_>, Vec<Uuid>)],
        template: &LicenseTemplate,
    ) {
        for id in held.licenses.iter().copied() {
            let group = Group::of(world, id);
            let named = template.licenses.contains(&id);
            let exchanged = groups.iter().any(|(known, _)| Some(*known) == group);
            if named || exchanged || stays(world, id) {
                continue;
            }
            if group == Some(Group::Calling) {
                self.calling = Calling::Change {
                    add: Vec::new(),
                    remove: vec![id],
                };
            } else {
                self.remove.push(id);
            }
        }
    }
}

fn calling(
    world: &World,
    person: Uuid,
    target: Uuid,
    present: Option<Uuid>,
    preserve: bool,
) -> Calling {
    let Some(present) = present else {
        let known = world.get::<Person>(person);
        let missing = || Refusal::not_found("Person", &Holder::Person(person).webex_id());
        let properties = known
            .ok_or_else(missing)
            .and_then(|p| number::properties(world, p));
        return match properties {
            Ok(properties) => {
                let add = vec![Add {
                    license: target,
                    properties: Some(properties),
                }];
                Calling::Change {
                    add,
                    remove: Vec::new(),
                }
            }
            Err(refusal) => Calling::Refused(target, refusal),
        };
    };
    let remove = if preserve { Vec::new() } else { vec![present] };
    Calling::Change {
        add: vec![Add::plain(target)],
        remove,
    }
}

/// Runs one save and adds what it did to the whole.
fn run(tx: &mut Tx, change: Change, total: &mut Outcome) {
    let part = match save(tx, change) {
        Ok(part) => part,
        Err(refusal) => return total.fail(&refusal),
    };
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
