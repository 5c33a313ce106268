//! Health, readiness and version.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::app::real_time;
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/health", health)
        .named("getHealth", "Health")
        .access(Access::Open)
        .answers::<Health>(),
    Row::get("/_sim/v1/ready", health)
        .named("getReadiness", "Readiness")
        .access(Access::Open)
        .answers::<Health>(),
    Row::get("/_sim/v1/version", health)
        .named("getVersion", "Version")
        .access(Access::Open)
        .answers::<Health>(),
];

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Health {
    /// `ok`
    status: &'static str,
    /// The server's version.
    version: &'static str,
    /// How many sandboxes exist.
    sandboxes: usize,
    /// Seconds since the start.
    uptime_seconds: i64,
}

fn health(call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::json(
        200,
        &Health {
            status: "ok",
            version: env!("CARGO_PKG_VERSION"),
            sandboxes: call.app.tenants.len(),
            uptime_seconds: (real_time().0 - call.app.started.0) / 1000,
        },
    )
}
