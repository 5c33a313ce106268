//! The one turn at sending what webhooks of a sandbox are told: deliveries keep their order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::http::Tenant;

/// Whose turn it is. Nothing is locked while somebody sends.
#[derive(Debug, Default)]
pub struct Turn {
    is_taken: Mutex<bool>,
    given_back: Condvar,
    waiting: AtomicUsize,
}

/// The turn of whoever sends; dropped, it is given back.
#[derive(Debug)]
pub struct Sending(Arc<Tenant>);

impl Turn {
    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sending {
    /// Takes the turn if nobody has it or waits for it.
    #[must_use]
    pub fn at_once(tenant: &Arc<Tenant>) -> Option<Self> {
        let turn = &tenant.deliveries.turn;
        if turn.waiting.load(Ordering::Relaxed) > 0 {
            return None;
        }
        let was_taken = std::mem::replace(&mut *turn.lock(), true);
        (!was_taken).then(|| Self(Arc::clone(tenant)))
    }

    /// Waits for the turn, which comes once the delivery is through that is on its way; but not for
    /// ever, for it may be its target that waits.
    #[must_use]
    pub fn within(tenant: &Arc<Tenant>, patience: Duration) -> Option<Self> {
        let turn = &tenant.deliveries.turn;
        turn.waiting.fetch_add(1, Ordering::Relaxed);
        let waited = turn
            .given_back
            .wait_timeout_while(turn.lock(), patience, |is_taken| *is_taken);
        let mut is_taken = waited.unwrap_or_else(PoisonError::into_inner).0;
        let was_taken = std::mem::replace(&mut *is_taken, true);
        turn.waiting.fetch_sub(1, Ordering::Relaxed);
        (!was_taken).then(|| Self(Arc::clone(tenant)))
    }

    /// Whether somebody waits for the turn.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.0.deliveries.turn.waiting.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        let turn = &self.0.deliveries.turn;
        *turn.lock() = false;
        turn.given_back.notify_one();
    }
}
