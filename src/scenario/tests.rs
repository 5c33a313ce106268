//! Proofs for reading scenarios: what is accepted, where errors are, and that generated people
//! never change.

mod demo;
mod loading;
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Location, LocationCalling, Organization, Person};
use super::numbers::NumberRange;
use super::reference::LicenseReference;
use super::when::When;
use super::{ScenarioError, generate, library, locate::locate, parse};
use crate::model::{
    Offer,
    license::Service,
    role::{ROLES, Role},
};
use crate::world::Moment;

const START: Moment = Moment(1_780_000_000_000);

fn organization(name: &str) -> Organization {
    let text = library::find(name).unwrap().text;
    parse(name, text)
        .unwrap_or_else(|error| panic!("{error}"))
        .organizations
        .remove(0)
}

fn error(text: &str) -> ScenarioError {
    parse("text", text).unwrap_err()
}

#[test]
fn every_built_in_scenario_can_be_read_and_bears_its_name() {
    for built_in in library::BUILT_IN {
        let document =
            parse(built_in.name, built_in.text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(document.name, built_in.name);
        assert!(!document.description.is_empty());
    }
}

#[test]
fn what_was_prepared_of_a_built_in_scenario_says_the_same_as_its_text() {
    for built_in in library::BUILT_IN {
        let prepared: crate::scenario::Document = serde_json::from_str(built_in.prepared).unwrap();
        assert_eq!(prepared, parse(built_in.name, built_in.text).unwrap());
    }
}

#[test]
fn json_is_accepted_like_yaml() {
    let text = r#"{"name": "tiny", "organizations": [{"name": "A", "domain": "a.example"}]}"#;
    assert_eq!(parse("text", text).unwrap().organizations[0].name, "A");
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_column() {
    let found = error("name: x\norganizations:\n  - name: A\n    domane: a.example\n");
    assert_eq!((found.line, found.column), (4, 5));
    assert!(found.message.contains("domane"), "{found}");
    assert!(found.to_string().starts_with("text:4:5: "), "{found}");
}

#[test]
fn broken_yaml_is_named_with_its_line() {
    let found = error("name: x\norganizations: [\n  {name: A\n");
    assert!(found.line >= 2, "{found}");
    assert!(!found.message.contains(" at line "), "{found}");
}

#[test]
fn values_that_make_no_sense_are_named_with_their_place() {
    let texts = [
        ("clock: {mode: frozen, at: yesterday}", "neither a time"),
        ("clock: {mode: sometimes}", "sometimes"),
        ("clock: 7", "mapping"),
    ];
    for (line, part) in texts {
        let found = error(&format!("name: x\n{line}\norganizations: []\n"));
        assert_eq!(found.line, 2, "{found}");
        assert!(found.message.contains(part), "{found}");
    }
}

#[test]
fn a_bomb_of_aliases_or_depth_is_refused() {
    let deep = format!("name: {}1{}", "[".repeat(5000), "]".repeat(5000));
    let bomb = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nname: *b\n";
    assert!(parse("text", &deep).is_err());
    assert!(parse("text", bomb).is_err());
    assert!(parse("text", "").is_err());
}

#[test]
fn a_path_leads_to_its_line_and_column() {
    let text =
        "organizations:\n  - name: A\n    people:\n      - {firstName: B, licenses: [x, y]}\n";
    assert_eq!(
        locate(text, "organizations[0].people[0].licenses[1]"),
        (4, 38)
    );
    assert_eq!(locate(text, "organizations[0].people[0]"), (4, 9));
    assert_eq!(locate(text, "organizations[0].people[7].title"), (3, 5));
    assert_eq!(locate(text, "nowhere"), (1, 1));
}

#[test]
fn ranges_hold_every_number_once() {
    let range = |text: &str| NumberRange::try_from(text.to_owned());
    let numbers: Vec<String> = range("+14085550198-+14085550201").unwrap().iter().collect();
    assert_eq!(
        numbers,
        [
            "+14085550198",
            "+14085550199",
            "+14085550200",
            "+14085550201"
        ]
    );
    assert_eq!(range("+493023125000").unwrap().count(), 1);
    for wrong in [
        "",
        "+",
        "14085550100",
        "+1408",
        "+14085550105-+14085550100",
        "+1408555010x",
    ] {
        assert!(range(wrong).is_err(), "{wrong}");
    }
    assert!(
        range("+14085500000-+14085599999")
            .unwrap_err()
            .contains("more than")
    );
}

#[test]
fn licences_are_named_by_api_name_or_csv_header() {
    let read = |text: &str| LicenseReference::try_from(text.to_owned());
    let header = read("Webex Calling VAR Professional [Sub121331] (Suspended)").unwrap();
    assert_eq!(header.name, "Webex Calling VAR Professional");
    assert_eq!(header.subscription.as_deref(), Some("Sub121331"));
    assert_eq!(read("Messaging").unwrap().subscription, None);
    for wrong in [
        "",
        " ",
        "[Sub1]",
        "Messaging []",
        "Mess[aging",
        "Messaging ]",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn times_are_fixed_or_relative_to_the_start() {
    let when = |text: &str| When::try_from(text.to_owned());
    let fixed = when("2026-03-01T09:00:00.000Z").unwrap();
    assert_eq!(
        fixed.at(START).unwrap().to_string(),
        "2026-03-01T09:00:00.000Z"
    );
    let day = 86_400_000;
    assert_eq!(
        when("-P400D").unwrap().at(START).unwrap().0,
        START.0 - 400 * day
    );
    assert_eq!(
        when("+P200D").unwrap().at(START).unwrap().0,
        START.0 + 200 * day
    );
    for wrong in ["", "soon", "-400D", "P", "2026-13-01T00:00:00.000Z"] {
        assert!(when(wrong).is_err(), "{wrong}");
    }
    assert!(when("-P9999Y").unwrap().at(START).is_err());
}

#[test]
fn the_same_seed_makes_up_the_same_people() {
    let large = organization("large");
    let people = generate::people(&large).unwrap();
    assert_eq!(people.len(), 20_000);
    assert_eq!(people, generate::people(&large).unwrap());
    let mut other = large.clone();
    other.generate.as_mut().unwrap().seed = 43;
    assert_ne!(people, generate::people(&other).unwrap());
}

#[test]
fn generated_people_have_addresses_numbers_and_extensions_of_their_own() {
    let large = organization("large");
    let people = generate::people(&large).unwrap();
    let emails: BTreeSet<_> = people.iter().map(|person| large.email_of(person)).collect();
    let all = people.iter().chain(&large.people);
    let numbers: Vec<_> = all
        .clone()
        .filter_map(|person| person.phone_number.as_ref())
        .collect();
    let extensions: Vec<_> = all
        .filter_map(|person| Some((&person.location, person.extension.as_ref()?)))
        .collect();
    assert_eq!(emails.len(), 20_000);
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    assert_eq!(
        extensions.iter().collect::<BTreeSet<_>>().len(),
        extensions.len()
    );
    assert!(numbers.len() > 15_000);
    assert!(extensions.len() > 18_000);
}

#[test]
fn a_generate_section_that_cannot_be_followed_says_why() {
    let mut large = organization("large");
    let plan = large.generate.as_mut().unwrap();
    plan.locations = Some(vec!["Atlantis".to_owned()]);
    assert_eq!(generate::people(&large).unwrap_err().0, "locations");
    let plan = large.generate.as_mut().unwrap();
    plan.calling[0].percent = 90;
    assert_eq!(generate::people(&large).unwrap_err().0, "calling");
}
