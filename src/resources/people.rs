//! People: create, update, delete (`/v1/people`, CSV rows and scenarios alike).

mod attributes;
mod change;
mod managers;
pub mod manual;
pub mod moving;
mod roles;
mod status;
pub(super) mod texts;

use attributes::{check_required, display_name};
pub use change::{PersonChange, Wanted};
pub use roles::check_standing;
pub(super) use texts::bounds;

use uuid::Uuid;

use super::{devices, groups, outbox, outside_accounts, reports, webhooks};
use crate::belongings::numbers;
use crate::licensing::change::{Change, Properties, Route};
use crate::licensing::outcome::Outcome;
use crate::licensing::{assignment, contact_center, packages, sites, template};

use crate::model::owned;
use crate::model::person::ContactKind;
use crate::model::{E164, Email, Holder, Location, MailKind, Organization, Person, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

pub use status::{
    TIMERS, accept_invitation, check_own_directory, enable_login, login_disabled,
    resend_invitation, sign_in, status, statuses,
};

/// The person of an e-mail address.
#[must_use]
pub fn find(world: &World, email: &str) -> Option<Uuid> {
    world.find(spaces::EMAIL, Uuid::nil(), email)
}

/// The person of an e-mail address in an organisation.
#[must_use]
pub fn find_own(world: &World, organization: Uuid, email: &str) -> Option<Uuid> {
    find(world, email).filter(|id| owned::has::<Person>(world, organization, *id))
}

/// Creates a person. Without explicit licences the organisation's template gives them (TMPL-02,
/// TMPL-09).
///
/// # Errors
/// 409 when the address is taken, 400 for values that are not allowed, and licensing's refusals.
pub fn create(
    tx: &mut Tx,
    organization: Uuid,
    change: PersonChange,
    wanted: &Wanted,
    route: Route,
) -> Result<(Uuid, Outcome), Refusal> {
    let email = change.email.clone();
    let email = email.ok_or_else(|| Refusal::bad_request("emails must name one address."))?;
    if find(tx, email.as_str()).is_some() {
        return Err(Refusal::new(ErrorKind::EmailTaken, email.to_string()).by("ADD-04"));
    }
    let claimed = outside_accounts::claimable(tx, organization, &email)?;
    let is_welcomed = !change.quiet && route != Route::Scenario;
    let mut person = blank(tx, organization, email);
    let display_name = display_name(&change, &person);
    apply(tx, &mut person, change)?;
    person.display_name = display_name;
    let id = tx.new_id::<Person>();
    tx.put(id, person)?;
    status::follow_login(tx, id, true);
    if let Some(account) = claimed {
        outside_accounts::note_claim(tx, account, id)?;
    }
    if is_welcomed && outbox::is_automated(tx, organization) {
        tx.by_rule("ADD-08");
        outbox::send(tx, MailKind::Welcome, id)?;
    }
    let holder = Holder::Person(id);
    let outcome = match &wanted.licenses {
        Some(licenses) => {
            let properties = wanted.properties.as_ref();
            let change = Change::replace(tx, holder, licenses, properties, route)?;
            assignment::save(tx, change)?
        }
        None if route == Route::Scenario => Outcome::none(tx, holder),
        None => match &wanted.properties {
            Some(given) if route == Route::ManualAdd => template::apply_to_new_with(tx, id, given)?,
            _ => template::apply_to_new(tx, id),
        },
    };
    Ok((id, outcome))
}

fn blank(tx: &Tx, organization: Uuid, email: Email) -> Person {
    let now = tx.now();
    Person {
        organization,
        email,
        display_name: String::new(),
        first_name: None,
        last_name: None,
        nick_name: None,
        avatar: None,
        department: None,
        manager: None,
        manager_id: None,
        title: None,
        addresses: Vec::new(),
        contact_numbers: Vec::new(),
        location: None,
        calling: None,
        licenses: Vec::new(),
        site_urls: Vec::new(),
        roles: Vec::new(),
        admin_locations: Vec::new(),
        time_zone: None,
        preferred_language: tx
            .get::<Organization>(organization)
            .and_then(|it| it.preferred_language.clone()),
        external_id: None,
        created: now,
        last_modified: now,
        last_activity: None,
        // ADD-09: new people are pending until they sign in.
        invite_pending: true,
        login_enabled: true,
    }
}

/// Updates a person and their licences in one save.
///
/// # Errors
/// 404, 409, 400 for values that are not allowed, and licensing's refusals.
pub fn update(
    tx: &mut Tx,
    id: Uuid,
    change: PersonChange,
    wanted: &Wanted,
    route: Route,
) -> Result<Outcome, Refusal> {
    let holder = Holder::Person(id);
    let before = get(tx, id)?;
    if let Some(email) = &change.email
        && find(tx, email.as_str()).is_some_and(|found| found != id)
    {
        return Err(Refusal::new(ErrorKind::EmailTaken, email.to_string()));
    }
    if change.keeps_roles && would_shut_out(&before, &change) {
        check_standing(tx, &before, "stop from signing in, or rename,", false)?;
    }
    managers::check(&before, id, &change)?;
    let mut person = before.clone();
    apply(tx, &mut person, change)?;
    if route != Route::Scenario {
        roles::check_last(tx, id, &before, Some(&person))?;
    }
    if person != before {
        person.last_modified = tx.now();
        tx.put(id, person)?;
        status::follow_login(tx, id, before.login_enabled);
    }
    let Some(licenses) = &wanted.licenses else {
        move_number(tx, holder, wanted.properties.as_ref())?;
        return Ok(Outcome::none(tx, holder));
    };
    let change = Change::replace(tx, holder, licenses, wanted.properties.as_ref(), route)?;
    let gains_nothing = change.add.is_empty();
    let outcome = assignment::save(tx, change)?;
    if gains_nothing {
        move_number(tx, holder, wanted.properties.as_ref())?;
    }
    touch(tx, id, &before)?;
    Ok(outcome)
}

/// Whether a change keeps somebody from signing in as before.
fn would_shut_out(person: &Person, change: &PersonChange) -> bool {
    let is_renamed = change
        .email
        .as_ref()
        .is_some_and(|email| *email != person.email);
    is_renamed || person.login_enabled && change.login_enabled == Some(false)
}

/// Gives somebody who has Calling another number or extension of the same location.
fn move_number(
    tx: &mut Tx,
    holder: Holder,
    properties: Option<&Properties>,
) -> Result<(), Refusal> {
    let Some(properties) = properties else {
        return Ok(());
    };
    let calling = tx
        .get::<Person>(holder.id())
        .and_then(|person| person.calling.clone());
    let Some(mut calling) = calling else {
        return Ok(());
    };
    if properties
        .location
        .is_some_and(|location| location != calling.location)
    {
        let detail = "The locationId of a person who has Calling cannot be changed.";
        return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("CSV-19"));
    }
    let before = calling.clone();
    if let Some(number) = &properties.phone_number {
        calling.number = Some(number.clone());
    }
    if let Some(extension) = &properties.extension {
        calling.extension = Some(extension.clone());
    }
    if calling != before {
        let lost = numbers::assign_primary(tx, holder, calling)?;
        tx.lose(lost);
        let now = tx.now();
        tx.update::<Person>(holder.id(), |person| person.last_modified = now)?;
    }
    Ok(())
}

/// Notes when a person was changed last, if anything changed.
fn touch(tx: &mut Tx, id: Uuid, before: &Person) -> Result<(), Refusal> {
    let now = tx.now();
    if tx.get::<Person>(id).is_some_and(|person| person != before) {
        tx.update::<Person>(id, |person| person.last_modified = now)?;
    }
    Ok(())
}

/// A person.
///
/// # Errors
/// 404.
pub fn get(world: &World, id: Uuid) -> Result<Person, Refusal> {
    let found = world.get::<Person>(id).cloned();
    found.ok_or_else(|| Refusal::not_found("Person", &Holder::Person(id).webex_id()))
}

/// Deletes a person with everything they hold (LOSS-05).
///
/// # Errors
/// 404, 409 for the last full administrator.
pub fn delete(tx: &mut Tx, id: Uuid) -> Result<Outcome, Refusal> {
    let person = get(tx, id)?;
    roles::check_last(tx, id, &person, None)?;
    remove(tx, id)
}

/// The same, whoever it is: the organisation goes as well.
pub(super) fn remove(tx: &mut Tx, id: Uuid) -> Result<Outcome, Refusal> {
    let outcome = assignment::release(tx, Holder::Person(id))?;
    devices::forget(tx, Holder::Person(id));
    groups::leave(tx, id)?;
    webhooks::forget(tx, id)?;
    reports::forget(tx, id)?;
    contact_center::forget(tx, id);
    status::forget(tx, id);
    managers::forget(tx, id)?;
    packages::forget(tx, id)?;
    tx.delete(kinds::PERSON, id);
    tx.by_rule("LOSS-05");
    Ok(outcome)
}

/// The same, by somebody who may delete administrators or not.
///
/// # Errors
/// 403 for an administrator and somebody who makes none, beside the above.
pub fn delete_as(tx: &mut Tx, id: Uuid, makes_administrators: bool) -> Result<Outcome, Refusal> {
    let person = get(tx, id)?;
    check_standing(tx, &person, "delete", makes_administrators)?;
    delete(tx, id)
}

fn apply(tx: &Tx, person: &mut Person, change: PersonChange) -> Result<(), Refusal> {
    texts::check(&change)?;
    if let Some(email) = change.email {
        person.email = email;
    }
    if let Some(name) = change.display_name.filter(|name| !name.trim().is_empty()) {
        person.display_name = name.trim().to_owned();
    }
    let set = |target: &mut Option<String>, value: Option<Option<String>>| {
        if let Some(value) = value {
            *target = value.filter(|text| !text.is_empty());
        }
    };
    set(&mut person.first_name, change.first_name);
    set(&mut person.last_name, change.last_name);
    set(&mut person.nick_name, change.nick_name);
    set(&mut person.avatar, change.avatar);
    set(&mut person.department, change.department);
    set(&mut person.manager, change.manager);
    set(&mut person.title, change.title);
    set(&mut person.time_zone, change.time_zone);
    let speaks = change.preferred_language;
    let speaks = speaks.map(|text| text.filter(|text| !text.is_empty()));
    if let Some(text) = speaks {
        let text = text.map(|text| texts::language_of_people(&text));
        person.preferred_language = text.transpose()?;
    }
    set(&mut person.external_id, change.external_id);
    person.manager_id = change.manager_id.unwrap_or(person.manager_id);
    person.addresses = change.addresses.unwrap_or_else(|| person.addresses.clone());
    if let Some(numbers) = change.contact_numbers {
        person.contact_numbers = numbers;
    }
    let makes_administrators = !change.keeps_roles;
    roles::apply(
        tx,
        person,
        change.roles,
        change.admin_locations,
        makes_administrators,
    )?;
    if let Some(wanted) = &change.site_urls {
        sites::check(tx, person.organization, wanted, &person.site_urls)?;
    }
    person.site_urls = change.site_urls.unwrap_or_else(|| person.site_urls.clone());
    person.login_enabled = change.login_enabled.unwrap_or(person.login_enabled);
    person.invite_pending = change.invite_pending.unwrap_or(person.invite_pending);
    if let Some(location) = change.location {
        set_location(tx, person, location)?;
    }
    check_required(tx, person)
}

fn set_location(tx: &Tx, person: &mut Person, location: Option<Uuid>) -> Result<(), Refusal> {
    if location.is_some_and(|id| !owned::has::<Location>(tx, person.organization, id)) {
        return Err(Refusal::new(ErrorKind::UnableToFindLocation, ""));
    }
    match &person.calling {
        Some(calling) if location.is_some_and(|id| id != calling.location) => {
            let detail = "The locationId of a person who has Calling cannot be changed.";
            Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("CSV-19"))
        }
        Some(_) => Ok(()),
        None => {
            person.location = location;
            Ok(())
        }
    }
}

/// The work number in E.164 among a person's numbers, which a template may provision (TMPL-14).
#[must_use]
pub fn work_number(person: &Person) -> Option<E164> {
    let mut work = person
        .contact_numbers
        .iter()
        .filter(|number| number.kind == ContactKind::Work);
    work.find_map(|number| number.value.parse().ok())
}
