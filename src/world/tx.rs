//! A write in progress: a draft of the next world.

use std::sync::Arc;

use imbl::OrdMap;
use uuid::Uuid;

use super::clock::{Clock, Moment};
use super::diff;
use super::index::Taken;
use super::ledger::{Actor, Change, Lost, RulesOf};
use super::object::{Entity, Key, Kind, Object};
use super::savepoint::Touch;
use super::timers::{Postponed, Timer, TimerDef};
use super::{World, ids};

/// What a write tells beside what it changed.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// What was lost.
    pub lost: Vec<Lost>,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// Of a write about many holders: the rules that decided about each.
    pub rules_of: RulesOf,
    /// What deserves attention.
    pub warnings: Vec<String>,
}

/// How many rules were known to have decided about a holder when more were noted; none when
/// nothing was known of that holder.
#[derive(Debug)]
pub(super) struct Decided {
    /// Whom.
    pub holder: Uuid,
    /// How many.
    pub before: Option<usize>,
}

/// In whose name a timer writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who started the work.
    pub actor: Actor,
    /// The operation that started it.
    pub operation: &'static str,
    /// The tracking id of that request.
    pub tracking_id: Arc<str>,
    /// Whether an earlier write of the same work was committed: the world before this one is not
    /// kept in history then.
    pub continues: bool,
}

/// A draft of the next world. Dropping it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    base: Arc<World>,
    pub(super) draft: World,
    now: Moment,
    pub(super) touched: Vec<Touch>,
    /// How many attempts are under way, each within the one before.
    pub(super) attempts: usize,
    pub(super) notes: Notes,
    pub(super) decided: Vec<Decided>,
    signature: Option<Signature>,
    let_go: usize,
}

impl std::ops::Deref for Tx {
    type Target = World;

    fn deref(&self) -> &World {
        &self.draft
    }
}

impl Tx {
    /// A draft on top of a world at a moment of the sandbox clock.
    #[must_use]
    pub fn new(base: Arc<World>, now: Moment) -> Self {
        let draft = World::clone(&base);
        Self {
            base,
            draft,
            now,
            touched: Vec::new(),
            attempts: 0,
            notes: Notes::default(),
            decided: Vec::new(),
            signature: None,
            let_go: 0,
        }
    }

    /// The moment of this write.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The world as it was before this write.
    #[must_use]
    pub fn base(&self) -> &Arc<World> {
        &self.base
    }

    /// A fresh id of a kind. One that an object has already is passed over, whatever the counter
    /// says: a new object never takes the place of another.
    pub fn new_id<T: Entity>(&mut self) -> Uuid {
        let mut number = self.draft.counters.get(&T::KIND).copied().unwrap_or(0);
        loop {
            number = number.wrapping_add(1);
            let id = ids::id(self.draft.seed, T::NAME, number);
            if !self.draft.objects.contains_key(&(T::KIND, id)) {
                self.draft.counters.insert(T::KIND, number);
                return id;
            }
        }
    }

    /// Stores an entity. Storing an equal value is no write.
    ///
    /// # Errors
    /// [`Taken`] when a unique value of it belongs to another object; nothing is stored then.
    pub fn put<T: Entity>(&mut self, id: Uuid, entity: T) -> Result<(), Taken> {
        let before = self.draft.objects.get(&(T::KIND, id));
        if before.is_some_and(|object| object.holds(&entity)) {
            return Ok(());
        }
        self.put_object(id, Object::new(entity))
    }

    /// Stores an erased object.
    ///
    /// # Errors
    /// [`Taken`] when a unique value of it belongs to another object; nothing is stored then.
    pub fn put_object(&mut self, id: Uuid, object: Object) -> Result<(), Taken> {
        let key = (object.kind(), id);
        let new_keys = object.index(id);
        let before = self.draft.object(key);
        let old_keys = before.map(|before| before.index(id)).unwrap_or_default();
        let mut fresh = Vec::new();
        // What it held before is its own; looking that up again is most of the work of a write.
        for index_key in new_keys.iter().filter(|key| !old_keys.contains(key)) {
            match self.draft.index.get(index_key) {
                Some(holder) if *holder == id => {}
                Some(holder) => {
                    return Err(Taken {
                        space: index_key.space(),
                        text: index_key.text().to_owned(),
                        holder: *holder,
                    });
                }
                None => fresh.push(index_key.clone()),
            }
        }
        let before = self.draft.objects.insert(key, object);
        for index_key in old_keys.iter().filter(|key| !new_keys.contains(key)) {
            self.draft.index.remove(index_key);
        }
        for index_key in fresh {
            self.draft.index.insert(index_key, id);
        }
        self.touch(key, before);
        Ok(())
    }

    /// Changes an entity in place; does nothing when there is none.
    ///
    /// # Errors
    /// [`Taken`] when a unique value of the result belongs to another object.
    pub fn update<T: Entity>(
        &mut self,
        id: Uuid,
        change: impl FnOnce(&mut T),
    ) -> Result<(), Taken> {
        let Some(mut entity) = self.draft.get::<T>(id).cloned() else {
            return Ok(());
        };
        change(&mut entity);
        self.put(id, entity)
    }

    /// Removes an object and its unique values.
    pub fn delete(&mut self, kind: Kind, id: Uuid) -> Option<Object> {
        let before = self.draft.objects.remove(&(kind, id))?;
        for index_key in before.index(id) {
            self.draft.index.remove(&index_key);
        }
        self.touch((kind, id), Some(before.clone()));
        Some(before)
    }

    /// Arms a timer.
    pub fn arm(&mut self, at: Moment, kind: &str, subject: Uuid) {
        self.draft.timer_counter += 1;
        let timer = Timer {
            kind: kind.to_owned(),
            subject,
        };
        self.draft
            .timers
            .insert((at, self.draft.timer_counter), timer);
    }

    /// Disarms every timer of a kind for an object.
    pub fn disarm(&mut self, kind: &str, subject: Uuid) {
        let stale: Vec<_> = self
            .draft
            .timers
            .iter()
            .filter(|(_, timer)| timer.kind == kind && timer.subject == subject)
            .map(|(key, _)| *key)
            .collect();
        for key in stale {
            self.draft.timers.remove(&key);
        }
    }

    /// Makes the draft what another world is, but for the clock and the objects of the given kinds,
    /// which stay as they are with their timers and the counters of their ids.
    /// A timer that comes back and is overdue by now gets the time again that it had left at
    /// `since`, a day at least: what somebody brings back must not be gone at once. Answers those,
    /// and what moved along with them.
    pub(super) fn return_to(
        &mut self,
        target: &World,
        staying: &[Kind],
        since: Moment,
        defs: &[&[TimerDef]],
    ) -> Vec<Postponed> {
        let present = Arc::clone(&self.base);
        let stays = |key: &Key| staying.contains(&key.0);
        self.draft = World {
            revision: present.revision,
            clock: present.clock,
            timer_counter: present.timer_counter.max(target.timer_counter),
            ..target.clone()
        };
        for change in diff::changes(target, &present) {
            match change.after {
                _ if !stays(&change.key) => {}
                // They hold no unique values, so nothing can stand in their way.
                Some(object) => self.put_object(change.key.1, object).unwrap_or_default(),
                None => drop(self.delete(change.key.0, change.key.1)),
            }
        }
        for kind in staying {
            match present.counters.get(kind) {
                Some(count) => self.draft.counters.insert(*kind, *count),
                None => self.draft.counters.remove(kind),
            };
        }
        let of_staying = |world: &World, timer: &Timer| {
            let mut kinds = staying.iter();
            kinds.any(|kind| world.objects.contains_key(&(*kind, timer.subject)))
        };
        let timers = target.timers.iter();
        let stale = timers.filter(|(_, timer)| of_staying(target, timer));
        for (key, _) in stale {
            self.draft.timers.remove(key);
        }
        let postponed = self.postpone(&present, since, defs);
        for (at, timer) in present.timers() {
            if of_staying(&present, timer) {
                self.arm(at, &timer.kind, timer.subject);
            }
        }
        let differs = |change: &Change| match (&change.before, &change.after) {
            (Some(before), Some(after)) => !before.equals(after),
            _ => true,
        };
        let changes = diff::changes(&present, &self.draft).into_iter();
        let touch = |change: Change| Touch {
            key: change.key,
            before: change.before,
        };
        self.touched = changes.filter(differs).map(touch).collect();
        postponed
    }

    /// Takes the first timer that is due at `until`.
    pub(super) fn take_due(&mut self, until: Moment) -> Option<(Moment, Timer)> {
        let key = *self.draft.timers.get_min().map(|(key, _)| key)?;
        if key.0 > until {
            return None;
        }
        self.draft.timers.remove(&key).map(|timer| (key.0, timer))
    }

    /// Sets the time of this write.
    pub(super) fn set_now(&mut self, now: Moment) {
        self.now = now;
    }

    /// Sets the clock.
    pub fn set_clock(&mut self, clock: Clock) {
        self.draft.clock = clock;
    }

    /// Sets or clears a switch.
    pub fn choose(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.draft.choices.insert(name.to_owned(), value.to_owned()),
            None => self.draft.choices.remove(name),
        };
    }

    /// Signs the write in the name of whoever started the work that a timer carries on.
    pub fn sign(&mut self, signature: Signature) {
        self.signature = Some(signature);
    }

    /// In whose name the write is, when not the caller's.
    pub(super) fn take_signature(&mut self) -> Option<Signature> {
        self.signature.take()
    }

    /// Whether switches or the clock differ from the base.
    pub(super) fn switched(&self) -> bool {
        self.draft.choices != self.base.choices || self.draft.clock != self.base.clock
    }

    /// Says that bookkeeping lets go of about so many bytes, which earlier worlds still hold.
    pub fn let_go(&mut self, bytes: usize) {
        self.let_go = self.let_go.saturating_add(bytes);
    }

    /// How many bytes earlier worlds hold that this write let go of.
    pub(super) fn burden(&self) -> usize {
        self.let_go
    }

    /// Says which rule decided.
    pub fn by_rule(&mut self, rule: &'static str) {
        if !self.notes.rules.contains(&rule) {
            self.notes.rules.push(rule);
        }
    }

    /// Says which rules decided about one of many holders: the ledger then shows it these alone.
    pub fn decided(&mut self, holder: Uuid, rules: impl IntoIterator<Item = &'static str>) {
        let before = self.notes.rules_of.get(&holder).map(Vec::len);
        self.decided.push(Decided { holder, before });
        let known = self.notes.rules_of.entry(holder).or_default();
        for rule in rules {
            if !known.contains(&rule) {
                known.push(rule);
            }
        }
    }

    /// Says what was lost.
    pub fn lose(&mut self, lost: impl IntoIterator<Item = Lost>) {
        self.notes.lost.extend(lost);
    }

    /// Says what deserves attention.
    pub fn warn(&mut self, warning: impl Into<String>) {
        self.notes.warnings.push(warning.into());
    }

    /// What the write has told so far.
    #[must_use]
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Whether anything but notes differs from the base.
    #[must_use]
    pub fn changed(&self) -> bool {
        !self.touched.is_empty() || self.draft.timers != self.base.timers || self.switched()
    }

    /// Ends the write: the draft with the next revision, what changed, and the notes.
    pub(super) fn finish(mut self) -> (World, Vec<Change>, Notes) {
        let mut seen: OrdMap<Key, ()> = OrdMap::new();
        let mut changes = Vec::with_capacity(self.touched.len());
        for Touch { key, .. } in &self.touched {
            if self.touched.len() > 1 && seen.insert(*key, ()).is_some() {
                continue;
            }
            let before = self.base.objects.get(key);
            let after = self.draft.objects.get(key);
            if before != after {
                changes.push(Change {
                    key: *key,
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
        self.draft.revision = self.base.revision + 1;
        (self.draft, changes, self.notes)
    }
}
