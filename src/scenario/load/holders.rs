//! People and workspaces: who they are, their licences with numbers and extensions, and then, when
//! everybody is there, their settings.

use uuid::Uuid;

use super::holdings::{Holding, holding, is_calling};
use super::names::Found;
use super::{Failures, Site, administration, nowhere, partner, settings};
use crate::licensing::{Change, Route, contact_center, save};
use crate::model::{Email, Holder, WebexId};
use crate::refusal::Refusal;
use crate::resources::floors;
use crate::resources::people::{self, PersonChange};
use crate::resources::workspaces::{self, CallingWrite, WorkspaceWrite};
use crate::scenario::document::{Person, PersonStatus, Workspace};
use crate::scenario::generate;
use crate::world::Tx;

/// What a save of a scenario comes by.
const ROUTE: Route = Route::Scenario;

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
    let email = site.organization.email_of(wanted);
    if let Some(earlier) = site.names.stands(&email, path) {
        let message = format!("the address {email} stands twice: {earlier} has it, too");
        failures.add(&format!("{path}.email"), message);
        return;
    }
    let known = people::find_own(tx, site.id, &email);
    let holder = known.map(Holder::Person);
    let named = (wanted.belongings(), wanted.packages.as_slice());
    let holding = holding(tx, site, holder, named, path, failures);
    let change = change(tx, site, wanted, &email, path, failures);
    let made = match (holding, change) {
        (Some(holding), Some(change)) => {
            let status = wanted.status;
            let status = status.or(known.is_none().then_some(PersonStatus::Active));
            let change = PersonChange {
                location: holding.location.map(Some),
                login_enabled: status.map(|status| status != PersonStatus::Inactive),
                invite_pending: status.map(|status| status == PersonStatus::Pending),
                ..change
            };
            let assigned = people::Wanted {
                licenses: holding.licenses,
                properties: holding.properties,
            };
            let made = tx.attempt(|tx| {
                let (id, mut outcome) = match known {
                    Some(id) => {
                        people::update(tx, id, change, &assigned, ROUTE).map(|it| (id, it))?
                    }
                    None => people::create(tx, site.id, change, &assigned, ROUTE)?,
                };
                if let Some(role) = wanted.contact_center_role {
                    contact_center::appoint(tx, id, role, &mut outcome)?;
                }
                partner::subscribe(tx, id, wanted).map(|()| id)
            });
            made.map_err(|refusal| failures.add_refusal(path, &refusal))
                .ok()
        }
        _ => None,
    };
    site.names.remember(&email, made.map(Holder::Person));
}

/// The address of a person's manager, who may be named without the organisation's domain.
fn manager_of(site: &Site<'_>, person: &Person) -> Option<String> {
    let written = person.manager.as_deref()?;
    Some(match written.contains('@') {
        true => written.to_owned(),
        false => format!("{written}@{}", site.organization.domain),
    })
}

/// What the document says of a person, but for licences, settings and who the manager is.
fn change(
    tx: &Tx,
    site: &Site<'_>,
    wanted: &Person,
    email: &str,
    path: &str,
    failures: &mut Failures,
) -> Option<PersonChange> {
    let email = failures.take(&format!("{path}.email"), email.parse::<Email>());
    let administers = administration::read(tx, site, wanted, path, failures);
    let change = PersonChange {
        email: Some(email?),
        display_name: wanted.display_name.clone(),
        first_name: Some(Some(wanted.first_name.clone())),
        last_name: Some(Some(wanted.last_name.clone())),
        title: wanted.title.clone().map(Some),
        department: wanted.department.clone().map(Some),
        manager: manager_of(site, wanted).map(Some),
        ..administers?
    };
    Some(change)
}

/// Names everybody's manager, now that everybody is there.
pub(super) fn appoint(tx: &mut Tx, site: &Site<'_>, failures: &mut Failures) {
    let domain = &site.organization.domain;
    for (index, person) in site.organization.people.iter().enumerate() {
        let Some(manager) = manager_of(site, person) else {
            continue;
        };
        let email = site.organization.email_of(person);
        let Found::Here(Holder::Person(id)) = site.names.holder(tx, site.id, &email) else {
            continue;
        };
        let path = failures.at(&format!("people[{index}].manager"));
        let manager_id = match site.names.holder(tx, site.id, &manager) {
            Found::Here(Holder::Person(id)) => Some(id),
            Found::Failed => continue,
            _ if manager.ends_with(&format!("@{domain}")) => {
                failures.add_cause(&path, nowhere("person", &manager, site.names.holders()));
                continue;
            }
            // Somebody of another organisation may be written down as a manager.
            _ => None,
        };
        let change = PersonChange {
            manager_id: Some(manager_id),
            ..PersonChange::default()
        };
        let nothing = people::Wanted::default();
        failures.take(&path, people::update(tx, id, change, &nothing, ROUTE));
    }
}

/// Sets up the workspaces.
pub(super) fn furnish(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    for (index, wanted) in site.organization.workspaces.iter().enumerate() {
        let path = failures.at(&format!("workspaces[{index}]"));
        let name = &wanted.display_name;
        if let Some(earlier) = site.names.stands(name, &path) {
            let message = format!("the name `{name}` stands twice: {earlier} has it, too");
            failures.add(&format!("{path}.displayName"), message);
            continue;
        }
        let same = workspaces::list(tx, site.id).filter(|(_, room)| room.display_name == *name);
        let same: Vec<Uuid> = same.map(|(id, _)| id).collect();
        let known = same.first().copied();
        if same.len() > 1 {
            let message = format!("several workspaces are named `{name}`: which one is meant?");
            failures.add(&format!("{path}.displayName"), message);
            continue;
        }
        let holder = known.map(Holder::Workspace);
        let named = (wanted.belongings(), &[][..]);
        let holding = holding(tx, site, holder, named, &path, failures);
        let made = holding.and_then(|holding| {
            let floor = floor(tx, wanted, holding.location, &path, failures);
            let made = tx.attempt(|tx| furnish_one(tx, site.id, known, (wanted, floor), holding));
            made.map_err(|refusal| failures.add_refusal(&path, &refusal))
                .ok()
        });
        site.names.remember(name, made);
    }
}

/// The id of the floor that a workspace names by its number.
fn floor(
    tx: &Tx,
    wanted: &Workspace,
    location: Option<Uuid>,
    path: &str,
    failures: &mut Failures,
) -> Option<String> {
    let number = wanted.floor?;
    let found = location.and_then(|location| floors::numbered(tx, location, number));
    if found.is_none() {
        let message = format!("the workspace's location has no floor {number}");
        failures.add(&format!("{path}.floor"), message);
    }
    found.map(|id| WebexId::Floor.encode(id))
}

fn furnish_one(
    tx: &mut Tx,
    organization: Uuid,
    known: Option<Uuid>,
    (wanted, floor_id): (&Workspace, Option<String>),
    holding: Holding,
) -> Result<Holder, Refusal> {
    let mut write = WorkspaceWrite {
        display_name: Some(wanted.display_name.clone()),
        location: holding.location,
        floor_id,
        capacity: wanted.capacity,
        kind: wanted.kind.clone(),
        notes: wanted.notes.clone(),
        supported_devices: wanted.supported_devices.clone(),
        ..WorkspaceWrite::default()
    };
    let id = match known {
        None => workspaces::create(tx, organization, write, ROUTE)?.0,
        Some(id) => {
            let calling = holding.licenses.iter().flatten().copied();
            write.calling = holding.properties.clone().map(|properties| CallingWrite {
                kind: "webexCalling".to_owned(),
                licenses: calling.filter(|id| is_calling(tx, *id)).collect(),
                properties,
                hybrid_email: None,
            });
            workspaces::update(tx, organization, id, write, ROUTE)?;
            id
        }
    };
    let holder = Holder::Workspace(id);
    if let Some(licenses) = &holding.licenses {
        let properties = holding.properties.as_ref();
        let change = Change::replace(tx, holder, licenses, properties, ROUTE)?;
        save(tx, change)?;
    }
    Ok(holder)
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
        let path = failures.at(&key);
        let email = site.organization.email_of(person);
        settings::configure(tx, site, &email, (person.belongings(), &path), failures);
    }
    for (index, room) in site.organization.workspaces.iter().enumerate() {
        let path = failures.at(&format!("workspaces[{index}]"));
        let wanted = (room.belongings(), path.as_str());
        settings::configure(tx, site, &room.display_name, wanted, failures);
    }
}
