//! Bulk requests of Contact Center: each item is done or refused for itself, and the answer is 207
//! with one status for each (`BulkRequestDTO`, `BulkResponseDTO`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::organization;
use crate::http::problem::contact_center_error;
use crate::http::{Call, Reply};
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::world::Tx;

/// The most items of one request.
const BULK_MAX: usize = 1000;

/// What became of an item: its status and the word for what was done.
pub(super) type Done = (u16, &'static str);
/// It was made.
pub(super) const CREATED: Done = (201, "CREATE");
/// It was changed.
pub(super) const UPDATED: Done = (200, "UPDATE");
/// It was deleted.
pub(super) const DELETED: Done = (204, "DELETE");

/// One of many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BulkItem<T> {
    /// By which the answer names it.
    item_identifier: i64,
    /// What it shall be.
    item: T,
    /// `SAVE`, which is meant unless said, or `DELETE`.
    request_action: Option<String>,
}

/// What is to be done with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Make or change it.
    Save,
    /// Delete it.
    Delete,
}

/// What became of each.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BulkResults {
    items: Vec<BulkResult>,
}

/// What became of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkResult {
    item_identifier: i64,
    status: u16,
    operation_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    api_error: Option<Value>,
}

fn deed(action: Option<&str>) -> Result<Deed, Refusal> {
    match action {
        None | Some("SAVE") => Ok(Deed::Save),
        Some("DELETE") => Ok(Deed::Delete),
        Some(other) => {
            let shown = shorten(other);
            let detail = format!("requestAction: \"{shown}\" is neither SAVE nor DELETE.");
            Err(Refusal::bad_request(detail))
        }
    }
}

/// Does each item in an attempt of its own and answers 207. `entity` is the word of the paths;
/// `work` answers what was done and the id.
///
/// # Errors
/// 400 for no items, and for too many.
pub(super) fn run<T>(
    call: &Call<'_>,
    items: Vec<BulkItem<T>>,
    entity: &str,
    work: impl Fn(&mut Tx, Deed, T) -> Result<(Done, String), Refusal>,
) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    if items.is_empty() || items.len() > BULK_MAX {
        let detail = format!(
            "items must name 1 to {BULK_MAX} of them, not {}.",
            items.len()
        );
        return Err(Refusal::bad_request(detail));
    }
    let items = call.write(|tx| {
        let results = items.into_iter().map(|item| {
            let action = deed(item.request_action.as_deref());
            let done = action.and_then(|deed| tx.attempt(|tx| work(tx, deed, item.item)));
            let href = |id: &str| format!("/organization/{organization}/{entity}/{id}");
            match done {
                Ok(((status, operation_type), id)) => BulkResult {
                    item_identifier: item.item_identifier,
                    status,
                    operation_type,
                    href: Some(href(&id)),
                    api_error: None,
                },
                Err(refusal) => refused(call, item.item_identifier, &refusal),
            }
        });
        Ok(results.collect())
    })?;
    Reply::json(207, &BulkResults { items })
}

fn refused(call: &Call<'_>, item_identifier: i64, refusal: &Refusal) -> BulkResult {
    let row = refusal.kind.row();
    let error = contact_center_error(row.status, row.message, refusal, &call.tracking_id);
    BulkResult {
        item_identifier,
        status: row.status,
        operation_type: UPDATED.1,
        href: None,
        api_error: Some(json!(error)),
    }
}
