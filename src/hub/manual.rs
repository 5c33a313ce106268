//! Management > Users > Manually add users, and the claim of accounts (ADD-01 to ADD-10).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::licenses::{ItemProperties, parse};
use super::{license, organization};
use crate::http::faults::Backend;
use crate::http::{Call, Reply, Row};
use crate::licensing::Route;
use crate::licensing::contact_center::{self, AgentRole, AgentWish, LicenseType};
use crate::licensing::outcome::OutcomeError;
use crate::licensing::packages;
use crate::model::backend::WholesaleFailures;
use crate::model::number::shorten;
use crate::model::wholesale::Package;
use crate::model::{Email, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::manual::{self, Added, CLAIM_MAX, Newcomer, Terms};
use crate::resources::people::{self, PersonChange, Wanted};
use crate::resources::{outbox, outside_accounts};
use crate::world::{Lost, Tx};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_hub/v1/organizations/{org}/users/manual", add)
        .named("addUsersManually", "Add up to 25 users")
        .takes::<ManualAdd>()
        .answers::<Results>(),
    Row::post("/_hub/v1/organizations/{org}/users/claim", claim)
        .named("claimUsers", "Claim the accounts of up to 100 addresses")
        .takes::<Addresses>()
        .answers::<Results>(),
    Row::post("/_hub/v1/organizations/{org}/users/claim/retract", retract)
        .named("retractClaim", "Give claimed accounts back")
        .takes::<Addresses>()
        .answers::<Results>(),
];

/// A manual add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ManualAdd {
    /// Whom: 1 to 25.
    users: Vec<NewUser>,
    /// Licences for all of them; left out, the licence template gives them.
    #[serde(default)]
    licenses: Vec<LicenseName>,
    /// The base package of a wholesale customer's users.
    package: Option<Package>,
    /// What is added to it.
    #[serde(default)]
    add_ons: Vec<Package>,
    /// Makes all of them users of Contact Center.
    contact_center: Option<ContactCenter>,
    /// False sends no welcome e-mails; true is refused where automated e-mails are off.
    send_welcome_email: Option<bool>,
}

/// Somebody to be added, by e-mail or by names and e-mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewUser {
    /// The address.
    email: String,
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// Job title, where the organisation requires it.
    title: Option<String>,
    /// Department, where the organisation requires it.
    department: Option<String>,
    /// Manager, where the organisation requires it.
    manager: Option<String>,
    /// Number, extension and location, for a Calling licence.
    properties: Option<ItemProperties>,
}

/// A licence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LicenseName {
    /// Its id, or its CSV header.
    id: String,
}

/// What a user of Contact Center is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactCenter {
    /// The licence.
    #[serde(rename = "type")]
    kind: LicenseType,
    /// Left out, whoever is new is an agent, and who is a supervisor with Premium stays one.
    role: Option<AgentRole>,
}

/// Addresses, 1 to 100.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Addresses {
    /// The addresses.
    emails: Vec<String>,
}

/// What became of each.
#[derive(Debug, Serialize, ToSchema)]
struct Results {
    items: Vec<ItemResult>,
}

/// What became of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ItemResult {
    /// The address as it was sent.
    email: String,
    /// `added`, `updated`, `retracted` or `failed`.
    status: &'static str,
    /// The person.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    /// What somebody who was there already lost by it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    lost: Vec<Lost>,
    /// What deserves attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<OutcomeError>,
}

fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: ManualAdd = call.json()?;
    let world = call.read();
    manual::check(&world, organization, body.users.len())?;
    let packages: Vec<Package> = body.package.into_iter().chain(body.add_ons).collect();
    if !packages.is_empty() {
        packages::of_subscriber(&packages)?;
        packages::licenses_of(&world, organization, &packages)?;
    }
    if body.send_welcome_email == Some(true) && !outbox::is_automated(&world, organization) {
        let detail = "sendWelcomeEmail is true and automated e-mails are off: turn them on (PATCH \
                      settings, automatedEmails), or leave sendWelcomeEmail out.";
        return Err(Refusal::bad_request(detail).by("ADD-08"));
    }
    let named = body.licenses.iter();
    let licenses = named.map(|named| license(&world, organization, &named.id));
    let terms = Terms {
        licenses: licenses.collect::<Result<_, _>>()?,
        agent: body.contact_center.map(|wish| AgentWish {
            kind: wish.kind,
            role: wish.role,
        }),
        failures: match packages.is_empty() {
            true => WholesaleFailures::default(),
            false => call.wholesale_failures(),
        },
        packages,
    };
    terms.agent.map_or(Ok(()), AgentWish::check)?;
    let quiet = body.send_welcome_email == Some(false);
    let failing = match terms.agent {
        Some(_) => call.backend_failure(Backend::ContactCenterSync),
        None => None,
    };
    let add_one = |tx: &mut Tx, email: Email, user: NewUser| {
        let added = manual::add(tx, organization, user.newcomer(email, quiet)?, &terms)?;
        if failing
            .as_ref()
            .is_some_and(|it| it.strikes(tx, added.person))
        {
            contact_center::fail(tx, added.person)?;
        }
        Ok(added)
    };
    each(call, body.users, |user| user.email.clone(), add_one)
}

impl NewUser {
    fn newcomer(self, email: Email, quiet: bool) -> Result<Newcomer, Refusal> {
        let properties = self.properties.as_ref().map(parse).transpose()?;
        Ok(Newcomer {
            email,
            about: PersonChange {
                first_name: self.first_name.map(Some),
                last_name: self.last_name.map(Some),
                title: self.title.map(Some),
                department: self.department.map(Some),
                manager: self.manager.map(Some),
                quiet,
                ..PersonChange::default()
            },
            properties,
        })
    }
}

/// Does the same for each item in one write: one that is refused fails alone.
fn each<T>(
    call: &Call<'_>,
    items: Vec<T>,
    address: impl Fn(&T) -> String,
    work: impl Fn(&mut Tx, Email, T) -> Result<Added, Refusal>,
) -> Result<Reply, Refusal> {
    let mut outcomes = Vec::new();
    let results = call.write(|tx| {
        let mut seen = BTreeSet::new();
        let mut results = Vec::new();
        for item in items {
            let text = address(&item);
            let email = text.parse::<Email>();
            let done = email
                .map_err(|why| Refusal::bad_request(format!("email: {why}.")))
                .and_then(|email| once(&mut seen, email))
                .and_then(|email| tx.attempt(|tx| work(tx, email, item)));
            if let Ok(added) = &done {
                outcomes.push(added.outcome.clone());
            }
            results.push(ItemResult::of(shorten(&text), done));
        }
        Ok(results)
    })?;
    outcomes.into_iter().for_each(|outcome| call.tell(outcome));
    Ok(Reply::json(200, &Results { items: results })?.explained())
}

/// Refuses an address that stood in the same list before.
fn once(seen: &mut BTreeSet<Email>, email: Email) -> Result<Email, Refusal> {
    match seen.insert(email.clone()) {
        true => Ok(email),
        false => {
            let detail = format!("{email} stands in the list already.");
            Err(Refusal::new(ErrorKind::DuplicateKey, detail))
        }
    }
}

impl ItemResult {
    fn of(email: String, done: Result<Added, Refusal>) -> Self {
        let failed = match &done {
            Ok(added) => added.failed.as_ref(),
            Err(refusal) => Some(refusal),
        };
        let status = match &done {
            _ if failed.is_some() => "failed",
            Ok(added) if added.is_new => "added",
            _ => "updated",
        };
        let error = failed.map(OutcomeError::from);
        let added = done.ok();
        let person_id = added.as_ref().map(|it| WebexId::Person.encode(it.person));
        let (lost, warnings) = match added {
            Some(added) => (added.outcome.lost, added.outcome.warnings),
            None => Default::default(),
        };
        Self {
            email,
            status,
            person_id,
            lost,
            warnings,
            error,
        }
    }
}

/// The addresses of a claim (ADD-10).
fn addresses(call: &Call<'_>) -> Result<Vec<String>, Refusal> {
    let emails = call.json::<Addresses>()?.emails;
    if emails.is_empty() || emails.len() > CLAIM_MAX {
        let detail = format!(
            "emails must name 1 to {CLAIM_MAX} addresses, not {}; more are claimed by a CSV file.",
            emails.len()
        );
        return Err(Refusal::bad_request(detail).by("ADD-10"));
    }
    Ok(emails)
}

fn claim(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let emails = addresses(call)?;
    each(call, emails, Clone::clone, |tx, email, _| {
        if people::find(tx, email.as_str()).is_some() {
            return Err(Refusal::new(ErrorKind::EmailTaken, email.to_string()).by("ADD-04"));
        }
        if outside_accounts::claimable(tx, organization, &email)?.is_none() {
            return Err(Refusal::not_found("Account", email.as_str()).by("ADD-10"));
        }
        let about = PersonChange {
            email: Some(email),
            ..PersonChange::default()
        };
        let wanted = Wanted::default();
        let (person, outcome) = people::create(tx, organization, about, &wanted, Route::ManualAdd)?;
        Ok(Added {
            person,
            is_new: true,
            outcome,
            failed: None,
        })
    })
}

fn retract(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let emails = addresses(call)?;
    let results = call.write(|tx| {
        let mut results = Vec::new();
        for text in emails {
            let email = text.parse::<Email>();
            let done = email
                .map_err(|why| Refusal::bad_request(format!("email: {why}.")))
                .and_then(|email| {
                    tx.attempt(|tx| outside_accounts::retract(tx, organization, &email))
                });
            results.push(ItemResult {
                email: shorten(&text),
                status: if done.is_ok() { "retracted" } else { "failed" },
                person_id: done
                    .as_ref()
                    .ok()
                    .map(|id: &Uuid| WebexId::Person.encode(*id)),
                lost: Vec::new(),
                warnings: Vec::new(),
                error: done.as_ref().err().map(OutcomeError::from),
            });
        }
        Ok(results)
    })?;
    Ok(Reply::json(200, &Results { items: results })?.explained())
}
