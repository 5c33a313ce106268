//! Services > Contact Center: Synchronize Users, and who is a user (CC-07 to CC-09).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use super::tasks::{TaskBody, accepted, start};
use crate::http::faults::Backend;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::contact_center::{self, LicenseType, SyncStatus};
use crate::model::{Person, WebexId};
use crate::refusal::Refusal;
use crate::tasks::contact_center_sync::Synchronize;
use crate::tasks::job::Job;
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post(
        "/_hub/v1/organizations/{org}/contactCenter/synchronize",
        synchronize,
    )
    .named(
        "synchronizeContactCenter",
        "Synchronize the users of Contact Center",
    )
    .answers::<TaskBody>()
    .status(202),
    Row::get("/_hub/v1/organizations/{org}/contactCenter/users", list)
        .named("listContactCenterUsers", "The users of Contact Center")
        .queries(&[MAX, START])
        .answers::<page::Items<ContactCenterUser>>(),
];

/// A user of Contact Center.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ContactCenterUser {
    /// The person.
    person_id: String,
    /// The address.
    email: String,
    /// The licence.
    license_type: LicenseType,
    /// `agent` or `supervisor`; `administrator` beside it.
    roles: Vec<&'static str>,
    /// Whether Contact Center knows it.
    sync_status: SyncStatus,
}

fn synchronize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let failure = call.backend_failure(Backend::ContactCenterSync);
    let job = Synchronize::prepare(&call.read(), organization, failure);
    let job = Job::ContactCenterSync(job);
    let id = call.write(|tx| start(tx, call, organization, job, Vec::new()))?;
    accepted(call, id)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let users = contact_center::users(&world, organization).into_iter();
    let items = users.filter_map(|id| user(&world, id));
    page::list(call, ORDINARY, "items", items)
}

/// A user, unless they hold no licence any more or never signed in (CC-08).
fn user(world: &World, id: Uuid) -> Option<ContactCenterUser> {
    let person = world
        .get::<Person>(id)
        .filter(|person| !person.invite_pending)?;
    let license = contact_center::license_of(world, person)?;
    Some(ContactCenterUser {
        person_id: WebexId::Person.encode(id),
        email: person.email.to_string(),
        license_type: LicenseType::of(world, license)?,
        roles: contact_center::roles(world, id),
        sync_status: contact_center::sync_status(world, id)?,
    })
}
