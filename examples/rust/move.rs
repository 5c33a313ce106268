//! Moves somebody from the old subscription to the new one, rightly and wrongly, with hubsim inside
//! the test program: no process, no port to choose, a sandbox for each test.
//!
//! In a project of your own this file stands under `tests/`, and `hubsim = { git = "…" }` with an
//! HTTP client under `[dev-dependencies]`. Here it runs with `cargo test --test recipe`.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::sync::LazyLock;

use hubsim::{Server, TestSandbox};
use serde_json::{Value, json};

const JOAQUIN: &str = "joaquin.thornfield@quillhaven.example";
const OLD: &str = "Webex Calling VAR Professional [Sub119911]";
const NEW: &str = "Webex Calling VAR Professional [Sub121331]";

/// One server for all tests of the program.
static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start().expect("a free port"));

/// One save of the dialog Edit licences.
fn save(sandbox: &TestSandbox, changes: &[(&str, &str)]) -> Value {
    let licenses: Vec<_> = changes
        .iter()
        .map(|(id, operation)| json!({"id": id, "operation": operation}))
        .collect();
    let url = format!(
        "{}/_hub/v1/organizations/me/users/{JOAQUIN}/licenses",
        sandbox.url()
    );
    let answer = reqwest::blocking::Client::new()
        .patch(url)
        .bearer_auth(sandbox.token())
        .json(&json!({"licenses": licenses}))
        .send()
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().expect("an outcome")
}

#[test]
fn one_save_keeps_everything() {
    let sandbox = SERVER.sandbox().expect("a sandbox");
    let outcome = save(&sandbox, &[(OLD, "remove"), (NEW, "add")]);
    assert_eq!(outcome["action"], "swapped");
    assert_eq!(outcome["lost"], json!([]));
}

#[test]
fn two_saves_lose_everything() {
    let sandbox = SERVER.sandbox().expect("a sandbox");
    let outcome = save(&sandbox, &[(OLD, "remove")]);
    assert_eq!(outcome["action"], "removed");
    let lost = outcome["lost"].as_array().expect("a list");
    assert!(lost.iter().any(|one| one["family"] == "voicemailPasscode"));
}
