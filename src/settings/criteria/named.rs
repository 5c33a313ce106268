//! The schedules of people that criteria name (DEC-87).

use super::{Criteria, Criterion, Listed, NamedSchedule, ScheduleLevel};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::families::executive_assistant::ExecutiveAssistant;
use crate::settings::families::schedules::ScheduleType;
use crate::settings::families::selective_accept::SelectiveAccept;
use crate::settings::families::selective_forward::SelectiveForward;
use crate::settings::families::selective_reject::SelectiveReject;
use crate::settings::families::simultaneous_ring::SimultaneousRing;
use crate::settings::family::{keep, stored};
use crate::world::{Tx, World};

/// The first setting of a person in which a criterion names one of their schedules.
#[must_use]
pub fn names(
    world: &World,
    holder: Holder,
    kind: ScheduleType,
    name: &str,
) -> Option<&'static str> {
    let wanted = own(kind, name);
    named_in::<Listed<SelectiveAccept>>(world, holder, &wanted)
        .or_else(|| named_in::<Listed<SelectiveForward>>(world, holder, &wanted))
        .or_else(|| named_in::<Listed<SelectiveReject>>(world, holder, &wanted))
        .or_else(|| named_in::<Listed<SimultaneousRing>>(world, holder, &wanted))
        .or_else(|| named_in::<ExecutiveAssistant>(world, holder, &wanted))
}

/// Lets the criteria of a person follow one of their schedules to its new name.
///
/// # Errors
/// None in practice: criteria have no unique values.
pub fn rename(
    tx: &mut Tx,
    holder: Holder,
    kind: ScheduleType,
    old: &str,
    new: &str,
) -> Result<(), Refusal> {
    let wanted = own(kind, old);
    rename_in::<Listed<SelectiveAccept>>(tx, holder, &wanted, new)?;
    rename_in::<Listed<SelectiveForward>>(tx, holder, &wanted, new)?;
    rename_in::<Listed<SelectiveReject>>(tx, holder, &wanted, new)?;
    rename_in::<Listed<SimultaneousRing>>(tx, holder, &wanted, new)?;
    rename_in::<ExecutiveAssistant>(tx, holder, &wanted, new)
}

fn own(kind: ScheduleType, name: &str) -> NamedSchedule {
    NamedSchedule {
        name: name.to_owned(),
        kind,
        level: ScheduleLevel::People,
    }
}

fn named_in<T: Criteria>(
    world: &World,
    holder: Holder,
    wanted: &NamedSchedule,
) -> Option<&'static str> {
    let value = stored::<T>(world, holder);
    let is_named = |criterion: &Criterion| criterion.schedule.as_ref() == Some(wanted);
    let is_named = value.criteria().iter().any(is_named);
    is_named.then_some(T::KEY)
}

fn rename_in<T: Criteria>(
    tx: &mut Tx,
    holder: Holder,
    wanted: &NamedSchedule,
    new: &str,
) -> Result<(), Refusal> {
    if named_in::<T>(tx, holder, wanted).is_none() {
        return Ok(());
    }
    let mut value = stored::<T>(tx, holder).into_owned();
    let schedules = value.criteria_mut().iter_mut();
    for schedule in schedules.filter_map(|criterion| criterion.schedule.as_mut()) {
        if schedule == wanted {
            new.clone_into(&mut schedule.name);
        }
    }
    keep(tx, holder, value)
}
