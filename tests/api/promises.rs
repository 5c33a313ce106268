//! What must always hold, whatever people do: same requests, same bytes; a snapshot is the world;
//! a failed write is no write.

use hubsim::catalog::ENGINE;
use hubsim::world::{Moment, check, snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub, person_id};

/// Something a caller does.
#[derive(Debug, Clone)]
enum Act {
    Create(u8),
    Rename(u8, u8),
    Delete(u8),
    Forward(u8, bool),
    Remove(u8),
    Assign(u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..6_u8).prop_map(Act::Create),
        (0..6_u8, any::<u8>()).prop_map(|(who, name)| Act::Rename(who, name)),
        (0..6_u8).prop_map(Act::Delete),
        (0..6_u8, any::<bool>()).prop_map(|(who, on)| Act::Forward(who, on)),
        (0..6_u8).prop_map(Act::Remove),
        (0..6_u8, 0..4_u8).prop_map(|(who, extension)| Act::Assign(who, extension)),
    ]
}

/// Person 0 is Ada, the others may or may not exist.
fn email(who: u8) -> String {
    if who == 0 {
        ADA.to_owned()
    } else {
        format!("p{who}@harbour.example")
    }
}

const LICENSE: &str = "Webex Calling VAR Professional [Sub100001]";

fn edit(hub: &Hub, who: u8, item: &Value) -> Answer {
    let path = format!("/_hub/v1/organizations/me/users/{}/licenses", email(who));
    hub.call("PATCH", &path, &json!({"licenses": [item]}))
}

fn perform(hub: &Hub, act: &Act) -> Answer {
    match act {
        Act::Create(who) => {
            let body = json!({"emails": [email(*who)], "displayName": format!("Person {who}")});
            hub.call("POST", "/v1/people", &body)
        }
        Act::Rename(who, name) => {
            let body = json!({"displayName": format!("Name {name}"), "licenses": []});
            hub.call("PUT", &format!("/v1/people/{}", email(*who)), &body)
        }
        Act::Delete(who) => hub.call(
            "DELETE",
            &format!("/v1/people/{}", email(*who)),
            &Value::Null,
        ),
        Act::Forward(who, on) => {
            let always = json!({"enabled": on, "destination": "+14085550199"});
            let path = format!("/v1/people/{}/features/callForwarding", email(*who));
            hub.call("PUT", &path, &json!({"callForwarding": {"always": always}}))
        }
        Act::Remove(who) => edit(hub, *who, &json!({"id": LICENSE, "operation": "remove"})),
        Act::Assign(who, extension) => {
            let ada = hub
                .get(&format!("/v1/people/{ADA}?callingData=true"))
                .json();
            let properties = json!({
                "locationId": ada["locationId"], "extension": format!("30{extension}"),
            });
            edit(hub, *who, &json!({"id": LICENSE, "properties": properties}))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_acts_keep_every_invariant_and_repeat_to_the_byte(
        acts in proptest::collection::vec(act(), 1..25),
    ) {
        let (one, two) = (Hub::start(), Hub::start());
        for act in &acts {
            let before = one.server.app().default.sandbox.read();
            let first = perform(&one, act);
            let after = one.server.app().default.sandbox.read();
            prop_assert!(first.status < 500, "{act:?}: {}", first.text);
            if first.status >= 400 {
                prop_assert_eq!(before.revision, after.revision, "a refused act changes nothing");
            }
            let second = perform(&two, act);
            let plain = |hub: &Hub, answer: &Answer| answer.text.replace(&hub.server.url(), "");
            prop_assert_eq!(plain(&one, &first), plain(&two, &second));
        }
        let world = one.server.app().default.sandbox.read();
        prop_assert_eq!(check::check(&world, ENGINE.checks), Vec::<String>::new());
        let taken = serde_json::to_value(snapshot::take(&world, &ENGINE, Moment(0))).unwrap();
        let document = serde_json::from_value(taken.clone()).unwrap();
        let restored = snapshot::restore(document, &ENGINE, Moment(0)).unwrap();
        let again = serde_json::to_value(snapshot::take(&restored, &ENGINE, Moment(0))).unwrap();
        prop_assert_eq!(taken, again);
    }
}

#[test]
fn a_reader_keeps_the_world_it_looked_at() {
    let hub = Hub::start();
    let sandbox = &hub.server.app().default.sandbox;
    let before = sandbox.read();
    let id = person_id(&hub, "full-admin", ADA);
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    assert_eq!(before.revision + 1, sandbox.read().revision);
    assert!(
        before
            .list::<hubsim::model::Person>()
            .any(|(_, person)| person.email.as_str() == ADA)
    );
}
