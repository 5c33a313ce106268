//! The ledger keeps within its bounds, whatever its entries weigh.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Actor, Change, Entry, Ledger, LedgerLimits};
use crate::world::{Entity, Kind, Moment, Object};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Note(String);

impl Entity for Note {
    const KIND: Kind = Kind(u16::MAX);
    const NAME: &'static str = "note";

    fn label(&self) -> String {
        "note".to_owned()
    }
}

fn entry(revision: u64, length: usize) -> Arc<Entry> {
    let change = Change {
        key: (Note::KIND, Uuid::nil()),
        before: None,
        after: Some(Object::new(Note("x".repeat(length)))),
    };
    Arc::new(Entry {
        revision,
        at: Moment(0),
        actor: Actor::simulator(),
        operation: "test",
        tracking_id: "t".into(),
        changes: vec![change],
        switches: Vec::new(),
        lost: Vec::new(),
        rules: Vec::new(),
        rules_of: crate::world::ledger::RulesOf::new(),
        warnings: Vec::new(),
        brought: None,
    })
}

const LIMITS: LedgerLimits = LedgerLimits {
    entries: 10,
    changes: 1000,
    bytes: 100_000,
};

fn append(ledger: &mut Ledger, revision: u64, length: usize) {
    let entry = entry(revision, length);
    let weight = entry.weight();
    ledger.append(entry, weight, &LIMITS);
}

fn revisions(ledger: &Ledger) -> Vec<u64> {
    ledger.entries().map(|entry| entry.revision).collect()
}

#[test]
fn heavy_entries_push_the_oldest_out_and_are_counted() {
    let mut ledger = Ledger::default();
    for revision in 1..=5 {
        append(&mut ledger, revision, 40_000);
    }
    assert_eq!(revisions(&ledger), [4, 5]);
    assert_eq!(ledger.evicted, 3);
}

#[test]
fn light_entries_are_bounded_by_their_number() {
    let mut ledger = Ledger::default();
    for revision in 1..=12 {
        append(&mut ledger, revision, 10);
    }
    assert_eq!(revisions(&ledger), (3..=12).collect::<Vec<_>>());
    assert_eq!(ledger.evicted, 2);
}

#[test]
fn the_newest_entry_stays_whatever_it_weighs_and_goes_with_the_next() {
    let mut ledger = Ledger::default();
    append(&mut ledger, 1, 1_000_000);
    assert_eq!(revisions(&ledger), [1]);
    append(&mut ledger, 2, 10);
    assert_eq!(revisions(&ledger), [2]);
    assert_eq!(ledger.evicted, 1);
}
