//! Proofs for mistakes in scenarios: each is named once, with its line, its column and its path.

mod administration;
mod contact_center;
mod integrations;
mod places;
mod sections;

use crate::scenario::source::Source;
use crate::scenario::{ScenarioError, library, start};

/// The smallest scenario with one thing written otherwise.
struct Mistake {
    /// What the scenario says.
    from: &'static str,
    /// What it says instead.
    to: &'static str,
    /// A part of the text at which the error stands.
    at: &'static str,
    /// The path that is named.
    path: &'static str,
    /// A part of what is said.
    says: &'static str,
}

/// A mistake below `people:` of an organisation: a section that comes before it.
const fn section(
    to: &'static str,
    at: &'static str,
    path: &'static str,
    says: &'static str,
) -> Mistake {
    Mistake {
        from: "    people:\n",
        to,
        at,
        path,
        says,
    }
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        from: "    domain: pebblebrook",
        to: "\tdomain: pebblebrook",
        at: "\tdomain",
        path: "organizations[0].name",
        says: "tab",
    },
    Mistake {
        from: "    domain: pebblebrook",
        to: "    domane: pebblebrook",
        at: "domane",
        path: "organizations[0].domane",
        says: "unknown field `domane`; did you mean `domain`?",
    },
    Mistake {
        from: "    domain: pebblebrook.example\n",
        to: "",
        at: "name: Pebblebrook Clinic",
        path: "organizations[0]",
        says: "missing field `domain`",
    },
    Mistake {
        from: "totalUnits: 5}",
        to: "totalUnits: five}",
        at: "five",
        path: "organizations[0].subscriptions[0].licenses[1].totalUnits",
        says: "must be a whole number",
    },
    Mistake {
        from: "status: active",
        to: "status: [active]",
        at: "[active]",
        path: "organizations[0].subscriptions[0].status",
        says: "must be a single value",
    },
    Mistake {
        from: "name: Pebblebrook Clinic",
        to: "name: [Pebblebrook Clinic]",
        at: "[Pebblebrook Clinic]",
        path: "organizations[0].name",
        says: "must be a single value",
    },
    Mistake {
        from: "- {name: Messaging, totalUnits: 10}",
        to: "- Messaging",
        at: "Messaging\n          - {name: Basic",
        path: "organizations[0].subscriptions[0].licenses[3]",
        says: "must be a mapping, written as `key: value`",
    },
    Mistake {
        from: "numbers: [\"+15035550100-+15035550119\"]",
        to: "numbers: \"+15035550100-+15035550119\"",
        at: "\"+15035550100-",
        path: "organizations[0].locations[0].calling.numbers",
        says: "must be a list",
    },
    Mistake {
        from: "status: active",
        to: "status: asleep",
        at: "asleep",
        path: "organizations[0].subscriptions[0].status",
        says: "`asleep` is not among the values that are known here (known are trial, active",
    },
    Mistake {
        from: "status: active",
        to: "status: actve",
        at: "actve",
        path: "organizations[0].subscriptions[0].status",
        says: "did you mean `active`?",
    },
    Mistake {
        from: "createdAt: -P400D\n\n",
        to: "createdAt: long ago\n\n",
        at: "long ago",
        path: "organizations[0].createdAt",
        says: "neither a time",
    },
    Mistake {
        from: "{name: Messaging, totalUnits",
        to: "{name: Messages, totalUnits",
        at: "Messages",
        path: "organizations[0].subscriptions[0].licenses[3].name",
        says: "did you mean `Messaging`",
    },
    Mistake {
        from: "endDate: +P330D",
        to: "endDate: -P500D",
        at: "-P500D",
        path: "organizations[0].subscriptions[0].endDate",
        says: "endDate",
    },
    Mistake {
        from: "timeZone: America/Los_Angeles",
        to: "timeZone: America/Lost_Angels",
        at: "America/Lost_Angels",
        path: "organizations[0].locations[0].timeZone",
        says: "Lost_Angels",
    },
    Mistake {
        from: "mainNumber: \"+15035550100\"",
        to: "mainNumber: \"+15035550777\"",
        at: "\"+15035550777\"",
        path: "organizations[0].locations[0].calling.mainNumber",
        says: "has no number +15035550777",
    },
    Mistake {
        from: "\"+15035550100-+15035550119\"",
        to: "\"+15035550119-+15035550100\"",
        at: "\"+15035550119-",
        path: "organizations[0].locations[0].calling.numbers[0]",
        says: "ends before it begins",
    },
    Mistake {
        from: "location: Pebblebrook\n        extension: \"1103\"",
        to: "location: Pebbelbrook\n        extension: \"1103\"",
        at: "Pebbelbrook",
        path: "organizations[0].people[2].location",
        says: "did you mean `Pebblebrook`",
    },
    Mistake {
        from: "phoneNumber: \"+15035550102\"",
        to: "phoneNumber: \"+15035550155\"",
        at: "\"+15035550155\"",
        path: "organizations[0].people[1].phoneNumber",
        says: "+15035550155",
    },
    Mistake {
        from: "extension: \"1103\"",
        to: "extension: \"1101\"\n        department: Reception",
        at: "\"1101\"\n        department",
        path: "organizations[0].people[2].extension",
        says: "1101",
    },
    Mistake {
        from: "lastName: Ingleby",
        to: "lastName: Ingleby\n        email: kofi.lindqvist@pebblebrook.example",
        at: "kofi.lindqvist@",
        path: "organizations[0].people[2].email",
        says: "organizations[0].people[1]",
    },
    Mistake {
        from: "licenses: [Messaging]",
        to: "licenses: [Messaging]\n        extension: \"1104\"",
        at: "\"1104\"",
        path: "organizations[0].people[3].extension",
        says: "only a holder of a Calling licence",
    },
    Mistake {
        from: "licenses: [Messaging]",
        to: "licenses: [Messaging]\n        settingSets: [quiet]",
        at: "quiet",
        path: "organizations[0].people[3].settingSets[0]",
        says: "there is no setting set `quiet`",
    },
    Mistake {
        from: "licenses: [Messaging]",
        to: "licenses: [Messaging]\n        manager: abigail.netherwod",
        at: "abigail.netherwod\n",
        path: "organizations[0].people[3].manager",
        says: "did you mean `abigail.netherwood@pebblebrook.example`",
    },
    Mistake {
        from: "roles: [id_full_admin]",
        to: "roles: [id_fool_admin]",
        at: "id_fool_admin",
        path: "organizations[0].people[0].roles[0]",
        says: "did you mean `id_full_admin`",
    },
    Mistake {
        from: "voicemail:\n            notifications: {enabled: false}",
        to: "pushToTalk:\n            members: [nobody@pebblebrook.example]\n          voicemail:\n            \
             notifications: {enabled: false}",
        at: "nobody@pebblebrook.example",
        path: "organizations[0].people[0].settings.pushToTalk.members[0]",
        says: "there is no person or workspace `nobody@pebblebrook.example`",
    },
    Mistake {
        from: "notifications: {enabled: false}",
        to: "notifications: {enabled: maybe}",
        at: "maybe",
        path: "organizations[0].people[0].settings.voicemail.notifications.enabled",
        says: "must be",
    },
    Mistake {
        from: "voicemail:",
        to: "voicmail:",
        at: "voicmail",
        path: "organizations[0].people[0].settings.voicmail",
        says: "did you mean `voicemail`",
    },
    Mistake {
        from: "organizations:",
        to: "quirks: {csv_from_suspended: thrown}\norganizations:",
        at: "thrown",
        path: "quirks.csv_from_suspended",
        says: "kept or lost",
    },
    Mistake {
        from: "organizations:",
        to: "quirks: {csv_from_suspendet: lost}\norganizations:",
        at: "lost}",
        path: "quirks.csv_from_suspendet",
        says: "did you mean `csv_from_suspended`?",
    },
    Mistake {
        from: "organizations:",
        to: "edition: clasic\norganizations:",
        at: "clasic",
        path: "edition",
        says: "did you mean `classic`?",
    },
    Mistake {
        from: "organizations:",
        to: "clock: {mode: frozen, scale: 2}\norganizations:",
        at: "2}",
        path: "clock.scale",
        says: "scaled",
    },
    Mistake {
        from: "    people:",
        to: "    generate: {people: 3, locations: [Atlantis]}\n    people:",
        at: "locations: [Atlantis]",
        path: "organizations[0].generate.locations",
        says: "Atlantis",
    },
    Mistake {
        from: "    people:",
        to: "    people: []\n    people:",
        at: "people:\n      - firstName",
        path: "organizations[0].people",
        says: "`people` stands twice in this mapping; write it once",
    },
];

fn text_of(scenario: &str) -> &'static str {
    library::find(scenario).unwrap().text
}

fn minimal() -> &'static str {
    text_of("minimal")
}

fn errors(text: &str) -> Vec<ScenarioError> {
    start::check(&Source::sent(text))
}

/// Line and column, from 1, at which a part of a text stands.
fn place(text: &str, part: &str) -> (u64, u64) {
    let (before, _) = text.split_once(part).unwrap_or_else(|| panic!("{part}"));
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (line as u64, column as u64)
}

/// What is not as it should be of the mistakes, each made in a scenario of its own.
fn untold(base: &str, mistakes: &[Mistake]) -> Vec<String> {
    let mut wrong = Vec::new();
    for mistake in mistakes {
        assert!(base.contains(mistake.from), "{}", mistake.from);
        let text = base.replacen(mistake.from, mistake.to, 1);
        let found = errors(&text);
        let [error] = found.as_slice() else {
            wrong.push(format!("{}: {found:#?}", mistake.to));
            continue;
        };
        let expected = (place(&text, mistake.at), mistake.path);
        let is_told = error.message.contains(mistake.says);
        if ((error.line, error.column), error.path.as_str()) != expected || !is_told {
            wrong.push(format!("{}: expected {expected:?}: {error:?}", mistake.to));
        }
    }
    wrong
}

#[test]
fn each_mistake_is_named_once_with_its_line_column_and_path() {
    let wrong = untold(minimal(), MISTAKES);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_that_leads_to_no_scenario_has_no_line_but_names_those_there_are() {
    let said = |name: &str| Source::open(name).unwrap_err().to_string();
    let near = said("deno");
    let names = library::BUILT_IN.iter().map(|scenario| scenario.name);
    let names = names.collect::<Vec<_>>().join(", ");
    let expected = format!(
        "deno: no such built-in scenario (there are {names}), and there is no such file either; \
         did you mean `demo`?"
    );
    assert_eq!(near, expected);
    let far = said("scenarios/of-my-own.yaml");
    assert!(far.ends_with("there is no such file either"), "{far}");
    let folder = said(env!("CARGO_MANIFEST_DIR"));
    assert!(folder.contains("cannot be read"), "{folder}");
}

#[test]
fn what_follows_from_a_mistake_is_not_named_too() {
    // The location fails, and with it everybody in it, their settings and the members among them.
    let text = minimal().replace("America/Los_Angeles", "Nowhere");
    let text = text.replace(
        "          voicemail:",
        "          monitoring: {monitoredElements: [kofi.lindqvist@pebblebrook.example]}\n          \
         voicemail:",
    );
    assert_eq!(errors(&text).len(), 1, "{:?}", errors(&text));
    // A licence that is no longer sold is missed by all, and named where it is sold.
    let text = minimal().replace(
        "Calling - Professional, total",
        "Calling - Professorial, total",
    );
    assert_eq!(errors(&text).len(), 1, "{:?}", errors(&text));
}

#[test]
fn one_cause_at_many_places_is_named_where_it_shows_first_and_counted() {
    let text = minimal().replace("location: Pebblebrook", "location: Brook");
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].path, "organizations[0].people[0].location");
    assert!(
        found[0].message.ends_with("(so at 2 other places)"),
        "{}",
        found[0]
    );
    let text = minimal().replace(
        "Professional, totalUnits: 10",
        "Professional, totalUnits: 0",
    );
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].path, "organizations[0].people[0].licenses");
}

#[test]
fn mistakes_of_different_causes_are_all_named_in_the_order_of_the_text() {
    let text = minimal().replace("[id_full_admin]", "[id_fool_admin]");
    let text = text.replace("\"+15035550102\"", "\"+15035550155\"");
    let text = text.replace("licenses: [Messaging]", "licenses: [Messengers]");
    let found = errors(&text);
    let lines: Vec<u64> = found.iter().map(|error| error.line).collect();
    assert_eq!(lines.len(), 3, "{found:?}");
    assert!(lines.is_sorted(), "{found:?}");
}

#[test]
fn keys_with_dots_and_a_mark_of_byte_order_lead_to_the_right_place() {
    let text = minimal().replace(
        "    people:",
        "    licenseSets:\n      a.b: [Massaging]\n    people:",
    );
    let text = text.replace("licenses: [Messaging]", "licenses: [a.b]");
    let text = format!("\u{feff}{text}");
    let found = errors(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].path, "organizations[0].licenseSets.a.b[0]");
    assert_eq!((found[0].line, found[0].column), place(&text, "Massaging"));
}
