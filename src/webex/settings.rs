//! The routes of the settings families: one function for all of them.

use uuid::Uuid;

use crate::belongings::memberships::{self, Membership};
use crate::http::places::Places;
use crate::http::{Call, Reply, multipart, page};
use crate::model::owned;
use crate::model::{Holder, WebexId, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::FamilyRoute;
use crate::settings::family::{Asked, Run, Step, Upload};
use crate::settings::members::Member;
use crate::world::World;

/// Runs a route of a family for the holder that the path names.
///
/// # Errors
/// 404 for an unknown holder, 400 without Calling, and the family's own refusals.
pub fn run(call: &Call<'_>, route: &FamilyRoute, is_person: bool) -> Result<Reply, Refusal> {
    let holder = holder(call, is_person)?;
    let query: Vec<(String, String)> = call
        .queries()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let items: Vec<&str> = call.values.iter().skip(1).map(AsRef::as_ref).collect();
    let file = match call.content_type.starts_with("multipart/") {
        true => Some(multipart::file(call.content_type, call.body, "file")?),
        false => None,
    };
    let upload = file.as_ref().map(|file| Upload {
        file_name: &file.name,
        content_type: &file.content_type,
        bytes: &file.bytes,
    });
    let asked = Asked {
        body: call.body,
        items: &items,
        query: &query,
        upload,
        required: route.requires,
        passed_over: Some(&call.passed_over),
    };
    match route.run {
        Run::Read(read) => {
            let world = call.tenant.sandbox.peek();
            let step = Step::new(&world, holder)?;
            route.check(&step)?;
            Ok(Reply::rendered(route.status, read(&step, &asked)?))
        }
        Run::List(envelope, read) => {
            let world = call.tenant.sandbox.peek();
            let step = Step::new(&world, holder)?;
            route.check(&step)?;
            let items = read(&step, &asked)?;
            page::list(call, page::TELEPHONY, envelope, items.into_iter())
        }
        Run::Write(write) => {
            let places = call.places();
            let body = call.write(|tx| {
                route.check(&Step::new(tx, holder)?)?;
                let before = named_by(tx, holder, &places);
                let body = write(tx, holder, &asked)?;
                let mut after = named_by(tx, holder, &places).into_iter();
                // Who stands in another location is not there for the caller (DEC-47).
                let strange =
                    |one: &Membership| !before.contains(one) && !places.hold_holder(tx, one.1);
                match after.find(strange) {
                    Some((_, one)) => Err(Member::not_there(&one.webex_id())),
                    None => Ok(body),
                }
            })?;
            Ok(match body {
                Some(body) => Reply::rendered(route.status, body),
                // A 200 without a body breaks clients that read JSON from it.
                None if route.status == 200 => Reply::rendered(200, "{}"),
                None => Reply::empty(route.status),
            })
        }
    }
}

/// Whom a holder's settings name, where the caller may not name everybody.
fn named_by(world: &World, holder: Holder, places: &Places) -> Vec<Membership> {
    match places.are_everywhere() {
        true => Vec::new(),
        false => memberships::named_by(world, holder),
    }
}

/// The person or the workspace that the path names first.
///
/// # Errors
/// 404 for an unknown one, 403 for somebody else's without a role for it.
pub(super) fn holder(call: &Call<'_>, is_person: bool) -> Result<Holder, Refusal> {
    let text = call.values.first().map_or("", |value| value);
    if is_person {
        let id = call.person_named(text)?;
        let own = call.session.as_ref().and_then(|it| it.actor.person);
        if own == Some(id) || call.is_allowed() {
            return Ok(Holder::Person(id));
        }
        let detail = match call.is_administrator() {
            true => "Administrators of this role read their own Calling settings alone.",
            false => "A person without an administrator role reads their own settings alone.",
        };
        return Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-01"));
    }
    workspace(call, text).map(Holder::Workspace)
}

/// A workspace of the caller's organisation by id.
///
/// # Errors
/// 404 when there is no such workspace.
pub fn workspace(call: &Call<'_>, text: &str) -> Result<Uuid, Refusal> {
    let world = call.tenant.sandbox.peek();
    let own = call.own_organization()?;
    let id = WebexId::Workspace.decode(text);
    let found = id.filter(|id| owned::has::<Workspace>(&world, own, *id));
    found.ok_or_else(|| Refusal::not_found("Workspace", text))
}
