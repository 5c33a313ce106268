//! The files of the pages, in the binary.

use super::guarded;
use crate::http::{Call, Reply};
use crate::refusal::Refusal;

/// Name, media type and text.
const FILES: [(&str, &str, &str); 4] = [
    (
        "hubsim.css",
        "text/css;charset=utf-8",
        include_str!("assets/hubsim.css"),
    ),
    (
        "live.js",
        "text/javascript;charset=utf-8",
        include_str!("assets/live.js"),
    ),
    (
        "docs.css",
        "text/css;charset=utf-8",
        include_str!("assets/docs.css"),
    ),
    (
        "hubsim.svg",
        "image/svg+xml",
        include_str!("assets/hubsim.svg"),
    ),
];

pub(super) fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let name = call.value("file");
    let found = FILES.iter().find(|(known, ..)| *known == name);
    let (_, media_type, text) = found.ok_or_else(|| Refusal::not_found("The file", name))?;
    let reply = Reply::document(media_type, *text);
    Ok(guarded(reply.header("cache-control", "no-cache")))
}
