//! Proofs for mistakes in the sections of a scenario, a table for each.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    MISTAKES, Mistake, administration, contact_center, errors, integrations, minimal, place,
    places, text_of, untold,
};

/// The tables of mistakes, each with the scenario that they are made in.
const TABLES: &[(&str, &[Mistake])] = &[
    ("minimal", administration::MISTAKES),
    ("minimal", integrations::MISTAKES),
    ("minimal", places::MISTAKES),
    ("contact-center", contact_center::SECTION),
    ("contact-center", contact_center::USERS),
];

/// The names of every key that a scenario can have, and the words that stand for choices.
fn known_words(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| known_words(item, found)),
        Value::Object(fields) => {
            if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
                found.extend(properties.keys().cloned());
            }
            fields.values().for_each(|field| known_words(field, found));
        }
        Value::String(word) => drop(found.insert(word.clone())),
        _ => {}
    }
}

/// What stands before values.
const LISTS: [&str; 5] = [
    " none of ",
    " one of ",
    "A filter of ",
    "known are ",
    " supported for ",
];

/// The words of a message that look like keys. What is quoted was written by somebody else, braces
/// stand in paths of the API, and a list of choices names values.
fn keys_of(message: &str) -> Vec<&str> {
    let lists = LISTS.iter();
    let before = lists.fold(message, |left, list| {
        left.split(list).next().unwrap_or(left)
    });
    let outside = before.split(['"', '`', '{', '}']).step_by(2);
    let words = outside.flat_map(|part| part.split(|sign: char| !sign.is_ascii_alphanumeric()));
    let looks_so = |word: &&str| {
        let mut signs = word.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_lowercase())
            && signs.any(|sign| sign.is_ascii_uppercase())
    };
    words.filter(looks_so).collect()
}

#[test]
fn a_mistake_is_told_with_the_keys_of_the_scenario() {
    let mut known = BTreeSet::new();
    known_words(&crate::scenario::schema::schema(), &mut known);
    let mut wrong = Vec::new();
    for (scenario, table) in [("minimal", MISTAKES)].iter().chain(TABLES) {
        for mistake in *table {
            let text = text_of(scenario).replacen(mistake.from, mistake.to, 1);
            // The keys of settings are the API's, which no schema of scenarios lists.
            let found = errors(&text).into_iter();
            for error in found.filter(|error| !error.path.contains(".settings.")) {
                let strange = keys_of(&error.message).into_iter();
                let strange = strange.filter(|word| !known.contains(*word));
                wrong.extend(strange.map(|word| format!("{word}: {error}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mistakes_in_each_section_are_named_once_with_their_place() {
    let tables = TABLES.iter();
    let wrong = tables.flat_map(|(scenario, table)| untold(text_of(scenario), table));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_follows_from_a_mistake_in_a_section_is_not_named_too() {
    // The role fails, and with it nobody's; the profile, and with it nobody's.
    let text = text_of("contact-center").replacen(
        "    people:\n",
        "    customRoles: [{name: Clerk, permissions: []}]\n    contactCenter: {userProfiles: \
         [{name: Care, profileType: STANDARD_AGENT, permissions: {}}]}\n    people:\n",
        1,
    );
    let text = text.replacen(
        "title: Agent, licenses: [standard]}",
        "title: Agent, licenses: [standard], roles: [Clerk], contactCenter: {userProfile: Care}}",
        1,
    );
    let found = errors(&text);
    let paths: Vec<&str> = found.iter().map(|error| error.path.as_str()).collect();
    let expected = [
        "organizations[0].customRoles[0].permissions",
        "organizations[0].contactCenter.userProfiles[0].permissions",
    ];
    assert_eq!(paths, expected, "{found:?}");
}

#[test]
fn a_section_with_more_than_fits_is_refused_at_the_first_that_does_not() {
    let floors: Vec<String> = (0..1001)
        .map(|number| format!("{{number: {number}}}"))
        .collect();
    let floors = format!(
        "        floors: [{}]\n        calling:\n",
        floors.join(", ")
    );
    let days = (1..=101).map(|day| format!("20{:02}-{:02}-01", day / 12, day % 12 + 1));
    let reports = days.map(|day| {
        format!("{{template: 602, startDate: {day}, endDate: {day}, creator: kofi.lindqvist}}")
    });
    let reports: Vec<String> = reports.collect();
    let reports = format!("    reports: [{}]\n    people:\n", reports.join(",\n    "));
    let (name, short) = ("n".repeat(1025), "n".repeat(101));
    let short = short.as_str();
    let webhook = format!(
        "    webhooks: [{{name: {name}, targetUrl: \"https://x.example/\", resource: rooms, event: \
         created, creator: kofi.lindqvist}}]\n    people:\n"
    );
    let role =
        format!("    customRoles: [{{name: {short}, permissions: [viewLicenses]}}]\n    people:\n");
    let cases = [
        (
            "        calling:\n",
            floors,
            "{number: 1000}",
            "which is the most",
        ),
        (
            "    people:\n",
            reports,
            "{template: 602, startDate: 2008-06",
            "at most 100 reports",
        ),
        (
            "    people:\n",
            webhook,
            name.as_str(),
            "name must not be longer than 1024",
        ),
        (
            "    people:\n",
            role,
            short,
            "name must not be longer than 100",
        ),
    ];
    for (from, to, at, says) in cases {
        let text = minimal().replacen(from, &to, 1);
        let found = errors(&text);
        let [error] = found.as_slice() else {
            panic!("{says}: {found:?}");
        };
        assert_eq!((error.line, error.column), place(&text, at), "{error}");
        assert!(error.message.contains(says), "{error}");
    }
}
