//! Move users: people go to another location with their numbers and extensions, or it is told
//! beforehand what that would come to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::details::{Counts, Details, MoveCounts};
use super::document::JobBody;
use super::{Kind, TELEPHONY, location_named, started};
use crate::belongings::numbers::{parse_extension, parse_number};
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::licensing::outcome::OutcomeError;
use crate::model::owned;
use crate::model::{Location, Person, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::locations;
use crate::resources::people::moving::{Move, Wish, carry_out, foresee};
use crate::tasks::telephony::move_users::MoveUsers;
use crate::tasks::telephony::{About, MOVE_USERS, Telephony, USERS_MAX, Work};
use crate::tasks::{Task, TaskStatus};
use crate::world::World;

pub(super) const KIND: Kind = Kind {
    base: "/v1/telephony/config/jobs/person/moveLocation",
    row: MOVE_USERS,
    is_named_in_list: false,
    steps: &["moveusersvalidateAndMove"],
    fails_in: 0,
    code_prefix: "",
    paging: TELEPHONY,
    details: |task, _| Details {
        counts: Some(Counts::Moves(counts(task))),
        ..Details::default()
    },
};

pub(super) const INITIATE: Row = Row::post(KIND.base, initiate)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<MoveRequest>()
    .answers::<Started>()
    .status(201)
    .also(&[200]);

fn counts(task: &Task) -> MoveCounts {
    let left = task.total.saturating_sub(task.done());
    MoveCounts {
        total_moves: task.total,
        moved: task.succeeded,
        failed: task.failed,
        pending: 0,
        skipped: if task.status == TaskStatus::Cancelled {
            left
        } else {
            0
        },
    }
}

/// Users who are to move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MoveRequest {
    /// Users, by the location to which they go.
    users_list: Option<Vec<UsersItem>>,
}

/// Users who go to one location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UsersItem {
    /// Where they go. Users without Calling may go nowhere.
    location_id: Option<String>,
    /// Whether it is only told what the move of one user would come to.
    validate: Option<bool>,
    /// The users.
    users: Option<Vec<UserItem>>,
}

/// A user who is to move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserItem {
    /// The person.
    user_id: Option<String>,
    /// Another extension; an empty one is given up, and without any the own comes along.
    extension: Option<String>,
    /// A number of the new location; an empty one is given up, and without any the own comes along.
    phone_number: Option<String>,
}

/// The job that was started.
#[derive(Debug, Serialize, ToSchema)]
struct Started {
    /// The job.
    response: JobBody,
}

/// What moves come to.
#[derive(Debug, Serialize)]
struct Validated {
    response: [ValidatedUser; 1],
}

/// What the move of one user comes to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ValidatedUser {
    user_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    impacts: Vec<OutcomeError>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<OutcomeError>,
}

fn initiate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<MoveRequest>()?;
    let organization = call.organization()?;
    let world = call.read();
    let (moves, validates) = read(&world, organization, request)?;
    let has_calling = |wanted: &Move| {
        let person = world.get::<Person>(wanted.person);
        person.is_some_and(|person| person.calling.is_some())
    };
    match moves.as_slice() {
        [one] if validates => {
            if !has_calling(one) {
                return Err(ErrorKind::MoveValidateCalling.into());
            }
            let told = foresee(&world, one);
            answer(one.person, told.impacts, told.errors)
        }
        [one] if !has_calling(one) => {
            call.write(|tx| {
                carry_out(tx, one)
                    .map(drop)
                    .map_err(|why| Refusal::bad_request(why.message))
            })?;
            answer(one.person, Vec::new(), Vec::new())
        }
        _ if validates => Err(ErrorKind::MoveValidateOne.into()),
        _ => {
            let response = started(call, |_, _| {
                Ok(Telephony {
                    about: About::default(),
                    work: Work::MoveUsers(MoveUsers { moves }),
                })
            })?;
            Reply::json(201, &Started { response })
        }
    }
}

fn answer(
    person: Uuid,
    impacts: Vec<OutcomeError>,
    errors: Vec<OutcomeError>,
) -> Result<Reply, Refusal> {
    let user = ValidatedUser {
        user_id: WebexId::Person.encode(person),
        impacts,
        errors,
    };
    Reply::json(200, &Validated { response: [user] })
}

/// The moves that a request names, and whether they are only to be validated.
fn read(
    world: &World,
    organization: Uuid,
    request: MoveRequest,
) -> Result<(Vec<Move>, bool), Refusal> {
    let lists = request.users_list.unwrap_or_default();
    if lists.is_empty() {
        return Err(ErrorKind::MoveListEmpty.into());
    }
    let mut moves: Vec<Move> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut validates = false;
    for item in lists {
        validates |= item.validate.ok_or(ErrorKind::MoveValidateMissing)?;
        let users = item.users.unwrap_or_default();
        if users.is_empty() {
            return Err(ErrorKind::MoveUsersEmpty.into());
        }
        if moves.len() + users.len() > USERS_MAX {
            return Err(ErrorKind::MoveTooMany.into());
        }
        let to = item.location_id.filter(|text| !text.is_empty());
        let to = to.map(|text| location_named(&text)).transpose()?;
        let to = to.map(|id| locations::get(world, organization, id).map(|place| (id, place)));
        let to = to.transpose()?;
        for user in users {
            let wanted = one(world, organization, to, &user)?;
            if !seen.insert(wanted.person) {
                return Err(ErrorKind::MoveTwice.into());
            }
            moves.push(wanted);
        }
    }
    Ok((moves, validates))
}

fn one(
    world: &World,
    organization: Uuid,
    to: Option<(Uuid, &Location)>,
    user: &UserItem,
) -> Result<Move, Refusal> {
    let text = user.user_id.as_deref().filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Refusal::bad_request("Attribute 'User ID' is required."))?;
    let id = WebexId::Person.decode(text);
    let found = id.and_then(|id| Some((id, owned::get::<Person>(world, organization, id)?)));
    let (id, person) = found.ok_or_else(|| Refusal::new(ErrorKind::MoveUserUnknown, text))?;
    let location = to.map(|(id, _)| id);
    let names_line = user.extension.is_some() || user.phone_number.is_some();
    let refused = match person.calling {
        None if names_line => Some(ErrorKind::MoveCallingOnly),
        Some(_) if location.is_none() => Some(ErrorKind::MoveNoLocation),
        _ if location == person.any_location() => Some(ErrorKind::MoveSameLocation),
        _ => None,
    };
    if let Some(kind) = refused {
        return Err(kind.into());
    }
    let wanted = Move {
        person: id,
        location,
        extension: wish(user.extension.as_deref(), parse_extension)?,
        number: wish(user.phone_number.as_deref(), |text| {
            let place = to.map(|(_, place)| place);
            parse_number(text, place).map_err(|_| ErrorKind::MoveNotE164.into())
        })?,
    };
    let gives_up = wanted.extension == Wish::Clear && wanted.number == Wish::Clear;
    match gives_up {
        true => Err(ErrorKind::MoveNoLine.into()),
        false => Ok(wanted),
    }
}

fn wish<T>(
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Result<Wish<T>, Refusal> {
    Ok(match text {
        None => Wish::Keep,
        Some("") => Wish::Clear,
        Some(text) => Wish::Take(parse(text)?),
    })
}
