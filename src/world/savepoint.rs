//! Savepoints: where a write returns to when a part of it fails.
//!
//! A clone of the draft would be one, too, but every node of the trees that is written afterwards
//! would be copied for its sake; a bulk change takes some for each of thousands of rows. So what a
//! write took the place of is remembered instead, and put back.

use imbl::OrdMap;

use super::World;
use super::object::{Key, Object};
use super::tx::{Decided, Notes, Tx};

/// What one write of an object took the place of.
#[derive(Debug)]
pub(super) struct Touch {
    /// Which object.
    pub key: Key,
    /// What stood there; kept only as long as somebody may go back to it.
    pub before: Option<Object>,
}

/// A place in a write.
#[derive(Debug)]
pub(super) struct Savepoint {
    touched: usize,
    lost: usize,
    rules: usize,
    warnings: usize,
    decided: usize,
    /// All of the draft but the objects and their unique values.
    beside: World,
}

impl Tx {
    /// A savepoint: when `work` fails, everything it did is undone and the write goes on.
    ///
    /// # Errors
    /// Whatever `work` answers.
    pub fn attempt<R, E>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, E>) -> Result<R, E> {
        let savepoint = self.savepoint();
        self.attempts += 1;
        let result = work(self);
        self.attempts -= 1;
        if result.is_err() {
            self.rewind(savepoint);
        } else if self.attempts == 0 {
            let settled = &mut self.touched[savepoint.touched..];
            settled.iter_mut().for_each(|touch| touch.before = None);
        }
        result
    }

    /// Remembers what a write took the place of.
    pub(super) fn touch(&mut self, key: Key, before: Option<Object>) {
        let before = before.filter(|_| self.attempts > 0);
        self.touched.push(Touch { key, before });
    }

    fn savepoint(&self) -> Savepoint {
        let Notes {
            lost,
            rules,
            warnings,
            ..
        } = &self.notes;
        Savepoint {
            touched: self.touched.len(),
            lost: lost.len(),
            rules: rules.len(),
            warnings: warnings.len(),
            decided: self.decided.len(),
            beside: World {
                revision: self.draft.revision,
                seed: self.draft.seed,
                clock: self.draft.clock,
                objects: OrdMap::new(),
                index: OrdMap::new(),
                counters: self.draft.counters.clone(),
                timers: self.draft.timers.clone(),
                timer_counter: self.draft.timer_counter,
                choices: self.draft.choices.clone(),
            },
        }
    }

    /// Goes back through the states that the draft went through since, so that no unique value
    /// ever has two owners on the way.
    fn rewind(&mut self, savepoint: Savepoint) {
        for touch in self.touched.drain(savepoint.touched..).rev() {
            let draft = &mut self.draft;
            if let Some(written) = draft.objects.remove(&touch.key) {
                for index_key in written.index(touch.key.1) {
                    draft.index.remove(&index_key);
                }
            }
            if let Some(before) = touch.before {
                for index_key in before.index(touch.key.1) {
                    draft.index.insert(index_key, touch.key.1);
                }
                draft.objects.insert(touch.key, before);
            }
        }
        self.draft = World {
            objects: std::mem::take(&mut self.draft.objects),
            index: std::mem::take(&mut self.draft.index),
            ..savepoint.beside
        };
        self.notes.lost.truncate(savepoint.lost);
        self.notes.rules.truncate(savepoint.rules);
        self.notes.warnings.truncate(savepoint.warnings);
        let rules_of = &mut self.notes.rules_of;
        for Decided { holder, before } in self.decided.drain(savepoint.decided..).rev() {
            match (before, rules_of.get_mut(&holder)) {
                (Some(count), Some(rules)) => rules.truncate(count),
                _ => drop(rules_of.remove(&holder)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
