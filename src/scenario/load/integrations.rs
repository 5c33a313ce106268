//! Webhooks and reports, once everything that they are about is there.

use uuid::Uuid;

use super::groups::person;
use super::{Failures, Site};
use crate::model::{Report, Webhook};
use crate::refusal::Refusal;
use crate::resources::reports::{self, Wanted};
use crate::resources::webhooks::{self, NewWebhook, Viewer};
use crate::scenario::document;
use crate::tasks::so_far::so_far;
use crate::world::Tx;

/// Adds the webhooks and the reports that are not there yet.
pub(super) fn connect(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let all = &site.organization.webhooks;
    let path = failures.at("webhooks");
    for (path, wanted) in failures.once("webhook", &path, all, ("name", |it| it.name.clone())) {
        order(tx, site, (&path, &wanted.creator), failures, |tx, who| {
            register(tx, site.id, who, wanted)
        });
    }
    let all = &site.organization.reports;
    let path = failures.at("reports");
    for (path, wanted) in failures.once("report", &path, all, ("template", title)) {
        order(tx, site, (&path, &wanted.creator), failures, |tx, who| {
            report(tx, site.id, who, wanted)
        });
    }
}

/// Does in the name of its creator what the document says at a path.
fn order(
    tx: &mut Tx,
    site: &Site<'_>,
    (path, creator): (&str, &str),
    failures: &mut Failures,
    work: impl FnOnce(&mut Tx, Uuid) -> Result<(), Refusal>,
) {
    let creator = person(tx, site, creator, &format!("{path}.creator"), failures);
    if let Some(creator) = creator {
        let outcome = tx.attempt(|tx| work(tx, creator));
        failures.take(path, outcome);
    }
}

fn register(
    tx: &mut Tx,
    organization: Uuid,
    creator: Uuid,
    wanted: &document::Webhook,
) -> Result<(), Refusal> {
    let viewer = Viewer {
        organization,
        person: Some(creator),
        sees_org_wide: true,
    };
    let is_same = |(_, known): (Uuid, &Webhook)| known.name == wanted.name;
    if webhooks::list(tx, viewer, wanted.org_wide).any(is_same) {
        return Ok(());
    }
    let new = NewWebhook {
        name: wanted.name.clone(),
        target_url: wanted.target_url.clone(),
        resource: wanted.resource.clone(),
        event: wanted.event.clone(),
        filter: wanted.filter.clone(),
        secret: wanted.secret.clone(),
        org_wide: wanted.org_wide,
        after: so_far(tx, viewer.organization),
    };
    webhooks::create(tx, viewer, new).map(drop)
}

/// What tells a report from others: its template and its days.
fn title(wanted: &document::Report) -> String {
    match (&wanted.start_date, &wanted.end_date) {
        (None, None) => wanted.template.to_string(),
        (start, end) => {
            let day = |day: &Option<String>| day.clone().unwrap_or_default();
            format!("{} of {} to {}", wanted.template, day(start), day(end))
        }
    }
}

fn report(
    tx: &mut Tx,
    organization: Uuid,
    creator: Uuid,
    wanted: &document::Report,
) -> Result<(), Refusal> {
    let day = |field: &str, text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.is_empty());
        text.map(|text| reports::day(field, text)).transpose()
    };
    let days = (
        day("startDate", &wanted.start_date)?,
        day("endDate", &wanted.end_date)?,
    );
    let is_same = |(_, known): (Uuid, &Report)| {
        known.template == wanted.template && (known.start, known.end) == days
    };
    if reports::list(tx, organization).any(is_same) {
        return Ok(());
    }
    let wanted = Wanted {
        template: wanted.template,
        start: wanted.start_date.clone(),
        end: wanted.end_date.clone(),
        created_by: Some(creator),
    };
    let id = reports::create(tx, organization, &wanted)?;
    reports::make(tx, id)
}
