//! `/identity/scim/{orgId}/v2/Users`: people as directories see them.

mod document;
pub(super) mod request;
mod search;
pub(super) mod write;

use uuid::Uuid;

use super::patch::PatchRequest;
use super::{ATTRIBUTES, COUNT, Doer, EXCLUDED, ListBody, SORT_ORDER, START_INDEX, user_id};
use crate::http::{Access, Call, Fidelity, Reply, Row};
use crate::model::Person;
use crate::refusal::Refusal;

use document::UserBody;
use request::UserRequest;

const USERS: &str = "/identity/scim/{orgId}/v2/Users";
const USER: &str = "/identity/scim/{orgId}/v2/Users/{userId}";

/// The rows. Writes refuse attributes that would not be kept, of which the contract documents many;
/// that is why they are no more than F2.
pub const ROWS: &[Row] = &[
    Row::get(USERS, search::search)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("filter", "Such as `userName eq \"ada@example.com\"`."),
            ATTRIBUTES,
            EXCLUDED,
            ("sortBy", "`userName`, `id` or `meta.lastModified`."),
            SORT_ORDER,
            START_INDEX,
            COUNT,
            ("returnGroups", "Whether the groups of each user are shown."),
            (
                "includeGroupDetails",
                "The same, with their names and addresses.",
            ),
            ("groupUsageTypes", "Only groups of these usages."),
        ])
        .answers::<ListBody<UserBody<'_>>>()
        .walks(),
    Row::post(USERS, create)
        .fidelity(Fidelity::F2)
        .takes::<UserRequest>()
        .answers::<UserBody<'_>>()
        .status(201),
    Row::get("/identity/scim/v2/Users/me", me)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .answers::<UserBody<'_>>(),
    Row::get(USER, get)
        .fidelity(Fidelity::F4)
        .answers::<UserBody<'_>>(),
    Row::put(USER, replace)
        .fidelity(Fidelity::F2)
        .takes::<UserRequest>()
        .answers::<UserBody<'_>>(),
    Row::patch(USER, patch)
        .fidelity(Fidelity::F2)
        .takes::<PatchRequest>()
        .answers::<UserBody<'_>>(),
    Row::delete(USER, delete).fidelity(Fidelity::F4),
];

fn show(call: &Call<'_>, doer: &Doer<'_>, id: Uuid, status: u16) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let person = write::find(&world, doer, id)?;
    let reply = Reply::json(status, &UserBody::of(doer.origin, &world, id, person))?;
    Ok(match status {
        201 => reply.header("Location", doer.location("Users", id)),
        _ => reply,
    })
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    user_id(call.value("userId"))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, &Doer::of(call)?, id(call)?, 200)
}

fn me(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.person_named("me")?;
    let world = call.tenant.sandbox.peek();
    let person = world.get::<Person>(id);
    let person = person.ok_or_else(|| Refusal::not_found("User", "me"))?;
    Reply::json(200, &UserBody::of(&call.origin, &world, id, person))
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let doer = Doer::of(call)?;
    let (id, outcome) = call.write(|tx| write::create(tx, &doer, call.body))?;
    call.tell(outcome);
    show(call, &doer, id, 201)
}

fn replace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    let outcome = call.write(|tx| write::replace(tx, &doer, id, call.body))?;
    call.tell(outcome);
    show(call, &doer, id, 200)
}

fn patch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    let outcome = call.write(|tx| write::patch(tx, &doer, id, call.body))?;
    call.tell(outcome);
    show(call, &doer, id, 200)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    let outcome = call.write(|tx| write::delete(tx, &doer, id))?;
    call.tell(outcome);
    Ok(Reply::empty(204))
}
