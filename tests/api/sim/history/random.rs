//! Undoing everything leads back to the very start, redoing it to the very end.

use hubsim::catalog::ENGINE;
use hubsim::world::{Moment, World, check, snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{edit, import, travel};
use crate::hub::firm::{CALLERS, Firm, NEW, OLD};

/// Something that an administrator, billing or time does.
#[derive(Debug, Clone)]
enum Act {
    Forward(usize, bool),
    Remove(usize),
    Move(usize),
    Create(u8),
    Delete(usize),
    Bill(usize, usize),
    Choose(bool),
    Import(usize),
    Wait(u8),
    Undo(usize),
    Redo(usize),
    Reset,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..3_usize, any::<bool>()).prop_map(|(who, on)| Act::Forward(who, on)),
        2 => (0..3_usize).prop_map(Act::Remove),
        2 => (0..3_usize).prop_map(Act::Move),
        2 => (0..4_u8).prop_map(Act::Create),
        1 => (0..3_usize).prop_map(Act::Delete),
        3 => (0..2_usize, 0..BILLING.len()).prop_map(|(code, what)| Act::Bill(code, what)),
        1 => any::<bool>().prop_map(Act::Choose),
        2 => (1..5_usize).prop_map(Act::Import),
        2 => (1..40_u8).prop_map(Act::Wait),
        2 => (1..3_usize).prop_map(Act::Undo),
        1 => (1..3_usize).prop_map(Act::Redo),
        1 => Just(Act::Reset),
    ]
}

const BILLING: [&str; 6] = [
    "suspend",
    "reactivate",
    "cancel",
    "restore",
    "expire",
    "purge",
];

/// Does it, when it can be done; answers whether it is a defect that it could not.
fn perform(firm: &Firm, act: &Act) {
    let sim = |path: &str, body: &Value| firm.hub.call("POST", &format!("/_sim/v1/{path}"), body);
    let answer = match act {
        Act::Forward(who, on) => {
            let path = format!("/v1/people/{}/features/callForwarding", CALLERS[*who]);
            let always = json!({"enabled": on, "destination": "+14085550199"});
            firm.hub
                .call("PUT", &path, &json!({"callForwarding": {"always": always}}))
        }
        Act::Remove(who) => {
            let body = json!({"licenses": [{"id": OLD, "operation": "remove"}]});
            firm.call(
                "PATCH",
                &format!("/users/{}/licenses", CALLERS[*who]),
                &body,
            )
        }
        Act::Move(who) => {
            let body = json!({"licenses": [
                {"id": OLD, "operation": "remove"}, {"id": NEW, "operation": "add"},
            ]});
            firm.call(
                "PATCH",
                &format!("/users/{}/licenses", CALLERS[*who]),
                &body,
            )
        }
        Act::Create(who) => {
            let body = json!({"emails": [format!("new{who}@firm.example")], "displayName": "New"});
            firm.hub.call("POST", "/v1/people", &body)
        }
        Act::Delete(who) => {
            let path = format!("/v1/people/{}", CALLERS[*who]);
            firm.hub.call("DELETE", &path, &Value::Null)
        }
        Act::Bill(code, what) => {
            let code = ["Sub119911", "Sub121331"][*code];
            sim(
                &format!("subscriptions/{code}/{}", BILLING[*what]),
                &Value::Null,
            )
        }
        Act::Choose(lost) => {
            let choice = if *lost { "lost" } else { "kept" };
            let body = json!({"quirks": {"csv_from_suspended": choice}});
            firm.hub.call("PUT", "/_sim/v1/quirks", &body)
        }
        Act::Import(people) => {
            import(firm, *people);
            sim("tasks/run", &Value::Null)
        }
        Act::Wait(days) => sim("clock/advance", &json!({"by": format!("P{days}D")})),
        Act::Undo(steps) => travel(&firm.hub, &format!("undo?steps={steps}")),
        Act::Redo(steps) => travel(&firm.hub, &format!("redo?steps={steps}")),
        Act::Reset => sim("sandboxes/default/reset?scope=state", &Value::Null),
    };
    assert!(answer.status < 500, "{act:?}: {}", answer.text);
}

/// The world as a document, without what undo leaves alone.
fn written(world: &World) -> Value {
    let document = snapshot::take(world, &ENGINE, Moment(0));
    let mut value = serde_json::to_value(document).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields.remove("revision");
    fields.remove("clock");
    let without_tasks = |list: &mut Value, is_task: fn(&Value) -> bool| {
        list.as_array_mut().unwrap().retain(|one| !is_task(one));
    };
    without_tasks(&mut value["objects"], |one| one[0] == "task");
    without_tasks(&mut value["counters"], |one| one[0] == "task");
    let of_task = |one: &Value| one[1]["kind"].as_str().unwrap().starts_with("task.");
    without_tasks(&mut value["timers"], of_task);
    value
}

/// How often one can go on in a direction.
fn possible(firm: &Firm, field: &str) -> u64 {
    firm.hub.get("/_sim/v1/history").expect(200).json()[field]
        .as_u64()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn undoing_all_gives_the_start_and_redoing_all_the_end(
        acts in proptest::collection::vec(act(), 1..20),
    ) {
        let firm = Firm::start();
        let start = written(&firm.world());
        for act in &acts {
            perform(&firm, act);
        }
        let end = written(&firm.world());
        let steps = possible(&firm, "undoable");
        for _ in 0..steps {
            travel(&firm.hub, "undo").expect(200);
        }
        prop_assert_eq!(&written(&firm.world()), &start);
        prop_assert_eq!(check::check(&firm.world(), ENGINE.checks), Vec::<String>::new());
        if steps > 0 {
            travel(&firm.hub, &format!("redo?steps={steps}")).expect(200);
        }
        prop_assert_eq!(&written(&firm.world()), &end);
        prop_assert_eq!(possible(&firm, "undoable"), steps);
    }
}

#[test]
fn the_start_and_the_end_differ_where_something_was_done() {
    let firm = Firm::start();
    let start = written(&firm.world());
    edit(
        &firm,
        CALLERS[0],
        &json!([{"id": OLD, "operation": "remove"}]),
    );
    assert_ne!(written(&firm.world()), start);
}
