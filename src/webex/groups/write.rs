//! Groups are made, changed and deleted.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{id, show};
use crate::http::{Call, Reply};
use crate::model::WebexId;
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::resources::groups::{self, GroupChange, Membership};

/// What a caller says about a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupRequest {
    /// Its name.
    display_name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// The organisation.
    org_id: Option<String>,
    /// Who comes and who leaves.
    members: Option<Vec<MemberRequest>>,
    /// What is emptied before.
    purge_all_values: Option<PurgeRequest>,
}

/// Who comes or leaves.
#[derive(Debug, Deserialize, ToSchema)]
struct MemberRequest {
    /// The person's id.
    id: String,
    /// `add`, which it is where nothing is said, or `delete`.
    operation: Option<String>,
}

/// What is emptied.
#[derive(Debug, Deserialize, ToSchema)]
struct PurgeRequest {
    /// `members`
    attributes: Vec<String>,
}

impl GroupRequest {
    fn into_change(self) -> Result<GroupChange, Refusal> {
        let purged = self.purge_all_values.map(|purge| purge.attributes);
        let purged = purged.unwrap_or_default();
        if purged.iter().any(|name| name != "members") {
            let detail = "purgeAllValues.attributes can only name members.";
            return Err(Refusal::bad_request(detail));
        }
        let members = self.members.unwrap_or_default();
        let members = members.iter().enumerate();
        let members = members.map(|(index, member)| member.membership(index));
        Ok(GroupChange {
            display_name: self.display_name,
            description: self.description,
            purges: !purged.is_empty(),
            members: members.collect::<Result<_, _>>()?,
            ..GroupChange::default()
        })
    }
}

impl MemberRequest {
    fn membership(&self, index: usize) -> Result<Membership, Refusal> {
        let id = WebexId::Person.decode(&self.id).ok_or_else(|| {
            let shown = shorten(&self.id);
            let detail = format!("members[{index}].id: \"{shown}\" is not a person's id.");
            Refusal::bad_request(detail)
        })?;
        match self.operation.as_deref() {
            None | Some("add") => Ok(Membership::Add(id)),
            Some("delete" | "remove") => Ok(Membership::Remove(id)),
            Some(other) => {
                let shown = shorten(other);
                let detail =
                    format!("members[{index}].operation: \"{shown}\" is neither add nor delete.");
                Err(Refusal::bad_request(detail))
            }
        }
    }
}

/// POST of one.
pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<GroupRequest>()?;
    let organization = match &request.org_id {
        Some(text) => call.organization_named(text)?,
        None => call.own_organization()?,
    };
    let change = request.into_change()?;
    let id = call.write(|tx| groups::create(tx, organization, change))?;
    show(call, id, 201, true)
}

/// PATCH of one.
pub(super) fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let organization = call.own_organization()?;
    groups::get(&call.tenant.sandbox.peek(), organization, id)?;
    let change = call.json::<GroupRequest>()?.into_change()?;
    call.write(|tx| groups::update(tx, organization, id, change))?;
    show(call, id, 200, true)
}

/// DELETE of one.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let organization = call.own_organization()?;
    call.write(|tx| groups::delete(tx, organization, id))?;
    Ok(Reply::empty(204))
}
