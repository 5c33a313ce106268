//! A bound on bytes that all sandboxes and connections share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many bytes, for everybody together.
#[derive(Debug)]
pub struct Budget {
    most: usize,
    held: AtomicUsize,
}

/// What somebody holds of a budget. It is given back when this is dropped.
#[derive(Debug)]
pub struct Share {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Budget {
    /// A budget of which nobody holds anything.
    #[must_use]
    pub fn of(most: usize) -> Arc<Self> {
        let held = AtomicUsize::new(0);
        Arc::new(Self { most, held })
    }

    /// The whole of it.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// How much of it is held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// A share of nothing yet.
    #[must_use]
    pub fn share(self: &Arc<Self>) -> Share {
        Share {
            budget: Arc::clone(self),
            bytes: 0,
        }
    }
}

impl Share {
    /// How much it is.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Holds so many bytes altogether. Answers false, and holds what it held, when there is no
    /// room for more.
    #[must_use]
    pub fn hold(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let most = self.budget.most;
        let add = |held: usize| held.checked_add(more).filter(|all| *all <= most);
        let order = Ordering::Relaxed;
        let has_room = more == 0 || self.budget.held.fetch_update(order, order, add).is_ok();
        if has_room {
            self.budget
                .held
                .fetch_sub(self.bytes.saturating_sub(bytes), order);
            self.bytes = bytes;
        }
        has_room
    }

    /// Holds so many bytes altogether, room or not: they are there already.
    pub fn insist(&mut self, bytes: usize) {
        let held = &self.budget.held;
        held.fetch_add(bytes, Ordering::Relaxed);
        held.fetch_sub(self.bytes, Ordering::Relaxed);
        self.bytes = bytes;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_grow_within_the_budget_and_come_back_when_they_are_dropped() {
        let budget = Budget::of(10);
        let (mut one, mut two) = (budget.share(), budget.share());
        assert!(one.hold(7) && two.hold(3));
        assert!(!two.hold(4) && !two.hold(usize::MAX));
        assert_eq!((two.bytes(), budget.held()), (3, 10));
        assert!(one.hold(5) && two.hold(4));
        assert_eq!(budget.held(), 9);
        two.insist(8);
        assert_eq!(budget.held(), 13);
        assert!(!one.hold(6) && one.hold(2));
        drop(two);
        assert_eq!(budget.held(), 2);
        drop(one);
        assert_eq!(budget.held(), 0);
    }
}
