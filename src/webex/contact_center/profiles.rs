//! User profiles of Contact Center: the four that every organisation has. Others cannot be made
//! here, so the role decides which one a user has.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{User, filter, organization, page};
use crate::http::{Call, Reply};
use crate::licensing::contact_center::{self, LicenseType};
use crate::model::Organization;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{World, ids};

/// Which of the profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of administrators with Premium.
    Administrator,
    /// Of supervisors.
    Supervisor,
    /// Of agents with Premium.
    PremiumAgent,
    /// Of agents with Standard.
    StandardAgent,
}

/// Every profile with its type and its name.
const ALL: [(Kind, &str, &str); 4] = [
    (
        Kind::Administrator,
        "ADMINISTRATOR",
        "Administrator Profile",
    ),
    (Kind::Supervisor, "SUPERVISOR", "Supervisor Profile"),
    (
        Kind::PremiumAgent,
        "PREMIUM_AGENT",
        "Premium Agent User Profile",
    ),
    (
        Kind::StandardAgent,
        "STANDARD_AGENT",
        "Standard Agent User Profile",
    ),
];

/// A user profile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfileBody {
    organization_id: String,
    id: String,
    version: u32,
    name: &'static str,
    /// `ADMINISTRATOR`, `SUPERVISOR`, `PREMIUM_AGENT` or `STANDARD_AGENT`.
    profile_type: &'static str,
    active: bool,
    permission_access_level: &'static str,
    resource_access_level: &'static str,
    system_default: bool,
    created_time: i64,
    last_updated_time: i64,
}

impl Kind {
    /// The profile of a user, by licence and roles.
    pub(super) fn of(world: &World, user: &User<'_>) -> Self {
        let is_premium = LicenseType::of(world, user.known.license) == Some(LicenseType::Premium);
        let roles = contact_center::roles(world, user.person_id);
        match (is_premium, user.known.supervisor) {
            (false, _) => Self::StandardAgent,
            (true, _) if roles.contains(&"administrator") => Self::Administrator,
            (true, true) => Self::Supervisor,
            (true, false) => Self::PremiumAgent,
        }
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        ALL[self as usize]
    }

    /// The type.
    pub(super) fn name(self) -> &'static str {
        self.row().1
    }

    /// The profile's id in an organisation.
    pub(super) fn id(self, world: &World, organization: Uuid) -> Uuid {
        let name = format!("userProfile/{organization}/{}", self.name());
        ids::named(world.seed, &name)
    }

    fn body(self, world: &World, organization: Uuid) -> ProfileBody {
        let created = world
            .get::<Organization>(organization)
            .map_or(0, |own| own.created.0);
        let (_, profile_type, name) = self.row();
        ProfileBody {
            organization_id: organization.to_string(),
            id: self.id(world, organization).to_string(),
            version: 0,
            name,
            profile_type,
            active: true,
            permission_access_level: "PROVISIONED_VALUE",
            resource_access_level: "ALL",
            system_default: true,
            created_time: created,
            last_updated_time: created,
        }
    }
}

/// The profile as it comes along with a user (`UserProfileDTO`).
pub(super) fn of_user(world: &World, organization: Uuid, kind: Kind) -> Value {
    let body = kind.body(world, organization);
    json!({
        "organizationId": body.organization_id, "id": body.id, "version": body.version,
        "name": body.name, "profileType": body.profile_type, "active": body.active,
        "accessAllModules": "PROVISIONED_VALUE", "accessAllEntryPoints": "ALL",
        "accessAllSites": "ALL", "accessAllQueues": "ALL", "accessAllTeams": "ALL",
        "systemDefault": body.system_default, "createdTime": body.created_time,
        "lastUpdatedTime": body.last_updated_time,
    })
}

fn document(body: &ProfileBody) -> Result<Value, Refusal> {
    let written = serde_json::to_value(body);
    written.map_err(|error| Refusal::new(ErrorKind::Internal, error.to_string()))
}

/// GET of all.
pub(super) fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let filter = call
        .query("filter")
        .map(|text| filter::Filter::parse(&text));
    let filter = filter.transpose()?;
    let search = call
        .query("search")
        .map(|text| filter::search(&text))
        .transpose()?;
    let world = call.read();
    let mut found = Vec::new();
    for (kind, ..) in ALL {
        let document = document(&kind.body(&world, organization))?;
        let fits = filter.as_ref().is_none_or(|filter| filter.fits(&document));
        if fits && search.as_ref().is_none_or(|search| search.fits(&document)) {
            found.push(document);
        }
    }
    page::select(call, &mut found)?;
    page::reply(call, organization, &found)
}

/// GET of one.
pub(super) fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let text = call.value("id");
    let id = Uuid::try_parse(text).ok();
    let mut all = ALL.iter().map(|(kind, ..)| kind.body(&world, organization));
    let found = all.find(|body| id.is_some_and(|id| id.to_string() == body.id));
    let found = found.ok_or_else(|| Refusal::not_found("User profile", text))?;
    Reply::json(200, &found)
}
