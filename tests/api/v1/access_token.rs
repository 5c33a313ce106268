//! `/v1/authorize` and `/v1/access_token`.

mod selectors;

use hubsim::options::{AuthMode, Options};
use hubsim::world::World;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

const TARGET: &str = "https%3A%2F%2Fclient.example%2Fback";

/// A code, as the redirection carries it.
fn code(hub: &Hub, more: &str) -> String {
    let path = format!(
        "/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}&state=s%201{more}"
    );
    let answer = hub.send("GET", &path, &[], &Value::Null).expect(302);
    let rest = answer
        .header("location")
        .strip_prefix("https://client.example/back?code=");
    let (code, state) = rest.expect("the address").split_once('&').expect("a state");
    assert_eq!(state, "state=s+1");
    code.to_owned()
}

fn exchange(code: &str, more: &str) -> String {
    format!(
        "grant_type=authorization_code&client_id=me&client_secret=x&code={code}\
         &redirect_uri={TARGET}{more}"
    )
}

fn refresh(token: &str) -> String {
    format!("grant_type=refresh_token&client_id=me&client_secret=x&refresh_token={token}")
}

#[test]
fn a_code_is_exchanged_once_and_its_token_refreshed() {
    let hub = Hub::with_scenario("minimal");
    let fields = exchange(&code(&hub, ""), "");
    let first = hub.form("/v1/access_token", &fields).expect(200).json();
    assert_eq!(first["expires_in"], 1_209_599);
    assert_eq!(first["refresh_token_expires_in"], 7_775_999);
    assert_eq!(first["token_type"], "Bearer");
    let token = first["access_token"].as_str().expect("a token");
    let me = hub
        .send_as(token, "GET", "/v1/people/me", &json!(null))
        .expect(200);
    assert_eq!(me.json()["displayName"], "Abigail Netherwood");
    assert_eq!(me.header("x-hubsim-warning"), "");
    hub.form("/v1/access_token", &fields).expect(400);
    let again = refresh(first["refresh_token"].as_str().expect("a token"));
    let second = hub.form("/v1/access_token", &again).expect(200).json();
    assert_ne!(second["access_token"], first["access_token"]);
    assert_eq!(second["refresh_token"], first["refresh_token"]);
    hub.form("/v1/access_token", &again).expect(200);
}

#[test]
fn tokens_end_by_the_sandbox_clock_and_a_refresh_renews_both() {
    let hub = Hub::with_scenario("minimal");
    let fields = exchange(&code(&hub, ""), "");
    let first = hub.form("/v1/access_token", &fields).expect(200).json();
    let text = |answer: &Value, name: &str| answer[name].as_str().expect("a token").to_owned();
    let (access, renewal) = (text(&first, "access_token"), text(&first, "refresh_token"));
    let pass = |time: &str| {
        let body = json!({"by": time});
        hub.call("POST", "/_sim/v1/clock/advance", &body)
            .expect(200);
    };
    let status = |token: &str| {
        hub.send_as(token, "GET", "/v1/people/me", &json!(null))
            .status
    };
    pass("P13D");
    assert_eq!(status(&access), 200);
    pass("P1D");
    assert_eq!(status(&access), 401);
    let again = refresh(&renewal);
    let second = hub.form("/v1/access_token", &again).expect(200).json();
    let access = text(&second, "access_token");
    assert_eq!(status(&access), 200);
    // The refresh after 14 days has renewed the refresh token: 104 days are not too many.
    pass("P89D");
    assert_eq!(status(&access), 401);
    hub.form("/v1/access_token", &again).expect(200);
    pass("P90D");
    let refused = hub.form("/v1/access_token", &again).expect(400);
    assert!(
        refused.text.contains("refresh_token has expired"),
        "{}",
        refused.text
    );
    assert_eq!(status("full-admin"), 200);
}

#[test]
fn a_hint_names_the_one_who_authorizes() {
    let hub = Hub::with_scenario("minimal");
    let code = code(&hub, "&login_hint=kofi.lindqvist%40pebblebrook.example");
    let answer = hub
        .form("/v1/access_token", &exchange(&code, ""))
        .expect(200)
        .json();
    let token = answer["access_token"].as_str().expect("a token");
    let me = hub
        .send_as(token, "GET", "/v1/people/me", &json!(null))
        .expect(200)
        .json();
    assert_eq!(me["displayName"], "Kofi Lindqvist");
}

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[test]
fn a_challenge_asks_for_the_verifier_that_it_was_made_of() {
    let hub = Hub::with_scenario("minimal");
    let hashed = format!("&code_challenge={CHALLENGE}&code_challenge_method=S256");
    let plain = format!("&code_challenge={VERIFIER}");
    let named = format!("{plain}&code_challenge_method=plain");
    for challenge in [hashed, plain, named] {
        let code = code(&hub, &challenge);
        let try_with = |verifier: &str| {
            let more = format!("&code_verifier={verifier}");
            hub.form("/v1/access_token", &exchange(&code, &more))
        };
        let missing = hub.form("/v1/access_token", &exchange(&code, ""));
        assert!(
            missing
                .expect(400)
                .text
                .contains("code_verifier is required")
        );
        let wrong = try_with(&VERIFIER.replace('d', "e")).expect(400);
        assert!(wrong.text.contains("does not fit"), "{}", wrong.text);
        let short = try_with("xyz").expect(400);
        assert!(short.text.contains("43 to 128"), "{}", short.text);
        try_with(VERIFIER).expect(200);
        try_with(VERIFIER).expect(400);
    }
    let code = code(&hub, "");
    let more = format!("&code_verifier={VERIFIER}");
    let refused = hub.form("/v1/access_token", &exchange(&code, &more));
    assert!(refused.expect(400).text.contains("no code_challenge"));
}

#[test]
fn a_challenge_that_cannot_be_met_is_refused_at_once() {
    let hub = Hub::with_scenario("minimal");
    for (query, says) in [
        ("code_challenge=abc", "43 to 128"),
        ("code_challenge_method=S256", "code_challenge is missing"),
        (
            &*format!("code_challenge={CHALLENGE}&code_challenge_method=S512"),
            "S256 or plain",
        ),
    ] {
        let path =
            format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}&{query}");
        let refused = hub.send("GET", &path, &[], &Value::Null).expect(400);
        assert!(refused.text.contains(says), "{}", refused.text);
    }
}

#[test]
fn a_code_ends_after_ten_minutes_of_the_sandbox_clock() {
    let hub = Hub::with_scenario("minimal");
    let pass = |seconds: &str| {
        let body = json!({"by": seconds});
        hub.call("POST", "/_sim/v1/clock/advance", &body)
            .expect(200);
    };
    let fields = exchange(&code(&hub, ""), "");
    pass("PT599S");
    hub.form("/v1/access_token", &fields).expect(200);
    let fields = exchange(&code(&hub, ""), "");
    pass("PT600S");
    let refused = hub.form("/v1/access_token", &fields).expect(400);
    assert!(
        refused.text.contains("code has expired"),
        "{}",
        refused.text
    );
}

#[test]
fn equal_servers_issue_equal_tokens() {
    let token = || {
        let hub = Hub::with_scenario("minimal");
        let fields = exchange(&code(&hub, ""), "");
        hub.form("/v1/access_token", &fields).expect(200).json()
    };
    assert_eq!(token(), token());
}

#[test]
fn bad_grants_are_refused() {
    let hub = Hub::with_scenario("minimal");
    let good = code(&hub, "");
    for fields in [
        String::new(),
        "grant_type=password&client_id=me&client_secret=x".to_owned(),
        exchange("unknown", ""),
        exchange("", ""),
        refresh(&good),
        refresh("full-admin"),
        exchange(&good, "").replace("client_id=me", "client_id=you"),
        exchange(&good, "").replace("client_id=me&", ""),
        exchange(&good, "").replace("back", "elsewhere"),
        "%%%=\u{0}&&&==".to_owned(),
    ] {
        hub.form("/v1/access_token", &fields).expect(400);
    }
    hub.send("POST", "/v1/access_token", &[], &json!({"grant_type": "x"}))
        .expect(415);
    hub.form("/v1/access_token", &exchange(&good, ""))
        .expect(200);
    for query in [
        "client_id=me",
        "client_id=me&response_type=token",
        "client_id=me&response_type=code",
        "client_id=me&response_type=code&redirect_uri=back",
        "client_id=me&response_type=code&redirect_uri=http%3A%2F%2Fx%0D%0AX%3A%20y",
        "response_type=code&redirect_uri=http%3A%2F%2Fx",
    ] {
        hub.send("GET", &format!("/v1/authorize?{query}"), &[], &Value::Null)
            .expect(400);
    }
}

#[test]
fn strict_servers_authorize_nobody_without_the_admin_token() {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("secret".to_owned());
    let hub = Hub::start_with(options);
    let path = format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}");
    let refused = hub.send("GET", &path, &[], &Value::Null).expect(403);
    let told = format!("/_sim/v1/explain/{}", refused.header("trackingid"));
    let remedy = hub.get(&told).expect(200).json()["remedy"].to_string();
    assert!(remedy.contains("X-Sim-Admin-Token"), "{remedy}");
    let leave = [("x-sim-admin-token", "secret")];
    hub.send("GET", &path, &leave, &Value::Null).expect(302);
}

#[test]
fn an_ended_token_stays_refused_when_nobody_remembers_it_any_more() {
    let hub = Hub::with_scenario("minimal");
    let scoped = code(
        &hub,
        "&scope=spark%3Apeople_read&login_hint=kofi.lindqvist%40pebblebrook.example",
    );
    let first = hub.form("/v1/access_token", &exchange(&scoped, ""));
    let first = first.expect(200).json();
    let token = first["access_token"].as_str().expect("a token");
    let again = refresh(first["refresh_token"].as_str().expect("a token"));
    let body = json!({"by": "P15D"});
    hub.call("POST", "/_sim/v1/clock/advance", &body)
        .expect(200);
    let status = |token: &str| {
        hub.send_as(token, "GET", "/v1/licenses", &json!(null))
            .status
    };
    assert_eq!(status(token), 401);
    for _ in 0..5000 {
        hub.form("/v1/access_token", &again).expect(200);
    }
    assert_eq!(status(token), 401);
    assert_eq!(status(&code(&hub, "")), 401);
    // What a stranger made up is let in, as long as authentication is open.
    assert_eq!(status(&"0123456789abcdef".repeat(4)), 200);
    let other = json!({"id": "other"});
    hub.call("POST", "/_sim/v1/sandboxes", &other).expect(201);
    let path = format!(
        "/_sandbox/other/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}"
    );
    let sent = hub.send("GET", &path, &[], &Value::Null).expect(302);
    let (_, code) = sent.header("location").split_once("code=").expect("a code");
    let answer = hub.form("/v1/access_token", &exchange(code, ""));
    let answer = answer.expect(200).json();
    let token = answer["access_token"].as_str().expect("a token");
    assert_eq!(status(token), 200);
    hub.call("DELETE", "/_sim/v1/sandboxes/other", &Value::Null)
        .expect(204);
    assert_eq!(status(token), 401);
}

#[test]
fn nothing_is_authorized_in_the_past() {
    let hub = Hub::with_scenario("minimal");
    let path = format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}");
    let revision = hub.revision().to_string();
    let past = [("x-sim-at", revision.as_str())];
    let refused = hub.send("GET", &path, &past, &Value::Null).expect(400);
    assert!(
        refused.text.contains("hands out codes and tokens"),
        "{}",
        refused.text
    );
    assert_eq!(refused.header("location"), "");
    assert_ne!(code(&hub, ""), code(&hub, ""));
}

#[test]
fn a_redirect_leads_to_a_client_and_its_code_to_the_query() {
    let hub = Hub::with_scenario("minimal");
    let send = |target: &str| {
        let target = target.replace('%', "%25").replace('#', "%23");
        let target = target.replace('&', "%26");
        let path = format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={target}");
        hub.send("GET", &path, &[], &Value::Null)
    };
    for (target, before_code) in [
        ("http://localhost/cb", "http://localhost/cb?code="),
        ("http://localhost/cb?", "http://localhost/cb?code="),
        ("http://localhost/cb?a=b", "http://localhost/cb?a=b&code="),
        ("http://localhost/cb?a=b&", "http://localhost/cb?a=b&code="),
        ("com.example.app:/cb", "com.example.app:/cb?code="),
        ("myapp://cb", "myapp://cb?code="),
    ] {
        let sent = send(target).expect(302);
        let location = sent.header("location");
        assert!(location.starts_with(before_code), "{location}");
    }
    for (target, says) in [
        ("http://localhost/cb#frag", "fragment"),
        ("javascript://%0aalert(1)", "scheme"),
        ("JavaScript://x", "scheme"),
        ("data://text/html,x", "scheme"),
        ("http:///cb", "absolute"),
        ("://cb", "absolute"),
        ("1app://cb", "absolute"),
    ] {
        let refused = send(target).expect(400);
        assert!(refused.text.contains(says), "{target}: {}", refused.text);
    }
}

#[test]
fn a_grant_belongs_to_the_person_and_not_to_the_address() {
    let hub = Hub::with_scenario("minimal");
    let old = "kofi.lindqvist@pebblebrook.example";
    let id = person_id(&hub, "full-admin", old);
    let scoped = code(&hub, "&login_hint=kofi.lindqvist%40pebblebrook.example");
    let first = hub.form("/v1/access_token", &exchange(&scoped, ""));
    let first = first.expect(200).json();
    let again = refresh(first["refresh_token"].as_str().expect("a token"));
    let path = format!("/v1/people/{id}");
    let mut person = hub.get(&path).expect(200).json();
    person["emails"] = json!(["kofi@pebblebrook.example"]);
    hub.call("PUT", &path, &person).expect(200);
    let second = hub.form("/v1/access_token", &again).expect(200).json();
    for answer in [&first, &second] {
        let token = answer["access_token"].as_str().expect("a token");
        let me = hub.send_as(token, "GET", "/v1/people/me", &json!(null));
        assert_eq!(me.expect(200).json()["id"], id);
    }
    hub.call("DELETE", &path, &Value::Null).expect(204);
    let refused = hub.form("/v1/access_token", &again).expect(400);
    assert!(
        refused.text.contains("not in the sandbox"),
        "{}",
        refused.text
    );
    let token = first["access_token"].as_str().expect("a token");
    hub.send_as(token, "GET", "/v1/people/me", &json!(null))
        .expect(401);
}

#[test]
fn codes_that_nobody_exchanges_end_and_make_room_and_the_advice_is_true() {
    let hub = Hub::with_scenario("minimal");
    for _ in 0..5000 {
        code(&hub, "");
    }
    let path = format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}");
    let send = || hub.send("GET", &path, &[], &Value::Null);
    let refused = send().expect(429);
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &json!({}))
        .expect(200);
    let still = send().expect(429);
    for answer in [&refused, &still] {
        assert!(
            answer.text.contains("a reset keeps them"),
            "{}",
            answer.text
        );
    }
    let (_, rest) = still.text.split_once("first ends at ").expect("a time");
    let (end, _) = rest.split_once(' ').expect("a time");
    let body = json!({"to": end});
    hub.call("POST", "/_sim/v1/clock/advance", &body)
        .expect(200);
    send().expect(302);
}

/// Proves: DEC-113
#[test]
fn whoever_is_deactivated_gets_no_code_no_token_and_is_not_let_in() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    let hint = format!("&login_hint={ADA}");
    let (spare, used) = (code(&hub, &hint), code(&hub, &hint));
    let issued = hub.form("/v1/access_token", &exchange(&used, ""));
    let issued = issued.expect(200).json();
    let token = |name: &str| issued[name].as_str().expect("a token").to_owned();
    let bearers = [format!("user:{ADA}"), token("access_token")];
    let let_in = |status: u16| {
        for bearer in &bearers {
            let me = hub.send_as(bearer, "GET", "/v1/people/me", &Value::Null);
            let me = me.expect(status).text;
            assert!(status == 200 || me.contains("deactivated"), "{me}");
        }
    };
    let scim = format!("/identity/scim/me/v2/Users/{id}");
    let operations = |active: bool| {
        json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{"op": "replace", "path": "active", "value": active}]})
    };
    let by_people = |enabled: bool| {
        let path = format!("/v1/people/{id}");
        let mut person = hub.get(&path).expect(200).json();
        person["loginEnabled"] = json!(enabled);
        hub.call("PUT", &path, &person).expect(200);
    };
    let by_scim = |active: bool| {
        hub.call("PATCH", &scim, &operations(active)).expect(200);
    };
    let authorize =
        format!("/v1/authorize?client_id=me&response_type=code&redirect_uri={TARGET}{hint}");
    let ways: [&dyn Fn(bool); 2] = [&by_people, &by_scim];
    for change in ways {
        let_in(200);
        change(false);
        let_in(401);
        let revision = hub.revision();
        let body = json!({"enabled": true});
        let own = format!("/v1/people/{id}/features/doNotDisturb");
        hub.send_as(&bearers[0], "PUT", &own, &body).expect(401);
        let refused = [
            hub.send("GET", &authorize, &[], &Value::Null).expect(409),
            hub.form("/v1/access_token", &exchange(&spare, ""))
                .expect(409),
            hub.form("/v1/access_token", &refresh(&token("refresh_token")))
                .expect(409),
        ];
        for answer in refused {
            let words = format!("{ADA} may not sign in");
            assert!(answer.text.contains(&words), "{}", answer.text);
            assert_eq!(answer.header("location"), "");
        }
        assert_eq!(hub.revision(), revision);
        change(true);
    }
    let_in(200);
    hub.form("/v1/access_token", &exchange(&spare, ""))
        .expect(200);
    hub.form("/v1/access_token", &refresh(&token("refresh_token")))
        .expect(200);
}

/// Proves: DEC-113
#[test]
fn a_sandbox_is_not_made_for_somebody_who_is_deactivated_in_what_it_begins_with() {
    let hub = Hub::start();
    let path = format!("/v1/people/{}", person_id(&hub, "full-admin", ADA));
    let mut ada = hub.get(&path).expect(200).json();
    ada["loginEnabled"] = json!(false);
    hub.call("PUT", &path, &ada).expect(200);
    let world = World::clone(&hub.server.app().default.sandbox.read());
    let hub = Hub::holding(Options::for_tests(), world);
    let token = format!("user.fresh:{ADA}");
    let refused = hub.send_as(&token, "GET", "/v1/people/me", &Value::Null);
    let refused = refused.expect(401).text;
    assert!(refused.contains("deactivated"), "{refused}");
    hub.get("/_sim/v1/sandboxes/fresh").expect(404);
}

/// Proves: DEC-113
#[test]
fn a_token_of_a_role_stands_for_nobody_who_is_deactivated_and_stays_good() {
    let hub = Hub::with_scenario("demo");
    let me = || {
        hub.send_as("user-admin", "GET", "/v1/people/me", &Value::Null)
            .json()
    };
    let mut first = me();
    let id = first["id"].as_str().expect("somebody").to_owned();
    first["loginEnabled"] = json!(false);
    let path = format!("/v1/people/{id}");
    hub.call("PUT", &path, &first).expect(200);
    assert_ne!(me()["id"], json!(id));
    let list = hub.send_as("user-admin", "GET", "/v1/people", &Value::Null);
    list.expect(200);
}
