//! A small world for tests: one organisation, two locations, four people and a workspace.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::family::{Asked, FamilyRoute, Run, Step, Upload, to_json};
use crate::model::{
    Calling, CallingLocation, Holder, License, Location, Organization, Person, PhoneNumber,
    Subscription, Workspace,
};
use crate::refusal::Refusal;
use crate::world::{Clock, Entity, Moment, Tx, World};

/// The world and whom it is about.
#[derive(Debug)]
pub struct Small {
    /// The draft.
    pub tx: Tx,
    /// A person with Calling, number +13125550101, extension 1001.
    pub anna: Holder,
    /// A person with Calling, extension 1002.
    pub ben: Holder,
    /// A person without Calling.
    pub carl: Holder,
    /// A workspace with Calling, number +13125550103, extension 1003.
    pub room: Holder,
    /// The Calling location of all of them, with six free numbers from +13125550110.
    pub chicago: Uuid,
    /// Another Calling location, with one free number, +13125550201.
    pub austin: Uuid,
    /// The subscription of every licence.
    pub subscription: Uuid,
}

fn entity<T: Entity>(value: Value) -> T {
    serde_json::from_value(value).expect("a document of this kind")
}

fn add<T: Entity>(tx: &mut Tx, value: Value) -> Uuid {
    let id = tx.new_id::<T>();
    tx.put(id, entity::<T>(value)).expect("unique values");
    id
}

/// A fresh world.
#[must_use]
pub fn small() -> Small {
    let clock = Clock::auto(Moment::default(), Moment::default());
    let mut tx = Tx::new(Arc::new(World::new(7, clock)), Moment::default());
    let organization = add::<Organization>(
        &mut tx,
        json!({ "name": "Small Company", "country": "US", "created": Moment::default(),
            "announcements": [{ "id": Uuid::from_u128(11), "fileName": "waltz.wav" }] }),
    );
    let (subscription, license) = bought(&mut tx, organization);
    let chicago = location(&mut tx, organization, "Chicago", "8001");
    let austin = location(&mut tx, organization, "Austin", "8002");
    let main = number(&mut tx, organization, chicago, "+13125550100");
    tx.update(main, |number: &mut PhoneNumber| number.main = true)
        .expect("a main number");
    for last in 110..116 {
        number(&mut tx, organization, chicago, &format!("+13125550{last}"));
    }
    number(&mut tx, organization, austin, "+13125550201");
    let anna = person(&mut tx, organization, "Anna Adams");
    let ben = person(&mut tx, organization, "Ben Brown");
    let carl = person(&mut tx, organization, "Carl Clark");
    let room = workspace(&mut tx, organization, "Lobby");
    let own = calling(chicago, Some("+13125550101"), "1001");
    give(&mut tx, anna, license, own);
    give(&mut tx, ben, license, calling(chicago, None, "1002"));
    let own = calling(chicago, Some("+13125550103"), "1003");
    give(&mut tx, room, license, own);
    Small {
        tx,
        anna,
        ben,
        carl,
        room,
        chicago,
        austin,
        subscription,
    }
}

/// A subscription and its Calling licence.
fn bought(tx: &mut Tx, organization: Uuid) -> (Uuid, Uuid) {
    let now = Moment::default();
    let subscription = add::<Subscription>(
        tx,
        json!({ "code": "Sub1", "organization": organization, "name": "Calling",
            "status": "active", "trial": false, "createdAt": now, "endDate": now }),
    );
    let license = add::<License>(
        tx,
        json!({ "organization": organization, "subscription": subscription, "offer": "BCSTD",
            "totalUnits": 10, "consumedByUsers": 2, "consumedByWorkspaces": 1 }),
    );
    (subscription, license)
}

fn person(tx: &mut Tx, organization: Uuid, name: &str) -> Holder {
    let email = format!("{}@example.com", name.replace(' ', "."));
    let now = Moment::default();
    Holder::Person(add::<Person>(
        tx,
        json!({ "organization": organization, "displayName": name, "email": email,
            "created": now, "lastModified": now }),
    ))
}

fn workspace(tx: &mut Tx, organization: Uuid, name: &str) -> Holder {
    Holder::Workspace(add::<Workspace>(
        tx,
        json!({ "organization": organization, "displayName": name, "type": "notSet",
            "callingType": "webexCalling", "calendarType": "none", "hotdeskingStatus": "off",
            "created": Moment::default() }),
    ))
}

fn location(tx: &mut Tx, organization: Uuid, name: &str, prefix: &str) -> Uuid {
    let main = (name == "Chicago").then_some("+13125550100");
    let calling: CallingLocation = serde_json::from_value(json!({
        "routingPrefix": prefix, "mainNumber": main }))
    .expect("a Calling location");
    add::<Location>(
        tx,
        json!({ "organization": organization, "name": name,
            "timeZone": "America/Chicago", "preferredLanguage": "en_us",
            "announcementLanguage": "en_us", "address": { "country": "US" },
            "calling": calling }),
    )
}

fn number(tx: &mut Tx, organization: Uuid, location: Uuid, text: &str) -> Uuid {
    add::<PhoneNumber>(
        tx,
        json!({ "organization": organization, "location": location,
            "number": text, "active": true }),
    )
}

/// What a holder has through Calling.
#[must_use]
pub fn calling(location: Uuid, number: Option<&str>, extension: &str) -> Calling {
    Calling {
        location,
        number: number.map(|text| text.parse().expect("a number")),
        extension: Some(extension.parse().expect("an extension")),
        alternates: Vec::new(),
    }
}

/// Gives Calling without asking any rule.
fn give(tx: &mut Tx, holder: Holder, license: Uuid, calling: Calling) {
    if let Some(text) = &calling.number {
        let organization = tx.list::<Organization>().next().expect("an organisation").0;
        let id = number(tx, organization, calling.location, text.as_str());
        tx.update(id, |number: &mut PhoneNumber| number.owner = Some(holder))
            .expect("an owner");
    }
    match holder {
        Holder::Person(id) => tx.update(id, |person: &mut Person| {
            person.calling = Some(calling);
            person.licenses.push(license);
        }),
        Holder::Workspace(id) => tx.update(id, |workspace: &mut Workspace| {
            workspace.calling = Some(calling);
            workspace.licenses.push(license);
        }),
    }
    .expect("free extensions");
}

/// Calls a route and reads its answer; a failure leaves no trace.
///
/// # Errors
/// What the route refuses.
pub fn call(
    tx: &mut Tx,
    holder: Holder,
    route: &FamilyRoute,
    items: &[&str],
    body: &Value,
) -> Result<Value, Refusal> {
    let bytes = body.to_string();
    let upload = body.is_null().then_some(Upload {
        file_name: "greeting.wav",
        content_type: "audio/wav",
        bytes: b"RIFF\x04\0\0\0WAVE",
    });
    let asked = Asked {
        body: bytes.as_bytes(),
        items,
        query: &[],
        upload,
        required: route.requires,
        passed_over: None,
    };
    let answer = match route.run {
        Run::Read(read) => Some(read(&Step::new(tx, holder)?, &asked)?),
        Run::List(envelope, list) => {
            let items = list(&Step::new(tx, holder)?, &asked)?;
            Some(to_json(&BTreeMap::from([(envelope, items)]))?)
        }
        Run::Write(write) => tx.attempt(|tx| {
            Step::new(tx, holder)?;
            write(tx, holder, &asked)
        })?,
    };
    let read = |bytes: Vec<u8>| serde_json::from_slice(&bytes).expect("an answer in JSON");
    Ok(answer.map_or(Value::Null, read))
}

/// The paths of a route for a kind of holder.
#[must_use]
pub fn paths(route: &FamilyRoute, holder: Holder) -> &'static [&'static str] {
    match holder {
        Holder::Person(_) => route.paths.person,
        Holder::Workspace(_) => route.paths.workspace,
    }
}
