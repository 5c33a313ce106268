//! The engine: immutable worlds, sandboxes that hold one each, and the one way to change them.
//!
//! A [`World`] is a value. Cloning it is O(1), comparing two of them looks only at what differs,
//! and every feature of the simulator that concerns state (fork, reset, undo, diff, plan) keeps or
//! compares roots. This room imports nothing of the rest of the crate: kinds, checks and timers
//! are handed to it by `catalog.rs` as an [`Engine`].

pub mod check;
pub mod clock;
pub mod diff;
pub mod history;
pub mod ids;
pub mod index;
pub mod ledger;
pub mod object;
pub mod sandbox;
mod savepoint;
pub mod snapshot;
pub mod timers;
pub mod tx;
mod weight;

use imbl::OrdMap;
use uuid::Uuid;

pub use check::{Check, Violation};
pub use clock::{Clock, ClockMode, Moment};
pub use history::{Direction, Step, StepState, Unkept};
pub use index::{IndexKey, Space, Taken};
pub use ledger::{Actor, Bystander, Change, Entry, Ledger, LedgerLimits, Lost, Switch};
pub use object::{Entity, Key, Kind, KindDef, Object};
pub use sandbox::{Context, Limits, Sandbox, Stuck, Travelled, Watcher, Written};
pub use timers::{Fired, Postponed, Timer, TimerDef, undated};
pub use tx::{Notes, Signature, Tx};

/// Everything the engine must be told about the rooms above it.
#[derive(Debug)]
pub struct Engine {
    /// Every kind of object that may stand in a world, for restoring documents.
    pub kinds: fn() -> &'static [KindDef],
    /// What must hold after each write.
    pub checks: &'static [Check],
    /// What happens when a timer of a kind comes due, as each room says.
    pub timers: &'static [&'static [TimerDef]],
}

/// One immutable state of a simulation.
#[derive(Debug, Clone)]
pub struct World {
    /// Rises by one with every commit.
    pub revision: u64,
    /// The seed under which ids are made.
    pub seed: u64,
    /// The sandbox clock's setting.
    pub clock: Clock,
    objects: OrdMap<Key, Object>,
    index: OrdMap<IndexKey, Uuid>,
    counters: OrdMap<Kind, u64>,
    timers: OrdMap<(Moment, u64), Timer>,
    timer_counter: u64,
    choices: OrdMap<String, String>,
}

impl World {
    /// An empty world.
    #[must_use]
    pub fn new(seed: u64, clock: Clock) -> Self {
        Self {
            revision: 0,
            seed,
            clock,
            objects: OrdMap::new(),
            index: OrdMap::new(),
            counters: OrdMap::new(),
            timers: OrdMap::new(),
            timer_counter: 0,
            choices: OrdMap::new(),
        }
    }

    /// Nothing but some objects, to look names up in; of several under one key the last.
    #[must_use]
    pub fn of_objects(clock: Clock, objects: impl Iterator<Item = (Key, Object)>) -> Self {
        Self {
            objects: objects.collect(),
            ..Self::new(0, clock)
        }
    }

    /// The entity of type `T` with this id.
    #[must_use]
    pub fn get<T: Entity>(&self, id: Uuid) -> Option<&T> {
        self.objects.get(&(T::KIND, id)).and_then(Object::downcast)
    }

    /// The erased object under a key.
    #[must_use]
    pub fn object(&self, key: Key) -> Option<&Object> {
        self.objects.get(&key)
    }

    /// Every entity of type `T`, in the order of their ids.
    pub fn list<T: Entity>(&self) -> impl Iterator<Item = (Uuid, &T)> {
        self.list_objects(T::KIND, None)
            .filter_map(|(id, object)| object.downcast::<T>().map(|entity| (id, entity)))
    }

    /// The objects of one kind in the order of their ids, after `after` when given.
    pub fn list_objects(
        &self,
        kind: Kind,
        after: Option<Uuid>,
    ) -> impl Iterator<Item = (Uuid, &Object)> {
        use std::ops::Bound::{Excluded, Included};
        let from = match after {
            Some(id) => Excluded((kind, id)),
            None => Included((kind, Uuid::nil())),
        };
        self.objects
            .range((from, Included((kind, Uuid::max()))))
            .map(|((_, id), object)| (*id, object))
    }

    /// Every object of the world in key order.
    pub fn objects(&self) -> impl Iterator<Item = (&Key, &Object)> {
        self.objects.iter()
    }

    /// How many objects the world holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether the world holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The id that holds a unique value.
    #[must_use]
    pub fn find(&self, space: Space, scope: Uuid, text: &str) -> Option<Uuid> {
        self.index.get(&IndexKey::new(space, scope, text)).copied()
    }

    /// How many ids of a kind were given.
    #[must_use]
    pub fn given<T: Entity>(&self) -> u64 {
        self.counters.get(&T::KIND).copied().unwrap_or(0)
    }

    /// The id of a kind that is or was given as the `number`-th.
    #[must_use]
    pub fn given_id<T: Entity>(&self, number: u64) -> Uuid {
        ids::id(self.seed, T::NAME, number)
    }

    /// The ids that hold unique values of a space within a scope, in the order of the values.
    pub fn within(&self, space: Space, scope: Uuid) -> impl Iterator<Item = Uuid> {
        let held = self.index.range(IndexKey::new(space, scope, "")..);
        held.take_while(move |(key, _)| key.is_within(space, scope))
            .map(|(_, id)| *id)
    }

    /// Whether any object names this one.
    #[must_use]
    pub fn is_named(&self, id: Uuid) -> bool {
        let mut held = self.index.range(IndexKey::first_naming_any(id)..);
        held.next().is_some_and(|(key, _)| key.is_naming_any(id))
    }

    /// The ids of the objects of one kind that name another object, in their order.
    pub fn naming<T: Entity>(&self, named: Uuid) -> impl Iterator<Item = Uuid> {
        let held = self.index.range(IndexKey::first_naming(named, T::KIND)..);
        held.take_while(move |(key, _)| key.is_naming(named, T::KIND))
            .map(|(_, id)| *id)
    }

    /// The chosen value of a switch (a quirk, the edition, the pace of tasks), when one is set.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<&str> {
        self.choices.get(name).map(String::as_str)
    }

    /// The same world with a switch set, for a world that no sandbox holds yet.
    #[must_use]
    pub fn with_choice(mut self, name: &str, value: &str) -> Self {
        self.choices.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same world with another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// This world with some parts of `target`: the state, the clock, and the switches that
    /// `is_taken` names. A reset is made of it.
    #[must_use]
    pub fn with_parts_of(
        &self,
        target: &Self,
        state: bool,
        clock: bool,
        is_taken: impl Fn(&str) -> bool,
    ) -> Self {
        let mut world = if state { target } else { self }.clone();
        world.clock = if clock { target.clock } else { self.clock };
        let kept = self.choices.iter().filter(|(name, _)| !is_taken(name));
        let taken = target.choices.iter().filter(|(name, _)| is_taken(name));
        world.choices = kept
            .chain(taken)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        world
    }

    /// Whether nothing was done in one world that was not done in the other: everything but the
    /// clock is the same. Quick, because what they share is not looked at.
    #[must_use]
    pub fn is_where(&self, other: &Self) -> bool {
        self.revision == other.revision
            && self.timer_counter == other.timer_counter
            && self.counters == other.counters
            && self.objects == other.objects
            && self.timers == other.timers
            && self.choices == other.choices
    }

    /// All set switches.
    pub fn choices(&self) -> impl Iterator<Item = (&str, &str)> {
        self.choices
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The timers that wait, soonest first.
    pub fn timers(&self) -> impl Iterator<Item = (Moment, &Timer)> {
        self.timers.iter().map(|((at, _), timer)| (*at, timer))
    }
}
