//! What a caller says of a criterion, whatever upstream calls its fields, and how it becomes one.

use uuid::Uuid;

use super::{CalledNumber, CalledNumberType, CallsFrom, Criteria, Criterion, NamedSchedule};
use super::{ScheduleLevel, Shape};
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::settings::families::schedules::{ScheduleType, Schedules};
use crate::settings::families::{invalid, missing, values};
use crate::settings::family::Step;

/// What a caller says of a criterion.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Its name.
    pub filter_name: Option<String>,
    /// The name of the schedule; empty for none.
    pub schedule_name: Option<String>,
    /// Its type.
    pub schedule_type: Option<ScheduleType>,
    /// Whose it is.
    pub schedule_level: Option<ScheduleLevel>,
    /// Whose calls.
    pub calls_from: Option<CallsFrom>,
    /// Whether callers who hide their number are meant.
    pub anonymous_callers_enabled: Option<bool>,
    /// Whether callers whose number is not known are meant.
    pub unavailable_callers_enabled: Option<bool>,
    /// The callers' numbers.
    pub phone_numbers: Option<Vec<String>>,
    /// Whether the setting does what it is for.
    pub enabled: Option<bool>,
    /// Where to.
    pub forward_to_phone_number: Option<String>,
    /// Whether to the voicemail there.
    pub send_to_voicemail_enabled: Option<bool>,
    /// Which own numbers.
    pub calls_to_numbers: Option<Vec<CalledNumber>>,
}

impl Wanted {
    /// A new criterion.
    pub(super) fn make(
        self,
        id: Uuid,
        shape: &Shape,
        step: &Step<'_>,
    ) -> Result<Criterion, Refusal> {
        let mut criterion = Criterion {
            id: (!shape.has_name).then_some(id),
            enabled: true,
            ..Criterion::default()
        };
        if shape.has_name && self.filter_name.is_none() {
            return Err(missing("filterName is required."));
        }
        self.onto(&mut criterion, shape, step)?;
        Ok(criterion)
    }

    /// Changes what the caller named; the rest keeps its value.
    pub(super) fn onto(
        self,
        criterion: &mut Criterion,
        shape: &Shape,
        step: &Step<'_>,
    ) -> Result<(), Refusal> {
        self.check_chosen(criterion, shape)?;
        self.schedule_onto(criterion, step)?;
        if let Some(name) = self.filter_name.filter(|_| shape.has_name) {
            check_name(&name)?;
            criterion.filter_name = Some(name);
        }
        criterion.calls_from = self.calls_from.unwrap_or(criterion.calls_from);
        criterion.enabled = self.enabled.unwrap_or(criterion.enabled);
        if let Some(on) = self.anonymous_callers_enabled {
            criterion.anonymous_callers_enabled = on;
        }
        if let Some(on) = self.unavailable_callers_enabled {
            criterion.unavailable_callers_enabled = on;
        }
        if let Some(numbers) = self.phone_numbers {
            criterion.phone_numbers = numbers;
        }
        if let Some(number) = self.forward_to_phone_number {
            criterion.forward_to_phone_number = Some(number).filter(|number| !number.is_empty());
        }
        if let Some(on) = self.send_to_voicemail_enabled {
            criterion.send_to_voicemail_enabled = on;
        }
        if let Some(numbers) = self.calls_to_numbers {
            check_own(&numbers, &criterion.calls_to_numbers, step)?;
            criterion.calls_to_numbers = numbers;
        }
        shape.bounds(criterion)?;
        check_voicemail(criterion, step)
    }

    /// Webex wants to be told the numbers, and of callers without one, by whoever chooses callers.
    fn check_chosen(&self, was: &Criterion, shape: &Shape) -> Result<(), Refusal> {
        let picks = self.calls_from == Some(CallsFrom::SelectPhoneNumbers)
            && was.calls_from != CallsFrom::SelectPhoneNumbers;
        if !picks || !shape.chosen_are_whole {
            return Ok(());
        }
        let (hidden, unknown) = (
            self.anonymous_callers_enabled,
            self.unavailable_callers_enabled,
        );
        let numbers = self.phone_numbers.as_ref();
        let said = [
            (hidden.is_some(), "anonymousCallersEnabled"),
            (unknown.is_some(), "unavailableCallersEnabled"),
            (numbers.is_some_and(|it| !it.is_empty()), shape.numbers),
        ];
        match said.iter().find(|(said, _)| !said) {
            Some((_, field)) => Err(missing(format!(
                "{field} is required while callsFrom is SELECT_PHONE_NUMBERS."
            ))),
            None => Ok(()),
        }
    }

    fn schedule_onto(&self, criterion: &mut Criterion, step: &Step<'_>) -> Result<(), Refusal> {
        let was = criterion.schedule.as_ref();
        let Some(name) = self.schedule_name.as_deref().or(was.map(|it| &*it.name)) else {
            return match (self.schedule_type, self.schedule_level) {
                (None, None | Some(ScheduleLevel::Global)) => Ok(()),
                _ => Err(missing(
                    "scheduleName is required beside scheduleType and scheduleLevel.",
                )),
            };
        };
        if name.is_empty() {
            criterion.schedule = None;
            return Ok(());
        }
        let kind = self.schedule_type.or(was.map(|it| it.kind));
        let level = self.schedule_level.or(was.map(|it| it.level));
        let needed = |field: &str| missing(format!("{field} is required beside scheduleName."));
        let schedule = NamedSchedule {
            name: name.to_owned(),
            kind: kind.ok_or_else(|| needed("scheduleType"))?,
            level: level.ok_or_else(|| needed("scheduleLevel"))?,
        };
        values::length("scheduleName", name, 255)?;
        check_schedule(&schedule, step)?;
        criterion.schedule = Some(schedule);
        Ok(())
    }
}

/// Refuses the name that no criterion can have.
fn check_name(name: &str) -> Result<(), Refusal> {
    // 60 characters keep the id, which is made of the name, within the length that ids may have.
    if name.trim().is_empty() || name.chars().count() > 60 {
        return Err(invalid("filterName must have 1 to 60 characters."));
    }
    Ok(())
}

/// Refuses a schedule of the person's own that is not there. Schedules of locations are not
/// simulated: their names are believed (DEC-85).
fn check_schedule(schedule: &NamedSchedule, step: &Step<'_>) -> Result<(), Refusal> {
    if schedule.level != ScheduleLevel::People {
        return Ok(());
    }
    let own = step.value::<Schedules>();
    let mut own = own.schedules.iter();
    if own.any(|one| one.kind == schedule.kind && one.name == schedule.name) {
        return Ok(());
    }
    let name = shorten(&schedule.name);
    Err(invalid(format!(
        "scheduleName must be a schedule of {} with this scheduleType, but \"{name}\" is none.",
        step.name()
    ))
    .by("DEC-85"))
}

/// Refuses numbers that are not the holder's own. One that has left the holder since stays where it
/// is shown, so that what was read can be written (DEC-124).
fn check_own(
    numbers: &[CalledNumber],
    were: &[CalledNumber],
    step: &Step<'_>,
) -> Result<(), Refusal> {
    for (position, called) in numbers.iter().enumerate() {
        let number = called.phone_number.as_str();
        let mut alternates = step.calling.alternates.iter();
        let is_own = match called.kind {
            CalledNumberType::Primary => {
                let own = step.calling.number.as_ref().map(|own| own.as_str());
                let extension = step.calling.extension.as_ref().map(|own| own.as_str());
                own == Some(number) || extension == Some(number)
            }
            CalledNumberType::Alternate => alternates.any(|own| own.number.as_str() == number),
        };
        let is_kept = is_own || were.contains(called);
        if !is_kept || numbers[..position].contains(called) {
            let number = shorten(number);
            return Err(invalid(format!(
                "callsToNumbers[{position}].phoneNumber must be a number of {} of this type, each \
                 once, but it is \"{number}\".",
                step.name()
            )));
        }
    }
    Ok(())
}

fn check_voicemail(criterion: &Criterion, step: &Step<'_>) -> Result<(), Refusal> {
    match (
        criterion.send_to_voicemail_enabled,
        criterion.forward_to_phone_number.as_deref(),
    ) {
        // Without a number of its own, the setting's is meant.
        (true, Some(number)) => values::voicemail_there(
            step,
            "sendToVoicemailEnabled",
            "forwardToPhoneNumber",
            number,
        ),
        _ => Ok(()),
    }
}

/// Adds a criterion.
pub(super) fn add<T: Criteria>(
    value: &mut T,
    id: Uuid,
    wanted: Wanted,
    step: &Step<'_>,
) -> Result<String, Refusal> {
    value.reachable()?;
    let criterion = wanted.make(id, &T::shape(step.holder), step)?;
    let id = criterion.id();
    value.criteria_mut().push(criterion);
    Ok(id)
}
