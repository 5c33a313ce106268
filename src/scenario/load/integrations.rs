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
    for (index, wanted) in site.organization.webhooks.iter().enumerate() {
        let path = failures.at(&format!("webhooks[{index}]"));
        let creator = creator(tx, site, &path, &wanted.creator, failures);
        if let Some(creator) = creator {
            let viewer = Viewer {
                organization: site.id,
                person: Some(creator),
                sees_org_wide: true,
            };
            let outcome = register(tx, viewer, wanted);
            failures.take(&path, outcome);
        }
    }
    for (index, wanted) in site.organization.reports.iter().enumerate() {
        let path = failures.at(&format!("reports[{index}]"));
        let creator = creator(tx, site, &path, &wanted.creator, failures);
        if creator.is_some() {
            let wanted = Wanted {
                template: wanted.template,
                start: wanted.start_date.clone(),
                end: wanted.end_date.clone(),
                created_by: creator,
            };
            let outcome = tx.attempt(|tx| report(tx, site, &wanted));
            failures.take(&path, outcome);
        }
    }
}

/// Who made what stands at a path.
fn creator(
    tx: &Tx,
    site: &Site<'_>,
    path: &str,
    written: &str,
    failures: &mut Failures,
) -> Option<Uuid> {
    person(tx, site, written, &format!("{path}.creator"), failures)
}

fn register(tx: &mut Tx, viewer: Viewer, wanted: &document::Webhook) -> Result<(), Refusal> {
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

fn report(tx: &mut Tx, site: &Site<'_>, wanted: &Wanted) -> Result<(), Refusal> {
    let is_same = |(_, known): (Uuid, &Report)| known.template == wanted.template;
    if reports::list(tx, site.id).any(is_same) {
        return Ok(());
    }
    let id = reports::create(tx, site.id, wanted)?;
    reports::make(tx, id)
}
