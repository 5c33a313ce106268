//! What templates mean for one person, before anything is done: which licences come and which go.

use uuid::Uuid;

use super::groups::{Group, choice, groups, stays};
use super::number;
use crate::licensing::change::{Add, Route};
use crate::licensing::choose::check_target;
use crate::licensing::held::Held;
use crate::model::{Holder, Person};
use crate::refusal::Refusal;
use crate::world::World;

/// What a person keeps of that which no template names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep<'a> {
    /// Everything: the person only gains (TMPL-05).
    All,
    /// Nothing but what no template takes away (TMPL-06).
    Nothing,
    /// All but these licences, which a group gave that the person has left.
    AllBut(&'a [Uuid]),
}

impl Keep<'_> {
    /// What a choice to preserve licences means.
    #[must_use]
    pub fn preserving(preserve: bool) -> Self {
        match preserve {
            true => Self::All,
            false => Self::Nothing,
        }
    }

    /// The route by which such a template changes licences.
    pub(super) fn route(self) -> Route {
        match self {
            Self::All => Route::TemplatePreserve,
            Self::Nothing | Self::AllBut(_) => Route::TemplateReplace,
        }
    }

    /// Whether a licence that no template names goes.
    fn takes(self, id: Uuid) -> bool {
        match self {
            Self::All => false,
            Self::Nothing => true,
            Self::AllBut(gone) => gone.contains(&id),
        }
    }
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

/// What templates mean for a person.
#[derive(Debug)]
pub(super) struct Plan {
    pub calling: Calling,
    pub add: Vec<Uuid>,
    pub remove: Vec<Uuid>,
}

impl Plan {
    /// What some licences of templates mean for a person.
    pub fn of(
        world: &World,
        person: Uuid,
        licenses: &[Uuid],
        keep: Keep<'_>,
    ) -> Result<Self, Refusal> {
        let holder = Holder::Person(person);
        let held = Held::of(world, holder)?;
        let mut plan = Self {
            calling: Calling::Keep,
            add: Vec::new(),
            remove: Vec::new(),
        };
        let groups = groups(world, licenses);
        for choices in &groups {
            // Held already, from whatever source: it counts once (TMPL-10, TMPL-16).
            if held.licenses.iter().any(|id| choices.best.contains(id)) {
                continue;
            }
            let Some(target) = choice(world, &choices.best, person) else {
                continue;
            };
            let mut same = held.licenses.iter().copied();
            let same = same.find(|id| Group::of(world, *id) == Some(choices.group));
            match (choices.group, same) {
                // A lesser Calling that a template names, too, is kept (DEC-60); and whoever left a
                // group does not give up Calling that came from elsewhere (DEC-61).
                (Group::Calling, Some(present))
                    if !keep.takes(present)
                        && (keep != Keep::All || choices.outranked.contains(&present)) => {}
                (Group::Calling, same) => {
                    plan.calling = calling(world, person, target, same, keep);
                }
                (group, Some(old)) => {
                    // The greater of two licences for agents that are both given (TMPL-19).
                    let outranked = group == Group::Agent && choices.outranked.contains(&old);
                    if keep.takes(old) || outranked {
                        plan.add.push(target);
                        // What cannot be replaced is kept; adding then tells why (TMPL-18).
                        if check_target(world, target, holder).is_ok() {
                            plan.remove.push(old);
                        }
                    }
                }
                (_, None) => plan.add.push(target),
            }
        }
        for id in held.licenses.iter().copied().filter(|id| keep.takes(*id)) {
            let group = Group::of(world, id);
            let exchanged = groups.iter().any(|known| Some(known.group) == group);
            if !licenses.contains(&id) && !exchanged && !stays(world, id) {
                plan.take(group, id);
            }
        }
        Ok(plan)
    }

    /// Takes away what no template names (TMPL-06).
    fn take(&mut self, group: Option<Group<'_>>, id: Uuid) {
        if group == Some(Group::Calling) {
            self.calling = Calling::Change {
                add: Vec::new(),
                remove: vec![id],
            };
        } else {
            self.remove.push(id);
        }
    }

    /// The Calling licence that a person without Calling would get, whatever the work number is.
    pub fn new_calling(&self) -> Option<Uuid> {
        match &self.calling {
            Calling::Keep => None,
            Calling::Refused(license, _) => Some(*license),
            Calling::Change { add, .. } => add.first().map(|add| add.license),
        }
    }

    /// The route of what happens beside Calling. A licence that a greater one replaces goes even
    /// where people only gain (TMPL-19).
    pub fn route(&self, keep: Keep<'_>) -> Route {
        match self.remove.is_empty() {
            true => keep.route(),
            false => Route::TemplateReplace,
        }
    }
}

fn calling(
    world: &World,
    person: Uuid,
    target: Uuid,
    present: Option<Uuid>,
    keep: Keep<'_>,
) -> Calling {
    if let Some(present) = present {
        let remove = if keep.takes(present) {
            vec![present]
        } else {
            Vec::new()
        };
        let add = vec![Add::plain(target)];
        return Calling::Change { add, remove };
    }
    let missing = || Refusal::not_found("Person", &Holder::Person(person).webex_id());
    let known = world.get::<Person>(person).ok_or_else(missing);
    match known.and_then(|known| number::properties(world, known)) {
        Ok(properties) => Calling::Change {
            add: vec![Add {
                license: target,
                properties: Some(properties),
            }],
            remove: Vec::new(),
        },
        Err(refusal) => Calling::Refused(target, refusal),
    }
}
