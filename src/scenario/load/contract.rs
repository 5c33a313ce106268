//! What an organisation is and has bought: itself, its subscriptions with their licences, and the
//! automatic licence template.

use uuid::Uuid;

use super::holdings::licenses_of;
use super::names::Kind;
use super::{Failures, Site, nowhere};
use crate::licensing::choose;
use crate::licensing::lifecycle::{self, SubscriptionChange};
use crate::licensing::quirks::{Choice, LicenseTemplateModes};
use crate::licensing::sale::{Sale, SoldLicense, sell as sell_one};
use crate::licensing::template::{Scope, TemplateRequest, save_template};
use crate::model::license::OFFERS;
use crate::model::organization::OrganizationSettings;
use crate::model::owned;
use crate::model::subscription::SubscriptionStatus;
use crate::model::{Offer, Organization, Subscription, WebexId, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::organizations;
use crate::scenario::document;
use crate::scenario::when::When;
use crate::world::{Moment, Tx, World};

/// How long a subscription runs of which the document does not say it.
const TERM_DAYS: i64 = 365;

/// Creates the organisation, or finds the one that is meant and changes its settings.
pub(super) fn enter(
    tx: &mut Tx,
    wanted: &document::Organization,
    loaded: &[Uuid],
    start: Moment,
    failures: &mut Failures,
) -> Option<Uuid> {
    let known = match existing(tx, wanted) {
        Ok(known) => known,
        Err((key, message)) => {
            failures.add(&failures.at(key), message);
            return None;
        }
    };
    let created_path = failures.at("createdAt");
    let created = moment(wanted.created_at.as_ref(), start, &created_path, failures);
    let Some(id) = known else {
        return create(tx, wanted, created.unwrap_or(start), failures);
    };
    if loaded.contains(&id) {
        let message = format!("the organization `{}` stands twice", wanted.name);
        failures.add(&failures.at("name"), message);
        return None;
    }
    let keeps = |key: &str, differs: bool, failures: &mut Failures| {
        if differs {
            let message = "the organization exists: a merge leaves this as it is";
            failures.ignore(&failures.at(key), message);
        }
    };
    let organization = tx.get::<Organization>(id)?.clone();
    let other = |text: &Option<String>, own: &str| text.as_ref().is_some_and(|text| text != own);
    keeps("name", wanted.name != organization.name, failures);
    let is_elsewhere = other(&wanted.country, &organization.country);
    keeps("country", is_elsewhere, failures);
    let is_older = created.is_some_and(|created| created != organization.created);
    keeps("createdAt", is_older, failures);
    set(tx, id, wanted, failures);
    Some(id)
}

/// Sets what holds for all of the organisation.
fn set(tx: &mut Tx, id: Uuid, wanted: &document::Organization, failures: &mut Failures) {
    let changed = organizations::change_settings(tx, id, wanted.settings.clone());
    failures.take(&failures.at("settings"), changed);
    if !wanted.feature_access.is_empty() {
        let access = wanted.feature_access.clone();
        let changed = organizations::change_feature_access(tx, id, access);
        failures.take(&failures.at("featureAccess"), changed);
    }
}

/// The organisation that a merge means: by its id, or the one of its name.
fn existing(
    world: &World,
    wanted: &document::Organization,
) -> Result<Option<Uuid>, (&'static str, String)> {
    if let Some(text) = &wanted.org_id {
        let id = WebexId::Organization.decode(text);
        let id = id.filter(|id| world.get::<Organization>(*id).is_some());
        return id.map(Some).ok_or_else(|| {
            let message = "no organization of the sandbox has this id; without orgId, the one \
                           of the name is meant, or a new one";
            ("orgId", message.to_owned())
        });
    }
    let mut named = world
        .list::<Organization>()
        .filter(|(_, known)| known.name == wanted.name);
    let first = named.next().map(|(id, _)| id);
    match named.next() {
        None => Ok(first),
        Some(_) => {
            let message = format!(
                "several organizations are named `{}`; say which by orgId",
                wanted.name
            );
            Err(("name", message))
        }
    }
}

fn create(
    tx: &mut Tx,
    wanted: &document::Organization,
    created: Moment,
    failures: &mut Failures,
) -> Option<Uuid> {
    let settings = OrganizationSettings {
        verified_domains: vec![wanted.domain.clone()],
        ..OrganizationSettings::default()
    };
    let country = wanted.country.clone().unwrap_or_else(|| "US".to_owned());
    let organization = Organization {
        settings,
        ..Organization::new(wanted.name.clone(), country, created)
    };
    let created = organizations::create(tx, organization);
    let id = failures.take(&failures.at("name"), created)?;
    set(tx, id, wanted, failures);
    Some(id)
}

/// The moment that stands at a path.
fn moment(
    when: Option<&When>,
    start: Moment,
    path: &str,
    failures: &mut Failures,
) -> Option<Moment> {
    failures.take(path, when?.at(start))
}

/// Sells the organisation its subscriptions, and changes those it has.
pub(super) fn sell(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    let all = &site.organization.subscriptions;
    let path = failures.at("subscriptions");
    for (path, wanted) in failures.once("subscription", &path, all, ("id", |it| it.id.clone())) {
        let created_path = format!("{path}.createdAt");
        let created_at = wanted.created_at.as_ref();
        let created_at = moment(created_at, site.start, &created_path, failures);
        let end_path = format!("{path}.endDate");
        let end_date = moment(wanted.end_date.as_ref(), site.start, &end_path, failures);
        let (licenses, is_complete) = known_licenses(wanted, &path, failures);
        let dates = (created_at, end_date);
        let known = tx.find(spaces::SUBSCRIPTION, Uuid::nil(), &wanted.id);
        let known = known.filter(|id| owned::has::<Subscription>(tx, site.id, *id));
        let outcome = match known {
            Some(id) => {
                let created = tx.get::<Subscription>(id).map(|it| it.created_at);
                if created_at.is_some() && created_at != created {
                    let message = "the subscription exists: a merge leaves this as it is";
                    failures.ignore(&created_path, message);
                }
                tx.attempt(|tx| change(tx, id, wanted, licenses, end_date))
            }
            None => tx.attempt(|tx| sell_new(tx, site, wanted, licenses, dates)),
        };
        let sold = failures.take(&path, outcome);
        if sold.is_none() || !is_complete {
            site.names.fail(Kind::Subscription, &wanted.id);
        }
    }
}

/// The licences of a subscription that can be sold; whether that is all of them.
fn known_licenses(
    wanted: &document::Subscription,
    path: &str,
    failures: &mut Failures,
) -> (Vec<SoldLicense>, bool) {
    let mut licenses = Vec::new();
    for (index, license) in wanted.licenses.iter().enumerate() {
        if Offer::coded(&license.name).is_some() || Offer::named(&license.name).is_some() {
            licenses.push(license.clone());
            continue;
        }
        let names = OFFERS.iter().map(|offer| offer.api_name);
        let message = nowhere("license", &license.name, names);
        failures.add(&format!("{path}.licenses[{index}].name"), message);
    }
    let is_complete = licenses.len() == wanted.licenses.len();
    (licenses, is_complete)
}

fn sell_new(
    tx: &mut Tx,
    site: &Site<'_>,
    wanted: &document::Subscription,
    licenses: Vec<SoldLicense>,
    (created_at, end_date): (Option<Moment>, Option<Moment>),
) -> Result<(), Refusal> {
    let sale = Sale {
        code: Some(wanted.id.clone()),
        name: wanted.name.clone().unwrap_or_default(),
        status: wanted.status.unwrap_or(SubscriptionStatus::Active),
        trial: wanted.trial.unwrap_or_default(),
        partner: wanted.partner.clone(),
        created_at: created_at.unwrap_or(site.start),
        end_date: end_date.unwrap_or_else(|| site.start.plus_days(TERM_DAYS)),
        licenses,
    };
    sell_one(tx, site.id, sale).map(drop)
}

fn change(
    tx: &mut Tx,
    id: Uuid,
    wanted: &document::Subscription,
    licenses: Vec<SoldLicense>,
    end_date: Option<Moment>,
) -> Result<(), Refusal> {
    let change = SubscriptionChange {
        name: wanted.name.clone(),
        licenses,
        end_date,
        trial: wanted.trial,
        partner: wanted.partner.clone().map(Some),
    };
    lifecycle::change(tx, id, change)?;
    wanted.status.map_or(Ok(()), |status| bring(tx, id, status))
}

/// What leads a subscription to a status: from where (anywhere, when nothing is said), whereto.
type Step = (
    Option<SubscriptionStatus>,
    SubscriptionStatus,
    fn(&mut Tx, Uuid) -> Result<(), Refusal>,
);

const STEPS: &[Step] = {
    use SubscriptionStatus::{Active, Cancelled, PendingAction, Suspended, Trial};
    &[
        (Some(Suspended), Active, lifecycle::reactivate),
        (Some(Suspended), Trial, lifecycle::reactivate),
        (Some(PendingAction), Active, lifecycle::renew),
        (Some(Cancelled), Active, lifecycle::restore),
        (Some(Cancelled), Trial, lifecycle::restore),
        (None, Suspended, lifecycle::suspend),
        (None, Cancelled, lifecycle::cancel),
    ]
};

/// Brings a subscription from its status to another, as billing would.
fn bring(tx: &mut Tx, id: Uuid, wanted: SubscriptionStatus) -> Result<(), Refusal> {
    let status = |world: &World| world.get::<Subscription>(id).map(|it| it.status);
    let present = status(tx);
    if present == Some(wanted) {
        return Ok(());
    }
    let mut steps = STEPS.iter();
    let step = steps.find(|(from, to, _)| (from.is_none() || *from == present) && *to == wanted);
    if let Some((_, _, act)) = step {
        act(tx, id)?;
    }
    if status(tx) == Some(wanted) {
        return Ok(());
    }
    let word = |status: SubscriptionStatus| choose::status_word(status);
    let present = present.map_or("gone", word);
    let detail = format!(
        "The subscription is {present}; a merge cannot make it {}.",
        word(wanted)
    );
    Err(Refusal::new(ErrorKind::WrongStatus, detail))
}

/// Sets the licence template for people who come later; those of the document have what it says.
pub(super) fn set_template(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let Some(wanted) = &site.organization.license_template else {
        return;
    };
    let path = failures.at("licenseTemplate");
    let modes = LicenseTemplateModes::chosen(tx.choice(LicenseTemplateModes::QUIRK));
    let mut groups = site.organization.groups.iter();
    let of_group = groups.find(|group| group.license_template.is_some());
    if let (LicenseTemplateModes::Exclusive, Some(group)) = (modes, of_group) {
        let message = format!(
            "the quirk license_template_modes lets either the organization or its groups have \
             license templates, and group `{}` has one",
            group.display_name,
        );
        failures.add(&path, message);
        return;
    }
    save_one(tx, site, None, (wanted, &path), failures);
}

/// Saves the licence template of the organisation or of a group; nobody who is there gets it.
pub(super) fn save_one(
    tx: &mut Tx,
    site: &Site<'_>,
    group: Option<Uuid>,
    (wanted, path): (&document::LicenseTemplate, &str),
    failures: &mut Failures,
) {
    let Some(licenses) = licenses_of(tx, site, &wanted.licenses, path, failures) else {
        return;
    };
    let request = TemplateRequest {
        licenses,
        future_users: true,
        existing_users: false,
        preserve_licenses: Some(wanted.preserve_licenses),
        acknowledge_data_loss: false,
    };
    let scope = Scope {
        organization: site.id,
        group,
    };
    failures.take(path, save_template(tx, scope, &request));
}
