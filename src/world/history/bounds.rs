//! How much of history is kept. Undos and redos have bounds of their own: travelling never drops
//! what was done, so one can always go back as far as one came.

use super::{History, StepState};

/// The undos and redos among the steps.
#[derive(Debug, Default)]
pub(super) struct Travels {
    steps: usize,
    changes: usize,
}

impl Travels {
    pub(super) fn add(&mut self, changes: usize) {
        self.steps += 1;
        self.changes += changes;
    }

    fn remove(&mut self, changes: usize) {
        self.steps = self.steps.saturating_sub(1);
        self.changes = self.changes.saturating_sub(changes);
    }
}

impl History {
    /// Drops the oldest steps beyond the bounds, and of undos and redos the oldest beyond the same
    /// bounds. The newest of each stays, however much it changed.
    pub fn bound(&mut self, max_steps: usize, max_changes: usize) {
        let over = |steps: usize, changes: usize| {
            steps > max_steps || (changes > max_changes && steps > 1)
        };
        while over(self.travels.steps, self.travels.changes) && self.forget_travel() {}
        while over(self.steps.len() - self.travels.steps, self.changes) {
            self.drop_oldest();
        }
    }

    /// Drops undos and redos, then the oldest steps, until the rest takes no more than so many
    /// bytes; the newest stays.
    pub fn shorten(&mut self, max_bytes: usize) {
        while self.bytes > max_bytes && self.steps.len() > 1 {
            if !self.forget_travel() {
                self.drop_oldest();
            }
        }
    }

    /// Forgets the oldest undo or redo that is not the newest step; whether there was one. The
    /// state between it and the step before is then within that step.
    fn forget_travel(&mut self) -> bool {
        let older = self.steps.len().saturating_sub(1);
        let mut steps = self.steps.iter().take(older);
        let Some(index) = steps.position(|step| step.state == StepState::Travel) else {
            return false;
        };
        let Some(before) = index.checked_sub(1) else {
            self.drop_oldest();
            return true;
        };
        let Some(travel) = self.steps.remove(index) else {
            return false;
        };
        self.travels.remove(travel.tally.objects());
        self.bytes = self.bytes.saturating_sub(travel.bytes);
        if let Some(step) = self.steps.get_mut(before) {
            step.through = Some(travel.end());
        }
        true
    }

    fn drop_oldest(&mut self) {
        let Some(oldest) = self.steps.pop_front() else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(oldest.bytes);
        self.began = oldest.end().1;
        if oldest.state == StepState::Travel {
            self.travels.remove(oldest.tally.objects());
            return;
        }
        self.changes = self.changes.saturating_sub(oldest.tally.objects());
        self.evicted += 1;
        if oldest.state == StepState::Undone {
            self.drop_undone();
        }
    }
}
