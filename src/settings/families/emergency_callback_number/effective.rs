//! Which number an emergency call would use: the one that is chosen while calls reach it, else the
//! location's main number, else none.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{E164, PhoneNumber};
use crate::settings::family::Step;
use crate::settings::members::Member;

/// A number that may be called back, and what would be used for it.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Information {
    /// The number; none where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// First name, or the name of a workspace or location.
    pub first_name: String,
    /// Last name, or a dot.
    pub last_name: String,
    /// The member's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_id: Option<String>,
    /// `PEOPLE` or `PLACE`, of a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_type: Option<&'static str>,
    /// Whose number an emergency call would use.
    pub effective_level: Level,
    /// That number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_value: Option<String>,
    /// How good the number is.
    pub quality: Quality,
}

/// Whose number an emergency call would use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// The holder's own.
    DirectLine,
    /// The location's main number.
    LocationNumber,
    /// Somebody else's in the location.
    LocationMemberNumber,
    /// Nobody's.
    #[default]
    None,
}

/// How good a number is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Quality {
    /// Calls reach it, and a person or a workspace has it.
    Recommended,
    /// Calls reach it, and something else has it.
    NotRecommended,
    /// No call reaches it, or there is none.
    #[default]
    Invalid,
}

fn quality(step: &Step<'_>, number: Option<&E164>) -> Quality {
    let found = number.and_then(|number| PhoneNumber::find(step.world, number.as_str()));
    match found.map(|(_, number)| number) {
        Some(number) if !number.active => Quality::Invalid,
        Some(number) if number.owner.is_some() => Quality::Recommended,
        Some(_) => Quality::NotRecommended,
        None => Quality::Invalid,
    }
}

/// The main number of the holder's location.
pub(super) fn main_number<'a>(step: &Step<'a>) -> Option<&'a E164> {
    step.location()?.calling.as_ref()?.main_number.as_ref()
}

/// A number of a level, and what would be used for it.
fn information(
    step: &Step<'_>,
    level: Level,
    number: Option<&E164>,
    (first_name, last_name): (&str, &str),
) -> Information {
    let own = quality(step, number);
    let main = main_number(step);
    let is_reached = |quality| quality != Quality::Invalid;
    let (effective_level, value) = match is_reached(own) {
        true => (level, number),
        false if is_reached(quality(step, main)) => (Level::LocationNumber, main),
        false => (Level::None, None),
    };
    Information {
        phone_number: number.map(ToString::to_string),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        effective_level,
        effective_value: value.map(ToString::to_string),
        quality: own,
        ..Information::default()
    }
}

pub(super) fn of_direct_line(step: &Step<'_>) -> Information {
    let names = Member(step.holder).names(step.world).unwrap_or_default();
    let number = step.calling.number.as_ref();
    information(step, Level::DirectLine, number, names)
}

pub(super) fn of_location(step: &Step<'_>) -> Information {
    let name = step.location().map_or("", |location| &location.name);
    information(step, Level::LocationNumber, main_number(step), (name, "."))
}

pub(super) fn of_member(step: &Step<'_>, member: Member) -> Option<Information> {
    let number = member.calling(step.world)?.number.as_ref();
    let names = member.names(step.world)?;
    Some(Information {
        member_id: Some(member.0.webex_id()),
        member_type: Some(member.0.type_name()),
        ..information(step, Level::LocationMemberNumber, number, names)
    })
}
