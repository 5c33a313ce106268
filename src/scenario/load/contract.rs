//! What an organisation is and has bought: itself, its subscriptions with their licences, and the
//! automatic licence template.

use uuid::Uuid;

use super::holders::licenses_of;
use super::{Failures, Site};
use crate::licensing::sale::{Sale, SoldLicense, sell as sell_one};
use crate::licensing::template::{TemplateRequest, save_template};
use crate::model::Organization;
use crate::model::organization::OrganizationSettings;
use crate::model::subscription::Partner;
use crate::resources::organizations;
use crate::scenario::document;
use crate::scenario::when::When;
use crate::world::{Moment, Tx};

/// How long a subscription runs of which the document does not say it.
const TERM_DAYS: i64 = 365;

/// Creates the organisation itself.
pub(super) fn create_organization(
    tx: &mut Tx,
    wanted: &document::Organization,
    start: Moment,
    failures: &mut Failures,
) -> Option<Uuid> {
    let created = moment(wanted.created_at.as_ref(), start, "createdAt", failures);
    let own = &wanted.settings;
    let mut settings = OrganizationSettings::default();
    settings.automated_emails = own.automated_emails.unwrap_or(settings.automated_emails);
    settings.directory_synchronized = own.directory_synchronized.unwrap_or_default();
    settings.required_user_attributes = own.required_user_attributes.clone().unwrap_or_default();
    let domains = own.verified_domains.clone();
    settings.verified_domains = domains.unwrap_or_else(|| vec![wanted.domain.clone()]);
    let organization = Organization {
        name: wanted.name.clone(),
        created: created.unwrap_or(start),
        country: wanted.country.clone().unwrap_or_else(|| "US".to_owned()),
        settings,
    };
    let path = failures.at("name");
    failures.take(&path, organizations::create(tx, organization))
}

/// The moment that a key of the organisation names.
fn moment(
    when: Option<&When>,
    start: Moment,
    key: &str,
    failures: &mut Failures,
) -> Option<Moment> {
    let path = failures.at(key);
    failures.take(&path, when?.at(start))
}

/// Sells the organisation its subscriptions.
pub(super) fn sell(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    for (index, wanted) in site.organization.subscriptions.iter().enumerate() {
        let key = format!("subscriptions[{index}]");
        let mut read = |when: &Option<When>, name: &str| {
            moment(
                when.as_ref(),
                site.start,
                &format!("{key}.{name}"),
                failures,
            )
        };
        let created_at = read(&wanted.created_at, "createdAt").unwrap_or(site.start);
        let end_date = read(&wanted.end_date, "endDate");
        let licenses = wanted.licenses.iter().map(|license| SoldLicense {
            name: license.name.clone(),
            total_units: license.total_units,
            site_url: license.site_url.clone(),
        });
        let sale = Sale {
            code: Some(wanted.id.clone()),
            name: wanted.name.clone(),
            status: wanted.status,
            trial: wanted.trial,
            partner: wanted.partner.as_ref().map(|partner| Partner {
                org_id: None,
                name: partner.name.clone(),
            }),
            created_at,
            end_date: end_date.unwrap_or_else(|| site.start.plus_days(TERM_DAYS)),
            licenses: licenses.collect(),
        };
        let sold = tx.attempt(|tx| sell_one(tx, site.id, sale));
        failures.take(&failures.at(&key), sold);
    }
}

/// Sets the licence template for people who come later; those of the document have what it says.
pub(super) fn set_template(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let Some(wanted) = &site.organization.license_template else {
        return;
    };
    let path = failures.at("licenseTemplate");
    let Some(licenses) = licenses_of(tx, site, &wanted.licenses, &path, failures) else {
        return;
    };
    let request = TemplateRequest {
        licenses,
        future_users: true,
        existing_users: false,
        preserve_licenses: Some(wanted.preserve_licenses),
        acknowledge_data_loss: false,
    };
    failures.take(&path, save_template(tx, site.id, &request));
}
