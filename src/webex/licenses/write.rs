//! `PATCH /v1/licenses/users` (api-surface.md 4.3): the licences and sites of one person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Call, Reply};
use crate::licensing::choose::not_recognized;
use crate::licensing::headers::csv_header;
use crate::licensing::sites::{SiteChange, change_attendance};
use crate::licensing::{Add, Change, Outcome, Properties, Route, save};
use crate::model::license::find_by_id;
use crate::model::number::shorten;
use crate::model::{Holder, License, Person, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The most licences, and the most sites, of one request.
const ITEMS_MAX: usize = 200;

/// What PATCH takes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssignRequest {
    /// Whose licences, by address.
    email: Option<String>,
    /// Whose licences, by id.
    person_id: Option<String>,
    /// The organisation.
    org_id: Option<String>,
    /// What to add and remove.
    licenses: Option<Vec<LicenseItem>>,
    /// Sites to attend, or no longer.
    site_urls: Option<Vec<SiteItem>>,
}

/// What to do with a licence or a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Operation {
    /// Give it.
    #[default]
    Add,
    /// Take it away.
    Remove,
}

/// A licence to add or remove.
#[derive(Debug, Deserialize, ToSchema)]
struct LicenseItem {
    /// The licence's id.
    id: String,
    /// `add` unless said.
    operation: Option<Operation>,
    /// What a Calling licence needs.
    properties: Option<PropertiesItem>,
}

/// What a Calling licence needs.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PropertiesItem {
    /// The Calling location.
    location_id: Option<String>,
    /// A number of the location.
    phone_number: Option<String>,
    /// An extension.
    extension: Option<String>,
}

/// A site to attend, or no longer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SiteItem {
    /// The site.
    site_url: String,
    /// `attendee`, in any case of letters.
    account_type: String,
    /// `add` unless said.
    operation: Option<Operation>,
}

/// What the person holds now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssignedBody {
    /// The organisation.
    org_id: String,
    /// The person.
    person_id: String,
    /// The address that signs in.
    email: String,
    /// All licences.
    licenses: Vec<String>,
    /// All sites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    site_urls: Vec<SiteBody>,
}

/// A site of a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SiteBody {
    /// The site.
    site_url: String,
    /// `ATTENDEE` or `HOST`: clients fail on the lower case that is documented.
    account_type: &'static str,
}

/// What is asked, decoded.
struct Asked {
    add: Vec<Add>,
    remove: Vec<Uuid>,
    unknown: Vec<String>,
    sites: Vec<SiteChange>,
}

/// Changes the licences and sites of one person in one save.
pub(super) fn assign(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<AssignRequest>()?;
    let organization = match &request.org_id {
        Some(text) => call.organization_named(text)?,
        None => call.organization()?,
    };
    let person = person(call, &request)?;
    let asked = decode(&call.tenant.sandbox.peek(), organization, request)?;
    let (is_whole, outcome) = call.write(|tx| change(tx, person, asked))?;
    outcome.into_iter().for_each(|outcome| call.tell(outcome));
    let world = call.tenant.sandbox.peek();
    let status = if is_whole { 200 } else { 206 };
    let reply = Reply::json(status, &body(&world, person)?)?;
    Ok(if is_whole { reply } else { reply.explained() })
}

fn person(call: &Call<'_>, request: &AssignRequest) -> Result<Uuid, Refusal> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let by_id = filled(&request.person_id).map(|text| call.person_named(&text));
    let by_email = filled(&request.email).map(|text| match text.contains('@') {
        true => call.person_named(&text).map_err(|_| outsider(&text)),
        false => Err(Refusal::not_found("Person", &text)),
    });
    match (by_id.transpose()?, by_email.transpose()?) {
        (Some(id), Some(other)) if id != other => Err(Refusal::bad_request(
            "email and personId name different people.",
        )),
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => Err(Refusal::bad_request("email or personId is required.")),
    }
}

/// Upstream the licences of somebody outside wait until that person accepts them.
fn outsider(email: &str) -> Refusal {
    let detail = format!(
        "Nobody in this organisation has the address {}. Assigning licenses to users outside it, \
         pending until they accept, is not simulated: create the person first (POST /v1/people).",
        shorten(email)
    );
    Refusal::new(ErrorKind::NotFound, detail)
}

fn decode(world: &World, organization: Uuid, request: AssignRequest) -> Result<Asked, Refusal> {
    let licenses = request.licenses.unwrap_or_default();
    let sites = request.site_urls.unwrap_or_default();
    if licenses.is_empty() && sites.is_empty() {
        return Err(Refusal::bad_request(
            "licenses or siteUrls must hold something.",
        ));
    }
    if licenses.len() > ITEMS_MAX || sites.len() > ITEMS_MAX {
        let detail = format!("licenses and siteUrls hold at most {ITEMS_MAX} items each.");
        return Err(Refusal::bad_request(detail));
    }
    let mut asked = Asked {
        add: vec![],
        remove: vec![],
        unknown: vec![],
        sites: vec![],
    };
    for item in licenses {
        let Some(license) = find_by_id(world, organization, &item.id) else {
            asked.unknown.push(shorten(&item.id));
            continue;
        };
        if item.operation == Some(Operation::Remove) {
            asked.remove.push(license);
            continue;
        }
        let properties = item.properties.map(properties).transpose()?;
        asked.add.push(Add {
            license,
            properties,
        });
    }
    for site in sites {
        if !site.account_type.eq_ignore_ascii_case("attendee") {
            let shown = shorten(&site.account_type);
            let detail = format!("accountType must be attendee, not \"{shown}\".");
            return Err(Refusal::bad_request(detail));
        }
        let remove = site.operation == Some(Operation::Remove);
        asked.sites.push(SiteChange {
            site_url: site.site_url,
            remove,
        });
    }
    Ok(asked)
}

fn properties(item: PropertiesItem) -> Result<Properties, Refusal> {
    let location = item
        .location_id
        .filter(|text| !text.is_empty())
        .map(|text| {
            let id = WebexId::Location.decode(&text);
            id.ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
        });
    let (number, extension) = (item.phone_number.as_deref(), item.extension.as_deref());
    Properties::parse(location.transpose()?, number, extension)
}

/// Answers whether everything could be applied, and what the licences came to. Where some of it
/// could not, the rest is (COMBO-08).
fn change(tx: &mut Tx, person: Uuid, asked: Asked) -> Result<(bool, Option<Outcome>), Refusal> {
    if !asked.sites.is_empty() {
        change_attendance(tx, person, &asked.sites)?;
    }
    if asked.add.is_empty() && asked.remove.is_empty() {
        return match asked.unknown.is_empty() {
            true => Ok((true, None)),
            false => Err(not_recognized(&asked.unknown.join(", "))),
        };
    }
    let change = Change {
        holder: Holder::Person(person),
        add: asked.add,
        remove: asked.remove,
        route: Route::PublicPatch,
    };
    let outcome = save(tx, change)?;
    tell_refused(tx, &outcome, &asked.unknown);
    if !asked.unknown.is_empty() && !outcome.applied_something() {
        let refusal = not_recognized(&asked.unknown.join(", "));
        return Err(refusal.by("COMBO-08"));
    }
    let is_whole = outcome.failed.is_empty() && asked.unknown.is_empty();
    Ok((is_whole, Some(outcome)))
}

/// Says why a part of what was asked was not done: the reply of a 206 shows only what is held.
fn tell_refused(tx: &mut Tx, outcome: &Outcome, unknown: &[String]) {
    for (id, refusal) in &outcome.failed {
        for rule in &refusal.rules {
            tx.by_rule(rule);
        }
        let reason = refusal.to_string();
        if !outcome.warnings.iter().any(|told| told.contains(&reason)) {
            let name = csv_header(tx, *id);
            tx.warn(format!("{name} was refused: {reason}"));
        }
    }
    for text in unknown {
        let reason = not_recognized(text);
        tx.warn(format!("{text} was refused: {reason}."));
    }
}

fn body(world: &World, id: Uuid) -> Result<AssignedBody, Refusal> {
    let person = world.get::<Person>(id);
    let person = person.ok_or_else(|| Refusal::not_found("Person", &id.to_string()))?;
    let license = |id: &Uuid| {
        world
            .get::<License>(*id)
            .map(|license| license.webex_id(*id))
    };
    let site = |held: &String| match held.strip_suffix("#attendee") {
        Some(site) => SiteBody {
            site_url: site.to_owned(),
            account_type: "ATTENDEE",
        },
        None => SiteBody {
            site_url: held.clone(),
            account_type: "HOST",
        },
    };
    Ok(AssignedBody {
        org_id: WebexId::Organization.encode(person.organization),
        person_id: WebexId::Person.encode(id),
        email: person.email.to_string(),
        licenses: person.licenses.iter().filter_map(license).collect(),
        site_urls: person.site_urls.iter().map(site).collect(),
    })
}
