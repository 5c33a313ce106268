//! Proofs for reading scenarios: what is accepted, where errors are, and that generated people
//! never change.

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

/// The licences of a person with the sets spelled out.
fn licenses(organization: &Organization, person: &Person) -> Vec<LicenseReference> {
    let spell = |license: &LicenseReference| match organization.license_sets.get(&license.name) {
        Some(set) if license.subscription.is_none() => set.clone(),
        _ => vec![license.clone()],
    };
    person.licenses.iter().flat_map(spell).collect()
}

fn holders(organization: &Organization, license: &str) -> usize {
    let held = |person: &&Person| {
        licenses(organization, person)
            .iter()
            .any(|held| held.to_string() == license)
    };
    organization.people.iter().filter(held).count()
}

fn units(organization: &Organization, subscription: &str, license: &str) -> usize {
    let sold = organization
        .subscriptions
        .iter()
        .find(|sold| sold.id == subscription)
        .unwrap();
    let license = sold
        .licenses
        .iter()
        .find(|sold| sold.name == license)
        .unwrap();
    usize::try_from(license.total_units).unwrap()
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

#[test]
fn the_demo_has_room_for_the_move_of_everybody() {
    let demo = organization("demo");
    let professional = "Webex Calling - Professional";
    let old = holders(&demo, "Webex Calling - Professional [Sub119911]");
    let new = holders(&demo, "Webex Calling - Professional [Sub121331]");
    let rooms = demo.workspaces.iter().flat_map(|room| &room.licenses);
    let rooms = rooms
        .filter(|held| held.to_string().ends_with("Professional [Sub119911]"))
        .count();
    assert_eq!(demo.people.len(), 400);
    assert!(old >= 240, "{old} holders of the old licence");
    assert!(units(&demo, "Sub119911", professional) >= old + rooms + 20);
    assert!(units(&demo, "Sub121331", professional) >= new + 260);
    assert!(units(&demo, "Sub121331", professional) - new >= old + rooms);
    let full = holders(&demo, "Webex Calling - Professional [Sub118204]");
    assert_eq!(units(&demo, "Sub118204", professional), full);
    assert!(demo.workspaces.len() >= 12);
}

#[test]
fn the_demo_has_free_numbers_and_extensions_that_repeat_between_locations() {
    let demo = organization("demo");
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (location, calling) in calling_locations(&demo) {
        let taken = numbers_taken(&demo, &location.name);
        let free: Vec<_> = calling
            .free_numbers()
            .filter(|number| !taken.contains(number))
            .collect();
        assert!(
            free.len() >= 12,
            "{}: {} free numbers",
            location.name,
            free.len()
        );
        let own: BTreeSet<String> = calling.free_numbers().collect();
        assert!(
            taken.is_subset(&own),
            "{}: a number of another location",
            location.name
        );
        let here = Some(location.name.as_str());
        let people = demo
            .people
            .iter()
            .filter(|person| person.location.as_deref() == here);
        for extension in people.filter_map(|person| person.extension.as_deref()) {
            *places.entry(extension).or_default() += 1;
        }
    }
    assert!(places.values().any(|count| *count >= 4));
    assert!(places.values().any(|count| *count == 1));
}

fn calling_locations(
    organization: &Organization,
) -> impl Iterator<Item = (&Location, &LocationCalling)> {
    organization
        .locations
        .iter()
        .filter_map(|place| Some((place, place.calling.as_ref()?)))
}

fn numbers_taken(organization: &Organization, location: &str) -> BTreeSet<String> {
    let people = organization
        .people
        .iter()
        .map(|one| (&one.location, &one.phone_number));
    let rooms = organization
        .workspaces
        .iter()
        .map(|one| (&one.location, &one.phone_number));
    let here = people
        .chain(rooms)
        .filter(|(place, _)| place.as_deref() == Some(location));
    here.filter_map(|(_, number)| number.clone()).collect()
}

#[test]
fn at_least_sixty_calling_people_of_the_demo_have_settings_in_many_families() {
    let demo = organization("demo");
    let mut families = BTreeSet::new();
    let mut configured = 0;
    for person in &demo.people {
        let sets = person
            .setting_sets
            .iter()
            .filter_map(|name| demo.setting_sets.get(name));
        let before = families.len();
        families.extend(
            sets.chain([&person.settings])
                .flat_map(|settings| settings.keys()),
        );
        let has = !person.settings.is_empty() || !person.setting_sets.is_empty();
        assert!(
            !has || person.extension.is_some(),
            "{} has no Calling",
            demo.email_of(person)
        );
        configured += usize::from(has);
        assert!(families.len() >= before);
    }
    assert!(configured >= 60, "{configured}");
    assert!(families.len() >= 18, "{families:?}");
}

#[test]
fn every_name_in_the_demo_leads_somewhere() {
    let demo = organization("demo");
    let emails: BTreeSet<_> = demo
        .people
        .iter()
        .map(|person| demo.email_of(person))
        .collect();
    let places: BTreeSet<_> = demo
        .locations
        .iter()
        .map(|place| place.name.as_str())
        .collect();
    assert_eq!(emails.len(), demo.people.len());
    for person in &demo.people {
        let who = demo.email_of(person);
        assert!(
            person
                .location
                .as_deref()
                .is_some_and(|name| places.contains(name)),
            "{who}"
        );
        assert!(
            person.roles.iter().all(|role| Role::find(role).is_some()),
            "{who}"
        );
        assert!(
            person
                .setting_sets
                .iter()
                .all(|set| demo.setting_sets.contains_key(set)),
            "{who}"
        );
        let manager = person
            .manager
            .iter()
            .map(|name| format!("{name}@{}", demo.domain));
        assert!(
            manager.into_iter().all(|manager| emails.contains(&manager)),
            "{who}"
        );
        for held in licenses(&demo, person) {
            let offer = Offer::named(&held.name).unwrap_or_else(|| panic!("{who}: {held}"));
            assert_ne!(offer.service, Service::Other, "{held}");
        }
    }
}

#[test]
fn the_demo_has_an_administrator_of_every_role() {
    let demo = organization("demo");
    let held: BTreeSet<_> = demo
        .people
        .iter()
        .flat_map(|person| &person.roles)
        .collect();
    for role in ROLES {
        let is_held = held.iter().any(|held| held.as_str() == role.key);
        assert!(is_held, "nobody is {}", role.name);
    }
}
