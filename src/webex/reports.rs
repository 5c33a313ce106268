//! `/v1/reports` and `/v1/report/templates` (api-surface.md 4.12). Ids stand under `Id`, as Webex
//! answers, and under `id`, as its document says.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::organizations::own;
use crate::http::{Call, Fidelity, Reply, Row};
use crate::json::TextOr;
use crate::model::report::ReportFile;
use crate::model::{Report, WebexId};
use crate::refusal::Refusal;
use crate::resources::made_later::date;
use crate::resources::reports::templates::{self, TEMPLATES, Template};
use crate::resources::reports::{self, Wanted};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/report/templates", list_templates)
        .fidelity(Fidelity::F4)
        .answers::<TemplatesBody>(),
    Row::get("/v1/reports", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("reportId", "Only the report with this id."),
            ("service", "Only reports of this service."),
            ("templateId", "Only reports of this template."),
            (
                "from",
                "Only reports of this day and later ones; needs `to`.",
            ),
            ("to", "Only reports before this day; needs `from`."),
        ])
        .answers::<ReportsBody>(),
    Row::post("/v1/reports", create)
        .fidelity(Fidelity::F4)
        .takes::<ReportRequest>()
        .answers::<CreatedBody>(),
    Row::get("/v1/reports/{reportId}", get)
        .fidelity(Fidelity::F4)
        .answers::<ReportsBody>(),
    Row::delete("/v1/reports/{reportId}", delete).fidelity(Fidelity::F4),
];

/// What reports there are.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TemplatesBody {
    /// The templates.
    items: Vec<TemplateBody>,
    /// How many there are.
    number_of_template: usize,
}

/// A template.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TemplateBody {
    /// Its number.
    #[serde(rename = "Id")]
    upper_id: u32,
    /// The same.
    id: u32,
    /// Its name.
    title: &'static str,
    /// The service that it is about.
    service: &'static str,
    /// The longest period.
    max_days: u16,
    /// What the lines belong to.
    identifier: &'static str,
    /// What a request must have.
    validations: Vec<ValidationBody>,
}

/// A field of a request.
#[derive(Debug, Serialize, ToSchema)]
struct ValidationBody {
    /// Its name.
    field: &'static str,
    /// `yes`
    required: &'static str,
}

impl From<&Template> for TemplateBody {
    fn from(template: &Template) -> Self {
        let required = template.required().iter();
        Self {
            upper_id: template.id,
            id: template.id,
            title: template.title,
            service: template.service,
            max_days: template.max_days,
            identifier: template.identifier(),
            validations: required
                .map(|field| ValidationBody {
                    field,
                    required: "yes",
                })
                .collect(),
        }
    }
}

/// Reports.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportsBody {
    /// The reports.
    items: Vec<ReportBody>,
    /// How many there are.
    number_of_reports: usize,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportBody {
    /// The report's id.
    #[serde(rename = "Id")]
    upper_id: String,
    /// The same.
    id: String,
    /// The name of its template.
    title: &'static str,
    /// The service that it is about.
    service: &'static str,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    /// The sites; none, because no template is about sites.
    site_list: &'static str,
    /// When it was asked for, in UTC.
    created: String,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    /// `api`
    schedule_from: &'static str,
    /// `pending`, `done`, or `failed` where there was no room for its file.
    status: &'static str,
    /// Where the file is, once it is made.
    #[serde(rename = "downloadURL", skip_serializing_if = "Option::is_none")]
    download_url: Option<String>,
}

/// The id of a report that was accepted.
#[derive(Debug, Serialize, ToSchema)]
struct CreatedBody {
    /// The report.
    items: IdBody,
}

/// An id.
#[derive(Debug, Serialize, ToSchema)]
struct IdBody {
    /// The report's id.
    #[serde(rename = "Id")]
    upper_id: String,
    /// The same.
    id: String,
}

/// A report that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportRequest {
    /// The number of a template.
    template_id: TextOr<f64>,
    /// The first day, as YYYY-MM-DD.
    start_date: Option<String>,
    /// The last day, as YYYY-MM-DD.
    end_date: Option<String>,
}

/// The number of a template, which some clients send as a text (contract).
fn template_id(sent: &TextOr<f64>) -> Result<u32, Refusal> {
    let text = match sent {
        TextOr::Text(text) => text.clone(),
        TextOr::Other(number) => number.to_string(),
    };
    text.parse().map_err(|_| {
        let shown = crate::model::number::shorten(&text);
        let detail = format!("templateId must be the number of a template, not \"{shown}\".");
        Refusal::bad_request(detail)
    })
}

impl ReportBody {
    fn of(call: &Call<'_>, id: Uuid, report: &Report) -> Result<Self, Refusal> {
        let template = templates::find(report.template)?;
        let webex_id = WebexId::Report.encode(id);
        let origin = call.origin_of(&call.tenant.id);
        let url = || format!("{origin}/_sim/v1/reports/{webex_id}");
        let created: String = report.created.to_string().chars().take(19).collect();
        Ok(Self {
            title: template.title,
            service: template.service,
            start_date: report.start.map(date),
            end_date: report.end.map(date),
            site_list: "",
            created: created.replace('T', " "),
            created_by: report.created_by.map(|id| WebexId::Person.encode(id)),
            schedule_from: "api",
            status: match report.file {
                ReportFile::Waiting => "pending",
                ReportFile::Made(_) => "done",
                ReportFile::Failed => "failed",
            },
            download_url: report.file.lines().map(|_| url()),
            upper_id: webex_id.clone(),
            id: webex_id,
        })
    }
}

fn list_templates(_call: &Call<'_>) -> Result<Reply, Refusal> {
    let items: Vec<_> = TEMPLATES.iter().map(TemplateBody::from).collect();
    let body = TemplatesBody {
        number_of_template: items.len(),
        items,
    };
    Reply::json(200, &body)
}

fn answer(items: Vec<ReportBody>) -> Result<Reply, Refusal> {
    let body = ReportsBody {
        number_of_reports: items.len(),
        items,
    };
    Reply::json(200, &body)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = own(call)?;
    let id = call
        .query("reportId")
        .map(|text| WebexId::Report.decode(&text));
    let service = call.query("service");
    let template = call.query_number("templateId", 0)?;
    let days = [call.query("from"), call.query("to")];
    let days = match &days {
        [Some(from), Some(to)] => Some([reports::day("from", from)?, reports::day("to", to)?]),
        [None, None] => None,
        _ => return Err(Refusal::bad_request("from and to must be given together.")),
    };
    let world = call.tenant.sandbox.peek();
    let fits = |found: Uuid, report: &Report| {
        let is_of = |wanted: &str| {
            templates::find(report.template).is_ok_and(|it| it.service.eq_ignore_ascii_case(wanted))
        };
        id.is_none_or(|id| id == Some(found))
            && service.as_deref().is_none_or(is_of)
            && template.is_none_or(|wanted| u32::try_from(wanted) == Ok(report.template))
            && days.is_none_or(|[from, to]| from <= report.created && report.created < to)
    };
    let found = reports::list(&world, organization).filter(|(id, report)| fits(*id, report));
    let mut found: Vec<(Uuid, &Report)> = found.collect();
    found.sort_by_key(|(id, report)| (report.created, *id));
    let items = found.into_iter();
    let items = items.map(|(id, report)| ReportBody::of(call, id, report));
    answer(items.collect::<Result<_, _>>()?)
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("reportId");
    let id = WebexId::Report.decode(text);
    id.ok_or_else(|| Refusal::not_found("Report", text))
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let request: ReportRequest = call.json()?;
    let wanted = Wanted {
        template: template_id(&request.template_id)?,
        start: request.start_date,
        end: request.end_date,
        created_by: call.actor().person,
    };
    let id = call.write(|tx| reports::create(tx, organization, &wanted))?;
    let id = WebexId::Report.encode(id);
    let items = IdBody {
        upper_id: id.clone(),
        id,
    };
    Reply::json(200, &CreatedBody { items })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.own_organization()?, id(call)?);
    let world = call.tenant.sandbox.peek();
    let report = reports::get(&world, organization, id)?;
    answer(vec![ReportBody::of(call, id, report)?])
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.own_organization()?, id(call)?);
    call.write(|tx| reports::delete(tx, organization, id))?;
    Ok(Reply::empty(204))
}
