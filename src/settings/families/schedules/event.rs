//! Events of schedules: their values and what may be said about them.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::ids;
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::settings::families::{invalid, missing};

use super::recurrence::Recurrence;

/// The type of events' ids.
pub(super) const ID_TYPE: &str = "USER_SCHEDULE_EVENT";

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its name, unique in the schedule.
    pub name: String,
    /// Its first day, `YYYY-MM-DD`.
    pub start_date: String,
    /// Its last day, `YYYY-MM-DD`.
    pub end_date: String,
    /// When it starts, `HH:MM`; absent for whole days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// When it ends, `HH:MM`; absent for whole days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// Whether it takes whole days.
    pub all_day_enabled: bool,
    /// When it comes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
}

/// What reading shows of an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventView<'a> {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: &'a str,
    /// Its first day.
    pub start_date: &'a str,
    /// Its last day.
    pub end_date: &'a str,
    /// When it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<&'a str>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<&'a str>,
    /// Whether it takes whole days.
    pub all_day_enabled: bool,
    /// When it comes again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<&'a Recurrence>,
}

impl<'a> From<&'a Event> for EventView<'a> {
    fn from(event: &'a Event) -> Self {
        Self {
            id: ids::encode_text(ID_TYPE, &event.name),
            name: &event.name,
            start_date: &event.start_date,
            end_date: &event.end_date,
            start_time: event.start_time.as_deref(),
            end_time: event.end_time.as_deref(),
            all_day_enabled: event.all_day_enabled,
            recurrence: event.recurrence.as_ref(),
        }
    }
}

/// A new event, or what a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EventWrite {
    /// Its name.
    pub name: Option<String>,
    /// Its new name.
    pub new_name: Option<String>,
    /// Its first day, `YYYY-MM-DD`.
    pub start_date: Option<String>,
    /// Its last day, `YYYY-MM-DD`.
    pub end_date: Option<String>,
    /// When it starts, `HH:MM`.
    pub start_time: Option<String>,
    /// When it ends, `HH:MM`.
    pub end_time: Option<String>,
    /// Whether it takes whole days.
    pub all_day_enabled: Option<bool>,
    /// When it comes again.
    pub recurrence: Option<Recurrence>,
}

/// The name that a caller gives a schedule or an event.
pub(super) fn required_name(name: Option<String>) -> Result<String, Refusal> {
    let name = name.ok_or_else(|| missing("name is required."))?;
    check_name(&name)?;
    Ok(name)
}

/// Refuses a name that no schedule or event may have.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    // 60 characters keep the id within the length that ids may have.
    if name.trim().is_empty() || name.chars().count() > 60 {
        return Err(invalid("name must have 1 to 60 characters."));
    }
    Ok(())
}

/// The events that a caller gives.
pub(super) fn read_all(writes: Vec<EventWrite>) -> Result<Vec<Event>, Refusal> {
    let events = writes.into_iter().map(read);
    let events: Vec<Event> = events.collect::<Result<_, _>>()?;
    check_names(&events)?;
    Ok(events)
}

/// Refuses events of which one cannot be, or two have one name.
pub(super) fn check_all(events: &[Event]) -> Result<(), Refusal> {
    for event in events {
        check_name(&event.name)?;
        check(event)?;
    }
    check_names(events)
}

fn check_names(events: &[Event]) -> Result<(), Refusal> {
    let mut known = BTreeSet::new();
    match events.iter().all(|event| known.insert(&event.name)) {
        true => Ok(()),
        false => Err(invalid("Two events of a schedule have the same name.")),
    }
}

/// A new event.
pub(super) fn read(write: EventWrite) -> Result<Event, Refusal> {
    let required = |value: Option<String>, name: &str| {
        value.ok_or_else(|| missing(format!("{name} is required.")))
    };
    let event = Event {
        name: required_name(write.name)?,
        start_date: required(write.start_date, "startDate")?,
        end_date: required(write.end_date, "endDate")?,
        start_time: write.start_time,
        end_time: write.end_time,
        all_day_enabled: write.all_day_enabled.unwrap_or(false),
        recurrence: write.recurrence,
    };
    check(&event)?;
    Ok(event)
}

/// An event as a PUT says it, which says it whole: its times are required where a new event's are.
/// What it does not say of the event's coming again stays.
pub(super) fn replace(event: &Event, write: EventWrite) -> Result<Event, Refusal> {
    let mut changed = read(EventWrite {
        name: write.new_name.clone(),
        ..write
    })?;
    changed.recurrence = changed.recurrence.or_else(|| event.recurrence.clone());
    check(&changed)?;
    Ok(changed)
}

fn check(event: &Event) -> Result<(), Refusal> {
    let start = date("startDate", &event.start_date)?;
    let end = date("endDate", &event.end_date)?;
    if end < start {
        return Err(invalid(format!(
            "endDate {end} is before startDate {start}."
        )));
    }
    let clock = |name: &str, value: &Option<String>| match value {
        Some(value) => time(name, value).map(Some),
        None if event.all_day_enabled => Ok(None),
        None => Err(missing(format!(
            "{name} is required unless allDayEnabled is true."
        ))),
    };
    let times = (
        clock("startTime", &event.start_time)?,
        clock("endTime", &event.end_time)?,
    );
    if let (Some(from), Some(until)) = times
        && start == end
        && until <= from
        && !event.all_day_enabled
    {
        return Err(invalid("endTime must be after startTime on the same day."));
    }
    let recurrence = event.recurrence.as_ref();
    recurrence.map_or(Ok(()), |recurrence| recurrence.check(start, end))
}

pub(super) fn date(name: &str, text: &str) -> Result<Date, Refusal> {
    let wrong = || {
        let text = shorten(text);
        invalid(format!(
            "{name} must be a day in the form YYYY-MM-DD, but it is \"{text}\"."
        ))
    };
    if text.len() != "YYYY-MM-DD".len() {
        return Err(wrong());
    }
    text.parse().map_err(|_| wrong())
}

fn time(name: &str, text: &str) -> Result<Time, Refusal> {
    let wrong = || {
        let text = shorten(text);
        invalid(format!(
            "{name} must be a time in the form HH:MM, but it is \"{text}\"."
        ))
    };
    if text.len() != "HH:MM".len() {
        return Err(wrong());
    }
    text.parse().map_err(|_| wrong())
}
