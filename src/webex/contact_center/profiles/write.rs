//! User profiles are made, replaced and deleted, one by one or in bulk.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::bulk::{self, BulkItem, Deed};
use super::super::organization;
use super::super::sent::{Sent, needed};
use super::find;
use crate::http::{Call, Reply};
use crate::model::UserProfile;
use crate::model::user_profile::{AccessLevel, Permission, ProfileType, ResourceCollection};
use crate::refusal::Refusal;
use crate::resources::user_profiles;
use crate::world::{Tx, World};

/// A user profile as it shall be (`UserProfileGranularAccessDTO`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::webex::contact_center) struct ProfileWrite {
    /// The organisation; needed in bulk.
    organization_id: Option<String>,
    /// The profile, unless it is new.
    id: Option<String>,
    /// The version that was read.
    version: Option<u32>,
    /// The name: letters, digits, blanks, commas, `_` and `-`.
    name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// Whom it is for; needed for a new one, and never changed.
    profile_type: Option<ProfileType>,
    /// Whether users can have it.
    active: Option<bool>,
    /// Which permissions it gives.
    permission_access_level: Option<AccessLevel>,
    /// Which resources it opens.
    resource_access_level: Option<AccessLevel>,
    /// The permissions, where they are specific.
    permissions: Option<Vec<Permission>>,
    /// Folders of reports that may be changed.
    editable_folder_ids: Option<Vec<i32>>,
    /// Folders of reports that may be read.
    viewable_folder_ids: Option<Vec<i32>>,
    /// Folders of reports that are shut.
    non_viewable_folder_ids: Option<Vec<i32>>,
    /// The collection that counts unless another is named.
    default_resource_collection_id: Option<String>,
    /// The collections, where resources are specific.
    resource_collections: Option<Vec<ResourceCollection>>,
}

/// Many profiles.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::webex::contact_center) struct BulkSave {
    items: Vec<BulkItem<ProfileWrite>>,
}

impl ProfileWrite {
    fn check(&self, organization: Uuid, id: Option<&str>) -> Result<(), Refusal> {
        let sent = Sent {
            organization: self.organization_id.as_deref(),
            id: self.id.as_deref(),
        };
        sent.check("user profile", organization, id)
    }

    /// The profile; `kind` is the type of one that is there.
    fn profile(
        self,
        organization: Uuid,
        kind: Option<ProfileType>,
    ) -> Result<UserProfile, Refusal> {
        let name = needed("name", self.name)?;
        let kind = needed("profileType", self.profile_type.or(kind))?;
        Ok(UserProfile {
            description: self.description.filter(|text| !text.is_empty()),
            active: needed("active", self.active)?,
            permission_access_level: needed("permissionAccessLevel", self.permission_access_level)?,
            resource_access_level: needed("resourceAccessLevel", self.resource_access_level)?,
            permissions: self.permissions.unwrap_or_default(),
            editable_folder_ids: self.editable_folder_ids.unwrap_or_default(),
            viewable_folder_ids: self.viewable_folder_ids.unwrap_or_default(),
            non_viewable_folder_ids: self.non_viewable_folder_ids.unwrap_or_default(),
            default_resource_collection_id: self.default_resource_collection_id,
            resource_collections: self.resource_collections.unwrap_or_default(),
            ..UserProfile::new(organization, name, kind)
        })
    }

    fn create(self, tx: &mut Tx, organization: Uuid) -> Result<Uuid, Refusal> {
        self.check(organization, None)?;
        user_profiles::create(tx, self.profile(organization, None)?)
    }

    fn update(self, tx: &mut Tx, organization: Uuid, text: &str) -> Result<Uuid, Refusal> {
        let id = named(tx, organization, text)?;
        self.check(organization, Some(text))?;
        let version = self.version;
        let known = user_profiles::get(tx, organization, id, true)?;
        let kind = known.profile_type;
        let profile = self.profile(organization, Some(kind))?;
        user_profiles::update(tx, id, version, profile)?;
        Ok(id)
    }
}

/// The id of a profile that is there.
fn named(world: &World, organization: Uuid, text: &str) -> Result<Uuid, Refusal> {
    find(world, organization, text).map(|(id, _)| id)
}

fn show(call: &Call<'_>, status: u16, organization: Uuid, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let (_, body) = find(&world, organization, &id.to_string())?;
    Reply::json(status, &body)
}

/// POST of one.
pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: ProfileWrite = call.json()?;
    let id = call.write(|tx| body.create(tx, organization))?;
    show(call, 201, organization, id)
}

/// PUT of one.
pub(super) fn replace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: ProfileWrite = call.json()?;
    let text = call.value("id");
    let id = call.write(|tx| body.update(tx, organization, text))?;
    show(call, 200, organization, id)
}

/// DELETE of one.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let text = call.value("id");
    call.write(|tx| {
        let id = named(tx, organization, text)?;
        user_profiles::delete(tx, organization, id)
    })?;
    Ok(Reply::empty(204))
}

/// POST of many: an item without an id makes one, with an id it replaces or deletes it.
pub(super) fn save_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: BulkSave = call.json()?;
    bulk::run(
        call,
        body.items,
        "user-profile",
        |tx, deed, item: ProfileWrite| {
            needed("item.organizationId", item.organization_id.as_ref())?;
            match (deed, item.id.clone()) {
                (Deed::Save, None) => {
                    let id = item.create(tx, organization)?;
                    Ok((bulk::CREATED, id.to_string()))
                }
                (Deed::Save, Some(id)) => {
                    item.update(tx, organization, &id)?;
                    Ok((bulk::UPDATED, id))
                }
                (Deed::Delete, id) => {
                    let text = needed("item.id", id)?;
                    item.check(organization, Some(&text))?;
                    let id = named(tx, organization, &text)?;
                    user_profiles::delete(tx, organization, id)?;
                    Ok((bulk::DELETED, text))
                }
            }
        },
    )
}
