//! The house rules that no compiler checks: sizes, the purpose line of every file, which room may
//! import which, and what must never be left behind. Each violation is named by file and line.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a checker that cannot read its own files has found a fault"
)]

#[path = "tidy/source.rs"]
mod source;

use std::path::Path;

use source::Source;

/// Longest file of the library and the program.
const LINES_PER_FILE_MAX: usize = 400;
/// Longest file of tests, benches and examples.
const LINES_PER_TEST_FILE_MAX: usize = 600;
/// Longest function, from its `fn` to its closing brace.
const LINES_PER_FUNCTION_MAX: usize = 70;
/// Longest line, sentences and other literals not counted.
const COLUMNS_MAX: usize = 100;

/// The core: each room may import itself and the rooms after it, never one before it.
const CORE: [&str; 9] = [
    "tasks",
    "resources",
    "licensing",
    "belongings",
    "settings",
    "json",
    "model",
    "refusal",
    "world",
];

/// Everything around the core; these may import any core room.
const EDGE: [&str; 14] = [
    "catalog",
    "command",
    "console",
    "control",
    "events",
    "http",
    "hub",
    "lib",
    "main",
    "options",
    "scenario",
    "server",
    "telemetry",
    "webex",
];

/// What the core must not know: HTTP, asynchrony, the machine it runs on.
const OUTSIDE: [&str; 10] = [
    "actix_web",
    "actix_http",
    "tokio",
    "futures",
    "async",
    "await",
    "std::net",
    "std::fs",
    "std::env",
    "std::process",
];

/// What a finished file does not contain.
const UNFINISHED: [&str; 4] = ["todo!", "unimplemented!", "dbg!", "#[ignore"];

/// Places of one machine. Written in two halves, or this file would break its own rule.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
    concat!("C:", "\\Users"),
];

#[test]
fn every_file_opens_with_its_purpose() {
    report(source::rust_files(), |file, found| {
        if !file.text.starts_with("//! ") {
            found.push(file.at(
                0,
                "opens without a `//!` line that says what the file is for",
            ));
        }
    });
}

#[test]
fn files_functions_and_lines_stay_small() {
    report(source::rust_files(), |file, found| {
        let limit = if file.path.starts_with("src/") && !is_test(&file.path) {
            LINES_PER_FILE_MAX
        } else {
            LINES_PER_TEST_FILE_MAX
        };
        let count = file.text.lines().count();
        if count > limit {
            found.push(file.at(
                0,
                &format!("has {count} lines, at most {limit} are allowed"),
            ));
        }
        for (number, columns) in file.columns().enumerate() {
            if columns > COLUMNS_MAX {
                found.push(format!("{}:{}: {columns} columns", file.path, number + 1));
            }
        }
        for function in file.functions() {
            if function.lines > LINES_PER_FUNCTION_MAX {
                let text = format!("fn {} has {} lines", function.name, function.lines);
                found.push(file.at(function.position, &text));
            }
        }
    });
}

#[test]
fn core_rooms_import_only_the_rooms_to_their_right() {
    let macros = source::rooms_of_macros(&source::rust_files());
    report(source::rust_files(), |file, found| {
        let Some(room) = file.room() else { return };
        let Some(place) = CORE.iter().position(|name| *name == room) else {
            return;
        };
        for (position, name) in file.rooms_imported() {
            let target = macros.get(&name).unwrap_or(&name);
            let other = CORE.iter().position(|name| name == target);
            let allowed = other.is_some_and(|other| other >= place);
            if !allowed {
                found.push(file.at(position, &format!("{room} must not import crate::{target}")));
            }
        }
    });
}

/// The rooms of rows, which `http/` serves and does not know: the catalog names them to it.
const ROOMS_OF_ROWS: [&str; 5] = ["catalog", "console", "control", "hub", "webex"];

#[test]
fn the_edge_knows_no_room_of_rows() {
    report(source::rust_files(), |file, found| {
        if file.room() != Some("http") {
            return;
        }
        let tests = file.text.find("#[cfg(test)]").unwrap_or(file.text.len());
        for (position, name) in file.rooms_imported() {
            if position < tests && ROOMS_OF_ROWS.contains(&name.as_str()) {
                found.push(file.at(position, &format!("http must not import crate::{name}")));
            }
        }
    });
}

#[test]
fn the_core_knows_nothing_of_the_outside() {
    report(source::rust_files(), |file, found| {
        if !file.room().is_some_and(|room| CORE.contains(&room)) {
            return;
        }
        for word in OUTSIDE {
            for position in file.words(word) {
                found.push(file.at(position, &format!("`{word}` in the core")));
            }
        }
    });
}

#[test]
fn every_source_file_stands_in_a_known_room() {
    report(source::rust_files(), |file, found| {
        if file.path.ends_with("/mod.rs") {
            found.push(file.at(0, "is a mod.rs; write `room.rs` beside `room/`"));
        }
        if let Some(room) = file.room()
            && !CORE.contains(&room)
            && !EDGE.contains(&room)
        {
            found.push(file.at(0, &format!("{room} is no room of this house")));
        }
    });
}

#[test]
fn nothing_is_left_undone() {
    report(source::rust_files(), |file, found| {
        for word in UNFINISHED {
            for position in file.words(word) {
                found.push(file.at(position, &format!("`{word}`")));
            }
        }
    });
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    report(source::text_files(), |file, found| {
        for word in MACHINE_PATHS {
            for (position, _) in file.text.match_indices(word) {
                // In the middle of a longer path it is somebody's resource, such as SCIM's Users.
                let before = file.text[..position].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '}') {
                    continue;
                }
                found.push(file.at(position, &format!("names `{word}`")));
            }
        }
    });
}

/// Documents that tell where things stand.
const MAPS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];
/// Endings by which the name of a file is known.
const FILE_ENDINGS: [&str; 6] = [".csv", ".md", ".py", ".rs", ".sh", ".toml"];
/// Names that are not ours.
const FOREIGN_NAMES: [&str; 2] = ["TCP_USER_TIMEOUT", "VmRSS"];

#[test]
fn every_file_and_every_name_that_the_maps_mention_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = source::rust_files();
    let is_named = |name: &str| {
        FOREIGN_NAMES.contains(&name) || code.iter().any(|file| file.text.contains(name))
    };
    let files = source::text_files();
    let ends = |file: &Source, name: &str| file.path.rsplit('/').next() == Some(name);
    report(source::text_files(), |map, found| {
        if !MAPS.contains(&map.path.as_str()) {
            return;
        }
        for (position, quoted) in map.quoted() {
            let path = quoted.split(' ').next().unwrap_or_default();
            let is_plain = |extra: &str| {
                let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || extra.contains(c);
                !path.is_empty() && path.chars().all(fits) && !path.starts_with('/')
            };
            let is_file = path.contains('/') || FILE_ENDINGS.iter().any(|it| path.ends_with(it));
            if is_plain("/.-") && is_file {
                let beside = !path.contains('/') && files.iter().any(|file| ends(file, path));
                if !beside && !root.join(path).exists() && !root.join("src").join(path).exists() {
                    found.push(map.at(position, &format!("`{path}` is not there")));
                }
            } else if is_plain(":") {
                let names = path.split("::").filter(|name| !is_named(name));
                found.extend(
                    names.map(|name| map.at(position, &format!("nothing is named `{name}`"))),
                );
            }
        }
    });
}

/// Whether a file of the library holds its unit tests.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// Collects the violations of all files, and fails with every one of them.
fn report(files: Vec<Source>, check: impl Fn(&Source, &mut Vec<String>)) {
    assert!(!files.is_empty(), "no files found to check");
    let mut found = Vec::new();
    for file in &files {
        check(file, &mut found);
    }
    assert!(
        found.is_empty(),
        "{} violations:\n{}",
        found.len(),
        found.join("\n")
    );
}
