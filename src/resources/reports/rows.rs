//! The lines of reports, out of what an organisation holds.

use uuid::Uuid;

use crate::model::owned;
use crate::model::{
    Device, Holder, License, Location, Person, PhoneNumber, Report, Subscription, WebexId,
    Workspace,
};
use crate::resources::made_later::DAY_MILLIS;
use crate::world::{Moment, World};

type Line = Vec<String>;

pub(super) const USERS: &[&str] = &[
    "USER_ID",
    "EMAIL",
    "FIRST_NAME",
    "LAST_NAME",
    "DISPLAY_NAME",
    "STATUS",
    "LOCATION",
    "EXTENSION",
    "LICENSES",
    "CREATED",
];

pub(super) fn users(world: &World, report: &Report) -> Vec<Line> {
    let all = people(world, report);
    all.map(|(id, person)| user(world, id, person)).collect()
}

/// The users who came in the period.
pub(super) fn onboarded(world: &World, report: &Report) -> Vec<Line> {
    let is_after_start = |at: Moment| report.start.is_none_or(|start| at >= start);
    let is_before_end = |at: Moment| report.end.is_none_or(|end| at.0 < end.0 + DAY_MILLIS);
    let came = people(world, report);
    let came = came.filter(|(_, it)| is_after_start(it.created) && is_before_end(it.created));
    came.map(|(id, person)| user(world, id, person)).collect()
}

fn people<'w>(world: &'w World, report: &Report) -> impl Iterator<Item = (Uuid, &'w Person)> {
    let organization = report.organization;
    owned::list::<Person>(world, organization)
}

fn user(world: &World, id: Uuid, person: &Person) -> Line {
    let (first, last) = person.names();
    let extension = person.calling.as_ref();
    let extension = extension.and_then(|calling| calling.extension.as_ref());
    let status = match (person.login_enabled, person.invite_pending) {
        (true, false) => "Active",
        (true, true) => "Invite Pending",
        (false, _) => "Inactive",
    };
    vec![
        WebexId::Person.encode(id),
        person.email.to_string(),
        first.to_owned(),
        last.to_owned(),
        person.display_name.clone(),
        status.to_owned(),
        place(world, person.any_location()),
        extension.map(ToString::to_string).unwrap_or_default(),
        held(world, &person.licenses),
        person.created.to_string(),
    ]
}

pub(super) const LICENSES: &[&str] = &[
    "LICENSE_ID",
    "LICENSE",
    "SUBSCRIPTION_ID",
    "SUBSCRIPTION_STATUS",
    "TOTAL_UNITS",
    "CONSUMED_UNITS",
    "CONSUMED_BY_USERS",
    "CONSUMED_BY_WORKSPACES",
];

pub(super) fn licenses(world: &World, report: &Report) -> Vec<Line> {
    let own = owned::list::<License>(world, report.organization);
    own.map(|(id, license)| {
        let sold = world.get::<Subscription>(license.subscription);
        vec![
            license.webex_id(id),
            license.offer().api_name.to_owned(),
            sold.map(|sold| sold.code.clone()).unwrap_or_default(),
            sold.map(|sold| format!("{:?}", sold.status))
                .unwrap_or_default(),
            license.total_units.to_string(),
            license.consumed_units().to_string(),
            license.consumed_by_users.to_string(),
            license.consumed_by_workspaces.to_string(),
        ]
    })
    .collect()
}

pub(super) const NUMBERS: &[&str] = &[
    "PHONE_NUMBER",
    "LOCATION",
    "STATE",
    "TOLL_FREE",
    "MAIN_NUMBER",
    "OWNER_TYPE",
    "OWNER",
];

pub(super) fn numbers(world: &World, report: &Report) -> Vec<Line> {
    let own = owned::list::<PhoneNumber>(world, report.organization);
    own.map(|(_, number)| {
        let [kind, name] = number.owner.map_or_else(Default::default, |owner| {
            let (kind, name) = owner_of(world, owner);
            [kind.to_owned(), name]
        });
        let state = if number.active { "ACTIVE" } else { "INACTIVE" };
        vec![
            number.number.to_string(),
            place(world, Some(number.location)),
            state.to_owned(),
            number.toll_free.to_string(),
            number.main.to_string(),
            kind,
            name,
        ]
    })
    .collect()
}

pub(super) const DEVICES: &[&str] = &[
    "DEVICE_ID",
    "PRODUCT",
    "TYPE",
    "MAC",
    "STATUS",
    "OWNER_TYPE",
    "OWNER",
    "LOCATION",
    "TAGS",
    "CREATED",
    "FIRST_SEEN",
    "LAST_SEEN",
];

pub(super) fn devices(world: &World, report: &Report) -> Vec<Line> {
    let own = owned::list::<Device>(world, report.organization);
    let moment = |at: Option<Moment>| at.map(|at| at.to_string()).unwrap_or_default();
    own.map(|(id, device)| {
        let (kind, name) = owner_of(world, device.holder);
        let status = device.last_seen.map_or("disconnected", |_| "connected");
        let family = if device.is_phone { "phone" } else { "roomdesk" };
        vec![
            WebexId::Device.encode(id),
            device.product.clone(),
            family.to_owned(),
            device.mac.with_colons(),
            status.to_owned(),
            kind.to_owned(),
            name,
            place(world, location_of(world, device.holder)),
            device.tags.join(";"),
            device.created.to_string(),
            moment(device.first_seen),
            moment(device.last_seen),
        ]
    })
    .collect()
}

pub(super) const WORKSPACES: &[&str] = &[
    "WORKSPACE_ID",
    "NAME",
    "TYPE",
    "CALLING",
    "LOCATION",
    "CAPACITY",
    "EXTENSION",
    "LICENSES",
    "CREATED",
];

pub(super) fn workspaces(world: &World, report: &Report) -> Vec<Line> {
    let own = owned::list::<Workspace>(world, report.organization);
    own.map(|(id, room)| {
        let extension = room.calling.as_ref();
        let extension = extension.and_then(|calling| calling.extension.as_ref());
        vec![
            WebexId::Workspace.encode(id),
            room.display_name.clone(),
            room.kind.clone(),
            room.calling_type.clone(),
            place(world, location_of(world, Holder::Workspace(id))),
            room.capacity.map(|it| it.to_string()).unwrap_or_default(),
            extension.map(ToString::to_string).unwrap_or_default(),
            held(world, &room.licenses),
            room.created.to_string(),
        ]
    })
    .collect()
}

/// The name of a location; nothing where there is none.
fn place(world: &World, id: Option<Uuid>) -> String {
    let found = id.and_then(|id| world.get::<Location>(id));
    found
        .map(|location| location.name.clone())
        .unwrap_or_default()
}

fn location_of(world: &World, holder: Holder) -> Option<Uuid> {
    match holder {
        Holder::Person(id) => world.get::<Person>(id)?.any_location(),
        Holder::Workspace(id) => {
            let room = world.get::<Workspace>(id)?;
            let calling = room.calling.as_ref().map(|calling| calling.location);
            calling.or(room.location)
        }
    }
}

/// Who has something: the kind of holder, and its address or name.
fn owner_of(world: &World, holder: Holder) -> (&'static str, String) {
    match holder {
        Holder::Person(id) => {
            let person = world.get::<Person>(id);
            let email = person.map(|person| person.email.to_string());
            ("PEOPLE", email.unwrap_or_default())
        }
        Holder::Workspace(id) => {
            let room = world.get::<Workspace>(id);
            let name = room.map(|room| room.display_name.clone());
            ("PLACE", name.unwrap_or_default())
        }
    }
}

/// The licences of a holder, each as `name [subscription]`.
fn held(world: &World, licenses: &[Uuid]) -> String {
    let names = licenses.iter().filter_map(|id| {
        let license = world.get::<License>(*id)?;
        let sold = world.get::<Subscription>(license.subscription)?;
        Some(format!("{} [{}]", license.offer().api_name, sold.code))
    });
    names.collect::<Vec<_>>().join("; ")
}
