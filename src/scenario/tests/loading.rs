//! Proofs for loading: built-in scenarios obey every rule, and a mistake is named with its place.

use std::collections::BTreeSet;

use crate::catalog::ENGINE;
use crate::licensing::headers::csv_header;
use crate::licensing::template;
use crate::model::{License, Organization, Person, PhoneNumber, Subscription, Workspace};
use crate::scenario::source::Source;
use crate::scenario::{ScenarioError, library, start};
use crate::settings::table::FAMILIES;
use crate::world::{Clock, Moment, World, snapshot};

const START: Moment = Moment(1_780_000_000_000);

fn load(name: &str) -> World {
    let source = Source::open(name).unwrap();
    let world = start::make(&source, 1, Some(Clock::frozen(START)));
    let world = world.unwrap_or_else(|errors| panic!("{}", start::listed(&errors)));
    World::clone(&world)
}

fn errors(text: &str) -> Vec<ScenarioError> {
    start::check(&Source::sent(text))
}

fn minimal_with(from: &str, to: &str) -> String {
    let text = library::find("minimal").unwrap().text;
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn configured(world: &World) -> usize {
    let kinds = FAMILIES.iter().map(|family| family.kind.kind);
    let holders = kinds.flat_map(|kind| world.list_objects(kind, None).map(|(id, _)| id));
    let people: BTreeSet<_> = holders
        .filter(|id| world.get::<Person>(*id).is_some())
        .collect();
    people.len()
}

#[test]
fn every_built_in_scenario_loads_and_leaves_nothing_uneven() {
    for built_in in library::BUILT_IN {
        let world = load(built_in.name);
        let violations = crate::world::check::check(&world, ENGINE.checks);
        assert_eq!(violations, Vec::<String>::new(), "{}", built_in.name);
        let count = world.list::<Organization>().count();
        assert_eq!(count, if built_in.name == "partner" { 4 } else { 1 });
    }
}

#[test]
fn the_demo_holds_what_it_promises() {
    let world = load("demo");
    assert_eq!(world.list::<Person>().count(), 400);
    assert_eq!(world.list::<Subscription>().count(), 4);
    let rooms = world.list::<Workspace>();
    assert!(rooms.filter(|(_, room)| room.calling.is_some()).count() >= 12);
    assert!(configured(&world) >= 60);
    let unused: Vec<&str> = FAMILIES
        .iter()
        .filter(|family| world.list_objects(family.kind.kind, None).next().is_none())
        .map(|family| family.key)
        .collect();
    assert_eq!(
        unused,
        Vec::<&str>::new(),
        "families that nobody configured"
    );
    let full = world
        .list::<License>()
        .filter(|(_, license)| !license.has_free_unit());
    assert_eq!(full.count(), 1);
    let (organization, _) = world.list::<Organization>().next().unwrap();
    let template = template::get(&world, organization).unwrap();
    let named = template.licenses.iter().map(|id| csv_header(&world, *id));
    assert!(
        named
            .into_iter()
            .any(|name| name == "Webex Calling VAR Professional [Sub119911]")
    );
    let mut numbers = world.list::<PhoneNumber>();
    assert!(numbers.any(|(_, number)| number.alternate));
}

#[test]
fn the_same_seed_and_clock_give_the_same_bytes() {
    let bytes = || {
        let world = load("demo");
        serde_json::to_string(&snapshot::take(&world, &ENGINE, START)).unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn an_unknown_licence_is_named_with_its_place() {
    let text = minimal_with("licenses: [Messaging]", "licenses: [Messengers]");
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].path, "organizations[0].people[3].licenses[0]");
    let line = text.lines().position(|line| line.contains("Messengers"));
    assert_eq!(found[0].line, line.unwrap() as u64 + 1);
    assert!(found[0].message.contains("Messengers"), "{}", found[0]);
}

#[test]
fn a_misspelled_family_is_named_with_the_nearest() {
    let text = minimal_with("voicemail:", "voicmail:");
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains("`voicemail`"), "{}", found[0]);
    let path = "organizations[0].people[0].settings.voicmail";
    assert_eq!(found[0].path, path);
}

#[test]
fn a_number_of_nobody_and_a_double_extension_are_both_found() {
    let text = minimal_with("\"+15035550102\"", "\"+15035550155\"");
    let text = text.replacen("\"1103\"", "\"1101\"", 1);
    let found = errors(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].line < found[1].line);
}

#[test]
fn a_licence_without_a_free_unit_is_refused() {
    let text = minimal_with(
        "Professional, totalUnits: 10",
        "Professional, totalUnits: 1",
    );
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_suspended_subscription_may_have_holders_from_the_start() {
    let text = minimal_with("status: active", "status: suspended");
    assert_eq!(errors(&text), Vec::new());
}
