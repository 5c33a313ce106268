//! The life of a paid subscription.

use hubsim::model::{Location, Organization, Person};
use hubsim::world::Tx;
use serde_json::{Value, json};

use super::calendar::{Calendar, LIVING};
use crate::hub::firm::{CALLERS, DEE, OLD};
use crate::support::{START, put};

const ANN: &str = CALLERS[0];
const NUMBER: &str = "+13125550100";

/// Proves: SUB-02, SUB-03, SUB-04, DEC-04, DEC-14, DEC-16, DEC-62
#[test]
fn it_waits_for_its_renewal_ends_and_is_purged_thirty_days_later() {
    let calendar = Calendar::begin();
    let firm = &calendar.firm;
    let end = json!({"endDate": Calendar::date(20)});
    calendar.sold(LIVING, &end).expect(200);

    let waiting = calendar.happens(LIVING, "requireAction").expect(200).json();
    assert_eq!(waiting["status"], "pendingAction");
    assert_eq!(waiting["reason"], "renewal");
    calendar.happens(LIVING, "requireAction").expect(409);
    let dee = firm.person(DEE)["id"].as_str().unwrap().to_owned();
    let mill = firm.hub.location("Mill");
    let properties = json!({"locationId": mill, "extension": "300"});
    let add = json!({"licenses": [{"id": OLD, "operation": "add", "properties": properties}]});
    firm.call("PATCH", &format!("/users/{dee}/licenses"), &add)
        .expect(200);
    let room = json!({"displayName": "Lobby", "locationId": mill});
    let room = firm
        .hub
        .call("POST", "/v1/workspaces", &room)
        .expect(201)
        .json();
    let room = format!("/workspaces/{}/licenses", room["id"].as_str().unwrap());
    let properties = json!({"locationId": mill, "extension": "301"});
    let add = json!({"licenses": [{"id": OLD, "operation": "add", "properties": properties}]});
    let refused = firm.call("PATCH", &room, &add).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_002);

    assert_eq!(calendar.until(19), Vec::<String>::new());
    assert_eq!(calendar.until(20), ["20 end"]);
    let ended = calendar.subscription();
    assert_eq!(
        (&ended["status"], &ended["reason"]),
        (&json!("cancelled"), &json!("ended"))
    );
    assert_eq!(ended["numbersReleasedAt"], ended["purgeAt"]);
    firm.forwarding(ANN).expect(403);

    assert_eq!(calendar.until(49), Vec::<String>::new());
    assert_eq!(calendar.until(50), ["50 numbersReleased", "50 purge"]);
    assert_eq!(calendar.status().0, "deleted");
    assert_eq!(
        calendar.lost(ANN, "callForwarding"),
        [(Calendar::date(50), json!(["SUB-04"]))]
    );
    // The other Calling subscription keeps the location and its inventory going.
    assert_eq!(calendar.owner(NUMBER), Some(Value::Null));
    assert_eq!(
        calendar.told(LIVING),
        [
            "A Subscription Was Updated",
            "A Subscription Awaits An Action",
            "A Subscription Was Canceled",
            "A Subscription Was Deleted"
        ]
    );
}

/// Proves: DEC-17, DEC-62
#[test]
fn a_renewal_leads_back_and_adds_a_year_to_the_end() {
    let calendar = Calendar::begin();
    calendar
        .sold(LIVING, &json!({"endDate": Calendar::date(20)}))
        .expect(200);
    calendar.happens(LIVING, "requireAction").expect(200);
    calendar.until(19);
    let renewed = calendar.happens(LIVING, "renew").expect(200).json();
    assert_eq!(renewed["status"], "active");
    assert_eq!(renewed.get("reason"), None);
    assert_eq!(renewed["endDate"], Calendar::date(20 + 365));
    assert_eq!(calendar.until(100), Vec::<String>::new());
}

/// Proves: DEC-03, SUB-02
#[test]
fn a_suspension_returns_to_what_was_before_and_does_not_stop_the_end() {
    let calendar = Calendar::begin();
    calendar
        .sold(LIVING, &json!({"endDate": Calendar::date(20)}))
        .expect(200);
    calendar.happens(LIVING, "requireAction").expect(200);
    calendar.happens(LIVING, "suspend").expect(200);
    calendar.until(5);
    let back = calendar.happens(LIVING, "reactivate").expect(200).json();
    assert_eq!(
        (&back["status"], &back["reason"]),
        (&json!("pendingAction"), &json!("renewal"))
    );
    calendar.happens(LIVING, "suspend").expect(200);
    assert_eq!(calendar.until(20), ["20 end"]);
    assert_eq!(calendar.status().0, "cancelled");
    let restored = calendar.happens(LIVING, "restore").expect(200).json();
    assert_eq!(restored["status"], "suspended");
    assert_eq!(restored["endDate"], Calendar::date(20 + 365));
    let waiting = |subscription: &Value| {
        let shown = (&subscription["status"], &subscription["reason"]);
        assert_eq!(shown, (&json!("pendingAction"), &json!("renewal")));
    };
    waiting(&calendar.happens(LIVING, "reactivate").expect(200).json());
    calendar.happens(LIVING, "cancel").expect(200);
    waiting(&calendar.happens(LIVING, "restore").expect(200).json());
}

/// Proves: SUB-03, SUB-04, DEC-63
#[test]
fn others_can_take_its_numbers_once_they_are_released_and_no_other_subscription_keeps_them() {
    let calendar = Calendar::with(neighbour);
    let hub = &calendar.firm.hub;
    let boss = "user:boss@neighbour.example";
    let locations = hub.send_as(boss, "GET", "/v1/locations", &Value::Null);
    let locations = locations.expect(200).json();
    let wharf = locations["items"][0]["id"].as_str().unwrap();
    let path = format!("/v1/telephony/config/locations/{wharf}/numbers");
    let take = || {
        let body = json!({"phoneNumbers": [NUMBER]});
        hub.send_as(boss, "POST", &path, &body).status
    };
    for code in [LIVING, "Sub121331"] {
        calendar.happens(code, "cancel").expect(200);
    }
    calendar.until(29);
    assert!(take() >= 400, "it is taken until the release");
    let fired = calendar.until(30);
    assert_eq!(fired.len(), 4, "{fired:?}");
    assert_eq!(calendar.owner(NUMBER), None);
    assert_eq!(take(), 201);
}

/// Another organisation with a Calling location.
fn neighbour(tx: &mut Tx) {
    let organization = put::<Organization>(
        tx,
        json!({"name": "Neighbour", "created": START, "country": "US"}),
    );
    put::<Location>(
        tx,
        json!({
            "organization": organization, "name": "Wharf", "timeZone": "America/Chicago",
            "preferredLanguage": "en_us", "announcementLanguage": "en_us",
            "address": {"address1": "1 Wharf", "city": "Chicago", "state": "IL", "country": "US"},
            "calling": {},
        }),
    );
    put::<Person>(
        tx,
        json!({
            "organization": organization, "email": "boss@neighbour.example",
            "displayName": "Bo Ss", "roles": ["id_full_admin"], "created": START,
            "lastModified": START,
        }),
    );
}
