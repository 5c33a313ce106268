//! What a holder has through Calling: assigned, listed, wiped.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod numbers;

use serde_json::{Value, json};

use super::numbers::{assign_primary, calling, parse_extension, parse_number};
use super::{CHECK, ROUTES, configure, kept, list, wipe};
use crate::model::person::{ContactKind, ContactNumber};
use crate::model::{
    Calling, Holder, Location, Person, PhoneNumber, Subscription, SubscriptionStatus, WebexId,
    Workspace,
};
use crate::refusal::ErrorKind;
use crate::settings::table::FAMILIES;
use crate::settings::testing::{Small, call, calling as wanted, small};
use crate::settings::tests::samples::sample;
use crate::world::check::check;
use crate::world::diff;

fn checks(small: &Small) -> Vec<String> {
    check(&small.tx, &[CHECK, crate::settings::CHECK])
}

/// Every family set, two alternate numbers, and memberships in lists of others.
fn full() -> Small {
    let mut small = small();
    let anna = small.anna;
    for def in FAMILIES {
        let body = sample(def.key, &small).to_string();
        (def.configure.unwrap())(&mut small.tx, anna, body.as_bytes()).unwrap();
    }
    let body = json!({ "phoneNumbers": [
        { "action": "ADD", "external": "+13125550110", "extension": "2001" },
        { "action": "ADD", "directNumber": "3125550111", "ringPattern": "LONG_LONG" }] });
    call(&mut small.tx, anna, &ROUTES[0], &[], &body).unwrap();
    for (key, body) in naming(&[anna.webex_id(), small.room.webex_id()]) {
        let def = crate::settings::table::family(key).unwrap();
        let body = body.to_string();
        (def.configure.unwrap())(&mut small.tx, small.ben, body.as_bytes()).unwrap();
    }
    assert_eq!(checks(&small), Vec::<String>::new());
    small
}

/// The families that name others, each with a body that names these.
fn naming(ids: &[String]) -> Vec<(&'static str, Value)> {
    let line = |(place, id): (usize, &String)| {
        json!({ "id": id, "port": place + 2, "primaryOwner": false, "lineWeight": 1,
            "lineType": "SHARED_CALL_APPEARANCE" })
    };
    let lines: Vec<Value> = ids.iter().enumerate().map(line).collect();
    vec![
        ("monitoring", json!({ "monitoredElements": ids })),
        ("privacy", json!({ "monitoringAgents": ids })),
        ("pushToTalk", json!({ "members": ids })),
        (
            "reception",
            json!({ "receptionEnabled": true, "monitoredMembers": ids }),
        ),
        ("sharedLines", json!({ "members": lines })),
        ("hotDeskingMembers", json!({ "members": lines })),
        (
            "emergencyCallbackNumber",
            json!({ "selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": ids[0] }),
        ),
    ]
}

/// LOSS-01 and LOSS-03: everything goes, is named, and the numbers are free again.
#[test]
fn a_wipe_leaves_nothing_and_names_everything() {
    let mut small = full();
    let (anna, ben) = (small.anna, small.ben);
    let foretold = list(&small.tx, anna);
    let kept_before = kept(&small.tx, anna);
    let wiped = wipe(&mut small.tx, anna);
    assert_eq!(wiped.lost, foretold);
    assert_eq!(
        wiped.freed_numbers,
        ["+13125550101", "+13125550110", "+13125550111"]
    );
    assert_eq!(calling(&small.tx, anna), None);
    for def in FAMILIES {
        assert!(
            small.tx.object((def.kind.kind, anna.id())).is_none(),
            "{}",
            def.key
        );
        let named = wiped
            .lost
            .iter()
            .any(|l| l.holder == anna.id() && l.family == def.key);
        assert!(named, "{} is not named", def.key);
        assert!(kept_before.contains(&def.key), "{} was not kept", def.key);
    }
    assert!(kept_before.contains(&"numbers") && kept_before.contains(&"extension"));
    for (key, _) in naming(&[anna.webex_id()]) {
        let of_ben: Vec<_> = wiped
            .lost
            .iter()
            .filter(|l| l.holder == ben.id() && l.family == key)
            .collect();
        assert_eq!(of_ben.len(), 1, "{key}");
        let named = of_ben[0].bystander.as_ref().unwrap();
        assert_eq!((&*named.kind, &named.id), ("person", &ben.webex_id()));
        assert_eq!(of_ben[0].before, json!(anna.webex_id()));
    }
    for number in &wiped.freed_numbers {
        let (_, number) = PhoneNumber::find(&small.tx, number).unwrap();
        assert!(number.is_available() && !number.alternate, "{number:?}");
        assert_eq!(number.location, small.chicago);
    }
    assert!(
        wiped
            .lost
            .iter()
            .all(|lost| lost.rule == "LOSS-01" && !lost.reversible)
    );
    assert_eq!(list(&small.tx, anna), []);
    assert_eq!(checks(&small), Vec::<String>::new());
}

#[test]
fn a_loss_names_family_field_before_and_after() {
    let small = full();
    let lost = list(&small.tx, small.anna);
    let find = |family: &str, field: &str| {
        let found = lost
            .iter()
            .find(|l| l.family == family && l.field.as_deref() == Some(field));
        let found = found.unwrap_or_else(|| panic!("{family}.{field} in {lost:#?}"));
        (found.before.clone(), found.after.clone())
    };
    assert_eq!(
        find("voicemail", "sendUnansweredCalls.numberOfRings"),
        (json!(7), json!(3))
    );
    assert_eq!(
        find("callForwarding", "callForwarding.always.destination"),
        (json!("1002"), json!(""))
    );
    assert_eq!(
        find(
            "outgoingPermission",
            "callingPermissions.INTERNATIONAL.action"
        ),
        (json!("AUTH_CODE"), json!("BLOCK"))
    );
    assert_eq!(
        find("numbers", "primary"),
        (json!("+13125550101"), Value::Null)
    );
    assert_eq!(find("extension", "extension"), (json!("1001"), Value::Null));
    let location = WebexId::Location.encode(small.chicago);
    assert_eq!(
        find("location", "locationId"),
        (json!(location), Value::Null)
    );
    assert_eq!(
        find("schedules", "schedules.Office hours").0["type"],
        "businessHours"
    );
    assert_eq!(
        find("accessCodes", "accessCodes.4856").0["description"],
        "Marketing"
    );
    let secret: Vec<_> = lost
        .iter()
        .filter(|l| l.family == "voicemailPasscode")
        .collect();
    assert_eq!(secret.len(), 1);
    assert_eq!(
        (&secret[0].before, &secret[0].after),
        (&json!("set"), &json!("unset"))
    );
    assert_eq!(secret[0].field, None);
}

#[test]
fn the_dearest_is_listed_first_and_what_others_lose_last() {
    let small = full();
    let lost = list(&small.tx, small.anna);
    let order: Vec<&str> = lost.iter().map(|l| l.family.as_str()).collect();
    let first = |family: &str| order.iter().position(|known| *known == family).unwrap();
    let dearest = [
        "voicemail",
        "voicemailPasscode",
        "numbers",
        "extension",
        "callForwarding",
    ];
    assert!(
        dearest.is_sorted_by_key(|family| first(family)),
        "{order:?}"
    );
    let others = lost.iter().skip_while(|l| l.bystander.is_none());
    assert!(
        others.into_iter().all(|l| l.bystander.is_some()),
        "bystanders come last"
    );
}

/// LOSS-04: the rest of the person stays, but for a work number that was the Calling number.
#[test]
fn a_wipe_leaves_the_rest_of_the_person_alone() {
    let mut small = full();
    let anna = small.anna;
    let number = |kind, value: &str| ContactNumber::new(kind, value.to_owned());
    small
        .tx
        .update(anna.id(), |person: &mut Person| {
            person.contact_numbers = vec![
                number(ContactKind::Work, "+13125550101"),
                number(ContactKind::Mobile, "+4915112345678"),
            ];
        })
        .unwrap();
    let mut before = small.tx.get::<Person>(anna.id()).cloned().unwrap();
    wipe(&mut small.tx, anna);
    before.calling = None;
    before.contact_numbers.remove(0);
    assert_eq!(small.tx.get::<Person>(anna.id()), Some(&before));
}

/// SUB-03: the purge of a cancelled subscription must be able to wipe its holders.
#[test]
fn a_cancelled_subscription_does_not_protect_from_a_wipe() {
    let mut small = full();
    small
        .tx
        .update(small.subscription, |subscription: &mut Subscription| {
            subscription.status = SubscriptionStatus::Cancelled;
        })
        .unwrap();
    let anna = small.anna;
    assert!(!wipe(&mut small.tx, anna).lost.is_empty());
    assert_eq!(list(&small.tx, anna), []);
    assert_eq!(checks(&small), Vec::<String>::new());
}

#[test]
fn a_holder_without_calling_has_nothing_to_lose() {
    let mut small = small();
    let carl = small.carl;
    let before = small.tx.len();
    let wiped = wipe(&mut small.tx, carl);
    assert!(wiped.lost.is_empty() && wiped.freed_numbers.is_empty());
    assert_eq!(small.tx.len(), before);
    assert!(kept(&small.tx, carl).is_empty());
}

#[test]
fn a_workspace_is_wiped_like_a_person() {
    let mut small = small();
    let room = small.room;
    let wiped = wipe(&mut small.tx, room);
    assert_eq!(wiped.freed_numbers, ["+13125550103"]);
    assert_eq!(small.tx.get::<Workspace>(room.id()).unwrap().calling, None);
    assert_eq!(checks(&small), Vec::<String>::new());
}

#[test]
fn the_checks_see_what_does_not_agree() {
    let mut small = full();
    let anna = small.anna;
    let set = |person: &mut Person| person.calling = None;
    let base = std::sync::Arc::new(crate::world::World::clone(&small.tx));
    small.tx.update(anna.id(), set).unwrap();
    assert!(checks(&small).len() > FAMILIES.len());
    let changes = diff::changes(&base, &small.tx);
    assert!(!(CHECK.on_change)(&small.tx, &changes).is_empty());
    let left = (crate::settings::CHECK.on_change)(&small.tx, &changes);
    assert_eq!(left.len(), FAMILIES.len());
}

#[test]
fn a_scenario_sets_families_by_name_and_numbers_too() {
    let mut small = small();
    let ben = small.ben;
    let mut set = |family: &str, body: Value| {
        configure(&mut small.tx, ben, family, body.to_string().as_bytes())
    };
    set("callWaiting", json!({ "enabled": false })).unwrap();
    let numbers = json!({ "enableDistinctiveRingPattern": false, "phoneNumbers": [
        { "action": "ADD", "directNumber": "+13125550112", "ringPattern": "LONG_LONG" }] });
    set("numbers", numbers).unwrap();
    assert_eq!(
        set("nothing", json!({})).unwrap_err().kind,
        ErrorKind::NotFound
    );
    assert_eq!(
        kept(&small.tx, ben),
        ["numbers", "extension", "callWaiting"]
    );
    assert_eq!(checks(&small), Vec::<String>::new());
}
