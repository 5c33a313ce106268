//! PATCH of users, and of groups as far as both work alike.

use serde_json::{Value, json};

use super::{ERROR, base, grace, patch, text, uuid_of};
use crate::support::{ADA, Hub};

/// A table of the file beside this one: `changes` has an operation on Grace, where to look and what
/// stands there; `refused` an operation, the `scimType` and a word of the description.
fn table(name: &str) -> Vec<Value> {
    let tables: Value = serde_json::from_str(include_str!("patching.json")).expect("tables");
    tables[name].as_array().expect("rows").clone()
}

#[test]
fn each_operation_changes_what_its_path_names_and_nothing_else() {
    for row in table("changes") {
        let (operation, pointer, wanted) = (&row[0], text(&row[1]), row[2].clone());
        let hub = Hub::start();
        let before = grace(&hub);
        let path = format!("{}/{}", base(&hub), text(&before["id"]));
        let after = hub
            .call("PATCH", &path, &patch(json!([operation])))
            .expect(200)
            .json();
        let found = after.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(found, wanted, "{operation}");
        assert_eq!(hub.get(&path).expect(200).json(), after, "{operation}");
        assert_eq!(after["id"], before["id"]);
        if pointer != "/externalId" {
            assert_eq!(after["externalId"], before["externalId"], "{operation}");
        }
    }
}

#[test]
fn operations_follow_one_another_and_the_version_follows_them() {
    let hub = Hub::start();
    let before = grace(&hub);
    let path = format!("{}/{}", base(&hub), text(&before["id"]));
    let operations = json!([
        {"op": "add", "path": "phoneNumbers", "value": [{"type": "mobile", "value": "1"}]},
        {"op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "2"},
        {"op": "remove", "path": "phoneNumbers[value eq \"400 123 1234\"]"},
    ]);
    let after = hub
        .call("PATCH", &path, &patch(operations))
        .expect(200)
        .json();
    assert_eq!(
        after["phoneNumbers"],
        json!([{"type": "mobile", "value": "2"}])
    );
    assert_ne!(after["meta"]["version"], before["meta"]["version"]);
    assert_eq!(after["meta"]["created"], before["meta"]["created"]);
    let revision = hub.revision();
    let same = json!([{"op": "replace", "path": "title", "value": "Admiral"}]);
    hub.call("PATCH", &path, &patch(same)).expect(200);
    assert_eq!(hub.revision(), revision, "what changes nothing is no write");
}

#[test]
fn a_patch_leaves_licences_settings_and_numbers_of_a_person_alone() {
    let hub = Hub::start();
    let person = format!("/v1/people/{}?callingData=true", uuid_of(&hub, ADA));
    let before = hub.get(&person).expect(200).json();
    let path = format!("{}/{}", base(&hub), uuid_of(&hub, ADA));
    let title = json!([{"op": "add", "path": "title", "value": "Countess"}]);
    hub.call("PATCH", &path, &patch(title)).expect(200);
    let mut after = hub.get(&person).expect(200).json();
    assert_eq!(after["title"], "Countess");
    after.as_object_mut().expect("an object").remove("title");
    assert_eq!(after, before);
}

#[test]
fn what_cannot_be_done_is_refused_in_the_words_of_scim_and_nothing_changes() {
    let hub = Hub::start();
    let path = format!("{}/{}", base(&hub), text(&grace(&hub)["id"]));
    let before = hub.revision();
    let first = json!({"op": "replace", "path": "title", "value": "Done before"});
    for row in table("refused") {
        let (operation, kind, word) = (&row[0], text(&row[1]), text(&row[2]));
        let body = patch(json!([first, operation]));
        let error = hub.call("PATCH", &path, &body).expect(400).json();
        assert_eq!(error["schemas"], json!([ERROR]), "{operation}");
        assert_eq!(error["scimType"], kind, "{operation}: {error}");
        assert!(
            text(&error["detail"]).contains(word),
            "{operation}: {error}"
        );
    }
    let others = [
        (json!({"Operations": []}), "schemas"),
        (
            json!({"schemas": [], "Operations": []}),
            "schemas must contain",
        ),
        (patch(json!([])), "1 to 100"),
        (patch(Value::Array(vec![first; 101])), "1 to 100"),
        (patch(json!("x")), "Operations"),
    ];
    for (body, word) in others {
        let error = hub.call("PATCH", &path, &body).expect(400).json();
        assert!(text(&error["detail"]).contains(word), "{error}");
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn text_that_is_no_json_is_named_so() {
    let hub = Hub::start();
    let path = format!("{}/{}", base(&hub), uuid_of(&hub, ADA));
    let refused = hub.send_raw("PATCH", &path, "application/json", b"{\"schemas\":");
    assert_eq!(refused.expect(400).json()["scimType"], "invalidSyntax");
}

#[test]
fn who_makes_no_administrators_does_not_touch_them() {
    let hub = Hub::start();
    let path = format!("{}/{}", base(&hub), text(&grace(&hub)["id"]));
    let before = hub.revision();
    for (method, body) in [
        (
            "PATCH",
            patch(json!([{"op": "add", "path": "roles", "value": "id_user_admin"}])),
        ),
        (
            "PATCH",
            patch(json!([{"op": "replace", "path": "userName", "value": "x@harbour.example"}])),
        ),
        ("DELETE", Value::Null),
    ] {
        hub.send_as("user-admin", method, &path, &body).expect(403);
    }
    assert_eq!(hub.revision(), before);
    let title = patch(json!([{"op": "replace", "path": "title", "value": "x"}]));
    hub.send_as("user-admin", "PATCH", &path, &title)
        .expect(200);
}
