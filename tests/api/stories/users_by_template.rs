//! "Move Calling service from one subscription to another", users with the automatic licence
//! template (A1, A2 and A3, third procedure), in the organisation that hubsim starts with.

use serde_json::{Value, json};

use super::quillhaven::{
    FERGUS, JOAQUIN, NEW, OLD, assert_lost_what_is_named, bill, calling_of, everything, held, lost,
    open, professional,
};
use crate::hub::firm::{Done, Firm};
use crate::support::Answer;

const TEMPLATE: &str = "/licenseTemplate";

/// Users > Licences > Licence assignments > Organisation-based: what stands there, with the
/// existing Calling subscription unchecked and the new one checked.
fn edited(firm: &Firm) -> Value {
    let mut template = firm.get(TEMPLATE).expect(200).json();
    let ids = template["licenses"].as_array().unwrap().clone();
    let shown = |id: &Value| {
        let license = firm
            .hub
            .get(&format!("/v1/licenses/{}", id.as_str().unwrap()));
        license.expect(200).json()
    };
    let mut licenses: Vec<Value> = ids
        .into_iter()
        .filter(|id| {
            !shown(id)["name"]
                .as_str()
                .unwrap()
                .starts_with("Webex Calling")
        })
        .collect();
    licenses.push(json!(professional(NEW)));
    template["licenses"] = json!(licenses);
    template
}

/// Apply scope: existing users, with Preserve licences for existing users as said; Save.
fn save(firm: &Firm, mut template: Value, preserve: bool, acknowledged: bool) -> Answer {
    template["applyScope"] = json!({"futureUsers": true, "existingUsers": true});
    template["preserveLicenses"] = json!(preserve);
    template["acknowledgeDataLoss"] = json!(acknowledged);
    firm.call("PUT", TEMPLATE, &template)
}

fn apply(firm: &Firm, preserve: bool) -> Done {
    let saved = save(firm, edited(firm), preserve, !preserve)
        .expect(202)
        .json();
    let mut done = firm.finish(&saved);
    let id = saved["id"].as_str().unwrap();
    let path = format!("/_hub/v1/organizations/me/tasks/{id}/outcomes?max=1000");
    done.outcomes = firm.hub.pages(&path, "items");
    done
}

fn outcome<'a>(done: &'a Done, email: &str) -> &'a Value {
    let mut outcomes = done.outcomes.iter();
    let found = outcomes.find(|it| it["holder"]["email"] == email);
    found.expect("an outcome of this person")
}

/// Proves: MOVE-11, LOSS-06, TMPL-03
#[test]
fn off_an_active_subscription_everybody_moves_and_keeps_everything() {
    let firm = open();
    // The template is for everybody, also for who is on another Calling subscription: the renewal
    // needs units for them all.
    let units = json!({"licenses": [{"name": "Webex Calling - Professional", "totalUnits": 600}]});
    let path = format!("/_sim/v1/subscriptions/{NEW}");
    firm.hub.call("PATCH", &path, &units).expect(200);
    let (before, old) = (everything(&firm, JOAQUIN), held(&firm, OLD));

    // Unchecking Preserve asks for an acknowledgement before it is saved.
    let refused = save(&firm, edited(&firm), false, false).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_003);

    let done = apply(&firm, false);
    assert_eq!(outcome(&done, JOAQUIN)["action"], "swapped");
    assert_eq!(calling_of(&firm, JOAQUIN), [NEW]);
    assert_eq!(calling_of(&firm, FERGUS), [NEW]);
    assert!(
        old > 0 && held(&firm, OLD) == 0,
        "{} {}",
        held(&firm, OLD),
        done.errors
    );
    assert_eq!(everything(&firm, JOAQUIN), before);

    // When the page is opened again, Existing users is off.
    let shown = firm.get(TEMPLATE).expect(200).json();
    assert_eq!(shown["applyScope"]["existingUsers"], false);
}

/// Proves: MOVE-06, TMPL-18
#[test]
fn whoever_finds_no_unit_keeps_the_old_licence_and_stands_in_the_report() {
    let firm = open();
    let before = held(&firm, OLD);
    let done = apply(&firm, false);
    assert_eq!(done.task["status"], "completedWithErrors");
    let left = held(&firm, OLD);
    assert!(0 < left && left < before, "{left} of {before}");
    let short: Vec<&Value> = done
        .outcomes
        .iter()
        .filter(|it| it["error"]["code"] == 900_001 && it["action"] == "failed")
        .collect();
    let email = short[0]["holder"]["email"].as_str().unwrap();
    assert_eq!(lost(&firm, email), Vec::<String>::new());
    let path = "/_hub/v1/organizations/me/licenses/report?max=1000";
    let report = firm.hub.pages(path, "items");
    assert!(report.iter().any(|it| it["email"] == email), "{email}");
}

/// Proves: MOVE-14, TMPL-05
#[test]
fn with_preserve_left_on_nobody_moves() {
    let firm = open();
    let (before, old) = (everything(&firm, JOAQUIN), held(&firm, OLD));
    let done = apply(&firm, true);
    assert_eq!(outcome(&done, JOAQUIN)["action"], "none");
    assert!(outcome(&done, JOAQUIN)["warnings"].to_string().len() > 2);
    assert_eq!(held(&firm, OLD), old);
    assert_eq!(calling_of(&firm, JOAQUIN), [OLD]);
    assert_eq!(everything(&firm, JOAQUIN), before);
}

/// Proves: MOVE-12, LOSS-01
#[test]
fn off_a_suspended_subscription_everything_that_the_article_warns_of_happens() {
    let firm = open();
    bill(&firm, OLD, "suspend");

    // Whoever asks before is told (a dry run changes nothing).
    let revision = firm.hub.revision();
    let mut template = edited(&firm);
    template["licenses"] = json!([professional(NEW)]);
    template["applyScope"] = json!({"futureUsers": true, "existingUsers": true});
    template["preserveLicenses"] = json!(false);
    template["acknowledgeDataLoss"] = json!(true);
    let path = format!("/_hub/v1/organizations/me{TEMPLATE}");
    let dry = [
        ("Authorization", "Bearer full-admin"),
        ("X-Sim-Dry-Run", "true"),
    ];
    let plan = firm.hub.send("PUT", &path, &dry, &template).expect(200);
    assert!(plan.text.contains("MOVE-12"));
    assert_eq!(firm.hub.revision(), revision);

    // Loss of configuration data, failure to move, and nothing of Calling is preserved.
    let saved = firm.call("PUT", TEMPLATE, &template).expect(202).json();
    let done = firm.finish(&saved);
    assert_eq!(done.task["status"], "completedWithErrors");
    assert_eq!(calling_of(&firm, JOAQUIN), Vec::<String>::new());
    assert_lost_what_is_named(&firm, JOAQUIN);

    // The way out that the articles name: one user at a time with Edit licences, before.
    let undone = firm.hub.call("POST", "/_sim/v1/undo", &Value::Null);
    undone.expect(200);
    let licenses = json!([
        {"id": professional(OLD), "operation": "remove"},
        {"id": professional(NEW), "operation": "add"},
    ]);
    let path = format!("/users/{JOAQUIN}/licenses");
    let moved = firm.call("PATCH", &path, &json!({ "licenses": licenses }));
    assert_eq!(moved.expect(200).json()["lost"], json!([]));
    assert_eq!(calling_of(&firm, JOAQUIN), [NEW]);
}
