//! What POST and PATCH of devices take.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::Call;
use crate::json;
use crate::model::Holder;
use crate::model::device::{Mac, Model};
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::resources::devices::TagChange;
use crate::webex::settings::workspace;

/// A phone by its address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeviceRequest {
    /// Its MAC address.
    mac: String,
    /// Its model, or the name of the product.
    model: String,
    /// The workspace that it is for.
    workspace_id: Option<String>,
    /// The person whom it is for.
    person_id: Option<String>,
    /// The SIP password, which phones of other companies need.
    pub password: Option<String>,
}

/// A phone to be added.
pub(super) struct Wanted {
    pub holder: Holder,
    pub model: &'static Model,
    pub mac: Mac,
}

impl DeviceRequest {
    /// What is asked for, with ids looked up.
    ///
    /// # Errors
    /// 400 for values that are not allowed, 404 for a holder who is not there.
    pub fn read(&self, call: &Call<'_>) -> Result<Wanted, Refusal> {
        let mac = self.mac.parse::<Mac>();
        Ok(Wanted {
            mac: mac.map_err(|why| Refusal::bad_request(format!("mac: {why}.")))?,
            model: model(&self.model)?,
            holder: holder(
                call,
                self.workspace_id.as_deref(),
                self.person_id.as_deref(),
            )?,
        })
    }
}

/// An activation code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeRequest {
    /// The workspace that the device is for.
    workspace_id: Option<String>,
    /// The person whom the device is for.
    person_id: Option<String>,
    /// The model of a phone; without one the code is for a collaboration device.
    model: Option<String>,
}

impl CodeRequest {
    /// What is asked for, with ids looked up.
    ///
    /// # Errors
    /// 400 for values that are not allowed, 404 for a holder who is not there.
    pub fn read(&self, call: &Call<'_>) -> Result<(Holder, Option<&'static Model>), Refusal> {
        let named = self.model.as_deref().filter(|name| !name.is_empty());
        let model = named.map(model).transpose()?;
        let holder = holder(
            call,
            self.workspace_id.as_deref(),
            self.person_id.as_deref(),
        )?;
        Ok((holder, model))
    }
}

fn model(name: &str) -> Result<&'static Model, Refusal> {
    Model::find(name).map_err(|why| Refusal::bad_request(format!("{why}.")))
}

/// Either a workspace or a person, never both.
fn holder(
    call: &Call<'_>,
    workspace_id: Option<&str>,
    person_id: Option<&str>,
) -> Result<Holder, Refusal> {
    let filled = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    match (workspace_id, person_id) {
        (Some(id), other) if filled(workspace_id) && !filled(other) => {
            call.check_holder(Holder::Workspace(workspace(call, id)?))
        }
        (other, Some(id)) if filled(person_id) && !filled(other) => {
            call.check_holder(Holder::Person(call.person_named(id)?))
        }
        _ => {
            let detail = "Either workspaceId or personId must be given, and not both.";
            Err(Refusal::bad_request(detail))
        }
    }
}

/// One operation on tags, in the words of JSON Patch.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TagsRequest {
    /// `add`, `remove` or `replace`.
    op: String,
    /// `tags`
    path: String,
    /// The tags.
    value: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Operations {
    operations: Vec<TagsRequest>,
}

/// The changes of a PATCH: a list of operations, or a single one, as some clients send it.
///
/// # Errors
/// 400 for anything else.
pub(super) fn tags(call: &Call<'_>) -> Result<Vec<TagChange>, Refusal> {
    let body = call.body.trim_ascii();
    let list = match body.first() {
        Some(b'[') => body.to_vec(),
        _ => [b"[", body, b"]"].concat(),
    };
    let whole = [b"{\"operations\":", list.as_slice(), b"}"].concat();
    let read: Operations =
        json::object_noting(&whole, json::Required::NOTHING, Some(&call.passed_over))?;
    let changes = read.operations.into_iter().map(TagsRequest::into_change);
    changes.collect()
}

impl TagsRequest {
    fn into_change(self) -> Result<TagChange, Refusal> {
        if self.path.trim_start_matches('/') != "tags" {
            return Err(Refusal::bad_request("path can only be tags."));
        }
        let value = || {
            let missing = || Refusal::bad_request("value must be a list of tags.");
            self.value.clone().ok_or_else(missing)
        };
        match self.op.as_str() {
            "add" => value().map(TagChange::Add),
            "replace" => value().map(TagChange::Replace),
            "remove" => Ok(TagChange::Remove),
            other => {
                let shown = shorten(other);
                let detail = format!("op \"{shown}\" is none of add, remove, replace.");
                Err(Refusal::bad_request(detail))
            }
        }
    }
}
