//! What other programs work with: webhooks and reports.

use serde::Deserialize;
use utoipa::ToSchema;

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Webhook)]
pub struct Webhook {
    /// Its name, unique in the scenario.
    pub name: String,
    /// Where events are to be sent.
    pub target_url: String,
    /// What it is about, such as `adminBatchJobs`.
    pub resource: String,
    /// What happens to it, such as `statusChanged`.
    pub event: String,
    /// Which of them.
    pub filter: Option<String>,
    /// The key of the signature.
    pub secret: Option<String>,
    /// E-mail address of who made it; the organisation's domain may be left out.
    pub creator: String,
    /// Whether it is about the whole organisation.
    #[serde(default)]
    pub org_wide: bool,
}

/// A report that is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Report)]
pub struct Report {
    /// The number of its template.
    pub template: u32,
    /// The first day, as YYYY-MM-DD, where the template takes one.
    pub start_date: Option<String>,
    /// The last day.
    pub end_date: Option<String>,
    /// E-mail address of who asked for it; the organisation's domain may be left out.
    pub creator: String,
}
