//! Pages: what runs here, and the documents of the APIs to try them out. Everything comes from
//! the binary, and every page says what a browser may load.

mod assets;
mod docs;
mod landing;
mod live;

use askama::Template;

use crate::http::{Access, Call, Reply, Row};
use crate::refusal::{ErrorKind, Refusal};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/", landing::show)
        .named("showLandingPage", "The landing page")
        .access(Access::Open),
    Row::get("/live", live::show)
        .named("showLive", "The live part of the landing page")
        .access(Access::Control)
        .heavy(),
    Row::get("/docs", docs::show)
        .named("showDocuments", "The API documents, to read and to try out")
        .access(Access::Open),
    Row::get("/docs/{file}", docs::file)
        .named("getDocumentsFile", "A file of the documents' page")
        .access(Access::Open),
    Row::get("/assets/{file}", assets::get)
        .named("getAsset", "A file of the pages")
        .access(Access::Open),
];

const HTML: &str = "text/html;charset=utf-8";

/// A page, which may load what `policy` says and nothing else.
fn page(template: &impl Template, policy: &str) -> Result<Reply, Refusal> {
    let reply = Reply::document(HTML, render(template)?)
        .header("content-security-policy", policy)
        .header("cache-control", "no-store");
    Ok(guarded(reply))
}

fn render(template: &impl Template) -> Result<String, Refusal> {
    let failed = |error: askama::Error| Refusal::new(ErrorKind::Internal, error.to_string());
    template.render().map_err(failed)
}

/// The same reply, which browsers take for what it says it is.
fn guarded(reply: Reply) -> Reply {
    reply
        .header("x-content-type-options", "nosniff")
        .header("referrer-policy", "no-referrer")
}

/// The page's sandbox in the path, when it was asked for there: links keep it.
fn prefix<'a>(call: &'a Call<'_>) -> &'a str {
    let place = call.origin.find("/_sandbox/");
    place
        .and_then(|place| call.origin.get(place..))
        .unwrap_or("")
}
