//! `/_sim/v1/outbox` and what people do with the mails in it.

use serde_json::{Value, json};

use crate::support::{ADA, Hub};

const ACCEPT: &str = "/_sim/v1/simulate/acceptInvitation";

fn create(hub: &Hub, email: &str) -> String {
    let person = json!({"emails": [email], "displayName": "New"});
    let made = hub.call("POST", "/v1/people", &person).expect(200).json();
    made["id"].as_str().unwrap().to_owned()
}

fn mails(hub: &Hub, query: &str) -> Value {
    hub.get(&format!("/_sim/v1/outbox{query}"))
        .expect(200)
        .json()
}

fn status(hub: &Hub, id: &str) -> Value {
    hub.get(&format!("/v1/people/{id}")).expect(200).json()["invitePending"].clone()
}

/// Proves: ADD-08
#[test]
fn the_link_of_a_welcome_mail_leads_to_the_first_sign_in() {
    let hub = Hub::start();
    let id = create(&hub, "new@harbour.example");
    let mail = mails(&hub, "?to=NEW@harbour.example")["items"][0].clone();
    assert_eq!(
        (&mail["kind"], &mail["personId"]),
        (&json!("welcome"), &json!(id))
    );
    assert!(mail["subject"].as_str().unwrap().contains("Harbour Light"));
    let link = mail["invitationLink"].as_str().unwrap();
    assert!(mail["text"].as_str().unwrap().contains(link));
    assert_eq!(status(&hub, &id), true);
    let path = link
        .strip_prefix(&hub.server.url())
        .expect("a link of this server");
    let done = hub.call("POST", path, &Value::Null).expect(200).json();
    assert_eq!(done["status"], "Active");
    assert_eq!(status(&hub, &id), false);
    assert!(
        hub.call("POST", path, &Value::Null)
            .expect(409)
            .text
            .contains("signed in already")
    );
}

#[test]
fn an_invitation_is_accepted_by_link_by_address_or_by_id() {
    let hub = Hub::start();
    let [a, b, c] = ["a", "b", "c"].map(|name| create(&hub, &format!("{name}@harbour.example")));
    let link = mails(&hub, "?to=a@harbour.example")["items"][0]["invitationLink"].clone();
    for (id, body) in [
        (&a, json!({"link": link})),
        (&b, json!({"email": "b@harbour.example"})),
        (&c, json!({"personId": c})),
    ] {
        hub.call("POST", ACCEPT, &body).expect(200);
        assert_eq!(status(&hub, id), false, "{body}");
    }
}

#[test]
fn an_invitation_that_cannot_be_accepted_says_why_and_changes_nothing() {
    let hub = Hub::start();
    create(&hub, "new@harbour.example");
    let before = hub.revision();
    for (body, status, part) in [
        (json!({}), 400, "Exactly one"),
        (json!({"email": ADA, "personId": "x"}), 400, "Exactly one"),
        (
            json!({"link": "http://x/?invitation=1", "email": ADA}),
            400,
            "leave",
        ),
        (json!({"link": "http://x/?invitation=1"}), 404, "Invitation"),
        (
            json!({"link": "6f1c86a4-0000-0000-0000-000000000000"}),
            404,
            "Invitation",
        ),
        (json!({"email": "nobody@harbour.example"}), 404, "nobody"),
        (json!({"email": ADA}), 409, "No invitation"),
        (json!({"mail": ADA}), 400, "mail"),
    ] {
        let refused = hub.call("POST", ACCEPT, &body).expect(status);
        assert!(refused.text.contains(part), "{body}: {}", refused.text);
    }
    let link = json!({"link": "x"});
    hub.call("POST", "/_sim/v1/simulate/signIn", &link)
        .expect(400);
    assert_eq!(hub.revision(), before);
    assert!(
        hub.get("/_sim/v1/outbox?kind=welcom")
            .expect(400)
            .text
            .contains("welcome")
    );
    hub.get("/_sim/v1/outbox?too=x").expect(400);
}

#[test]
fn the_outbox_keeps_the_newest_mails_and_says_how_many_went() {
    let hub = Hub::start();
    let header = "User ID/Email (Required)\n";
    let rows = (0..1003).map(|n| format!("p{n:04}@harbour.example\n"));
    let file = header.to_owned() + &rows.collect::<String>();
    let import = "/_hub/v1/organizations/me/users/csv/import?behavior=addOnly";
    hub.upload(import, "text/csv", file).expect(202);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let all = mails(&hub, "");
    assert_eq!(all["evicted"], 3);
    assert_eq!(all["items"].as_array().unwrap().len(), 1000);
    assert_eq!(all["items"][0]["to"], "p0003@harbour.example");
    assert_eq!(all["items"][999]["to"], "p1002@harbour.example");
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    assert_eq!(mails(&hub, ""), json!({"items": [], "evicted": 0}));
}

#[test]
fn mails_outlive_whom_they_were_about_also_in_a_document() {
    let hub = Hub::start();
    let id = create(&hub, "gone@harbour.example");
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    let mail = mails(&hub, "")["items"][0].clone();
    let link = mail["invitationLink"].as_str().unwrap().to_owned();
    let path = link.strip_prefix(&hub.server.url()).unwrap();
    hub.call("POST", path, &Value::Null).expect(404);
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "gone"}))
        .expect(201);
    let document = hub.get("/_sim/v1/snapshots/gone").expect(200).json();
    let other = Hub::start();
    other
        .call("POST", "/_sim/v1/snapshots", &document)
        .expect(201);
    other
        .call("POST", "/_sim/v1/snapshots/gone/load", &Value::Null)
        .expect(200);
    assert_eq!(mails(&other, "")["items"][0]["id"], mail["id"]);
}

#[test]
fn scenarios_and_snapshots_carry_no_more_than_what_was_sent() {
    let hub = Hub::with_scenario("demo");
    assert_eq!(mails(&hub, "")["items"], json!([]));
    create(&hub, "new@quillhaven.example");
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "sent"}))
        .expect(201);
    let sent = mails(&hub, "");
    hub.call(
        "POST",
        "/_sim/v1/sandboxes/default/reset?scope=state",
        &Value::Null,
    )
    .expect(200);
    assert_eq!(mails(&hub, "")["items"], json!([]));
    hub.call("POST", "/_sim/v1/snapshots/sent/load", &Value::Null)
        .expect(200);
    assert_eq!(mails(&hub, ""), sent);
}

#[test]
fn the_link_of_a_named_sandbox_leads_there_whoever_follows_it() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mails"}))
        .expect(201);
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.send_as("full-admin.mails", "POST", "/v1/people", &person)
        .expect(200);
    let in_header = [("x-sim-sandbox", "mails")];
    let read = hub.send("GET", "/_sim/v1/outbox", &in_header, &Value::Null);
    let prefixed = hub.get("/_sandbox/mails/_sim/v1/outbox").expect(200).json();
    let mail = read.expect(200).json()["items"][0].clone();
    assert_eq!(
        mail["invitationLink"],
        prefixed["items"][0]["invitationLink"]
    );
    let link = mail["invitationLink"].as_str().unwrap();
    assert!(mail["text"].as_str().unwrap().contains(link));
    let path = link.strip_prefix(&hub.server.url()).expect("this server");
    let done = hub.send("POST", path, &[], &Value::Null).expect(200).json();
    assert_eq!(done["status"], "Active");
}
