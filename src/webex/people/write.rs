//! `/v1/people`: create, full replace, delete.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::SHOW_ALL_TYPES;
use super::document::render;
use crate::http::{Call, Reply};
use crate::licensing::change::{Properties, Route};
use crate::licensing::sites::unnamed_attendance;
use crate::model::license::find_by_id;
use crate::model::person::{ContactKind, ContactNumber, PersonAddress};
use crate::model::{License, Person, WebexId, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::{self, PersonChange, Wanted};
use crate::world::{Tx, World};

/// What POST and PUT take.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonWrite {
    /// One address.
    emails: Option<Vec<String>>,
    /// Numbers; `work` is the Calling number of people who have Calling.
    phone_numbers: Option<Vec<NumberWrite>>,
    /// The Calling extension.
    extension: Option<String>,
    /// The Calling location; it cannot be changed once there is Calling.
    location_id: Option<String>,
    /// Full name.
    display_name: Option<String>,
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// Nickname.
    nick_name: Option<String>,
    /// A picture's address.
    avatar: Option<String>,
    /// The organisation.
    org_id: Option<String>,
    /// Role ids.
    roles: Option<Vec<String>>,
    /// Licence ids.
    licenses: Option<Vec<String>>,
    /// Department.
    department: Option<String>,
    /// Manager, as written.
    manager: Option<String>,
    /// Manager, as a person.
    manager_id: Option<String>,
    /// Job title.
    title: Option<String>,
    /// Postal addresses.
    addresses: Option<Vec<PersonAddress>>,
    /// Meeting sites.
    site_urls: Option<Vec<String>>,
    /// Whether signing in is allowed.
    login_enabled: Option<bool>,
}

/// A number.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct NumberWrite {
    /// What it is.
    r#type: NumberKind,
    /// The number.
    value: String,
    /// Whether it is the one to call first.
    primary: Option<bool>,
}

/// What numbers of people are (contract: Person).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NumberKind {
    Work,
    WorkExtension,
    Mobile,
    Fax,
}

impl From<NumberWrite> for ContactNumber {
    fn from(sent: NumberWrite) -> Self {
        let kind = match sent.r#type {
            NumberKind::Work => ContactKind::Work,
            NumberKind::WorkExtension => ContactKind::WorkExtension,
            NumberKind::Mobile => ContactKind::Mobile,
            NumberKind::Fax => ContactKind::Fax,
        };
        Self {
            primary: sent.primary,
            ..Self::new(kind, sent.value)
        }
    }
}

/// POST `/v1/people`.
///
/// # Errors
/// 409 for an address that is taken, 400 for values that are not allowed.
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body: PersonWrite = call.json()?;
    let organization = match &body.org_id {
        Some(text) => call.organization_named(text)?,
        None => call.organization()?,
    };
    body.check_named()?;
    let world = call.read();
    let minimal = call.query_bool("minResponse")?.unwrap_or(false);
    let calling_data = call.query_bool("callingData")?.unwrap_or(false);
    let body_has_location = body.names_location();
    let (change, mut wanted) = body.split(call, &world, organization)?;
    // TMPL-09: somebody added with explicit licences does not get the template.
    wanted.licenses = wanted.licenses.filter(|licenses| !licenses.is_empty());
    let misplaced = wanted.properties.is_none() && body_has_location;
    let (id, outcome) = call.write(|tx| {
        leave_location_out(tx, misplaced);
        people::create(tx, organization, change, &wanted, Route::PeopleWrite)
    })?;
    call.tell(outcome);
    if minimal {
        let body = serde_json::json!({ "id": WebexId::Person.encode(id) });
        return Reply::json(200, &body);
    }
    show(call, id, calling_data)
}

/// PUT `/v1/people/{personId}`: a full replace; what is absent goes.
///
/// # Errors
/// 404, 409, 400 for values that are not allowed, and licensing's refusals.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.person("personId")?;
    let mut body: PersonWrite = call.json()?;
    if let Some(text) = &body.org_id {
        call.organization_named(text)?;
    }
    let minimal = call.query_bool("minResponse")?.unwrap_or(false);
    let calling_data = call.query_bool("callingData")?.unwrap_or(false);
    if body
        .display_name
        .as_deref()
        .is_none_or(|name| name.trim().is_empty())
    {
        return Err(Refusal::bad_request("displayName is required."));
    }
    // A full replace: what is absent is removed.
    body.roles.get_or_insert_default();
    body.licenses.get_or_insert_default();
    body.site_urls.get_or_insert_default();
    body.addresses.get_or_insert_default();
    body.phone_numbers.get_or_insert_default();
    let world = call.read();
    let organization = call.own_organization()?;
    let body_has_location = body.names_location();
    let (mut change, wanted) = body.split(call, &world, organization)?;
    // It is no caller's to write (contract: Update a Person).
    change.nick_name = Some(change.first_name.clone().flatten());
    clear_absent(&mut change);
    let shows_all = call.query_bool(SHOW_ALL_TYPES.0)?.unwrap_or(false);
    let misplaced = wanted.properties.is_none() && body_has_location;
    let outcome = call.write(|tx| {
        leave_location_out(tx, misplaced);
        keep_unshown(tx, id, &mut change);
        if !shows_all {
            keep_attendance(tx, id, &mut change);
        }
        people::update(tx, id, change, &wanted, Route::PeopleWrite)
    })?;
    call.tell(outcome);
    if minimal {
        return Ok(Reply::empty(204));
    }
    show(call, id, calling_data)
}

/// DELETE `/v1/people/{personId}`.
///
/// # Errors
/// 404, 403 for an administrator and somebody who makes none, 409 for the last full administrator.
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.person("personId")?;
    let makes_administrators = call.may_change_roles();
    let outcome = call.write(|tx| people::delete_as(tx, id, makes_administrators))?;
    call.tell(outcome);
    Ok(Reply::empty(204))
}

fn show(call: &Call<'_>, id: Uuid, calling_data: bool) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let object = world.object((kinds::PERSON, id));
    let object = object.ok_or_else(|| Refusal::not_found("Person", &id.to_string()))?;
    Ok(Reply::rendered(
        200,
        render(&world, id, object, calling_data),
    ))
}

/// A locationId is taken with a Calling licence alone. Without one it is left out, so that what was
/// read of a person with Calling can be sent back without the licence.
fn leave_location_out(tx: &mut Tx, misplaced: bool) {
    if misplaced {
        tx.by_rule("DEC-42");
        tx.warn("locationId was left out: it is set by assigning a Calling license alone.");
    }
}

/// Sites that a person attends and a replacing body leaves out: they go with `showAllTypes` alone
/// (contract: Update a Person).
fn keep_attendance(tx: &mut Tx, id: Uuid, change: &mut PersonChange) {
    let held = tx.get::<Person>(id).map(|person| &person.site_urls[..]);
    let wanted = change.site_urls.get_or_insert_default();
    let kept = unnamed_attendance(held.unwrap_or_default(), wanted);
    wanted.extend_from_slice(&kept);
    for site in kept {
        tx.warn(format!(
            "{site} stays in siteUrls: showAllTypes=true takes it away."
        ));
    }
}

/// What a person has of numbers and `/v1/people` does not show: a replacing body cannot name it,
/// so it stays (DEC-130).
fn keep_unshown(world: &World, id: Uuid, change: &mut PersonChange) {
    let held = world.get::<Person>(id).map(|it| &it.contact_numbers[..]);
    let held = held.unwrap_or_default();
    let sent = change.contact_numbers.get_or_insert_default();
    for number in sent.iter_mut() {
        let is_same = |it: &&ContactNumber| it.kind == number.kind && it.value == number.value;
        number.display = held.iter().find(is_same).and_then(|it| it.display.clone());
    }
    let unshown = held.iter().filter(|it| !it.kind.is_of_people());
    sent.extend(unshown.cloned());
}

fn clear_absent(change: &mut PersonChange) {
    for field in [
        &mut change.first_name,
        &mut change.last_name,
        &mut change.avatar,
        &mut change.department,
        &mut change.manager,
        &mut change.title,
    ] {
        field.get_or_insert(None);
    }
    change.manager_id.get_or_insert(None);
}

impl PersonWrite {
    /// Refuses a new person without a name (contract: Create a Person).
    fn check_named(&self) -> Result<(), Refusal> {
        let mut names = [&self.display_name, &self.first_name, &self.last_name].into_iter();
        if names.any(|name| name.as_deref().is_some_and(|name| !name.trim().is_empty())) {
            return Ok(());
        }
        let detail = "At least one of displayName, firstName and lastName is required.";
        Err(Refusal::bad_request(detail))
    }

    fn names_location(&self) -> bool {
        self.location_id.as_deref().is_some_and(|id| !id.is_empty())
    }

    fn split(
        self,
        call: &Call<'_>,
        world: &World,
        organization: Uuid,
    ) -> Result<(PersonChange, Wanted), Refusal> {
        let email = match self.emails.as_deref() {
            None => None,
            Some([email]) => Some(email.parse().map_err(bad_text)?),
            Some(_) => {
                return Err(Refusal::bad_request(
                    "emails must hold exactly one address.",
                ));
            }
        };
        let licenses = self
            .licenses
            .map(|ids| license_ids(world, organization, &ids));
        let licenses = licenses.transpose()?;
        let location = self.location_id.as_deref().filter(|text| !text.is_empty());
        let location = location.map(|text| {
            let id = WebexId::Location.decode(text);
            id.ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
        });
        let location = location.transpose()?;
        let has_calling = licenses.iter().flatten().any(|id| {
            world
                .get::<License>(*id)
                .is_some_and(|license| license.offer().is_calling())
        });
        let (work, others) = split_numbers(self.phone_numbers, has_calling);
        let properties = Properties::parse(location, work.as_deref(), self.extension.as_deref())?;
        let manager_id = match self.manager_id.filter(|text| !text.is_empty()) {
            Some(text) => Some(Some(call.person_named(&text)?)),
            None => None,
        };
        let change = PersonChange {
            email,
            display_name: self.display_name,
            first_name: self.first_name.map(Some),
            last_name: self.last_name.map(Some),
            nick_name: self.nick_name.map(Some),
            avatar: self.avatar.map(Some),
            department: self.department.map(Some),
            manager: self.manager.map(Some),
            manager_id,
            title: self.title.map(Some),
            addresses: self.addresses,
            contact_numbers: others,
            roles: self.roles.map(split_joined),
            keeps_roles: !call.may_change_roles(),
            site_urls: self.site_urls.map(split_joined),
            login_enabled: self.login_enabled,
            ..PersonChange::default()
        };
        let says_something = !properties.is_empty() || properties.location.is_some();
        let properties = Some(properties).filter(|_| has_calling && says_something);
        Ok((
            change,
            Wanted {
                licenses,
                properties,
            },
        ))
    }
}

fn bad_text(text: String) -> Refusal {
    Refusal::bad_request(format!("{text}."))
}

/// Official examples join ids by commas within one element; both forms are accepted.
fn split_joined(list: Vec<String>) -> Vec<String> {
    let parts = list.iter().flat_map(|text| text.split(','));
    parts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The licences that ids name.
///
/// # Errors
/// 400000 for an id that is no licence of the organisation.
pub fn license_ids(
    world: &World,
    organization: Uuid,
    texts: &[String],
) -> Result<Vec<Uuid>, Refusal> {
    let mut ids = Vec::new();
    for text in split_joined(texts.to_vec()) {
        let id = find_by_id(world, organization, &text).ok_or_else(|| {
            Refusal::new(
                ErrorKind::LicenseNotRecognized,
                crate::model::number::shorten(&text),
            )
        })?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Takes the Calling number out of a person's numbers. `work_extension` is never settable.
fn split_numbers(
    numbers: Option<Vec<NumberWrite>>,
    has_calling: bool,
) -> (Option<String>, Option<Vec<ContactNumber>>) {
    let Some(numbers) = numbers else {
        return (None, None);
    };
    let mut work = None;
    let mut others = Vec::new();
    for number in numbers {
        match number.r#type {
            NumberKind::WorkExtension => {}
            NumberKind::Work if has_calling && work.is_none() => work = Some(number.value),
            _ => others.push(number.into()),
        }
    }
    (work, Some(others))
}
