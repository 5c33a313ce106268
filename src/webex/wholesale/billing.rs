//! `/v1/wholesale/billing/reports`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page::{self, Paging};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::WebexId;
use crate::model::billing::{BillingReport, ReportType};
use crate::model::organization::manages;
use crate::model::report::ReportFile;
use crate::refusal::Refusal;
use crate::resources::made_later::date;
use crate::resources::wholesale::billing::{self, Wanted};
use crate::resources::wholesale::check_partner;
use crate::world::{Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/wholesale/billing/reports", list)
        .fidelity(Fidelity::F3)
        .queries(&[
            ("billingStartDate", "Only reports that begin on this day."),
            ("billingEndDate", "Only reports that end on this day."),
            ("type", "`PARTNER`, `CUSTOMER` or `USER`."),
            (
                "sortBy",
                "`id`, `billingStartDate`, `billingEndDate` or `status`.",
            ),
            ("status", "`IN_PROGRESS`, `COMPLETED` or `FAILED`."),
            super::MAX,
            super::OFFSET,
            ("subPartnerOrgId", "Only reports about this sub-partner."),
        ])
        .answers::<page::Items<ListedReport>>(),
    Row::post("/v1/wholesale/billing/reports", create)
        .fidelity(Fidelity::F3)
        .takes::<ReportWrite>()
        .answers::<ReportId>(),
    Row::get("/v1/wholesale/billing/reports/{id}", get)
        .fidelity(Fidelity::F3)
        .answers::<ReportBody>(),
    Row::delete("/v1/wholesale/billing/reports/{id}", delete).fidelity(Fidelity::F3),
];

/// Up to 100 on a page, as the contract says; the next one begins as in the lists beside.
const PAGES: Paging = Paging {
    start: "offset",
    max: "max",
    default: 100,
    most: 100,
};

/// What their lines are about.
const TYPES: [&str; 3] = ["PARTNER", "CUSTOMER", "USER"];

/// A report that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ReportWrite {
    /// The first day.
    billing_start_date: String,
    /// The last day, before today.
    billing_end_date: String,
    /// What its lines are about; `PARTNER` unless said.
    #[serde(default)]
    r#type: ReportType,
    /// The sub-partner whose customers it is about.
    sub_partner_org_id: Option<String>,
    /// Whether internal organisations are in it, of which there are none.
    #[serde(default)]
    #[expect(dead_code, reason = "taken, and no organisation is internal")]
    internal: bool,
}

/// What is common to all bodies.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportId {
    /// The report.
    id: String,
    /// The first day.
    billing_start_date: String,
    /// The last day.
    billing_end_date: String,
    /// What its lines are about.
    r#type: ReportType,
    /// Always `RECONCILIATION`.
    category: &'static str,
}

/// A report in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ListedReport {
    #[serde(flatten)]
    report: ReportId,
    /// How far it is.
    status: &'static str,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportBody {
    #[serde(flatten)]
    report: ReportId,
    /// When it was asked for.
    #[schema(value_type = String)]
    created: Moment,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    /// How far it is.
    status: &'static str,
    /// Where the file is, once it is made.
    #[serde(rename = "tempDownloadURL", skip_serializing_if = "Option::is_none")]
    temp_download_url: Option<String>,
}

impl ReportId {
    fn of(id: Uuid, report: &BillingReport) -> Self {
        Self {
            id: WebexId::BillingReport.encode(id),
            billing_start_date: date(report.from),
            billing_end_date: date(report.to),
            r#type: report.r#type,
            category: "RECONCILIATION",
        }
    }
}

fn status(report: &BillingReport) -> &'static str {
    match report.file {
        ReportFile::Waiting => "IN_PROGRESS",
        ReportFile::Made(_) => "COMPLETED",
        ReportFile::Failed => "FAILED",
    }
}

/// The caller's organisation, which must be a partner.
fn partner(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let own = call.own_organization()?;
    check_partner(&call.read(), own)?;
    Ok(own)
}

fn named(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("id");
    let id = WebexId::BillingReport.decode(text);
    id.ok_or_else(|| Refusal::not_found("Billing report", text))
}

/// A partner of the caller's that a text names.
fn sub_partner(world: &World, own: Uuid, text: &str) -> Result<Uuid, Refusal> {
    let id = WebexId::Organization.decode(text);
    let id = id.filter(|id| manages(world, own, *id) && check_partner(world, *id).is_ok());
    id.ok_or_else(|| Refusal::not_found("Sub-partner", text))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = partner(call)?;
    let world = call.read();
    let [start, end, sub] =
        ["billingStartDate", "billingEndDate", "subPartnerOrgId"].map(|it| call.query(it));
    let sub = sub
        .map(|text| sub_partner(&world, own, &text))
        .transpose()?;
    let state = call.query_word("status")?;
    let kind = call.query_word("type")?;
    let sort = call.query_word("sortBy")?.unwrap_or("billingStartDate");
    let fits = |report: &BillingReport| {
        let name = TYPES[report.r#type as usize];
        start.as_deref().is_none_or(|day| day == date(report.from))
            && end.as_deref().is_none_or(|day| day == date(report.to))
            && sub.is_none_or(|id| report.sub_partner == Some(id))
            && state.is_none_or(|it| it == status(report))
            && kind.is_none_or(|it| it == name)
    };
    let all = billing::list(&world, own).filter(|(_, report)| fits(report));
    let mut found: Vec<(Uuid, &BillingReport)> = all.collect();
    found.sort_by_cached_key(|(id, report)| {
        let by = match sort {
            "id" => WebexId::BillingReport.encode(*id),
            "billingEndDate" => date(report.to),
            "status" => status(report).to_owned(),
            _ => date(report.from),
        };
        (by, report.created, *id)
    });
    let items = found.into_iter().map(|(id, report)| ListedReport {
        report: ReportId::of(id, report),
        status: status(report),
    });
    page::list(call, PAGES, "items", items)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let own = partner(call)?;
    let body: ReportWrite = call.json()?;
    let sub = body
        .sub_partner_org_id
        .as_deref()
        .filter(|text| !text.is_empty());
    let world = call.read();
    let wanted = Wanted {
        start: body.billing_start_date,
        end: body.billing_end_date,
        r#type: body.r#type,
        sub_partner: sub.map(|text| sub_partner(&world, own, text)).transpose()?,
        created_by: call.actor().person,
    };
    let id = call.write(|tx| billing::create(tx, own, wanted))?;
    let world = call.tenant.sandbox.peek();
    Reply::json(200, &ReportId::of(id, billing::get(&world, own, id)?))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (own, id) = (partner(call)?, named(call)?);
    let world = call.read();
    let report = billing::get(&world, own, id)?;
    let webex_id = WebexId::BillingReport.encode(id);
    // Whoever downloads it needs no token, which might say which sandbox is meant.
    let origin = call.origin_of(&call.tenant.id);
    let url = || format!("{origin}/_sim/v1/billingReports/{webex_id}");
    let body = ReportBody {
        report: ReportId::of(id, report),
        created: report.created,
        created_by: report.created_by.map(|id| WebexId::Person.encode(id)),
        status: status(report),
        temp_download_url: report.file.lines().map(|_| url()),
    };
    Reply::json(200, &body)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (own, id) = (partner(call)?, named(call)?);
    call.write(|tx| billing::delete(tx, own, id))?;
    Ok(Reply::empty(204))
}
