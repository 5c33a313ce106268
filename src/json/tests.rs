//! What a body must be, and how it is told what it is not.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{BesideText, Fault, Required, TextOr, object};

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Body {
    enabled: bool,
    number_of_rings: u32,
    note: Option<String>,
    kind: Kind,
    inside: Inside,
    maybe: Option<Inside>,
    many: Vec<Inside>,
    named: BTreeMap<String, Inside>,
    either: Option<TextOr<f64>>,
    object: Option<TextOr<Inside>>,
    pair: Option<(u8, u8)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    #[default]
    First,
    SecondOne,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside {
    code: String,
}

impl BesideText for Inside {
    const EXPECTED: &'static str = "a name or an object";
    const IS_OBJECT: bool = true;
}

fn wrong(text: &str) -> String {
    object::<Body>(text.as_bytes(), Required::NOTHING)
        .unwrap_err()
        .to_string()
}

#[test]
fn a_good_body_is_read() {
    let text = r#"{"enabled": true, "numberOfRings": 3, "note": "a\\b", "kind": "SECOND_ONE",
        "inside": {"code": "1"}, "maybe": null, "many": [{"code": "2"}], "named": {"\u0061": {"code": "3"}},
        "either": 1.5, "object": {"code": "4"}, "pair": [1, 2], "unheardOf": [[[{}]]]}"#;
    let body: Body = object(text.as_bytes(), filled(&["enabled", "note"])).unwrap();
    assert!(body.enabled);
    assert_eq!(body.kind, Kind::SecondOne);
    assert_eq!(body.note.as_deref(), Some("a\\b"));
    assert_eq!(body.named["a"].code, "3");
    assert_eq!(body.either, Some(TextOr::Other(1.5)));
    assert_eq!(body.pair, Some((1, 2)));
    assert_eq!(
        object::<Body>(b"", Required::NOTHING).unwrap(),
        Body::default()
    );
}

#[test]
fn a_list_never_fills_an_object_at_any_depth() {
    for (text, path) in [
        ("[true]", "The body"),
        (r#"{"inside": ["x"]}"#, "inside"),
        (r#"{"maybe": ["x"]}"#, "maybe"),
        (r#"{"many": [{"code": ""}, ["x"]]}"#, "many[1]"),
        (r#"{"named": {"a": ["x"]}}"#, "named.a"),
        (r#"{"object": ["x"]}"#, "object"),
    ] {
        let told = wrong(text);
        assert!(told.starts_with(&format!("{path} must be")), "{told}");
        assert!(told.ends_with("but it is a list."), "{told}");
    }
}

/// A body and what is told about it.
const WRONG: &[(&str, &str)] = &[
    (
        r#"{"enabled": "maybe"}"#,
        "enabled must be true or false, but it is the string \"maybe\".",
    ),
    (
        r#"{"enabled": null}"#,
        "enabled must be true or false, but it is null.",
    ),
    (
        r#"{"kind": "THIRD"}"#,
        "kind must be one of FIRST, SECOND_ONE, but it is the string \"THIRD\".",
    ),
    (
        r#"{"kind": {"FIRST": null}}"#,
        "kind must be one of FIRST, SECOND_ONE, but it is an object.",
    ),
    (
        r#"{"kind": 7}"#,
        "kind must be one of FIRST, SECOND_ONE, but it is the number 7.",
    ),
    (
        r#"{"inside": 5}"#,
        "inside must be an object, but it is the number 5.",
    ),
    (
        r#"{"many": {}}"#,
        "many must be a list, but it is an object.",
    ),
    (
        r#"{"named": {"a": {"code": false}}}"#,
        "named.a.code must be a string, but it is false.",
    ),
    (r#"{"named": {"a": {}}}"#, "named.a.code is required."),
    (
        r#"{"inside": {"code": "", "cod": 1}}"#,
        "inside.cod is no field; did you mean code? known are code.",
    ),
    (
        r#"{"enabled": true, "enabled": true}"#,
        "enabled is given twice.",
    ),
    (
        r#"{"numberOfRings": -1}"#,
        "numberOfRings must be a whole number of at least 0 within the bounds of the field, but it is the number -1.",
    ),
    (
        r#"{"numberOfRings": 2.5}"#,
        "numberOfRings must be a whole number of at least 0 within the bounds of the field, but it is the number 2.5.",
    ),
    (
        r#"{"either": true}"#,
        "either must be a number or a string, but it is true.",
    ),
    (
        r#"{"either": {}}"#,
        "either must be a number or a string, but it is an object.",
    ),
    (
        r#"{"object": {"code": 1}}"#,
        "object.code must be a string, but it is the number 1.",
    ),
    ("7", "The body must be an object, but it is the number 7."),
    (
        r#"{"enabled""#,
        "The body is not valid JSON: EOF while parsing an object at line 1 column 10.",
    ),
    (
        "{} {}",
        "The body is not valid JSON: trailing characters at line 1 column 4.",
    ),
];

#[test]
fn an_error_names_the_field_what_was_found_and_what_is_expected() {
    for (text, told) in WRONG {
        assert_eq!(wrong(text), *told);
    }
}

#[test]
fn a_text_in_another_encoding_is_called_that() {
    let told = |text: &[u8]| {
        object::<Body>(text, Required::NOTHING)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        told(b"\xef\xbb\xbf{}"),
        "The body is not valid JSON: it begins with a byte-order mark; send it without one."
    );
    assert_eq!(
        told(b"{\"note\": \"a\xe4\"}"),
        "The body is not valid JSON: it is not text in UTF-8 from byte 12 on."
    );
}

#[test]
fn no_text_and_no_list_is_without_end() {
    let text = |count: usize| format!(r#"{{"note": "{}"}}"#, "ä".repeat(count));
    assert!(object::<Body>(text(4096).as_bytes(), Required::NOTHING).is_ok());
    assert_eq!(
        wrong(&text(4097)),
        "note must be at most 4096 characters long, but it is 4097 characters long."
    );
    let list = |count: usize| {
        format!(
            r#"{{"many": [{}]}}"#,
            vec![r#"{"code": ""}"#; count].join(",")
        )
    };
    assert!(object::<Body>(list(10_000).as_bytes(), Required::NOTHING).is_ok());
    assert_eq!(
        wrong(&list(10_001)),
        "many must be a list of at most 10000 items, but it is a longer one."
    );
    assert!(object::<Body>(br#"{"note": "a\nb\tc"}"#, Required::NOTHING).is_ok());
    assert_eq!(
        wrong(r#"{"note": "a\u0000b"}"#),
        "note must be a text without control characters, but it is the string \"ab\", which has U+0000."
    );
}

fn filled(names: &'static [&'static str]) -> Required {
    Required {
        filled: names,
        ..Required::NOTHING
    }
}

#[test]
fn a_null_is_no_value_of_what_is_required_unless_null_says_something() {
    let text = br#"{"note": null}"#;
    let problem = object::<Body>(text, filled(&["note"])).unwrap_err();
    assert_eq!(problem.to_string(), "note is required.");
    let named = Required {
        nullable: &["note"],
        ..Required::NOTHING
    };
    assert!(object::<Body>(text, named).is_ok());
    let problem = object::<Body>(b"{}", named).unwrap_err();
    assert_eq!(problem.to_string(), "note is required.");
}

#[test]
fn what_is_required_must_be_there_in_the_body_alone() {
    let text = br#"{"inside": {"code": "enabled"}}"#;
    let problem = object::<Body>(text, filled(&["inside", "enabled"])).unwrap_err();
    assert_eq!(problem.fault, Fault::Missing("enabled".to_owned()));
    assert_eq!(problem.to_string(), "enabled is required.");
}

#[test]
fn deep_and_hostile_texts_are_refused() {
    let deep = format!(r#"{{"unheardOf": {}"#, "[".repeat(100_000));
    assert!(wrong(&deep).starts_with("The body is not valid JSON"));
    let deep = format!(r#"{{"many": {}"#, "[".repeat(100_000));
    assert!(wrong(&deep).starts_with("many[0] must be an object"));
    assert!(wrong(r#"{"note": "\ud800"}"#).starts_with("The body is not valid JSON"));
    assert!(wrong("{\"\u{1}\": 1}").starts_with("The body is not valid JSON"));
    assert!(object::<Body>(&[b'{', 0xff, b'}'], Required::NOTHING).is_err());
    let long = format!(r#"{{"kind": "{}"}}"#, "x".repeat(100_000));
    assert!(wrong(&long).len() < 300);
}
