//! The table of refusals, readable over HTTP.

use serde::Serialize;

use crate::http::page::{self, WHOLE};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::refusal::{ErrorKind, Refusal};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/errors", list)
    .named("listErrors", "List the errors")
    .queries(&[MAX, START])
    .access(Access::Control)];

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    code: Option<u32>,
    status: u16,
    message: &'static str,
    description: &'static str,
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
