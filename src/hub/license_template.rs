//! Management > Users > Licences > Licence assignments: the template of the organisation, and who
//! could not be served by it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::tasks::{accepted, start};
use super::{license, organization};
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::template::{self, Shortfall, TemplateRequest};
use crate::licensing::{OutcomeError, OutcomeLicense};
use crate::model::{License, LicenseTemplate, Person, Subscription, WebexId};
use crate::refusal::Refusal;
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
    Row::get("/_hub/v1/organizations/{org}/licenses/report", report)
        .named(
            "listLicenseShortfalls",
            "Who could not get a licence of the template, and why",
        )
        .queries(&[MAX, START])
        .answers::<page::Items<ShortfallBody>>()
        .heavy(),
];

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

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let template = template::get(&world, organization);
    let template = template.ok_or_else(|| missing(call))?;
    Reply::json(200, &body(&world, template))
}

fn missing(call: &Call<'_>) -> Refusal {
    Refusal::not_found("The license template of organization", call.value("org"))
}

fn put(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let save: TemplateSave = call.json()?;
    let request = request(&call.read(), organization, &save)?;
    let task = call.write(|tx| {
        template::save_template(tx, organization, &request)?;
        if !request.existing_users {
            return Ok(None);
        }
        let template = template::get(tx, organization).cloned();
        let template = template.ok_or_else(|| missing(call))?;
        let apply = Apply::prepare(tx, template, request.preserves());
        let job = Job::TemplateApply(apply);
        start(tx, call, organization, job, Vec::new()).map(Some)
    })?;
    match task {
        Some(task) => accepted(call, task),
        None => get(call),
    }
}

fn request(
    world: &World,
    organization: Uuid,
    save: &TemplateSave,
) -> Result<TemplateRequest, Refusal> {
    let licenses = save
        .licenses
        .iter()
        .map(|text| license(world, organization, text));
    Ok(TemplateRequest {
        licenses: licenses.collect::<Result<_, _>>()?,
        future_users: save.apply_scope.future_users,
        existing_users: save.apply_scope.existing_users,
        preserve_licenses: save.preserve_licenses,
        acknowledge_data_loss: save.acknowledge_data_loss,
    })
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    if template::get(&call.tenant.sandbox.peek(), organization).is_none() {
        return Err(missing(call));
    }
    call.write(|tx| template::delete(tx, organization))?;
    Ok(Reply::empty(204))
}

/// A licence of the template that a person could not get.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ShortfallBody {
    /// The person.
    person_id: String,
    /// The person's address.
    email: String,
    /// The person's name.
    display_name: String,
    /// The licence.
    license: OutcomeLicense,
    /// The licence's name.
    name: &'static str,
    /// Why not.
    error: OutcomeError,
    /// The rules that decided.
    rules: Vec<&'static str>,
}

fn report(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let found = template::report(&world, organization);
    let items = found
        .iter()
        .filter_map(|shortfall| shortfall_body(&world, shortfall));
    page::list(call, ORDINARY, "items", items)
}

fn shortfall_body(world: &World, shortfall: &Shortfall) -> Option<ShortfallBody> {
    let person = world.get::<Person>(shortfall.person)?;
    let license = world.get::<License>(shortfall.license)?;
    let subscription = world.get::<Subscription>(license.subscription)?;
    Some(ShortfallBody {
        person_id: WebexId::Person.encode(shortfall.person),
        email: person.email.to_string(),
        display_name: person.display_name.clone(),
        license: OutcomeLicense {
            license_id: license.webex_id(shortfall.license),
            subscription_id: subscription.code.clone(),
        },
        name: license.offer().api_name,
        error: (&shortfall.refusal).into(),
        rules: shortfall.refusal.rules.clone(),
    })
}
