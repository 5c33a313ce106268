//! Billing reports of wholesale: asked for, made by a timer, and downloaded as CSV.
//!
//! The columns are inferred; what they tell is not: each line counts the days of the period on
//! which a package was assigned, whoever changed or left since included.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::REPORT;
use crate::licensing::packages;
use crate::model::billing::{BillingReport, PackageUse, ReportType};
use crate::model::owned;
use crate::model::report::ReportFile;
use crate::model::wholesale::{Customer, Package};
use crate::model::{Organization, WebexId, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::made_later::{self, DAY_MILLIS, FILES_MIB_MAX, date, day};
use crate::world::{Moment, Tx, World};

/// The most reports that a partner keeps.
pub const REPORTS_MAX: usize = 100;
/// How far back a report reaches (lbew7o: the last five years).
const REACH_DAYS: i64 = 5 * 366;

/// What is asked of a report.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The first day.
    pub start: String,
    /// The last day.
    pub end: String,
    /// What its lines are about.
    pub r#type: ReportType,
    /// A sub-partner whose customers it is about.
    pub sub_partner: Option<Uuid>,
    /// Who asks.
    pub created_by: Option<Uuid>,
}

/// Accepts a report, which a timer makes.
///
/// # Errors
/// 400 for days that are none, a period that ends before it begins, today or later, or one older
/// than five years; 409 when the partner keeps too many.
pub fn create(tx: &mut Tx, partner: Uuid, wanted: Wanted) -> Result<Uuid, Refusal> {
    let from = day("billingStartDate", &wanted.start)?;
    let to = day("billingEndDate", &wanted.end)?;
    let refuse = |detail: &str| Err(Refusal::bad_request(detail.to_owned()));
    if from > to {
        return refuse("billingStartDate must not be after billingEndDate.");
    }
    let today = tx.now().0.div_euclid(DAY_MILLIS);
    if to.0 / DAY_MILLIS >= today {
        return refuse("billingEndDate must be before today: a day is billed when it is over.");
    }
    if from.0 / DAY_MILLIS < today - REACH_DAYS {
        return refuse("billingStartDate must lie within the last five years.");
    }
    let files = || list(tx, partner).map(|(_, report)| &report.file);
    if files().count() >= REPORTS_MAX || !made_later::has_room(files()) {
        let detail = format!(
            "A partner keeps at most {REPORTS_MAX} billing reports, and {FILES_MIB_MAX} MiB of \
             them; delete one."
        );
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    let id = tx.new_id::<BillingReport>();
    let created = tx.now();
    let report = BillingReport {
        partner,
        sub_partner: wanted.sub_partner,
        from,
        to,
        r#type: wanted.r#type,
        created,
        created_by: wanted.created_by,
        file: ReportFile::Waiting,
    };
    tx.put(id, report)?;
    made_later::order(tx, REPORT, id);
    Ok(id)
}

/// A report of a partner.
///
/// # Errors
/// 404, also for another partner's.
pub fn get(world: &World, partner: Uuid, id: Uuid) -> Result<&BillingReport, Refusal> {
    let found = owned::get::<BillingReport>(world, partner, id);
    found.ok_or_else(|| Refusal::not_found("Billing report", &WebexId::BillingReport.encode(id)))
}

/// The reports of a partner.
pub fn list(world: &World, partner: Uuid) -> impl Iterator<Item = (Uuid, &BillingReport)> {
    owned::list::<BillingReport>(world, partner)
}

/// Deletes a report.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, partner: Uuid, id: Uuid) -> Result<(), Refusal> {
    get(tx, partner, id)?;
    made_later::forget(tx, (kinds::BILLING_REPORT, REPORT), id);
    Ok(())
}

/// Makes the file of a report.
pub(super) fn fire(tx: &mut Tx, id: Uuid) {
    let Some(report) = tx.get::<BillingReport>(id).cloned() else {
        return;
    };
    let lines = lines(tx, &report, tx.now());
    let others = list(tx, report.partner).map(|(_, report)| &report.file);
    let file = made_later::file(lines, others);
    let made = tx.update::<BillingReport>(id, |report| report.file = file);
    debug_assert!(made.is_ok(), "a report has no index");
}

/// What a line is about: customer and user, as far as the type tells them apart.
type Line = (Option<Uuid>, Option<(Uuid, String, String)>, Package);

fn lines(world: &World, report: &BillingReport, now: Moment) -> Vec<Vec<String>> {
    let partner = report.sub_partner.unwrap_or(report.partner);
    let mut lines: BTreeMap<Line, i64> = BTreeMap::new();
    for (_, used) in world.list::<PackageUse>() {
        let days = days(report, used, now);
        if days == 0 || used.partner != partner {
            continue;
        }
        let user = || (used.person, used.email.clone(), used.name.clone());
        let line = match report.r#type {
            ReportType::Partner => (None, None, used.package),
            ReportType::Customer => (Some(used.customer), None, used.package),
            ReportType::User => (Some(used.customer), Some(user()), used.package),
        };
        *lines.entry(line).or_default() += days;
    }
    write(world, report, partner, &lines)
}

/// On how many days of the period a package was assigned.
fn days(report: &BillingReport, used: &PackageUse, now: Moment) -> i64 {
    let until = used.until.unwrap_or(now);
    if until <= used.from {
        return 0;
    }
    let first = used.from.0.max(report.from.0).div_euclid(DAY_MILLIS);
    let last = (until.0 - 1).min(report.to.0).div_euclid(DAY_MILLIS);
    (last - first + 1).max(0)
}

/// The columns of each type, the shorter ones first.
const COLUMNS: [&str; 12] = [
    "PARTNER_ORG_ID",
    "PARTNER_NAME",
    "PACKAGE",
    "BILLING_START_DATE",
    "BILLING_END_DATE",
    "CONSUMPTION_DAYS",
    "CUSTOMER_ID",
    "CUSTOMER_EXTERNAL_ID",
    "CUSTOMER_NAME",
    "PERSON_ID",
    "USER_EMAIL",
    "USER_NAME",
];

/// The columns of a type.
#[must_use]
pub fn columns(r#type: ReportType) -> &'static [&'static str] {
    let count = match r#type {
        ReportType::Partner => 6,
        ReportType::Customer => 9,
        ReportType::User => 12,
    };
    &COLUMNS[..count]
}

fn write(
    world: &World,
    report: &BillingReport,
    partner: Uuid,
    lines: &BTreeMap<Line, i64>,
) -> Vec<Vec<String>> {
    let name = world.get::<Organization>(partner).map(|it| it.name.clone());
    let name = name.unwrap_or_default();
    let row = |((customer, user, package), days): (&Line, &i64)| {
        let mut row = vec![
            WebexId::Organization.encode(partner),
            name.clone(),
            packages::of(*package).name.to_owned(),
            date(report.from),
            date(report.to),
            days.to_string(),
        ];
        if let Some(customer) = customer {
            let known = world.get::<Customer>(*customer);
            row.push(WebexId::Customer.encode(*customer));
            row.push(known.map(|it| it.external_id.clone()).unwrap_or_default());
            row.push(known.map(|it| it.name.clone()).unwrap_or_default());
        }
        if let Some((person, email, name)) = user {
            row.extend([WebexId::Person.encode(*person), email.clone(), name.clone()]);
        }
        row
    };
    lines.iter().map(row).collect()
}
