//! What must hold: whatever an object names as its place is there, and a role is one of ours.
//!
//! Members of groups, owners of numbers and holders of licences have checks of their own, where
//! those are kept.

use uuid::Uuid;

use crate::model::role::ROLES;
use crate::model::{
    ActivationCode, Agent, Calling, Device, Group, License, LicenseTemplate, Location, Mail,
    Person, PhoneNumber, Subscription, Webhook, Workspace, kinds,
};
use crate::world::{Change, Check, Key, Kind, Object, Violation, World};

/// Nothing names what is not there.
pub const CHECK: Check = Check {
    name: "what an object names is there",
    on_change,
    on_world,
};

/// What objects stand in, with the words for it.
const PLACES: &[(Kind, &str)] = &[
    (kinds::ORGANIZATION, "organization"),
    (kinds::SUBSCRIPTION, "subscription"),
    (kinds::LOCATION, "location"),
];

fn on_world(world: &World) -> Vec<Violation> {
    let objects = world.objects();
    let found = objects.flat_map(|(key, object)| look(world, *key, object));
    found.collect()
}

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let is_place = |kind: Kind| PLACES.iter().any(|(place, _)| *place == kind);
    // Whatever named a place that went may be anywhere.
    if changes
        .iter()
        .any(|change| change.after.is_none() && is_place(change.key.0))
    {
        return on_world(world);
    }
    let changed = changes
        .iter()
        .filter_map(|change| Some((change.key, change.after.as_ref()?)));
    changed
        .flat_map(|(key, object)| look(world, key, object))
        .collect()
}

/// What is wrong with one object.
fn look(world: &World, (_, id): Key, object: &Object) -> Vec<Violation> {
    let mut found = Vec::new();
    for (kind, named) in named(object) {
        if world.object((kind, named)).is_none() {
            let mut places = PLACES.iter();
            let place = places.find(|(place, _)| *place == kind);
            let place = place.map_or("place", |(_, word)| word);
            let what = object.kind_name();
            found.push(format!(
                "{what} {id} names the {place} {named}, which is not there"
            ));
        }
    }
    if object.downcast::<Agent>().is_some() && world.get::<Person>(id).is_none() {
        found.push(format!("contactCenterUser {id} is no person who is there"));
    }
    let roles = object.downcast::<Person>().map(|person| &person.roles);
    for role in roles.into_iter().flatten() {
        if !ROLES.iter().any(|known| known.key == role) {
            let shown = crate::model::number::shorten(role);
            found.push(format!(
                "person {id} has the role \"{shown}\", which nobody knows"
            ));
        }
    }
    found
}

/// The places that an object names.
fn named(object: &Object) -> Vec<Key> {
    let organization = |id: Uuid| (kinds::ORGANIZATION, id);
    let location = |id: Uuid| (kinds::LOCATION, id);
    let within = |of: Uuid, place: Option<Uuid>, calling: Option<&Calling>| {
        let calling = calling.map(|calling| calling.location);
        let locations = place.into_iter().chain(calling).map(location);
        std::iter::once(organization(of)).chain(locations).collect()
    };
    if let Some(one) = object.downcast::<Person>() {
        return within(one.organization, one.location, one.calling.as_ref());
    }
    if let Some(one) = object.downcast::<Workspace>() {
        return within(one.organization, one.location, one.calling.as_ref());
    }
    if let Some(one) = object.downcast::<PhoneNumber>() {
        return within(one.organization, Some(one.location), None);
    }
    if let Some(one) = object.downcast::<License>() {
        let subscription = (kinds::SUBSCRIPTION, one.subscription);
        return vec![organization(one.organization), subscription];
    }
    let of: [fn(&Object) -> Option<Uuid>; 9] = [
        |object| Some(object.downcast::<Subscription>()?.organization),
        |object| Some(object.downcast::<Location>()?.organization),
        |object| Some(object.downcast::<Group>()?.organization),
        |object| Some(object.downcast::<Webhook>()?.organization),
        |object| Some(object.downcast::<Device>()?.organization),
        |object| Some(object.downcast::<ActivationCode>()?.organization),
        |object| Some(object.downcast::<LicenseTemplate>()?.organization),
        |object| Some(object.downcast::<Mail>()?.organization),
        |object| Some(object.downcast::<Agent>()?.organization),
    ];
    let mut of = of.iter().filter_map(|of| of(object));
    of.next().map(organization).into_iter().collect()
}
