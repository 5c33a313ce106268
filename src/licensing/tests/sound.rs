//! The check itself: it sees what must not be, on a whole world and on a change alone.

use std::sync::Arc;

use uuid::Uuid;

use super::firm::Firm;
use crate::licensing::check::CHECK;
use crate::model::{Holder, License, Person};
use crate::world::{Tx, World, diff};

/// Does something to a firm's world behind the heart's back, and answers what is found.
fn found(harm: impl Fn(&mut Tx, &Firm, Holder, Uuid)) -> (usize, usize) {
    let mut firm = Firm::new();
    let license = firm.license("Sub119911", "BCSTD", 10);
    let ann = firm.person("ann");
    firm.caller(ann, license, "2001");
    let before = World::clone(&firm.tx);
    let mut tx = Tx::new(Arc::new(before.clone()), super::firm::NOW);
    harm(&mut tx, &firm, ann, license);
    let changes = diff::changes(&before, &tx);
    (
        (CHECK.on_world)(&tx).len(),
        (CHECK.on_change)(&tx, &changes).len(),
    )
}

#[test]
fn a_world_that_is_sound_passes() {
    assert_eq!(found(|_, _, _, _| {}), (0, 0));
}

#[test]
fn a_counter_that_does_not_equal_its_holders_is_seen() {
    let seen = found(|tx, _, _, license| {
        tx.update::<License>(license, |license| license.consumed_by_workspaces = 1)
            .unwrap();
    });
    assert_eq!(seen, (1, 1));
}

#[test]
fn a_licence_that_is_taken_without_counting_is_seen() {
    let seen = found(|tx, _, ann, _| {
        tx.update::<Person>(ann.id(), |person| {
            person.licenses.clear();
            person.calling = None;
        })
        .unwrap();
    });
    assert_eq!(seen, (1, 1));
}

#[test]
fn calling_without_its_licence_is_seen_and_so_is_the_reverse() {
    let seen = found(|tx, _, ann, _| {
        tx.update::<Person>(ann.id(), |person| person.calling = None)
            .unwrap();
    });
    assert_eq!(seen, (1, 1));
}

#[test]
fn two_calling_licences_are_seen() {
    let seen = found(|tx, _, ann, license| {
        let second = tx.new_id::<License>();
        let mut other = tx.get::<License>(license).unwrap().clone();
        other.offer = "BCBAS".to_owned();
        tx.put(second, other).unwrap();
        tx.update::<Person>(ann.id(), |person| person.licenses.push(second))
            .unwrap();
    });
    assert_eq!(seen, (1, 1));
}

#[test]
fn a_licence_that_is_deleted_while_it_is_held_is_seen() {
    let (on_world, on_change) = found(|tx, _, _, license| {
        tx.delete(crate::model::kinds::LICENSE, license);
    });
    assert!(on_world > 0 && on_change > 0);
}
