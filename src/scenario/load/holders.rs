//! People and workspaces: who they are, their licences with numbers and extensions, and then, when
//! everybody is there, their settings.

use uuid::Uuid;

use super::settings::{self, Wanted};
use super::{Failures, Site};
use crate::licensing::headers::find_license;
use crate::licensing::{Change, Properties, Route, save};
use crate::model::{Email, Holder, License};
use crate::refusal::Refusal;
use crate::resources::people::{self, PersonChange};
use crate::resources::workspaces::{self, WorkspaceWrite};
use crate::scenario::document::{Person, PersonStatus, Workspace};
use crate::scenario::generate;
use crate::scenario::reference::LicenseReference;
use crate::world::{Tx, World};

/// Brings in the people whom the document names, and those it has made up.
pub(super) fn hire(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    for (index, person) in site.organization.people.iter().enumerate() {
        let path = failures.at(&format!("people[{index}]"));
        hire_one(tx, site, person, &path, failures);
    }
    let base = failures.at("generate");
    match generate::people(site.organization) {
        Ok(people) => {
            for person in &people {
                hire_one(tx, site, person, &base, failures);
            }
            site.generated = people;
        }
        Err((key, message)) => failures.add(&format!("{base}.{key}"), message),
    }
}

fn hire_one(
    tx: &mut Tx,
    site: &mut Site<'_>,
    wanted: &Person,
    path: &str,
    failures: &mut Failures,
) {
    let place = Place {
        location: wanted.location.as_deref(),
        phone_number: wanted.phone_number.as_deref(),
        extension: wanted.extension.as_deref(),
    };
    let Some(holding) = holding(tx, site, &wanted.licenses, place, path, failures) else {
        return;
    };
    let email = site.organization.email_of(wanted);
    let Some(change) = change(tx, site, wanted, &email, &holding, path, failures) else {
        return;
    };
    let assigned = people::Wanted {
        licenses: Some(holding.licenses),
        properties: holding.properties,
    };
    let route = Route::Scenario;
    let created = people::create(tx, site.id, change, &assigned, route);
    if let Some((id, _)) = failures.take(path, created) {
        site.names.remember(&email, Holder::Person(id));
    }
}

/// Sets up the workspaces.
pub(super) fn furnish(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    for (index, wanted) in site.organization.workspaces.iter().enumerate() {
        let path = failures.at(&format!("workspaces[{index}]"));
        let place = Place {
            location: wanted.location.as_deref(),
            phone_number: wanted.phone_number.as_deref(),
            extension: wanted.extension.as_deref(),
        };
        let held = holding(tx, site, &wanted.licenses, place, &path, failures);
        let Some(holding) = held else { continue };
        let created = furnish_one(tx, site.id, wanted, holding);
        if let Some(holder) = failures.take(&path, created) {
            site.names.remember(&wanted.display_name, holder);
        }
    }
}

fn furnish_one(
    tx: &mut Tx,
    organization: Uuid,
    wanted: &Workspace,
    holding: Holding,
) -> Result<Holder, Refusal> {
    let write = WorkspaceWrite {
        display_name: Some(wanted.display_name.clone()),
        location: holding.location,
        capacity: wanted.capacity,
        kind: wanted.kind.clone(),
        notes: wanted.notes.clone(),
        supported_devices: wanted.supported_devices.clone(),
        ..WorkspaceWrite::default()
    };
    let route = Route::Scenario;
    let (id, _) = workspaces::create(tx, organization, write, route)?;
    let holder = Holder::Workspace(id);
    let properties = holding.properties.as_ref();
    let change = Change::replace(tx, holder, &holding.licenses, properties, route)?;
    save(tx, change)?;
    Ok(holder)
}

/// What the document says of a person, but for licences and settings.
fn change(
    tx: &Tx,
    site: &Site<'_>,
    wanted: &Person,
    email: &str,
    holding: &Holding,
    path: &str,
    failures: &mut Failures,
) -> Option<PersonChange> {
    let email = failures.take(&format!("{path}.email"), email.parse::<Email>())?;
    let manager = wanted
        .manager
        .as_ref()
        .map(|manager| match manager.contains('@') {
            true => manager.clone(),
            false => format!("{manager}@{}", site.organization.domain),
        });
    let manager_id = manager
        .as_ref()
        .and_then(|manager| people::find(tx, manager));
    Some(PersonChange {
        email: Some(email),
        display_name: wanted.display_name.clone(),
        first_name: Some(Some(wanted.first_name.clone())),
        last_name: Some(Some(wanted.last_name.clone())),
        title: Some(wanted.title.clone()),
        department: Some(wanted.department.clone()),
        manager: Some(manager),
        manager_id: Some(manager_id),
        location: Some(holding.location),
        roles: Some(wanted.roles.clone()),
        login_enabled: Some(wanted.status != PersonStatus::Inactive),
        invite_pending: Some(wanted.status == PersonStatus::Pending),
        ..PersonChange::default()
    })
}

/// Where a holder is to be reached.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    location: Option<&'a str>,
    phone_number: Option<&'a str>,
    extension: Option<&'a str>,
}

/// What a holder is to have, looked up.
#[derive(Debug)]
struct Holding {
    licenses: Vec<Uuid>,
    properties: Option<Properties>,
    location: Option<Uuid>,
}

fn holding(
    tx: &Tx,
    site: &Site<'_>,
    licenses: &[LicenseReference],
    place: Place<'_>,
    path: &str,
    failures: &mut Failures,
) -> Option<Holding> {
    let location = match place.location {
        None => None,
        Some(name) => {
            let known = site.names.locations.get(name).copied();
            let known = known.ok_or_else(|| format!("there is no location `{name}`"));
            Some(failures.take(&format!("{path}.location"), known)?)
        }
    };
    let licenses = licenses_of(tx, site, licenses, path, failures)?;
    let calls = licenses.iter().any(|id| is_calling(tx, *id));
    let key = match (place.phone_number, place.extension) {
        (Some(_), _) => "phoneNumber",
        _ => "extension",
    };
    if !calls && (place.phone_number.is_some() || place.extension.is_some()) {
        let message = "only a holder of a Calling licence has a number or an extension";
        failures.add(&format!("{path}.{key}"), message);
        return None;
    }
    let properties = match calls {
        false => None,
        true => {
            let read = Properties::parse(location, place.phone_number, place.extension);
            let read = read.map_err(|refusal: Refusal| refusal.description());
            Some(failures.take(&format!("{path}.{key}"), read)?)
        }
    };
    Some(Holding {
        licenses,
        properties,
        location,
    })
}

fn is_calling(world: &World, id: Uuid) -> bool {
    world
        .get::<License>(id)
        .is_some_and(|license| license.offer().is_calling())
}

/// The licences that the document names, with the sets spelled out.
pub(super) fn licenses_of(
    tx: &Tx,
    site: &Site<'_>,
    wanted: &[LicenseReference],
    path: &str,
    failures: &mut Failures,
) -> Option<Vec<Uuid>> {
    let mut found = Vec::new();
    let mut complete = true;
    for (index, reference) in wanted.iter().enumerate() {
        let set = site.organization.license_sets.get(&reference.name);
        let set = set.filter(|_| reference.subscription.is_none());
        let members = set.map_or(std::slice::from_ref(reference), Vec::as_slice);
        for (member, reference) in members.iter().enumerate() {
            let path = match set {
                Some(_) => failures.at(&format!("licenseSets.{}[{member}]", wanted[index].name)),
                None => format!("{path}.licenses[{index}]"),
            };
            match find_license(tx, site.id, &reference.to_string()) {
                Some(id) if found.contains(&id) => {}
                Some(id) => found.push(id),
                None => {
                    let sold = "no subscription sells it, or several do and none is named";
                    failures.add(&path, format!("there is no licence `{reference}`: {sold}"));
                    complete = false;
                }
            }
        }
    }
    complete.then_some(found)
}

/// Configures everybody, now that everybody can be named.
pub(super) fn configure(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let named = site.organization.people.iter().enumerate();
    let named = named.map(|(index, person)| (format!("people[{index}]"), person));
    let made_up = site
        .generated
        .iter()
        .map(|person| ("generate".to_owned(), person));
    for (key, person) in named.chain(made_up) {
        let wanted = Wanted {
            sets: &person.setting_sets,
            own: &person.settings,
            path: &failures.at(&key),
        };
        let email = site.organization.email_of(person);
        settings::configure(tx, site, &email, wanted, failures);
    }
    for (index, room) in site.organization.workspaces.iter().enumerate() {
        let wanted = Wanted {
            sets: &room.setting_sets,
            own: &room.settings,
            path: &failures.at(&format!("workspaces[{index}]")),
        };
        settings::configure(tx, site, &room.display_name, wanted, failures);
    }
}
