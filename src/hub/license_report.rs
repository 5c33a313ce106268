//! Management > Users > Licences: who could not get a licence of a template, and why (TMPL-17,
//! TMPL-18).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::template::{self, Shortfall};
use crate::licensing::{OutcomeError, OutcomeLicense};
use crate::model::{Group, License, Organization, Person, Subscription, WebexId};
use crate::refusal::Refusal;
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/licenses/report", report)
        .named(
            "listLicenseShortfalls",
            "Who could not get a licence of a template, and why",
        )
        .queries(&[MAX, START])
        .answers::<page::Items<ShortfallBody>>()
        .heavy(),
];

/// A licence of a template that a person could not get.
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
    /// Whose templates name it.
    templates: Vec<TemplateOwner>,
    /// Why not.
    error: OutcomeError,
    /// The rules that decided.
    rules: Vec<&'static str>,
}

/// Whose template it is.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateOwner {
    /// `organization` or `group`
    r#type: &'static str,
    /// The id of either.
    id: String,
    /// Its name.
    name: String,
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
    let owners = shortfall.sources.iter();
    Some(ShortfallBody {
        person_id: WebexId::Person.encode(shortfall.person),
        email: person.email.to_string(),
        display_name: person.display_name.clone(),
        license: OutcomeLicense {
            license_id: license.webex_id(shortfall.license),
            subscription_id: subscription.code.clone(),
        },
        name: license.offer().api_name,
        templates: owners.filter_map(|id| owner(world, *id)).collect(),
        error: (&shortfall.refusal).into(),
        rules: shortfall.refusal.rules.clone(),
    })
}

fn owner(world: &World, id: Uuid) -> Option<TemplateOwner> {
    if let Some(group) = world.get::<Group>(id) {
        return Some(TemplateOwner {
            r#type: "group",
            id: group.webex_id(id),
            name: group.display_name.clone(),
        });
    }
    let organization = world.get::<Organization>(id)?;
    Some(TemplateOwner {
        r#type: "organization",
        id: WebexId::Organization.encode(id),
        name: organization.name.clone(),
    })
}
