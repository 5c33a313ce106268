//! The file of a billing report, as the temporary address in the report leads to it.

use crate::http::{Access, Call, Reply, Row};
use crate::hub::tasks::download;
use crate::model::WebexId;
use crate::model::billing::BillingReport;
use crate::refusal::Refusal;
use crate::resources::wholesale::billing::columns;
use crate::tasks::csv::Writer;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/billingReports/{reportId}", file)
    .named("downloadBillingReport", "Download a billing report")
    .access(Access::Control)
    .answers_as::<String>("text/csv")];

fn file(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("reportId");
    let world = call.read();
    let id = WebexId::BillingReport.decode(text);
    let report = id.and_then(|id| world.get::<BillingReport>(id));
    let made = report.and_then(|report| Some((report, report.file.as_ref()?)));
    let (report, lines) =
        made.ok_or_else(|| Refusal::not_found("File of a billing report", text))?;
    let mut writer = Writer::default();
    writer.texts(columns(report.r#type).iter().copied());
    for line in lines.iter() {
        writer.texts(line.iter().map(String::as_str));
    }
    Ok(download(writer.finish(), "billingReport"))
}
