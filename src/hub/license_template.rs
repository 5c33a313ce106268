//! Management > Users > Licences > Licence assignments, and Groups > (group) > Assignments: the
//! templates of the organisation and of its groups, and what people keep who change groups.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tasks::{accepted, start};
use super::{license, organization};
use crate::http::{Call, Reply, Row};
use crate::licensing::template::{self, Scope, TemplateRequest};
use crate::model::{Group, License, LicenseTemplate};
use crate::refusal::Refusal;
use crate::resources::groups;
use crate::resources::organizations::{self, SettingsChange};
use crate::tasks::job::Job;
use crate::tasks::template_apply::Apply;
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/licenseTemplate", get)
        .named("getLicenseTemplate", "Get the licence template")
        .answers::<TemplateBody>(),
    Row::put("/_hub/v1/organizations/{org}/licenseTemplate", put)
        .named("setLicenseTemplate", "Save the licence template")
        .takes::<TemplateSave>()
        .answers::<TemplateBody>()
        .heavy(),
    Row::delete("/_hub/v1/organizations/{org}/licenseTemplate", delete)
        .named("deleteLicenseTemplate", "Delete the licence template"),
    Row::get(GROUP_TEMPLATE, get)
        .named(
            "getGroupLicenseTemplate",
            "Get the licence template of a group",
        )
        .answers::<TemplateBody>(),
    Row::put(GROUP_TEMPLATE, put)
        .named(
            "setGroupLicenseTemplate",
            "Save the licence template of a group",
        )
        .takes::<TemplateSave>()
        .answers::<TemplateBody>()
        .heavy(),
    Row::delete(GROUP_TEMPLATE, delete).named(
        "deleteGroupLicenseTemplate",
        "Delete the licence template of a group",
    ),
    Row::get(GROUP_SETTINGS, get_settings)
        .named(
            "getGroupLicenseSettings",
            "What people keep who change groups",
        )
        .answers::<GroupSettings>(),
    Row::put(GROUP_SETTINGS, put_settings)
        .named(
            "setGroupLicenseSettings",
            "Say what people keep who change groups",
        )
        .takes::<GroupSettings>()
        .answers::<GroupSettings>(),
];

const GROUP_TEMPLATE: &str = "/_hub/v1/organizations/{org}/groups/{groupId}/licenseTemplate";
const GROUP_SETTINGS: &str = "/_hub/v1/organizations/{org}/groups/licenseSettings";

/// Whom a template is for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ApplyScope {
    /// People who come later; always true.
    #[serde(default = "yes")]
    future_users: bool,
    /// The people of today, once.
    #[serde(default)]
    existing_users: bool,
}

impl Default for ApplyScope {
    fn default() -> Self {
        Self {
            future_users: true,
            existing_users: false,
        }
    }
}

fn yes() -> bool {
    true
}

/// A template.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TemplateBody {
    /// Licence ids.
    licenses: Vec<String>,
    /// Existing users are a choice of one save, so they never show (TMPL-03).
    apply_scope: ApplyScope,
    /// The choice of the last save.
    preserve_licenses: bool,
}

/// A save of the template.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TemplateSave {
    /// Licence ids, or headers of CSV columns.
    licenses: Vec<String>,
    /// Whom it is for.
    #[serde(default)]
    apply_scope: ApplyScope,
    /// Whether existing users keep what the template does not name; true unless said.
    preserve_licenses: Option<bool>,
    /// Whether the loss of data is acknowledged.
    #[serde(default)]
    acknowledge_data_loss: bool,
}

fn body(world: &World, template: &LicenseTemplate) -> TemplateBody {
    let licenses = template.licenses.iter();
    TemplateBody {
        licenses: licenses
            .filter_map(|id| Some(world.get::<License>(*id)?.webex_id(*id)))
            .collect(),
        apply_scope: ApplyScope::default(),
        preserve_licenses: template.preserve_licenses,
    }
}

/// Whom the template of a call's path is for.
fn scope(call: &Call<'_>) -> Result<Scope, Refusal> {
    let organization = organization(call)?;
    let text = call.value("groupId");
    if text.is_empty() {
        return Ok(Scope::everybody(organization));
    }
    let missing = || Refusal::not_found("Group", text);
    let group = Group::decode(text).ok_or_else(missing)?;
    groups::get(&call.tenant.sandbox.peek(), organization, group).map_err(|_| missing())?;
    Ok(Scope::of_group(organization, group))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let scope = scope(call)?;
    let world = call.read();
    let template = template::get(&world, scope.id());
    let template = template.ok_or_else(|| missing(call))?;
    Reply::json(200, &body(&world, template))
}

fn missing(call: &Call<'_>) -> Refusal {
    match call.value("groupId") {
        "" => Refusal::not_found("The license template of organization", call.value("org")),
        group => Refusal::not_found("The license template of group", group),
    }
}

fn put(call: &Call<'_>) -> Result<Reply, Refusal> {
    let scope = scope(call)?;
    let save: TemplateSave = call.json()?;
    let request = request(&call.read(), scope, &save)?;
    let task = call.write(|tx| {
        template::save_template(tx, scope, &request)?;
        if !request.existing_users {
            return Ok(None);
        }
        let template = template::get(tx, scope.id()).cloned();
        let template = template.ok_or_else(|| missing(call))?;
        let apply = Apply::prepare(tx, template, request.preserves());
        let job = Job::TemplateApply(apply);
        start(tx, call, scope.organization, job, Vec::new()).map(Some)
    })?;
    match task {
        Some(task) => accepted(call, task),
        None => get(call),
    }
}

fn request(world: &World, scope: Scope, save: &TemplateSave) -> Result<TemplateRequest, Refusal> {
    let licenses = save
        .licenses
        .iter()
        .map(|text| license(world, scope.organization, text));
    Ok(TemplateRequest {
        licenses: licenses.collect::<Result<_, _>>()?,
        future_users: save.apply_scope.future_users,
        existing_users: save.apply_scope.existing_users,
        preserve_licenses: save.preserve_licenses,
        acknowledge_data_loss: save.acknowledge_data_loss,
    })
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let scope = scope(call)?;
    if template::get(&call.tenant.sandbox.peek(), scope.id()).is_none() {
        return Err(missing(call));
    }
    call.write(|tx| template::delete(tx, scope))?;
    Ok(Reply::empty(204))
}

/// What people keep who change groups (TMPL-12).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GroupSettings {
    /// Whether the licences that they had stay, those given by hand included.
    preserve_licenses: bool,
}

fn get_settings(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.tenant.sandbox.peek();
    let settings = organizations::settings(&world, organization)?;
    let preserve_licenses = settings.preserve_licenses_between_groups;
    Reply::json(200, &GroupSettings { preserve_licenses })
}

fn put_settings(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let GroupSettings { preserve_licenses } = call.json()?;
    let change = SettingsChange {
        preserve_licenses_between_groups: Some(preserve_licenses),
        ..SettingsChange::default()
    };
    call.write(|tx| organizations::change_settings(tx, organization, change))?;
    get_settings(call)
}
