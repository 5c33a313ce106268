//! `/` and `/docs`

use hubsim::options::{AuthMode, Options};
use serde_json::{Value, json};

use crate::support::{ADA, Hub};

fn page(hub: &Hub, path: &str) -> crate::support::Answer {
    hub.send("GET", path, &[], &Value::Null).expect(200)
}

/// Everything that a page loads by itself.
fn loaded(text: &str) -> Vec<&str> {
    let attributes = text.split(['<', '>']).filter(|tag| {
        ["link ", "script ", "img "]
            .iter()
            .any(|start| tag.starts_with(start))
    });
    attributes
        .filter_map(|tag| {
            let (_, rest) = tag
                .split_once("src=\"")
                .or_else(|| tag.split_once("href=\""))?;
            rest.split('"').next()
        })
        .collect()
}

#[test]
fn the_landing_page_shows_what_runs_and_how_to_reach_it() {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "mine"}))
        .expect(201);
    let answer = page(&hub, "/");
    assert!(answer.header("content-type").starts_with("text/html"));
    let url = hub.server.url();
    for text in [
        format!("{url}/v1"),
        format!("{url}/_hub/v1"),
        "Harbour Light".to_owned(),
        "full-admin".to_owned(),
        "/_sandbox/mine/".to_owned(),
        "/docs".to_owned(),
    ] {
        assert!(answer.text.contains(&text), "{text}");
    }
    let other = page(&hub, "/_sandbox/mine/");
    assert!(other.text.contains("full-admin.mine"));
    assert!(other.text.contains(&format!("{url}/_sandbox/mine/v1")));
}

#[test]
fn names_of_organisations_cannot_become_markup() {
    let hub = Hub::start();
    let world = hub.server.app().default.sandbox.read();
    let mut organizations = world.list::<hubsim::model::Organization>();
    let (id, organization) = organizations.next().expect("one");
    let mut named = organization.clone();
    named.name = "<script>alert(1)</script>".to_owned();
    let tenant = &hub.server.app().default;
    let context = tenant.own_context("test", hubsim::world::Moment(0));
    tenant
        .sandbox
        .write(&context, |tx| tx.put(id, named))
        .expect("a change");
    assert!(!page(&hub, "/").text.contains("<script>"));
}

#[test]
fn names_of_those_who_lost_something_cannot_become_markup() {
    let hub = Hub::start();
    let id = crate::support::person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{id}?callingData=true");
    let mut person = hub.get(&path).expect(200).json();
    person["displayName"] = "\"><img src=x onerror=alert(1)><script>alert(2)</script>".into();
    hub.call("PUT", &path, &person).expect(200);
    let always = json!({"enabled": true, "destination": "+14085550199"});
    let forwarding = format!("/v1/people/{id}/features/callForwarding");
    let body = json!({"callForwarding": {"always": always}});
    hub.call("PUT", &forwarding, &body).expect(204);
    let licenses = format!("/_hub/v1/organizations/me/users/{id}/licenses");
    let license = "Webex Calling VAR Professional [Sub100001]";
    let body = json!({"licenses": [{"id": license, "operation": "remove"}]});
    hub.call("PATCH", &licenses, &body).expect(200);
    for path in ["/", "/live"] {
        let text = page(&hub, path).text;
        assert!(!text.contains("Nothing has been lost."), "{path}");
        assert!(text.contains("&#60;img src=x"), "{path}");
        assert!(!text.contains("<img src=x"), "{path}");
        assert!(!text.contains("<script>alert"), "{path}");
    }
}

#[test]
fn the_page_shows_subscriptions_with_their_units_and_what_was_lost() {
    let hub = Hub::start();
    for path in ["/", "/live"] {
        let text = page(&hub, path).text;
        assert!(
            text.contains("Sub100001") && text.contains("1 of 10"),
            "{path}"
        );
        assert!(text.contains("Nothing has been lost."), "{path}");
    }
    hub.call(
        "POST",
        "/_sim/v1/subscriptions/Sub100001/suspend",
        &Value::Null,
    )
    .expect(200);
    let id = crate::support::person_id(&hub, "full-admin", ADA);
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    let text = page(&hub, "/live").text;
    assert!(text.contains("data-status=\"suspended\"") && text.contains("0 of 10"));
    assert!(text.contains("Reactivate Sub100001"));
}

#[test]
fn a_task_that_was_undone_says_so_and_has_lost_nothing() {
    let hub = Hub::start();
    let header = "User ID/Email (Required),Webex Calling VAR Professional [Sub100001]";
    let file = format!("{header}\n{ADA},FALSE\n");
    let path = "/_hub/v1/organizations/me/users/csv/import?behavior=addAndRemove";
    hub.upload(path, "text/csv", file).expect(202);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let shown = page(&hub, "/").text;
    assert!(shown.contains("values lost") && !shown.contains(", undone"));
    for (travel, is_undone) in [("undo", true), ("redo", false)] {
        hub.call("POST", &format!("/_sim/v1/{travel}"), &Value::Null)
            .expect(200);
        let shown = page(&hub, "/").text;
        assert_eq!(shown.contains("completed, undone"), is_undone, "{travel}");
        assert_eq!(!shown.contains("values lost"), is_undone, "{travel}");
    }
}

#[test]
fn pages_load_nothing_from_elsewhere_and_say_so() {
    let hub = Hub::start();
    for path in ["/", "/docs"] {
        let answer = page(&hub, path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("http") && policy.contains("frame-ancestors 'none'"));
        assert!(!answer.text.contains("<style") && !answer.text.contains(" style="));
        assert!(!answer.text.contains("<script>") && !answer.text.contains(" onclick="));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let parts = loaded(&answer.text);
        assert!(!parts.is_empty());
        for part in parts {
            assert!(part.starts_with('/'), "{part}");
            let file = page(&hub, part);
            assert!(
                !file.text.is_empty() && !file.header("content-type").is_empty(),
                "{part}"
            );
        }
    }
}

#[test]
fn the_documents_page_names_the_three_documents() {
    let hub = Hub::start();
    let text = page(&hub, "/docs/").text;
    for name in ["webex", "hub", "sim"] {
        assert!(
            text.contains(&format!("/_sim/v1/openapi/{name}.json")),
            "{name}"
        );
    }
    let prefixed = page(&hub, "/_sandbox/default/docs").text;
    assert!(prefixed.contains("/_sandbox/default/_sim/v1/openapi/webex.json"));
    hub.send("GET", "/docs/passwords.txt", &[], &Value::Null)
        .expect(404);
    hub.send("GET", "/assets/..%2f..%2fCargo.toml", &[], &Value::Null)
        .expect(404);
}

#[test]
fn strangers_see_no_tokens_and_no_sandboxes() {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("secret".to_owned());
    let hub = Hub::start_with(options);
    let text = page(&hub, "/").text;
    assert!(!text.contains("full-admin") && !text.contains("Harbour Light"));
    page(&hub, "/_sim/v1/openapi/webex.json");
    hub.send("GET", "/live", &[], &Value::Null).expect(401);
    let read_only = hub.send_as("read-only-admin", "GET", "/live", &Value::Null);
    assert_eq!(read_only.status, 403);
    let opened = hub.get("/live").expect(200);
    assert!(opened.text.contains("Harbour Light"));
}

#[test]
fn a_page_may_be_linked_to_but_not_reached_under_a_foreign_name() {
    let hub = Hub::start();
    let linked = [("sec-fetch-site", "cross-site")];
    hub.send("GET", "/", &linked, &Value::Null).expect(200);
    let foreign = [("host", "evil.example")];
    hub.send("GET", "/", &foreign, &Value::Null).expect(403);
}
