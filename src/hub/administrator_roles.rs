//! Users > Administrator roles: what a person may do for the organisation, in one save.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::organization;
use crate::http::{Call, Reply, Row};
use crate::licensing::Route;
use crate::model::{Person, WebexId, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::{self, PersonChange, Wanted};

/// The rows.
pub const ROWS: &[Row] = &[Row::put(
    "/_hub/v1/organizations/{org}/users/{personId}/administratorRoles",
    save,
)
.named(
    "saveAdministratorRoles",
    "Save the administrator roles of a user",
)
.takes::<RolesRequest>()
.answers::<RolesBody>()];

/// The roles to be held from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RolesRequest {
    /// Role ids, or names; none is an ordinary person.
    roles: Vec<String>,
    /// The locations of a Location Administrator, at most five; as they are where it is left out.
    locations: Option<Vec<String>>,
}

/// The roles as they are.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RolesBody {
    /// The person.
    person_id: String,
    /// Role ids.
    roles: Vec<String>,
    /// The locations of a Location Administrator.
    locations: Vec<String>,
}

fn save(call: &Call<'_>) -> Result<Reply, Refusal> {
    organization(call)?;
    let id = call.person("personId")?;
    let request: RolesRequest = call.json()?;
    let locations = request.locations.map(|ids| {
        let decode = |text: &String| WebexId::Location.decode(text);
        let found: Option<Vec<_>> = ids.iter().map(decode).collect();
        found.ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
    });
    let change = PersonChange {
        admin_locations: locations.transpose()?,
        roles: Some(request.roles),
        keeps_roles: !call.may_change_roles(),
        ..PersonChange::default()
    };
    call.write(|tx| people::update(tx, id, change, &Wanted::default(), Route::PeopleWrite))?;
    let world = call.tenant.sandbox.peek();
    let person = world.get::<Person>(id);
    let roles = person.map_or(&[][..], |person| person.roles.as_slice());
    let locations = person.map_or(&[][..], |person| person.admin_locations.as_slice());
    let body = RolesBody {
        person_id: WebexId::Person.encode(id),
        roles: roles.iter().map(|role| ids::encode("ROLE", role)).collect(),
        locations: locations
            .iter()
            .map(|id| WebexId::Location.encode(*id))
            .collect(),
    };
    Reply::json(200, &body)
}
