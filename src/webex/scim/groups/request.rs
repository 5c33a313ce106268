//! What POST and PUT of SCIM groups take, and what a group consists of.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::USER_TYPE;
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::resources::groups::{GroupChange, Membership};
use crate::webex::scim::shape::{Access, Kind, Shape, row};

/// The schema of groups.
pub(super) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// What Webex adds.
pub(super) const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group";

/// What a group consists of (contract: Create a group).
#[rustfmt::skip]
pub(super) static SHAPE: Shape = Shape {
    core: GROUP,
    extensions: &[WEBEX],
    attributes: &[
        row("", "id", Kind::Text, Access::ReadOnly, &[]),
        row("", "displayName", Kind::Text, Access::Required, &[]),
        row("", "externalId", Kind::Text, Access::Writable, &[]),
        row("", "members", Kind::List, Access::Writable, &["value", "type", "display", "$ref"]),
        row("", "meta", Kind::Complex, Access::ReadOnly, &[]),
        row(WEBEX, "usage", Kind::Text, Access::Writable, &[]),
        row(WEBEX, "provisionSource", Kind::Text, Access::ReadOnly, &[]),
        row(WEBEX, "meta", Kind::Complex, Access::ReadOnly, &[]),
    ],
    unkept: &[(WEBEX, &["owners", "managedBy", "inheritances"])],
};

/// A group. Attributes that can only be read are ignored, as documented.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupRequest {
    /// Must name the schema of groups, or what Webex adds.
    schemas: Vec<String>,
    /// Its name.
    display_name: String,
    /// What the directory that provisions calls the group.
    external_id: Option<String>,
    /// Who is in it.
    members: Option<Vec<MemberRequest>>,
    /// What Webex adds.
    #[serde(rename = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group")]
    webex: Option<WebexRequest>,
}

/// Somebody in a group.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MemberRequest {
    /// The bare uuid of the person.
    value: String,
    /// `user`
    r#type: Option<String>,
}

/// What Webex adds.
#[derive(Debug, Deserialize, ToSchema)]
struct WebexRequest {
    /// What the group is for.
    usage: Option<String>,
}

impl GroupRequest {
    /// The group that is to be: these members and no others.
    ///
    /// # Errors
    /// 400 for values that are not allowed.
    pub(super) fn into_change(self) -> Result<GroupChange, Refusal> {
        if !self.schemas.iter().any(|it| it == GROUP || it == WEBEX) {
            let detail = format!("schemas must contain {GROUP}.");
            return Err(Refusal::bad_request(detail));
        }
        let members = self.members.unwrap_or_default();
        Ok(GroupChange {
            display_name: Some(self.display_name),
            external_id: Some(self.external_id),
            usage: Some(self.webex.and_then(|webex| webex.usage)),
            purges: true,
            members: MemberRequest::memberships(&members)?,
            ..GroupChange::default()
        })
    }
}

impl MemberRequest {
    /// Who comes, of a list of members.
    ///
    /// # Errors
    /// 400 that names the first one who is no user.
    pub(super) fn memberships(all: &[Self]) -> Result<Vec<Membership>, Refusal> {
        let all = all.iter().enumerate();
        let all = all.map(|(position, member)| member.membership(position));
        all.collect()
    }

    fn membership(&self, position: usize) -> Result<Membership, Refusal> {
        if let Some(kind) = self.r#type.as_deref().filter(|kind| *kind != USER_TYPE) {
            let shown = shorten(kind);
            let detail =
                format!("members[{position}].type: \"{shown}\" is not simulated; user is.");
            return Err(Refusal::bad_request(detail));
        }
        let id = Uuid::try_parse(&self.value).map_err(|_| {
            let shown = shorten(&self.value);
            let detail = format!("members[{position}].value: \"{shown}\" is not a uuid.");
            Refusal::bad_request(detail)
        });
        id.map(Membership::Add)
    }
}
