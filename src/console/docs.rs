//! Swagger UI, from the binary, pointed at the three documents.

use std::sync::Arc;

use askama::Template;
use utoipa_swagger_ui::Config;

use super::{guarded, page, prefix};
use crate::http::openapi::DOCUMENTS;
use crate::http::{Call, Reply};
use crate::refusal::{ErrorKind, Refusal};

/// Swagger UI writes style attributes and draws its icons from `data:`; it runs no inline script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The files of Swagger UI that its page needs, with their media types.
const FILES: [(&str, &str); 4] = [
    ("swagger-ui.css", "text/css;charset=utf-8"),
    ("swagger-ui-bundle.js", "text/javascript;charset=utf-8"),
    (
        "swagger-ui-standalone-preset.js",
        "text/javascript;charset=utf-8",
    ),
    ("favicon-32x32.png", "image/png"),
];

const START: &str = include_str!("assets/docs.js");

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage<'a> {
    prefix: &'a str,
    documents: String,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let urls: Vec<_> = DOCUMENTS
        .iter()
        .map(|document| {
            serde_json::json!({
                "name": document.title,
                "url": format!("{}/_sim/v1/openapi/{}.json", prefix(call), document.name),
            })
        })
        .collect();
    let template = DocsPage {
        prefix: prefix(call),
        documents: serde_json::Value::from(urls).to_string(),
    };
    page(&template, POLICY)
}

pub(super) fn file(call: &Call<'_>) -> Result<Reply, Refusal> {
    let name = call.value("file");
    if name == "start.js" {
        let reply = Reply::document("text/javascript;charset=utf-8", START);
        return Ok(guarded(reply.header("cache-control", "no-cache")));
    }
    let missing = || Refusal::not_found("The file", name);
    let known = FILES.iter().find(|(known, _)| *known == name);
    let (name, media_type) = *known.ok_or_else(missing)?;
    let file = utoipa_swagger_ui::serve(name, Arc::new(Config::from("/")));
    let failed =
        |error: Box<dyn std::error::Error>| Refusal::new(ErrorKind::Internal, error.to_string());
    let file = file.map_err(failed)?.ok_or_else(missing)?;
    let mut reply = Reply::document(media_type, file.bytes.into_owned());
    if file.gzpipped {
        reply = reply.header("content-encoding", "gzip");
    }
    Ok(guarded(reply.header("cache-control", "max-age=3600")))
}
