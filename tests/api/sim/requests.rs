//! `/_sim/v1/requests`

use serde_json::{Value, json};

use crate::support::{ADA, Hub};

mod read_and_write;

fn paths(hub: &Hub, query: &str) -> Vec<String> {
    let body = hub
        .get(&format!("/_sim/v1/requests{query}"))
        .expect(200)
        .json();
    let items = body["items"].as_array().expect("items").iter();
    items
        .map(|item| item["path"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn requests_are_kept_with_who_asked_and_never_with_a_token() {
    let hub = Hub::start();
    hub.get("/v1/people/me?callingData=true").expect(200);
    let answer = hub.get("/_sim/v1/requests").expect(200);
    let body = answer.json();
    let item = &body["items"][0];
    assert_eq!(item["method"], "GET");
    assert_eq!(item["path"], "/v1/people/me");
    assert_eq!(item["query"], "callingData=true");
    assert_eq!(item["status"], 200);
    assert_eq!(item["actor"]["email"], "faye@harbour.example");
    assert!(item["trackingId"].as_str().unwrap().starts_with("ROUTER_"));
    assert_eq!(body["evicted"], 0);
    assert!(!answer.text.contains("full-admin"));
    assert_eq!(
        body["items"].as_array().unwrap().len(),
        1,
        "control calls are not listed"
    );
}

#[test]
fn requests_can_be_filtered_and_forgotten() {
    let hub = Hub::start();
    hub.get("/v1/people/me");
    hub.get("/v1/people");
    hub.get("/v1/nothing/here");
    hub.send_as("read-only-admin", "GET", "/v1/people", &Value::Null);
    hub.call("POST", "/v1/people/me", &json!({}));
    assert_eq!(paths(&hub, "?path=/v1/people").len(), 2);
    assert_eq!(paths(&hub, "?path=/v1/people*").len(), 4);
    assert_eq!(paths(&hub, "?method=post"), ["/v1/people/me"]);
    assert_eq!(paths(&hub, "?status=404"), ["/v1/nothing/here"]);
    assert_eq!(paths(&hub, "?actor=read-only-admin"), ["/v1/people"]);
    assert_eq!(paths(&hub, "?actor=rhea@harbour.example"), ["/v1/people"]);
    assert_eq!(
        paths(&hub, "/unmatched"),
        ["/v1/nothing/here", "/v1/people/me"]
    );
    assert_eq!(paths(&hub, "?operation=listPeople").len(), 2);
    for query in ["status=soon", "method=FETCH", "operation=listPersons"] {
        hub.get(&format!("/_sim/v1/requests?{query}")).expect(400);
    }
    let page = hub
        .get("/_sim/v1/requests?max=2&path=/v1/people*")
        .expect(200);
    assert!(
        page.header("link").contains("start=2"),
        "{}",
        page.header("link")
    );
    hub.call("DELETE", "/_sim/v1/requests", &Value::Null)
        .expect(204);
    assert!(paths(&hub, "").is_empty());
}

/// What `/requests/unmatched` suggests for the only such request: about what, and what instead.
fn suggested(method: &str, path: &str, body: &Value) -> (String, Vec<String>) {
    let hub = Hub::start();
    hub.call(method, path, body);
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    let items = answer["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{answer}");
    assert!(items[0]["cause"].is_string());
    let suggestions = items[0]["suggestions"].as_array().expect("suggestions");
    let text = |one: &Value, name: &str| one[name].as_str().expect("a text").to_owned();
    let about = suggestions.first().map(|one| text(one, "about"));
    let instead = suggestions
        .iter()
        .filter(|one| one.get("instead").is_some());
    let instead = instead.map(|one| text(one, "instead"));
    (about.unwrap_or_default(), instead.collect())
}

#[test]
fn a_path_that_leads_nowhere_comes_with_the_nearest_that_lead_somewhere() {
    for (sent, meant) in [
        ("/v1/poeple", "/v1/people"),
        ("/people/me", "/v1/people/me"),
        ("/v1/v1/people", "/v1/people"),
        ("/v1/People", "/v1/people"),
        (
            "/v1/people/ada/feature/callForwarding",
            "/v1/people/ada/features/callForwarding",
        ),
        (
            "/_hub/v1/organizations/me/user/csv/export",
            "/_hub/v1/organizations/me/users/csv/export",
        ),
    ] {
        let (about, instead) = suggested("GET", sent, &Value::Null);
        assert_eq!(about, "path", "{sent}");
        assert_eq!(
            instead.first().map(String::as_str),
            Some(meant),
            "{sent}: {instead:?}"
        );
    }
    for far in ["/v1/quite/another/thing", "/favicon.ico"] {
        let (_, instead) = suggested("GET", far, &Value::Null);
        assert!(instead.is_empty(), "{far}: {instead:?}");
    }
}

#[test]
fn a_path_without_its_beginning_or_its_end_leads_to_whole_ones() {
    for (sent, meant) in [
        ("/people", "/v1/people"),
        (
            "/_hub/v1/subscriptions",
            "/_hub/v1/organizations/me/subscriptions",
        ),
        (
            "/_hub/tasks/T1/cancel",
            "/_hub/v1/organizations/me/tasks/T1/cancel",
        ),
    ] {
        let (_, instead) = suggested("GET", sent, &Value::Null);
        assert_eq!(
            instead.first().map(String::as_str),
            Some(meant),
            "{sent}: {instead:?}"
        );
    }
    for start in ["/_hub", "/_hub/v1/organizations"] {
        let (_, instead) = suggested("GET", start, &Value::Null);
        assert!(!instead.is_empty(), "{start}");
        let below = |path: &String| path.starts_with("/_hub/v1/organizations/");
        assert!(instead.iter().all(below), "{start}: {instead:?}");
    }
}

#[test]
fn a_wrong_method_a_field_and_a_query_parameter_come_with_what_may_have_been_meant() {
    let (about, instead) = suggested("PATCH", "/v1/people/ada", &json!({}));
    assert_eq!(about, "method");
    assert!(instead.contains(&"PUT".to_owned()), "{instead:?}");
    let export = "/_hub/v1/organizations/me/users/csv/export";
    let (about, instead) = suggested("POST", export, &json!({"includes": ["licenses"]}));
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["include".to_owned()])
    );
}

#[test]
fn a_field_that_webex_ignores_is_listed_with_the_near_one_and_the_answer_stays() {
    let hub = Hub::start();
    let mut body = json!({
        "emails": ["new@harbour.example"], "displayName": "New", "nickNam": "N",
        "phoneNumbers": [{"typ": "work", "type": "work", "value": "+13125550155"}],
    });
    let made = hub.call("POST", "/v1/people", &body).expect(200).json();
    assert_eq!(made["displayName"], "New");
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    assert_eq!(
        answer["items"][0]["suggestions"],
        json!([
            {"about": "field", "sent": "nickNam", "instead": "nickName",
                "operation": "createAPerson"},
            {"about": "field", "sent": "phoneNumbers[0].typ", "instead": "phoneNumbers[0].type",
                "operation": "createAPerson"},
        ])
    );
    let cause = answer["items"][0]["cause"].as_str().expect("a cause");
    assert!(cause.contains("Did you mean nickName?"), "{cause}");
    assert!(!answer.to_string().contains("+13125550155"), "{answer}");
    // Who sends back what they read makes no mistake.
    hub.call("DELETE", "/_sim/v1/requests", &Value::Null);
    let path = format!("/v1/people/{}", made["id"].as_str().expect("an id"));
    body = hub.get(&path).expect(200).json();
    hub.call("PUT", &path, &body).expect(200);
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    assert_eq!(answer["items"], json!([]));
}

#[test]
fn a_missing_field_comes_with_the_near_name_that_stands_in_its_place() {
    let people = json!({"emails": ["new@harbour.example"], "displayname": "New"});
    let (about, instead) = suggested("POST", "/v1/people", &people);
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["displayName".to_owned()])
    );
    let licenses = json!({"email": ADA, "licences": []});
    let (about, instead) = suggested("PATCH", "/v1/licenses/users", &licenses);
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["licenses".to_owned()])
    );
    let settings = json!({"callForwardng": {}});
    let path = "/v1/people/ada@harbour.example/features/callForwarding";
    let (about, instead) = suggested("PUT", path, &settings);
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["callForwarding".to_owned()])
    );
}

/// Strict readers and lenient ones name the same thing: where the field stands.
#[test]
fn a_field_in_a_list_is_named_with_its_path_by_every_reader() {
    let adding = json!({"users": [{"email": "new@harbour.example", "firstname": "New"}]});
    let path = "/_hub/v1/organizations/me/users/manual";
    let (about, instead) = suggested("POST", path, &adding);
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["users[0].firstName".to_owned()])
    );
    let group = json!({"displayName": "Night shift", "members": [{"idd": "x", "id": "x"}]});
    let (about, instead) = suggested("POST", "/v1/groups", &group);
    assert_eq!(
        (about.as_str(), instead),
        ("field", vec!["members[0].id".to_owned()])
    );
}

#[test]
fn hundreds_of_strange_fields_and_parameters_are_named_within_bounds() {
    let hub = Hub::start();
    let strange = (0..500).map(|n| (format!("{n}{}", "x".repeat(300)), n.into()));
    let body = Value::Object(strange.collect());
    let names: Vec<String> = (0..200).map(|n| format!("strange{n}=1")).collect();
    hub.call("POST", &format!("/v1/people?{}", names.join("&")), &body);
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    let item = &answer["items"][0];
    assert_eq!(item["suggestions"].as_array().expect("a list").len(), 16);
    let sent = item["suggestions"][0]["sent"].as_str().expect("a name");
    assert_eq!(sent.chars().count(), 81, "{sent}");
}

#[test]
fn a_query_parameter_that_nobody_reads_is_listed_with_the_near_one() {
    let hub = Hub::start();
    hub.get("/v1/people?emial=ada&orgId=me");
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    assert_eq!(
        answer["items"][0]["suggestions"],
        json!([{"about": "query", "sent": "emial", "instead": "email",
            "operation": "listPeople"}])
    );
    let import = "/_hub/v1/organizations/me/users/csv/import?behaviour=addOnly";
    let refused = hub
        .send_raw("POST", import, "text/csv", b"Email\n")
        .expect(400);
    assert!(
        refused.text.contains("Did you mean behavior by behaviour?"),
        "{}",
        refused.text
    );
    let answer = hub.get("/_sim/v1/requests/unmatched").expect(200).json();
    let suggestion = &answer["items"][1]["suggestions"];
    assert_eq!(suggestion[0]["instead"], "behavior", "{answer}");
    assert_eq!(suggestion[1], Value::Null, "{answer}");
}

#[test]
fn a_method_that_nobody_knows_is_listed_as_it_was_sent() {
    let hub = Hub::start();
    hub.call("PURGE", "/v1/people", &Value::Null).expect(405);
    let listed = hub.get("/_sim/v1/requests?method=OTHER").expect(200).json();
    assert_eq!(listed["items"][0]["method"], "PURGE");
    let long = "M".repeat(500);
    hub.call(&long, "/v1/people", &Value::Null);
    let listed = hub.get("/_sim/v1/requests?method=OTHER").expect(200).json();
    let shown = listed["items"].as_array().expect("items").iter();
    let longest = shown.filter_map(|item| Some(item["method"].as_str()?.chars().count()));
    assert!(longest.max() <= Some(81), "{listed}");
}

#[test]
fn looking_at_pages_is_no_request_of_a_test() {
    let hub = Hub::start();
    hub.send("GET", "/", &[], &Value::Null).expect(200);
    hub.send("GET", "/nowhere", &[], &Value::Null).expect(404);
    assert_eq!(paths(&hub, ""), ["/nowhere"]);
}

#[test]
fn a_secret_in_a_query_is_not_written_down() {
    let hub = Hub::start();
    hub.get("/v1/people/me?access_token=SECRET1&x=shown");
    hub.get("/v1/people/me?Client%5Fsecret=SECRET2");
    hub.get("/v1/people/me?passcode=SECRET3&code_verifier=SECRET4");
    let requests = hub.get("/_sim/v1/requests").expect(200).text;
    assert!(!requests.contains("SECRET"), "{requests}");
    assert!(requests.contains("access_token=***&x=shown"), "{requests}");
}
