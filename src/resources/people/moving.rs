//! People who move to another location: what stands in the way, what it changes beside the
//! location, and the move itself (DEC-102).
//!
//! Codes and sentences are those of the public API's job for it.

mod look;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use self::look::Look;
use crate::belongings::{self, numbers};
use crate::licensing::outcome::{Action, Changed, Outcome, OutcomeError};
use crate::model::{Calling, E164, Extension, Holder, Location, Person, PhoneNumber};
use crate::resources::locations;
use crate::settings::families::digit_patterns::DigitPatterns;
use crate::settings::families::incoming_permission::IncomingPermission;
use crate::settings::families::outgoing_permission::OutgoingPermission;
use crate::settings::families::transfer_numbers::TransferNumbers;
use crate::settings::family::Family;
use crate::world::{Tx, World};

/// Who moves where, with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// Who.
    pub person: Uuid,
    /// Where to; somebody without Calling may move to nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// What becomes of the extension.
    #[serde(default)]
    pub extension: Wish<Extension>,
    /// What becomes of the phone number.
    #[serde(default)]
    pub number: Wish<E164>,
}

/// What becomes of a value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wish<T> {
    /// It comes along.
    #[default]
    Keep,
    /// It is given up.
    Clear,
    /// Another one stands instead.
    Take(T),
}

impl<T: Clone> Wish<T> {
    fn of(&self, own: Option<&T>) -> Option<T> {
        match self {
            Self::Keep => own.cloned(),
            Self::Clear => None,
            Self::Take(new) => Some(new.clone()),
        }
    }
}

/// What a move comes to, before it is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// Why it cannot be made.
    pub errors: Vec<OutcomeError>,
    /// What it changes beside the location.
    pub impacts: Vec<OutcomeError>,
}

/// Settings that follow the location: what a user has of his own in them stays behind. Which
/// families the sentences mean is inferred.
const LEFT_BEHIND: [(u32, &[&str], &str); 3] = [
    (
        19702,
        &[IncomingPermission::KEY],
        "The user level customized incoming digit string setting is removed from the user. User \
         is set to use the new group setting.",
    ),
    (
        19703,
        &[DigitPatterns::KEY],
        "The user level customized outgoing digit plan setting is removed from the user. User is \
         set to use the new group setting.",
    ),
    (
        19704,
        &[OutgoingPermission::KEY, TransferNumbers::KEY],
        "The user level customized enhanced outgoing calling plan setting is removed from the \
         user. User is set to use the new group setting.",
    ),
];

/// What a move of somebody would come to.
#[must_use]
pub fn foresee(world: &World, wanted: &Move) -> Foreseen {
    match Look::at(world, wanted) {
        Ok(mut look) => {
            look.examine(wanted);
            look.told
        }
        Err(error) => Foreseen {
            errors: vec![error],
            impacts: Vec::new(),
        },
    }
}

/// Moves somebody. Without Calling that is the location alone.
///
/// # Errors
/// The first reason why it cannot be; nothing has changed then.
pub fn carry_out(tx: &mut Tx, wanted: &Move) -> Result<Outcome, OutcomeError> {
    let holder = Holder::Person(wanted.person);
    let person = super::get(tx, wanted.person).map_err(|_| error(4003, "User Not Found"))?;
    let is_there = |id| locations::get(tx, person.organization, id).is_ok();
    if !wanted.location.is_none_or(is_there) {
        return Err(error(4152, "Location Not Found"));
    }
    let mut outcome = match &person.calling {
        Some(own) => carry_calling(tx, wanted, own)?,
        None => Outcome::none(tx, holder),
    };
    let now = tx.now();
    tx.update::<Person>(wanted.person, |person| {
        if person.calling.is_none() {
            person.location = wanted.location;
        }
        person.last_modified = now;
    })
    .unwrap_or_default();
    let name = |id: Option<Uuid>| id.and_then(|id| tx.get::<Location>(id)).map(|it| &it.name);
    let before = person.any_location();
    outcome.changed.push(Changed {
        family: "location".into(),
        field: "location".into(),
        before: json!(name(before)),
        after: json!(name(wanted.location)),
    });
    outcome.by_rule("DEC-102");
    tx.by_rule("DEC-102");
    Ok(outcome)
}

fn carry_calling(tx: &mut Tx, wanted: &Move, own: &Calling) -> Result<Outcome, OutcomeError> {
    let holder = Holder::Person(wanted.person);
    let mut look = Look::at(tx, wanted)?;
    look.examine(wanted);
    if let Some(error) = look.told.errors.into_iter().next() {
        return Err(error);
    }
    let (after, carried) = (look.after, look.carried);
    for number in &carried {
        if let Some((id, _)) = PhoneNumber::find(tx, number.as_str()) {
            tx.update::<PhoneNumber>(id, |known| known.location = after.location)
                .unwrap_or_default();
        }
    }
    let chosen = numbers::assign_primary(tx, holder, after.clone());
    let chosen = chosen.map_err(|it| OutcomeError::from(&it))?;
    let families: Vec<&str> = LEFT_BEHIND.iter().flat_map(|row| row.1).copied().collect();
    let mut lost = belongings::leave_behind(tx, holder, &families, "DEC-102");
    lost.extend(chosen);
    tx.lose(lost.iter().cloned());
    let mut outcome = Outcome::none(tx, holder);
    outcome.kept = belongings::kept(tx, holder)
        .into_iter()
        .map(Into::into)
        .collect();
    outcome.renumbered(own, &after);
    if outcome
        .changed
        .iter()
        .any(|changed| !changed.after.is_null())
    {
        outcome.action = Action::Assigned;
    }
    outcome.lost = lost;
    Ok(outcome)
}

fn error(code: u32, message: impl Into<String>) -> OutcomeError {
    OutcomeError {
        code,
        message: message.into(),
    }
}
