//! The events of the sandbox, as they happen.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use crate::events::{Feed, Kind};
use crate::http::bell::MOST_STREAMS;
use crate::http::reply::GoesOn;
use crate::http::strictness::unknown_name;
use crate::http::{Access, Call, Reply, Row};
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/events", watch)
    .named(
        "watchEvents",
        "Watch commits, tasks and the clock as they happen (server-sent events)",
    )
    .access(Access::Control)
    .queries(&[
        (
            "kinds",
            "Any of `commit`, `task`, `clock` and `reset`; all when absent.",
        ),
        (
            "since",
            "Begin after this revision instead of now; the header `Last-Event-ID` goes before it.",
        ),
    ])
    .answers_as::<String>(STREAM)];

const STREAM: &str = "text/event-stream";

fn watch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut kinds = Vec::new();
    for name in call.query_list("kinds") {
        let known = Kind::ALL.iter().map(|kind| kind.name());
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        kinds.push(kind.ok_or_else(|| unknown_name("kind of event", &name, known))?);
    }
    if kinds.is_empty() {
        kinds.extend(Kind::ALL);
    }
    let since = call.query_number("since", 0)?.map(|number| number as u64);
    let revision = call.tenant.sandbox.read().revision;
    if let Some(coming) = since.filter(|since| *since > revision) {
        return Err(Refusal::bad_request(format!(
            "since: revision {coming} is still to come: the sandbox is at revision {revision}."
        )));
    }
    let since = match call.last_event_id {
        None => since,
        Some(text) => Some(text.trim().parse().map_err(|_| {
            let shown = shorten(text);
            Refusal::bad_request(format!(
                "Last-Event-ID must be the id of an event, a whole number, not \"{shown}\"."
            ))
        })?),
    };
    let feed = Feed::new(&call.tenant, permit(call)?, kinds, since)?;
    let reply = Reply::document(STREAM, "")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no");
    Ok(reply.goes_on(GoesOn::Events(Arc::new(feed))))
}

/// The right to one stream more, those of all sandboxes together.
fn permit(call: &Call<'_>) -> Result<OwnedSemaphorePermit, Refusal> {
    let free = Arc::clone(&call.app.streams).try_acquire_owned();
    free.map_err(|_| {
        let detail = format!(
            "{MOST_STREAMS} event streams of this server are open, those of all its sandboxes \
             together, the most there may be; end one of them first."
        );
        Refusal::new(ErrorKind::TooManyListeners, detail)
    })
}
