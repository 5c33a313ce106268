//! The files of reports, as the address in the report leads to them: those of an organisation as
//! an archive with one CSV file, as Webex sends them, and those of wholesale billing as CSV.

use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::http::{Access, Call, Reply, Row};
use crate::hub::tasks::download;
use crate::model::billing::BillingReport;
use crate::model::report::Lines;
use crate::model::{Report, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::reports::templates;
use crate::resources::wholesale::billing::columns;
use crate::tasks::csv::{Cell, Writer};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/billingReports/{reportId}", billing)
        .named("downloadBillingReport", "Download a billing report")
        .access(Access::Control)
        .answers_as::<String>("text/csv")
        .heavy(),
    Row::get("/_sim/v1/reports/{reportId}", report)
        .named("downloadReport", "Download a report")
        .access(Access::Control)
        .answers_as::<String>("application/zip")
        .heavy(),
];

/// What spreadsheets know the encoding by.
const MARK: &str = "\u{feff}";

/// A file of columns and lines.
fn sheet(columns: &[&str], lines: &Lines) -> String {
    let mut writer = Writer::default();
    writer.texts(columns.iter().copied());
    for line in lines.iter() {
        // A phone number keeps its `+`; any other text is made harmless.
        writer.row(line.iter().map(|cell| Cell::Number(cell.into())));
    }
    writer.finish()
}

fn billing(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("reportId");
    let world = call.read();
    let id = WebexId::BillingReport.decode(text);
    let report = id.and_then(|id| world.get::<BillingReport>(id));
    let made = report.and_then(|report| Some((report, report.file.lines()?)));
    let (report, lines) =
        made.ok_or_else(|| Refusal::not_found("File of a billing report", text))?;
    let file = sheet(columns(report.r#type), lines);
    Ok(download(file, "billingReport"))
}

fn report(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("reportId");
    let world = call.read();
    let own = match &call.session {
        Some(_) => Some(call.own_organization()?),
        None => None,
    };
    let id = WebexId::Report.decode(text);
    let report = id.and_then(|id| world.get::<Report>(id));
    let report = report.filter(|report| own.is_none_or(|own| own == report.organization));
    let made = report.and_then(|report| Some((report, report.file.lines()?)));
    let (report, lines) = made.ok_or_else(|| Refusal::not_found("File of a report", text))?;
    let template = templates::find(report.template)?;
    let file = archive(&sheet(template.columns, lines));
    let file = file.map_err(|why| Refusal::new(ErrorKind::Internal, why.to_string()))?;
    let reply = Reply::document("application/zip", file);
    Ok(reply.header("Content-Disposition", "attachment; filename=\"report.zip\""))
}

/// An archive with one file, stored as it is: the same lines are the same bytes.
fn archive(file: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("report.csv", options)?;
    writer.write_all(MARK.as_bytes())?;
    writer.write_all(file.as_bytes())?;
    Ok(writer.finish()?.into_inner())
}
