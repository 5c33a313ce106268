//! User profiles of Contact Center: the four that every organisation has, and those that its
//! administrators make.

mod write;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::Fields;
use super::listing::{self, Lists, Offer};
use super::page::{Chosen, PAGE, PAGE_SIZE, Paged};
use super::{ATTRIBUTES, FILTER, NAMES, SEARCH, User, bulk, organization, page, references};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::user_profile::{AccessLevel, Permission, ResourceCollection, Resources};
use crate::model::{Organization, ProfileType, UserProfile};
use crate::refusal::Refusal;
use crate::resources::user_profiles::{self, DEFAULTS, default_id};
use crate::settings::family::to_value;
use crate::world::{Moment, World};

/// What the list of profiles lets its callers ask for (contract).
const OFFER: Offer = Offer {
    fields: || Fields::of::<ProfileBody>(&UNFILTERED),
    searched: &["name", "profileType", "description"],
    lists: Lists::LeftOut,
};

/// The fields by which profiles are not filtered (contract).
const UNFILTERED: [&str; 6] = [
    "organizationId",
    "editableFolderIds",
    "viewableFolderIds",
    "nonViewableFolderIds",
    "createdTime",
    "lastUpdatedTime",
];

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/organization/{orgId}/v3/user-profile", list)
        .fidelity(Fidelity::F4)
        .queries(&[FILTER, ATTRIBUTES, SEARCH, PAGE, PAGE_SIZE])
        .answers::<Paged<Chosen<ProfileBody>>>(),
    Row::post("/organization/{orgId}/v3/user-profile", write::create)
        .fidelity(Fidelity::F4)
        .takes::<write::ProfileWrite>()
        .answers::<ProfileBody>()
        .status(201),
    Row::post(
        "/organization/{orgId}/v3/user-profile/bulk",
        write::save_many,
    )
    .fidelity(Fidelity::F4)
    .takes::<write::BulkSave>()
    .answers::<bulk::BulkResults>()
    .status(207),
    Row::get("/organization/{orgId}/v3/user-profile/{id}", get)
        .fidelity(Fidelity::F4)
        .queries(&[NAMES])
        .answers::<ProfileBody>(),
    Row::put("/organization/{orgId}/v3/user-profile/{id}", write::replace)
        .fidelity(Fidelity::F4)
        .takes::<write::ProfileWrite>()
        .answers::<ProfileBody>(),
    Row::delete("/organization/{orgId}/v3/user-profile/{id}", write::delete).fidelity(Fidelity::F4),
    Row::get(
        "/organization/{orgId}/v3/user-profile/{id}/acl",
        access_list,
    )
    .fidelity(Fidelity::F4)
    .queries(&[("names", "Only these resources, separated by commas.")])
    .answers::<AccessListBody>(),
    Row::get(
        "/organization/{orgId}/user-profile/{id}/incoming-references",
        references::of_profile,
    )
    .fidelity(Fidelity::F4)
    .queries(references::QUERIES)
    .answers::<references::ReferencesBody>(),
];

/// The resources that a profile may open (contract: ResourceTypesDTO).
const RESOURCES: [&str; 20] = [
    "multimedia-profile",
    "queue",
    "override",
    "holiday-list",
    "audio-prompt",
    "flow",
    "skill-profile",
    "team",
    "skill-definition",
    "site",
    "outdial-ani",
    "channel",
    "sub-flow",
    "desktop-layout",
    "working-hour",
    "function",
    "desktop-profile",
    "idle-wrapup-code",
    "cad-variable",
    "address-book",
];

/// A user profile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfileBody {
    organization_id: String,
    id: String,
    /// Rises with each change.
    version: u32,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    profile_type: ProfileType,
    active: bool,
    permission_access_level: AccessLevel,
    resource_access_level: AccessLevel,
    /// Lists are left out of the list of profiles.
    permissions: Vec<Permission>,
    editable_folder_ids: Vec<i32>,
    viewable_folder_ids: Vec<i32>,
    non_viewable_folder_ids: Vec<i32>,
    /// Whether it comes with Contact Center.
    system_default: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_resource_collection_id: Option<String>,
    resource_collections: Vec<ResourceCollection>,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

/// What a profile opens, resource by resource.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccessListBody {
    #[serde(flatten)]
    profile: ProfileBody,
    resources: Vec<Resources>,
}

impl ProfileBody {
    fn of(id: Uuid, profile: UserProfile, system_default: bool) -> Self {
        Self {
            organization_id: profile.organization.to_string(),
            id: id.to_string(),
            version: profile.version,
            name: profile.name,
            description: profile.description,
            profile_type: profile.profile_type,
            active: profile.active,
            permission_access_level: profile.permission_access_level,
            resource_access_level: profile.resource_access_level,
            permissions: profile.permissions,
            editable_folder_ids: profile.editable_folder_ids,
            viewable_folder_ids: profile.viewable_folder_ids,
            non_viewable_folder_ids: profile.non_viewable_folder_ids,
            system_default,
            default_resource_collection_id: profile.default_resource_collection_id,
            resource_collections: profile.resource_collections,
            created_time: profile.created.0,
            last_updated_time: profile.last_modified.0,
        }
    }
}

/// One of the four, which opens everything that the organisation has.
fn default(world: &World, organization: Uuid, (kind, name): (ProfileType, &str)) -> ProfileBody {
    let created = world.get::<Organization>(organization);
    let created = created.map_or(Moment(0), |own| own.created);
    let profile = UserProfile {
        permission_access_level: AccessLevel::ProvisionedValue,
        created,
        last_modified: created,
        ..UserProfile::new(organization, name.to_owned(), kind)
    };
    ProfileBody::of(default_id(world, organization, kind), profile, true)
}

/// The profiles of an organisation: the four first.
fn all(world: &World, organization: Uuid) -> impl Iterator<Item = ProfileBody> {
    let defaults = DEFAULTS.map(|one| default(world, organization, one));
    let own = user_profiles::list(world, organization).into_iter();
    let own = own.map(|(id, profile)| ProfileBody::of(id, profile.clone(), false));
    defaults.into_iter().chain(own)
}

/// The profile that a path names.
pub(super) fn find(
    world: &World,
    organization: Uuid,
    text: &str,
) -> Result<(Uuid, ProfileBody), Refusal> {
    let missing = || Refusal::not_found("User profile", text);
    let id = Uuid::try_parse(text).map_err(|_| missing())?;
    let mut defaults = DEFAULTS.iter();
    if let Some(one) = defaults.find(|(kind, _)| default_id(world, organization, *kind) == id) {
        return Ok((id, default(world, organization, *one)));
    }
    let own = user_profiles::get(world, organization, id, false).map_err(|_| missing())?;
    Ok((id, ProfileBody::of(id, own.clone(), false)))
}

/// The profile as it comes along with a user (`UserProfileDTO`).
pub(super) fn of_user(world: &World, user: &User<'_>) -> Value {
    let Some(body) = granular_of_user(world, user) else {
        return Value::Null;
    };
    let level = body.resource_access_level.name();
    let mut document = json!({
        "organizationId": body.organization_id, "id": body.id, "version": body.version,
        "name": body.name,
        "profileType": body.profile_type, "active": body.active,
        "accessAllModules": body.permission_access_level, "accessAllEntryPoints": level,
        "accessAllSites": level, "accessAllQueues": level, "accessAllTeams": level,
        "systemDefault": body.system_default, "createdTime": body.created_time,
        "lastUpdatedTime": body.last_updated_time,
    });
    if let Some(description) = body.description {
        document["description"] = description.into();
    }
    document
}

/// The same as it comes along in the second version of the API.
pub(super) fn granular_of_user(world: &World, user: &User<'_>) -> Option<ProfileBody> {
    let id = user.profile_id(world).to_string();
    let found = find(world, user.person.organization, &id).ok();
    found.map(|(_, body)| body)
}

/// GET of all.
fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let all = all(&world, organization);
    let all = all.map(|body| to_value(&body));
    let found = listing::wanted(call, all, &OFFER)?;
    page::reply(call, organization, &found)
}

/// GET of one.
fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, body) = find(&call.read(), organization(call)?, call.value("id"))?;
    Reply::json(200, &body)
}

/// GET of what one opens.
fn access_list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, profile) = find(&call.read(), organization(call)?, call.value("id"))?;
    let mut resources = opened(&profile);
    let wanted = call.query_list("names");
    if !wanted.is_empty() {
        resources.retain(|one| wanted.iter().any(|name| name.trim() == one.name));
    }
    Reply::json(200, &AccessListBody { profile, resources })
}

/// The access to each kind of resource: that of the profile, or where it is specific what the
/// collections say, of which the widest counts.
pub(super) fn opened(profile: &ProfileBody) -> Vec<Resources> {
    let level = profile.resource_access_level;
    let of = |name: &str| {
        let collections = profile.resource_collections.iter();
        let said: Vec<&Resources> = collections
            .flat_map(|collection| &collection.resources)
            .filter(|one| one.name == name)
            .collect();
        let widest = [
            AccessLevel::All,
            AccessLevel::ProvisionedValue,
            AccessLevel::Specific,
        ];
        let mut widest = widest.into_iter();
        let found = widest.find(|level| said.iter().any(|one| one.access_level == *level));
        let access_level = match level {
            AccessLevel::Specific => found.unwrap_or(AccessLevel::None),
            level => level,
        };
        let mut ids: Vec<String> = match access_level {
            AccessLevel::Specific => said.iter().flat_map(|one| one.ids.clone()).collect(),
            _ => Vec::new(),
        };
        ids.sort();
        ids.dedup();
        Resources {
            name: name.to_owned(),
            access_level,
            ids,
        }
    };
    RESOURCES.iter().map(|name| of(name)).collect()
}
