//! Criteria: which calls a setting is about, when, and what becomes of them.
//!
//! Every setting with criteria has them from here: how one is stored, what it may say, and the
//! routes that create, read, change and delete one. A family adds what differs upstream, as data:
//! a [`Shape`] for each kind of holder, and how a criterion is written (`wire.rs`).

mod listed;
mod merge;
mod named;
pub mod routes;
mod wire;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::families::schedules::ScheduleType;
use super::families::{invalid, values};
use super::family::Family;
use crate::model::number::shorten;
use crate::model::{Holder, WebexId, ids};
use crate::refusal::{ErrorKind, Refusal};

pub use listed::{Listed, ListedView, Topic};
pub use merge::Wanted;
pub use named::{names, rename};
pub use wire::{
    AcceptCriterion, AcceptEntry, AlertCriterion, AlertEntry, Entry, FilterCriterion, FilterEntry,
    ForwardCriterion, RejectCriterion, RejectEntry, RingCriterion, RingEntry, Wire,
    WorkspaceForwardCriterion,
};

/// The type of criteria's ids.
pub const ID_TYPE: &str = "CRITERIA";
/// The most criteria of a setting, and numbers of a criterion (hubsim's own bound).
pub const MOST: usize = 100;

/// One criterion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// Its id; absent where it is known by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Its name, where criteria have names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter_name: Option<String>,
    /// When it counts; at all times without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<NamedSchedule>,
    /// Whose calls it is about.
    pub calls_from: CallsFrom,
    /// Whether it is about callers who hide their number, too.
    pub anonymous_callers_enabled: bool,
    /// Whether it is about callers whose number is not known, too.
    pub unavailable_callers_enabled: bool,
    /// The callers' numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phone_numbers: Vec<String>,
    /// Whether the setting does to such calls what it is for; otherwise they are its exceptions.
    pub enabled: bool,
    /// Where such calls go, where criteria forward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forward_to_phone_number: Option<String>,
    /// Whether they go to the voicemail there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub send_to_voicemail_enabled: bool,
    /// Which of the holder's own numbers was called; any without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls_to_numbers: Vec<CalledNumber>,
    /// Whether it is not looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passed_over: bool,
}

/// A schedule as a criterion names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedSchedule {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ScheduleType,
    /// Whose it is.
    pub level: ScheduleLevel,
}

/// Whose schedule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScheduleLevel {
    /// The person's own.
    People,
    /// The location's.
    Group,
    /// Nobody's: there is no schedule.
    Global,
}

/// Whose calls a criterion is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallsFrom {
    /// Everybody's.
    #[default]
    AnyPhoneNumber,
    /// Those of some numbers.
    SelectPhoneNumbers,
    /// Those from within the organisation.
    AnyInternal,
    /// Those from outside.
    AnyExternal,
    /// Those that were forwarded.
    Forwarded,
}

impl CallsFrom {
    /// Those that selective accept of workspaces and selective reject may be about.
    pub const OR_FORWARDED: &[Self] = &[
        Self::AnyPhoneNumber,
        Self::SelectPhoneNumbers,
        Self::Forwarded,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnyPhoneNumber => "ANY_PHONE_NUMBER",
            Self::SelectPhoneNumbers => "SELECT_PHONE_NUMBERS",
            Self::AnyInternal => "ANY_INTERNAL",
            Self::AnyExternal => "ANY_EXTERNAL",
            Self::Forwarded => "FORWARDED",
        }
    }

    /// What the list of criteria calls it.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::AnyPhoneNumber => "ALL_NUMBERS",
            Self::SelectPhoneNumbers => "SPECIFIC_NUMBERS",
            other => other.name(),
        }
    }
}

/// One of the holder's own numbers that was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalledNumber {
    /// Which of them it is.
    #[serde(rename = "type")]
    pub kind: CalledNumberType,
    /// The number.
    pub phone_number: String,
}

/// Which of the holder's own numbers one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CalledNumberType {
    /// The first.
    Primary,
    /// Another.
    Alternate,
}

/// What differs upstream between the criteria of two settings, or of two kinds of holder.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Whose calls they may be about.
    pub calls_from: &'static [CallsFrom],
    /// Whose schedules they may name.
    pub levels: &'static [ScheduleLevel],
    /// What the list of callers' numbers is called.
    pub numbers: &'static str,
    /// Whether one that chooses callers must say all of it: numbers, and what of callers without a
    /// number.
    pub chosen_are_whole: bool,
    /// Whether each has a name, of which its id is made (DEC-88).
    pub has_name: bool,
}

impl Shape {
    /// The shape of most criteria of people.
    pub const OF_PEOPLE: Self = Self {
        calls_from: &[CallsFrom::AnyPhoneNumber, CallsFrom::SelectPhoneNumbers],
        levels: &[ScheduleLevel::People, ScheduleLevel::Group],
        numbers: "phoneNumbers",
        chosen_are_whole: false,
        has_name: false,
    };

    /// The shape of most criteria of workspaces.
    pub const OF_WORKSPACES: Self = Self {
        levels: &[ScheduleLevel::Group],
        chosen_are_whole: true,
        ..Self::OF_PEOPLE
    };

    /// The shape of most criteria of a holder.
    #[must_use]
    pub const fn of(holder: Holder) -> Self {
        match holder {
            Holder::Person(_) => Self::OF_PEOPLE,
            Holder::Workspace(_) => Self::OF_WORKSPACES,
        }
    }

    /// The same, about other callers.
    #[must_use]
    pub const fn about(self, calls_from: &'static [CallsFrom]) -> Self {
        Self { calls_from, ..self }
    }

    /// Refuses a criterion that no request of this shape could have made.
    fn bounds(&self, criterion: &Criterion) -> Result<(), Refusal> {
        if self.has_name != criterion.filter_name.is_some()
            || self.has_name == criterion.id.is_some()
        {
            return Err(invalid(
                "A criterion has an id or, where it has one, a name.",
            ));
        }
        if !self.calls_from.contains(&criterion.calls_from) {
            let known: Vec<&str> = self.calls_from.iter().map(|from| from.name()).collect();
            let (known, found) = (known.join(", "), criterion.calls_from.name());
            return Err(invalid(format!(
                "callsFrom must be one of {known}, but it is the string \"{found}\"."
            )));
        }
        if let Some(schedule) = &criterion.schedule
            && !self.levels.contains(&schedule.level)
        {
            return Err(invalid(match self.levels.len() {
                1 => "scheduleLevel must be GROUP.",
                _ => "scheduleLevel must be one of PEOPLE, GROUP.",
            }));
        }
        values::phone(
            "forwardToPhoneNumber",
            criterion.forward_to_phone_number.as_deref(),
        )?;
        criterion.check_called()?;
        self.check_numbers(criterion)
    }

    fn check_numbers(&self, criterion: &Criterion) -> Result<(), Refusal> {
        let (field, count) = (self.numbers, criterion.phone_numbers.len());
        if count > MOST {
            return Err(invalid(format!(
                "{field} must not have more than {MOST} items, but it has {count}."
            )));
        }
        for (position, number) in criterion.phone_numbers.iter().enumerate() {
            let field = format!("{field}[{position}]");
            values::number_needed(&field, number)?;
            if criterion.phone_numbers[..position].contains(number) {
                let number = shorten(number);
                return Err(invalid(format!("{field}: {number} is named twice.")));
            }
        }
        let nobody = count == 0
            && !criterion.anonymous_callers_enabled
            && !criterion.unavailable_callers_enabled;
        if criterion.calls_from == CallsFrom::SelectPhoneNumbers && nobody {
            let detail = format!(
                "{field} is required while callsFrom is SELECT_PHONE_NUMBERS, unless anonymous or \
                 unavailable callers are meant."
            );
            return Err(super::families::missing(detail).by("DEC-85"));
        }
        Ok(())
    }
}

impl Criterion {
    /// Refuses called numbers that no holder can have: the primary one or an extension, and the
    /// others, each once.
    fn check_called(&self) -> Result<(), Refusal> {
        let called = &self.calls_to_numbers;
        if called.len() > MOST {
            return Err(invalid(format!(
                "callsToNumbers must not have more than {MOST} items, but it has {}.",
                called.len()
            )));
        }
        for (position, one) in called.iter().enumerate() {
            let field = format!("callsToNumbers[{position}].phoneNumber");
            values::number_needed(&field, &one.phone_number)?;
            if called[..position].contains(one) {
                let number = shorten(&one.phone_number);
                return Err(invalid(format!("{field}: {number} is named twice.")));
            }
        }
        Ok(())
    }

    /// The id that callers know it by.
    #[must_use]
    pub fn id(&self) -> String {
        match (&self.filter_name, self.id) {
            (Some(name), _) => ids::encode_text(ID_TYPE, name),
            (None, id) => WebexId::Criterion.encode(id.unwrap_or_default()),
        }
    }

    /// Whether an id is this criterion's.
    pub(super) fn is(&self, id: &str) -> bool {
        match &self.filter_name {
            Some(name) => ids::decode_text(ID_TYPE, id).as_ref() == Some(name),
            None => self.id.is_some() && WebexId::Criterion.decode(id) == self.id,
        }
    }
}

/// A family with criteria.
pub trait Criteria: Family {
    /// What differs upstream for a kind of holder.
    fn shape(holder: Holder) -> Shape;

    /// The criteria, in the order in which they were made.
    fn criteria(&self) -> &[Criterion];

    /// The criteria, to change them.
    fn criteria_mut(&mut self) -> &mut Vec<Criterion>;

    /// Puts right what a change of the criteria has made impossible.
    fn settle_criteria(&mut self) {}

    /// Refuses to look at the criteria of a holder who cannot have any.
    ///
    /// # Errors
    /// The refusal that the caller sees.
    fn reachable(&self) -> Result<(), Refusal> {
        Ok(())
    }
}

/// Where the criterion with an id stands.
fn position<T: Criteria>(value: &T, id: &str) -> Result<usize, Refusal> {
    let mut all = value.criteria().iter();
    all.position(|criterion| criterion.is(id))
        .ok_or_else(|| Refusal::not_found("Criteria", id))
}

/// Refuses criteria that no requests could have made.
///
/// # Errors
/// 400 that names what is wrong.
pub fn bounds<T: Criteria>(value: &T, holder: Holder) -> Result<(), Refusal> {
    let (shape, all) = (T::shape(holder), value.criteria());
    if all.len() > MOST {
        return Err(invalid(format!(
            "There may be at most {MOST} criteria, but there are {}.",
            all.len()
        )));
    }
    for (position, criterion) in all.iter().enumerate() {
        shape.bounds(criterion)?;
        let key = (criterion.id, &criterion.filter_name);
        let mut earlier = all[..position].iter();
        if earlier.any(|other| (other.id, &other.filter_name) == key) {
            let name = criterion.filter_name.as_deref().unwrap_or_default();
            let detail = format!("A criterion named {} exists already.", shorten(name));
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
    }
    Ok(())
}
