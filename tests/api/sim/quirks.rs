//! `/_sim/v1/quirks`

use serde_json::{Value, json};

use crate::support::Hub;

#[test]
fn an_edition_sets_its_choices_and_the_callers_own_come_on_top() {
    let hub = Hub::start();
    let first = hub.get("/_sim/v1/quirks").expect(200).json();
    assert_eq!(first["edition"], "current");
    assert_eq!(first["quirks"]["people_put_unassignable"], "skip");
    assert!(first["choices"][0]["sources"].is_array());
    let body = json!({"edition": "classic", "quirks": {"csv_blank_location": "refuse"}});
    let put = hub.call("PUT", "/_sim/v1/quirks", &body).expect(200).json();
    assert_eq!(put["edition"], "classic");
    assert_eq!(put["quirks"]["license_template_modes"], "exclusive");
    assert_eq!(put["quirks"]["csv_blank_location"], "refuse");
    let back = hub
        .call("PUT", "/_sim/v1/quirks", &json!({"edition": "current"}))
        .json();
    assert_eq!(back["quirks"]["license_template_modes"], "union");
}

#[test]
fn quirks_that_are_not_named_stay() {
    let hub = Hub::start();
    let put = |body: Value| hub.call("PUT", "/_sim/v1/quirks", &body).expect(200).json();
    put(json!({"quirks": {"csv_from_suspended": "lost"}}));
    let both = put(json!({"quirks": {"swap_without_properties": "keep"}}));
    assert_eq!(both["quirks"]["csv_from_suspended"], "lost");
    assert_eq!(both["quirks"]["swap_without_properties"], "keep");
}

#[test]
fn unknown_names_are_refused_and_nothing_is_set() {
    let hub = Hub::start();
    let refused = |body: Value| {
        let answer = hub.call("PUT", "/_sim/v1/quirks", &body).expect(400);
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    assert!(refused(json!({"edition": "clasic"})).contains("Did you mean classic?"));
    let both = json!({"quirks": {"csv_from_suspended": "lost", "swap_without_propertis": "keep"}});
    assert!(refused(both).contains("Did you mean swap_without_properties?"));
    assert!(refused(json!({"quirks": {"csv_from_suspended": "lose"}})).contains("lost"));
    assert!(refused(json!({"quirk": {}})).contains("quirk"));
    let shown = hub.get("/_sim/v1/quirks").json();
    assert_eq!(shown["quirks"]["csv_from_suspended"], "kept");
}
