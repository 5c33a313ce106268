//! Counters for Prometheus.

use super::require_server_admin;
use crate::http::metrics::{MEDIA_TYPE, render};
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/metrics", metrics)
    .named("getMetrics", "Counters of the server, for Prometheus")
    .access(Access::Control)
    .answers_as::<String>("text/plain")];

fn metrics(call: &Call<'_>) -> Result<Reply, Refusal> {
    require_server_admin(call)?;
    Ok(Reply::document(MEDIA_TYPE, render(call.app)))
}
