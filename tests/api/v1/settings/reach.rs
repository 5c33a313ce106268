//! Single number reach over HTTP.

use serde_json::{Value, json};

use super::Desk;

const REACH: &str = "/v1/telephony/config/people/{person}/singleNumberReach";

fn mobile() -> Value {
    json!({ "phoneNumber": "+17011558169", "enabled": true, "name": "Mobile" })
}

impl Desk {
    fn reach(&self, id: &str) -> String {
        self.path(&format!("{REACH}/numbers/{id}"))
    }

    fn new_number(&self, body: &Value) -> crate::support::Answer {
        self.hub
            .call("POST", &self.path(&format!("{REACH}/numbers")), body)
    }
}

#[test]
fn another_number_gives_another_id_and_the_put_tells_it() {
    let desk = Desk::open();
    let made = desk.new_number(&mobile()).expect(201).json();
    // The id of the example in Cisco's document.
    let id = "Y2lzY29zcGFyazovL3VzL1NJTkdMRV9OVU1CRVJfUkVBQ0gvS3pFM01ERXhOVFU0TVRZNQ";
    assert_eq!(made["id"], id);
    let mut changed = mobile();
    changed["name"] = json!("Phone");
    let answer = desk
        .hub
        .call("PUT", &desk.reach(id), &changed)
        .expect(200)
        .json();
    assert_eq!(answer, json!({ "id": id }));
    changed["phoneNumber"] = json!("+17011558170");
    changed["answerConfirmationEnabled"] = json!(true);
    let answer = desk
        .hub
        .call("PUT", &desk.reach(id), &changed)
        .expect(200)
        .json();
    let now = desk.read(REACH)["numbers"][0].clone();
    assert_eq!(now["id"], answer["id"]);
    assert_ne!(answer["id"], id);
    for (field, value) in changed.as_object().expect("an object") {
        assert_eq!(&now[field], value, "{field}");
    }
    desk.hub.call("PUT", &desk.reach(id), &changed).expect(404);
    desk.hub
        .call("DELETE", &desk.reach(id), &Value::Null)
        .expect(404);
    let id = answer["id"].as_str().expect("an id");
    desk.hub
        .call("DELETE", &desk.reach(id), &Value::Null)
        .expect(204);
    assert_eq!(desk.read(REACH)["numbers"], json!([]));
}

#[test]
fn it_is_on_while_a_number_is() {
    let desk = Desk::open();
    assert_eq!(desk.read(REACH)["enabled"], false);
    let made = desk.new_number(&mobile()).expect(201).json();
    assert_eq!(desk.read(REACH)["enabled"], true);
    // What follows from the numbers cannot be said.
    let body = json!({ "enabled": false, "alertAllNumbersForClickToDialCallsEnabled": true });
    desk.hub.call("PUT", &desk.path(REACH), &body).expect(204);
    let now = desk.read(REACH);
    assert_eq!(now["enabled"], true);
    assert_eq!(now["alertAllNumbersForClickToDialCallsEnabled"], true);
    let mut off = mobile();
    off["enabled"] = json!(false);
    let path = desk.reach(made["id"].as_str().expect("an id"));
    desk.hub.call("PUT", &path, &off).expect(200);
    assert_eq!(desk.read(REACH)["enabled"], false);
}

#[test]
fn numbers_that_cannot_be_reached_are_refused_and_change_nothing() {
    let desk = Desk::open();
    let made = desk.new_number(&mobile()).expect(201).json();
    let path = desk.reach(made["id"].as_str().expect("an id"));
    let second = json!({ "phoneNumber": "+17011558170", "enabled": true, "name": "Second" });
    desk.new_number(&second).expect(201);
    let before = (desk.read(REACH), desk.hub.revision());
    for (changes, status) in [
        (json!({ "phoneNumber": "+17011558170" }), 409),
        (json!({ "phoneNumber": "my phone" }), 400),
        (json!({ "phoneNumber": "" }), 400),
        (json!({ "phoneNumber": 5 }), 400),
        (json!({ "name": " " }), 400),
        (json!({ "name": "x".repeat(129) }), 400),
        (json!({ "enabled": "yes" }), 400),
    ] {
        let mut body = mobile();
        for (field, value) in changes.as_object().expect("an object") {
            body[field] = value.clone();
        }
        assert_eq!(desk.new_number(&body).status, status, "{body}");
        assert_eq!(desk.hub.call("PUT", &path, &body).status, status, "{body}");
    }
    for field in ["phoneNumber", "enabled", "name"] {
        let mut body = mobile();
        body.as_object_mut().expect("an object").shift_remove(field);
        for answer in [desk.new_number(&body), desk.hub.call("PUT", &path, &body)] {
            let told = answer.expect(400).json();
            let told = &told["errors"][0]["description"];
            assert_eq!(told, &format!("{field} is required."));
        }
    }
    assert_eq!((desk.read(REACH), desk.hub.revision()), before);
}
