//! Users > (user) > Package: giving, changing and taking a wholesale package (PKG-12 to PKG-16).

use serde::Deserialize;
use utoipa::ToSchema;

use super::organization;
use crate::http::{Call, Reply, Row};
use crate::licensing::Outcome;
use crate::licensing::packages::{self, Beside, PackageSave};
use crate::model::wholesale::Package;
use crate::refusal::Refusal;

/// The path of a user's package.
const PATH: &str = "/_hub/v1/organizations/{org}/users/{personId}/package";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::put(PATH, assign)
        .named(
            "changeUserPackage",
            "Package > Change: give a user a package",
        )
        .takes::<Wanted>()
        .answers::<Outcome>(),
    Row::delete(PATH, unassign)
        .named("unassignUserPackage", "Take a user's package")
        .answers::<Outcome>()
        .status(200),
];

/// The package that a user is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    /// The base package.
    package: Package,
    /// What is added to it.
    #[serde(default)]
    add_ons: Vec<Package>,
    /// Number information, for a package with Calling.
    #[serde(default)]
    properties: Option<super::licenses::ItemProperties>,
}

fn assign(call: &Call<'_>) -> Result<Reply, Refusal> {
    organization(call)?;
    let person = call.person("personId")?;
    let wanted: Wanted = call.json()?;
    let properties = wanted.properties.as_ref();
    let properties = properties.map(super::licenses::parse).transpose()?;
    let mut all = vec![wanted.package];
    all.extend(wanted.add_ons);
    let save = PackageSave {
        person,
        packages: packages::of_subscriber(&all)?,
        properties,
        ignores_properties: false,
        failing: None,
        beside: Beside::default(),
    };
    let failures = call.wholesale_failures();
    let assigned = call.write(|tx| {
        let failing = failures.of(tx, person);
        packages::assign(tx, PackageSave { failing, ..save })
    })?;
    match assigned.failed {
        Some(failed) => {
            call.tell(assigned.outcome);
            Err(failed)
        }
        None => answer(call, assigned.outcome),
    }
}

fn unassign(call: &Call<'_>) -> Result<Reply, Refusal> {
    organization(call)?;
    let person = call.person("personId")?;
    let outcome = call.write(|tx| packages::unassign(tx, person))?;
    answer(call, outcome)
}

fn answer(call: &Call<'_>, mut outcome: Outcome) -> Result<Reply, Refusal> {
    outcome.tracking_id = call.tracking_id.to_string();
    let reply = Reply::json(200, &outcome)?.explained();
    call.tell(outcome);
    Ok(reply)
}
