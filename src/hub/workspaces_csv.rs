//! Management > Devices > Add device > Multiple Cisco IP Phones: sample, export, import of
//! workspaces and of phones (WS-02 to WS-09).

use serde::Deserialize;
use utoipa::ToSchema;

use super::organization;
use super::tasks::{accepted, download, importing, start, starting};
use super::users_csv::uploaded;
use crate::http::{Call, Reply, Row};
use crate::refusal::Refusal;
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::workspace_csv::{Export, Import, Of, template};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(
        "/_hub/v1/organizations/{org}/workspaces/csv/template",
        show_template,
    )
    .named(
        "getWorkspaceCsvTemplate",
        "Download a workspace CSV without workspaces",
    )
    .answers_as::<String>("text/csv"),
    starting(
        Row::post("/_hub/v1/organizations/{org}/workspaces/csv/export", export)
            .named("exportWorkspaces", "Export the workspaces as CSV")
            .takes::<ExportBody>(),
    ),
    importing(
        Row::post("/_hub/v1/organizations/{org}/workspaces/csv/import", import)
            .named("importWorkspaces", "Import workspaces and phones from CSV")
            .queries(&[
                (
                    "behavior",
                    "Not needed: FALSE is honoured. Anything but `addAndRemove` is refused.",
                ),
                (
                    "activationCodes",
                    "`link`, which is meant unless said: a list to download; `email`: people get \
                     theirs by e-mail, too.",
                ),
            ]),
    ),
];

/// What an export is of.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ExportBody {
    /// `workspaces` unless said: those of the organisation with their phones. `users`: the people
    /// with Calling and their phones. `workspaceList`: the list of the Workspaces page.
    of: Of,
}

fn show_template(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let file = template(&call.read(), organization);
    Ok(download(file, "workspaceTemplate"))
}

fn export(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body = match call.body.trim_ascii().is_empty() {
        true => ExportBody::default(),
        false => call.json::<ExportBody>()?,
    };
    let job = Job::WorkspaceExport(Export::prepare(&call.read(), organization, body.of));
    let id = call.write(|tx| start(tx, call, organization, job, Vec::new()))?;
    accepted(call, id)
}

fn import(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    if let Some(behavior) = call.query("behavior").filter(|it| it != "addAndRemove") {
        let shown = crate::model::number::shorten(&behavior);
        let detail = format!(
            "behavior is of user files; a workspace file honours FALSE, so \"{shown}\" cannot be \
             done: leave it out."
        );
        return Err(Refusal::bad_request(detail));
    }
    let mails_codes = match call.query("activationCodes").as_deref() {
        None | Some("link") => false,
        Some("email") => true,
        Some(other) => {
            let shown = crate::model::number::shorten(other);
            let detail = format!("activationCodes must be link or email, not \"{shown}\".");
            return Err(Refusal::bad_request(detail).by("WS-09"));
        }
    };
    let world = call.read();
    engine::check_free(&world, organization)?;
    let import = Import::prepare(&world, organization, &uploaded(call)?)?;
    let import = import.mailing_codes(mails_codes);
    let job = Job::WorkspaceImport(import);
    let id = call.write(|tx| start(tx, call, organization, job, Vec::new()))?;
    accepted(call, id)
}
