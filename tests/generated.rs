//! Generated pages are what the sources say; `HUBSIM_BLESS=1 cargo test --test generated` rewrites
//! them.
//!
//! A test proves a rule when its name holds the rule's id (`move_12_…`) or when a doc comment
//! above it says `/// Proves: MOVE-12, LOSS-01`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what it missed, and HUBSIM_BLESS is its one option"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hubsim::catalog::table;
use hubsim::control::coverage::coverage_page;
use hubsim::http::openapi::DOCUMENTS;
use hubsim::licensing::rules::{all, behaviour_page, left_out, rule};

/// A test that names rules.
#[derive(Debug, PartialEq, Eq)]
struct Proof {
    test: String,
    rules: BTreeSet<String>,
}

#[test]
fn the_behaviour_page_lists_every_rule_with_its_proofs() {
    let mut proofs: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, source) in sources(&["src", "tests"]) {
        for proof in proofs_in(&source) {
            for id in proof.rules {
                let place = format!("{path}::{}", proof.test);
                let rule = rule(&id).unwrap_or_else(|| panic!("{place} proves unknown {id}"));
                proofs.entry(rule.id).or_default().push(place);
            }
        }
    }
    golden("openapi/BEHAVIOUR.md", &behaviour_page(&proofs));
}

#[test]
fn the_openapi_documents_describe_every_simulated_operation() {
    for document in DOCUMENTS {
        let rendered = document.render(table());
        let text = serde_json::to_string_pretty(&rendered).expect("a document");
        golden(&format!("openapi/{}.json", document.name), &(text + "\n"));
        let mut ids = BTreeSet::new();
        for item in rendered["paths"].as_object().expect("paths").values() {
            for operation in item.as_object().expect("operations").values() {
                let id = operation["operationId"].as_str().expect("an id");
                assert!(ids.insert(id.to_owned()), "{id} is given twice");
            }
        }
    }
}

#[test]
fn the_coverage_page_lists_every_operation() {
    golden("openapi/COVERAGE.md", &coverage_page(table()));
}

#[test]
fn every_rule_that_the_code_names_stands_in_the_table() {
    for (path, source) in sources(&["src"]) {
        for id in source.split('"').filter(|text| is_rule_id(text)) {
            assert!(
                rule(id).is_some() || left_out().any(|(left_out, _)| left_out == id),
                "{path} names {id}, which the rule table does not have"
            );
        }
    }
}

#[test]
fn a_proof_is_found_in_a_comment_and_in_a_name() {
    let source = [
        "/// A sentence.",
        "/// Proves: MOVE-01, LOSS-02",
        "#[test]",
        "fn csv_10_moves_with_everything() {}",
        "/// Proves: SUB-01",
        "fn helper() {}",
        "#[actix_web::test]",
        "async fn nothing_named() {}",
    ];
    let rules = ["CSV-10", "LOSS-02", "MOVE-01"].map(str::to_owned).into();
    let test = "csv_10_moves_with_everything".to_owned();
    assert_eq!(proofs_in(&source.join("\n")), [Proof { test, rules }]);
}

/// Every test of a source that names a rule.
fn proofs_in(source: &str) -> Vec<Proof> {
    let mut proofs = Vec::new();
    let mut named = BTreeSet::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if let Some(ids) = line.strip_prefix("/// Proves:") {
            named.extend(
                ids.split(',')
                    .map(|id| id.trim().trim_end_matches('.').to_owned()),
            );
        } else if line.starts_with("#[") {
            is_test |= ["#[test]", "::test]", "::test("]
                .iter()
                .any(|mark| line.contains(mark));
        } else if !line.starts_with("//") {
            if let (true, Some(test)) = (is_test, function_name(line)) {
                named.extend(ids_in_name(test));
                proofs.push(Proof {
                    test: test.to_owned(),
                    rules: named.clone(),
                });
            }
            named.clear();
            is_test = false;
        }
    }
    proofs.retain(|proof| !proof.rules.is_empty());
    proofs
}

fn function_name(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let is_head = before
        .split_whitespace()
        .all(|word| ["pub", "async"].contains(&word));
    is_head.then(|| rest.split(['(', '<']).next()).flatten()
}

fn ids_in_name(test: &str) -> impl Iterator<Item = String> {
    let test = format!("_{test}_");
    all().map(|rule| rule.id).filter_map(move |id| {
        let in_name = format!("_{}_", id.to_lowercase().replace('-', "_"));
        test.contains(&in_name).then(|| id.to_owned())
    })
}

/// Whether a text has the form of a rule id in one of the groups of the catalogue.
fn is_rule_id(text: &str) -> bool {
    const UNUSED_SO_FAR: [&str; 3] = ["PKG", "CC", "PSTN"];
    let Some((prefix, number)) = text.split_once('-') else {
        return false;
    };
    let known = |id: &str| id.split_once('-').is_some_and(|(group, _)| group == prefix);
    (2..=3).contains(&number.len())
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && (UNUSED_SO_FAR.contains(&prefix) || all().any(|rule| known(rule.id)))
}

/// Path and text of every Rust file under the folders, in the order of their paths.
fn sources(folders: &[&str]) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a readable folder");
            waiting.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).expect("a path under the root");
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).expect("a source file"));
        }
    }
    found
}

/// Compares a generated page with the file in the repository, or writes it when blessing.
fn golden(path: &str, page: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("HUBSIM_BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
        fs::write(&file, page).expect("the page is written");
        return;
    }
    let written = match fs::read_to_string(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        other => other.expect("a readable page"),
    };
    if let Some((line, (old, new))) = first_difference(&written, page) {
        panic!(
            "{path} differs from the sources in line {line}:\n  file:    {old}\n  sources: {new}\n\
             HUBSIM_BLESS=1 cargo test --test generated rewrites it"
        );
    }
}

fn first_difference<'a>(old: &'a str, new: &'a str) -> Option<(usize, (&'a str, &'a str))> {
    if old == new {
        return None;
    }
    let (mut old, mut new) = (old.lines(), new.lines());
    (1..).find_map(|line| {
        let pair = (old.next(), new.next());
        let texts = (pair.0.unwrap_or("(end)"), pair.1.unwrap_or("(end)"));
        (pair.0 != pair.1 || pair == (None, None)).then_some((line, texts))
    })
}
