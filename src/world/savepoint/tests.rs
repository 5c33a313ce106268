//! Whatever happens in attempts within attempts, one that fails leaves the draft as it found it.

use std::sync::Arc;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::world::{Clock, Entity, IndexKey, Kind, Moment, Object, Space, Tx, World};

/// Something with a unique name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Badge(u8);

impl Entity for Badge {
    const KIND: Kind = Kind(u16::MAX);
    const NAME: &'static str = "badge";

    fn label(&self) -> String {
        "badge".to_owned()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        out.push(IndexKey::new(Space(255), Uuid::nil(), &self.0.to_string()));
    }
}

/// Rules that may decide about a holder.
const RULES: &[&str] = &["ONE-01", "TWO-02"];

/// One thing that a write does.
#[derive(Debug, Clone)]
enum Deed {
    Put(u128, u8),
    Delete(u128),
    Create,
    Arm,
    Choose,
    Note,
    Decide(u128, usize),
    Attempt(Vec<Deed>, bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    let one = prop_oneof![
        4 => (0_u128..4, 0_u8..5).prop_map(|(id, name)| Deed::Put(id, name)),
        2 => (0_u128..4).prop_map(Deed::Delete),
        1 => Just(Deed::Create),
        1 => Just(Deed::Arm),
        1 => Just(Deed::Choose),
        1 => Just(Deed::Note),
        2 => (0_u128..3, 0..=RULES.len()).prop_map(|(id, rules)| Deed::Decide(id, rules)),
    ];
    one.prop_recursive(4, 40, 8, |inner| {
        (proptest::collection::vec(inner, 0..8), any::<bool>())
            .prop_map(|(deeds, fails)| Deed::Attempt(deeds, fails))
    })
}

fn run(tx: &mut Tx, deeds: &[Deed]) {
    for deed in deeds {
        match deed {
            // A name that another has is refused, which is no failure here.
            Deed::Put(id, name) => {
                drop(tx.put(Uuid::from_u128(*id), Badge(*name)));
            }
            Deed::Delete(id) => drop(tx.delete(Badge::KIND, Uuid::from_u128(*id))),
            Deed::Create => drop(tx.new_id::<Badge>()),
            Deed::Arm => tx.arm(Moment(7), "badge", Uuid::nil()),
            Deed::Choose => tx.choose("badge", Some("worn")),
            Deed::Note => tx.warn("a badge"),
            Deed::Decide(id, rules) => {
                tx.decided(Uuid::from_u128(*id), RULES.iter().copied().take(*rules));
            }
            Deed::Attempt(deeds, fails) => {
                let before = World::clone(tx);
                let warnings = tx.notes().warnings.len();
                let rules_of = tx.notes().rules_of.clone();
                let outcome = tx.attempt(|tx| {
                    run(tx, deeds);
                    if *fails { Err(()) } else { Ok(()) }
                });
                if outcome.is_err() {
                    assert_same(&before, tx);
                    assert_eq!(tx.notes().warnings.len(), warnings);
                    assert_eq!(tx.notes().rules_of, rules_of);
                }
            }
        }
    }
}

fn assert_same(before: &World, after: &World) {
    // Objects are equal when they are the same.
    assert_eq!(before.objects, after.objects);
    assert_eq!(before.index, after.index);
    assert_eq!(before.counters, after.counters);
    assert_eq!(before.timers, after.timers);
    assert_eq!(before.timer_counter, after.timer_counter);
    assert_eq!(before.choices, after.choices);
}

/// Every object stands under its unique name, and nothing else does.
fn assert_indexed(world: &World) {
    let objects = world.objects.iter();
    let mut names: Vec<_> = objects
        .flat_map(|((_, id), object)| object.index(*id).into_iter().map(|name| (name, *id)))
        .collect();
    names.sort();
    let kept: Vec<_> = world.index.iter().map(|(k, id)| (k.clone(), *id)).collect();
    assert_eq!(names, kept);
}

proptest! {
    #[test]
    fn a_failed_attempt_leaves_nothing_behind(deeds in proptest::collection::vec(deed(), 0..12)) {
        let clock = Clock::frozen(Moment(0));
        let mut tx = Tx::new(Arc::new(World::new(1, clock)), Moment(0));
        run(&mut tx, &deeds);
        assert_indexed(&tx);
    }
}

#[test]
fn an_object_that_comes_back_is_the_same_one() {
    let mut tx = Tx::new(Arc::new(World::new(1, Clock::frozen(Moment(0)))), Moment(0));
    tx.put(Uuid::nil(), Badge(1)).expect("a free name");
    let before: Object = tx.object((Badge::KIND, Uuid::nil())).expect("it").clone();
    let failed: Result<(), ()> = tx.attempt(|tx| {
        tx.delete(Badge::KIND, Uuid::nil());
        tx.put(Uuid::from_u128(1), Badge(1)).expect("a free name");
        Err(())
    });
    assert!(failed.is_err());
    assert_eq!(tx.object((Badge::KIND, Uuid::nil())), Some(&before));
    assert!(tx.object((Badge::KIND, Uuid::from_u128(1))).is_none());
}
