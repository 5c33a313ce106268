//! `/v1/wholesale/customers`.

mod document;
mod write;

use uuid::Uuid;

use super::{MAX, OFFSET, PAGES, Prechecked, SUB_PARTNER, partner};
use crate::http::{Call, Fidelity, Reply, Row, page};
use crate::model::WebexId;
use crate::model::wholesale::Customer;
use crate::refusal::Refusal;
use crate::resources::wholesale::customers;

use document::CustomerBody;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/wholesale/customers", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            (
                "externalId",
                "Only the customer with this id of the partner's.",
            ),
            ("orgId", "Only the customer with this organization."),
            ("status", "Only customers in one of these states."),
            MAX,
            OFFSET,
            SUB_PARTNER,
        ])
        .answers::<page::Items<CustomerBody<'_>>>(),
    Row::post("/v1/wholesale/customers", write::create)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::CustomerWrite>()
        .answers::<write::ResourceUrl>()
        .status(202),
    Row::post("/v1/wholesale/customers/validate", write::validate)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::CustomerWrite>()
        .answers::<Prechecked>(),
    Row::get("/v1/wholesale/customers/{customerId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("includePackageLicenseInfo", "Whether to list licence ids."),
            SUB_PARTNER,
        ])
        .answers::<CustomerBody<'_>>(),
    Row::put("/v1/wholesale/customers/{customerId}", write::update)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .takes::<write::CustomerUpdate>()
        .answers::<write::ResourceUrl>()
        .status(202),
    Row::delete("/v1/wholesale/customers/{customerId}", write::delete)
        .fidelity(Fidelity::F4)
        .queries(&[SUB_PARTNER])
        .status(202),
];

/// The customer that a path names.
fn named(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("customerId");
    let id = WebexId::Customer.decode(text);
    id.ok_or_else(|| Refusal::not_found("Customer", text))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let world = call.read();
    let external = call.query("externalId");
    // Here orgId filters; it does not lead into the customer.
    let organization = call.query("orgId");
    let organization = organization.map(|text| WebexId::Organization.decode(&text));
    let states = call.query_list("status");
    let fits = |customer: &Customer| {
        let state = serde_json::to_value(customer.status).unwrap_or_default();
        external
            .as_deref()
            .is_none_or(|id| id == customer.external_id)
            && organization.is_none_or(|id| id.is_some() && id == customer.organization)
            && (states.is_empty() || states.iter().any(|it| state == it.as_str()))
    };
    let all = customers::list(&world, partner).filter(|(_, it)| fits(it));
    let items = all.map(|(id, customer)| CustomerBody::of(&world, id, customer, false));
    page::list(call, PAGES, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let partner = partner(call)?;
    let id = named(call)?;
    let world = call.read();
    let licenses = call.query_bool("includePackageLicenseInfo")?;
    let customer = customers::get(&world, partner, id)?;
    let body = CustomerBody::of(&world, id, customer, licenses.unwrap_or_default());
    Reply::json(200, &body)
}
