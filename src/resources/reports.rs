//! Reports: asked for by template, made by a timer out of what the organisation holds at that
//! moment, and downloaded. Only templates whose lines hubsim holds are there (DEC-108).

mod rows;
pub mod templates;

use uuid::Uuid;

pub use super::made_later::day;
use super::made_later::{self, DAY_MILLIS, FILES_MIB_MAX};
use crate::model::owned;
use crate::model::report::ReportFile;
use crate::model::{Report, WebexId, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, TimerDef, Tx, World, undated};
use templates::Template;

/// The most reports that an organisation keeps.
const REPORTS_MAX: usize = 100;

/// The timer that makes a report.
const MAKE: &str = "report.make";

/// What happens to reports by themselves.
pub const TIMERS: &[TimerDef] = &[TimerDef {
    kind: MAKE,
    subject: kinds::REPORT,
    fire,
    moved: undated,
}];

/// What is asked of a report.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The template.
    pub template: u32,
    /// The first day.
    pub start: Option<String>,
    /// The last day.
    pub end: Option<String>,
    /// Who asks.
    pub created_by: Option<Uuid>,
}

/// Accepts a report, which a timer makes.
///
/// # Errors
/// 400 for a template that is not there, days that are none or missing, and a period that ends
/// before it begins, after today, or is longer than the template allows; 409 when the organisation
/// keeps too many.
pub fn create(tx: &mut Tx, organization: Uuid, wanted: &Wanted) -> Result<Uuid, Refusal> {
    let template = templates::find(wanted.template)?;
    let [start, end] = period(template, wanted, tx.now())?;
    check_room(tx, organization)?;
    let id = tx.new_id::<Report>();
    let report = Report {
        organization,
        template: template.id,
        start,
        end,
        created: tx.now(),
        created_by: wanted.created_by,
        file: ReportFile::Waiting,
    };
    tx.put(id, report)?;
    made_later::order(tx, MAKE, id);
    Ok(id)
}

/// The days of a report. Templates that tell how things stand take none into account.
fn period(
    template: &Template,
    wanted: &Wanted,
    now: Moment,
) -> Result<[Option<Moment>; 2], Refusal> {
    let read = |field: &str, text: &Option<String>| match text.as_deref() {
        None | Some("") if template.has_days => {
            let detail = format!("{field} is required for the template {}.", template.id);
            Err(Refusal::bad_request(detail))
        }
        None | Some("") => Ok(None),
        Some(text) => day(field, text).map(Some),
    };
    let start = read("startDate", &wanted.start)?;
    let end = read("endDate", &wanted.end)?;
    if let (Some(start), Some(end)) = (start, end) {
        let refuse = |detail: String| Err(Refusal::bad_request(detail));
        if start > end {
            return refuse("startDate must not be after endDate.".to_owned());
        }
        if end > now {
            return refuse("endDate must not be after today.".to_owned());
        }
        let days = (end.0 - start.0) / DAY_MILLIS + 1;
        if days > i64::from(template.max_days) {
            let most = template.max_days;
            return refuse(format!(
                "The template {} takes at most {most} days, but startDate to endDate are {days}.",
                template.id
            ));
        }
    }
    Ok([start, end])
}

fn check_room(world: &World, organization: Uuid) -> Result<(), Refusal> {
    let files = || list(world, organization).map(|(_, report)| &report.file);
    if files().count() < REPORTS_MAX && made_later::has_room(files()) {
        return Ok(());
    }
    let detail = format!(
        "An organization keeps at most {REPORTS_MAX} reports, and {FILES_MIB_MAX} MiB of them; \
         delete one."
    );
    Err(Refusal::new(ErrorKind::Conflict, detail))
}

/// A report of an organisation.
///
/// # Errors
/// 404, also for another organisation's.
pub fn get(world: &World, organization: Uuid, id: Uuid) -> Result<&Report, Refusal> {
    let found = owned::get::<Report>(world, organization, id);
    found.ok_or_else(|| Refusal::not_found("Report", &WebexId::Report.encode(id)))
}

/// The reports of an organisation.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &Report)> {
    owned::list::<Report>(world, organization)
}

/// Deletes a report.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    get(tx, organization, id)?;
    made_later::forget(tx, (kinds::REPORT, MAKE), id);
    Ok(())
}

/// Leaves the reports that somebody asked for to nobody, because the person goes.
pub(super) fn forget(tx: &mut Tx, person: Uuid) -> Result<(), Refusal> {
    let own = tx.list::<Report>();
    let own = own.filter(|(_, report)| report.created_by == Some(person));
    let own: Vec<Uuid> = own.map(|(id, _)| id).collect();
    for id in own {
        tx.update::<Report>(id, |report| report.created_by = None)?;
    }
    Ok(())
}

/// Makes the file of a report at once, unless there is no room for it, as where a scenario has one
/// that is done.
///
/// # Errors
/// 404.
pub fn make(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let report = tx.get::<Report>(id).cloned();
    let report = report.ok_or_else(|| Refusal::not_found("Report", &WebexId::Report.encode(id)))?;
    let template = templates::find(report.template)?;
    let lines = (template.lines)(tx, &report);
    let others = list(tx, report.organization).map(|(_, report)| &report.file);
    let file = made_later::file(lines, others);
    tx.disarm(MAKE, id);
    tx.update::<Report>(id, |report| report.file = file)?;
    tx.by_rule("DEC-108");
    Ok(())
}

fn fire(tx: &mut Tx, id: Uuid) {
    // One that was deleted has no timer, and its template was there when it was asked for.
    make(tx, id).unwrap_or_default();
}
