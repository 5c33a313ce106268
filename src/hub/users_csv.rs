//! Management > Users > Manage users by CSV: template, export, import (CSV-01).

use bytes::Bytes;
use serde::Deserialize;
use utoipa::ToSchema;

use super::organization;
use super::tasks::{accepted, download, importing, start, starting};
use crate::http::{Call, Reply, Row, multipart};
use crate::model::wholesale::customer_of;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::user_csv::{Behavior, Export, Import, Include, Terms, template};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(
        "/_hub/v1/organizations/{org}/users/csv/template",
        show_template,
    )
    .named("getUserCsvTemplate", "Download a user CSV without users")
    .answers_as::<String>("text/csv"),
    starting(
        Row::post("/_hub/v1/organizations/{org}/users/csv/export", export)
            .named("exportUsers", "Export the users as CSV")
            .takes::<ExportBody>(),
    ),
    importing(
        Row::post("/_hub/v1/organizations/{org}/users/csv/import", import)
            .named("importUsers", "Import users from CSV")
            .queries(&[("behavior", "`addOnly` or `addAndRemove`; required.")]),
    ),
];

/// What an export holds.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ExportBody {
    /// `attributes`, `licenses`, or both; both when nothing is said.
    include: Vec<Include>,
}

fn show_template(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    Ok(download(
        template(&call.read(), organization),
        "userTemplate",
    ))
}

fn export(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: ExportBody = call.json()?;
    let job = Job::UserExport(Export::prepare(&call.read(), organization, &body.include));
    let id = call.write(|tx| start(tx, call, organization, job, Vec::new()))?;
    accepted(call, id)
}

fn import(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    if call
        .queries()
        .filter(|(name, _)| name == "behavior")
        .count()
        > 1
    {
        let detail = "behavior stands twice in the query: say addOnly or addAndRemove, once.";
        return Err(Refusal::bad_request(detail));
    }
    let behavior = call.query_required("behavior", "addOnly or addAndRemove")?;
    let behavior = Behavior::named(&behavior)
        .ok_or_else(|| Refusal::bad_request("behavior must be addOnly or addAndRemove."))?;
    let world = call.read();
    engine::check_free(&world, organization)?;
    let file = uploaded(call)?;
    let (mut import, mut warnings) = Import::prepare(&world, organization, behavior, &file)?;
    if customer_of(&world, organization).is_some() {
        import.wholesale = Terms {
            failures: call.wholesale_failures(),
            deletes_administrators: call.may_change_roles(),
        };
    }
    if call.edits_agents_only() {
        warnings.extend(import.limit_to_agents(&world));
    }
    let job = Job::UserImport(import);
    let id = call.write(|tx| start(tx, call, organization, job, warnings))?;
    accepted(call, id)
}

/// Media types that browsers and scripts give a CSV file.
const PLAIN: [&str; 5] = [
    "",
    "text/csv",
    "text/plain",
    "application/vnd.ms-excel",
    "application/octet-stream",
];

/// The file of a request: its body, or the multipart field `file`.
///
/// # Errors
/// 415 for another media type, 400 for a multipart body without a file.
pub fn uploaded(call: &Call<'_>) -> Result<Bytes, Refusal> {
    let media_type = call
        .content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if media_type.eq_ignore_ascii_case("multipart/form-data") {
        return Ok(multipart::file(call.content_type, call.body, "file")?.bytes);
    }
    if PLAIN
        .iter()
        .any(|plain| plain.eq_ignore_ascii_case(media_type))
    {
        return Ok(call.body.clone());
    }
    let detail = "Send the file as text/csv, or as multipart/form-data in the field \"file\".";
    Err(Refusal::new(ErrorKind::UnsupportedMediaType, detail))
}
