//! The end of the server, asked for over HTTP.

use super::require_server_admin;
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[Row::post("/_sim/v1/shutdown", shutdown)
    .named("shutDown", "Shut the server down")
    .access(Access::Control)
    .status(202)];

fn shutdown(call: &Call<'_>) -> Result<Reply, Refusal> {
    require_server_admin(call)?;
    // One waiter at most: a permit is kept when nobody waits yet.
    call.app.stop.notify_one();
    Ok(Reply::empty(202))
}
