//! The OpenAPI documents over HTTP.

use std::sync::LazyLock;

use bytes::Bytes;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::{AnyDocument, DOCUMENTS, Document};
use crate::http::page::Items;
use crate::http::strictness::unknown_name;
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::{ErrorKind, Refusal};

/// The rows. They hold nothing secret, and the pages need them without a token.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/openapi.json", list)
        .named("listOpenApiDocuments", "List the OpenAPI documents")
        .access(Access::Open)
        .answers::<Items<DocumentBody>>(),
    Row::get("/_sim/v1/openapi/{name}", get)
        .named("getOpenApiDocument", "Read an OpenAPI document")
        .access(Access::Open)
        .answers::<AnyDocument>(),
];

/// An OpenAPI document.
#[derive(Debug, Serialize, ToSchema)]
struct DocumentBody {
    /// `webex`, `hub` or `sim`.
    name: &'static str,
    /// What it describes.
    title: &'static str,
    /// Where it is.
    url: String,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let items: Vec<DocumentBody> = DOCUMENTS
        .iter()
        .map(|document| DocumentBody {
            name: document.name,
            title: document.title,
            url: format!("{}/_sim/v1/openapi/{}.json", call.origin, document.name),
        })
        .collect();
    Reply::json(200, &json!({ "items": items }))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    static RENDERED: [LazyLock<Bytes>; DOCUMENTS.len()] = [
        LazyLock::new(|| render(&DOCUMENTS[0])),
        LazyLock::new(|| render(&DOCUMENTS[1])),
        LazyLock::new(|| render(&DOCUMENTS[2])),
    ];
    let name = call.value("name");
    let wanted = name.strip_suffix(".json").unwrap_or(name);
    let position = DOCUMENTS
        .iter()
        .position(|document| document.name == wanted);
    let rendered = position.and_then(|position| RENDERED.get(position));
    let rendered = rendered.ok_or_else(|| {
        let known = DOCUMENTS.iter().map(|document| document.name);
        let detail = unknown_name("document", wanted, known).detail;
        Refusal::new(ErrorKind::NotFound, detail)
    })?;
    Ok(Reply::rendered(200, Bytes::clone(rendered)))
}

fn render(document: &Document) -> Bytes {
    let value = document.render(crate::catalog::table());
    serde_json::to_vec(&value).unwrap_or_default().into()
}
