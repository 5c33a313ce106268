//! The table of refusals, readable over HTTP.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::page::{self, WHOLE};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::refusal::{ErrorKind, Refusal};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/errors", list)
    .named("listErrors", "List the errors")
    .queries(&[MAX, START])
    .access(Access::Control)
    .answers::<page::Items<ErrorBody>>()];

/// A reason to say no.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    /// The `errorCode`; null where Webex gives none.
    code: Option<u32>,
    /// The HTTP status.
    status: u16,
    /// The `message`.
    message: &'static str,
    /// The `description`, `{}` standing for the particulars.
    description: &'static str,
    /// What to do about it.
    remedy: &'static str,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = ErrorKind::ALL.iter().map(|kind| {
        let row = kind.row();
        ErrorBody {
            code: row.code,
            status: row.status,
            message: row.message,
            description: row.description,
            remedy: row.remedy,
        }
    });
    page::list(call, WHOLE, "items", items)
}
