//! Turns at work that takes long or much memory: so many at the same time, some more wait, and the
//! others are refused, for whoever waits keeps a thread.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::refusal::{ErrorKind, Refusal};

/// Large plans that are worked on at the same time, those of all sandboxes together: each holds a
/// world of its own, what its tasks came to, and its document.
pub const LARGE_PLANS: usize = 4;
/// Large plans that may wait for their turn. Each waits on a thread of its own.
pub const WAITING_PLANS: usize = 32;
/// Calls that may wait to move the clock of one sandbox. Whoever moves it may send to slow targets
/// of webhooks for seconds.
pub const WAITING_CLOCKS: usize = 16;

/// Turns at something.
#[derive(Debug)]
pub struct Turns {
    taken: Mutex<Taken>,
    free: Condvar,
    at_once: usize,
    waiting: usize,
    what: &'static str,
}

#[derive(Debug, Default)]
struct Taken {
    working: usize,
    waiting: usize,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// So many turns at once, and so many who may wait for one. A refusal says how many
    /// have one, and `what` of them: "large plans are being made".
    #[must_use]
    pub fn new(at_once: usize, waiting: usize, what: &'static str) -> Self {
        Self {
            taken: Mutex::default(),
            free: Condvar::new(),
            at_once,
            waiting,
            what,
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// 503 when too many wait already.
    pub fn take(&self) -> Result<Turn<'_>, Refusal> {
        self.take_within(Duration::MAX)
    }

    /// Waits for a turn, but not for ever.
    ///
    /// # Errors
    /// 503 when too many wait already, or none came in time.
    pub fn take_within(&self, patience: Duration) -> Result<Turn<'_>, Refusal> {
        let mut taken = self.taken();
        if taken.working >= self.at_once {
            if taken.waiting >= self.waiting {
                return Err(self.refusal(taken.waiting));
            }
            taken.waiting += 1;
            let is_full = |taken: &mut Taken| taken.working >= self.at_once;
            let waited = self.free.wait_timeout_while(taken, patience, is_full);
            taken = waited.unwrap_or_else(PoisonError::into_inner).0;
            taken.waiting -= 1;
            if taken.working >= self.at_once {
                return Err(self.refusal(taken.waiting));
            }
        }
        taken.working += 1;
        Ok(Turn(self))
    }

    fn refusal(&self, waiting: usize) -> Refusal {
        let (working, what) = (self.at_once, self.what);
        let detail = format!("{working} {what}, and {waiting} more wait. Send it again later.");
        Refusal::new(ErrorKind::Overloaded, detail)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.taken().working -= 1;
        self.0.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn who_comes_when_all_turns_are_taken_waits_and_too_many_are_refused() {
        let turns = Turns::new(1, 1, "plan is being made");
        let first = turns.take().expect("a turn");
        let (told, heard) = mpsc::channel();
        std::thread::scope(|scope| {
            let turns = &turns;
            scope.spawn(move || {
                let turn = turns.take();
                told.send(turn.is_ok()).expect("somebody listens");
            });
            while turns.taken().waiting == 0 {
                std::thread::yield_now();
            }
            let refused = turns.take().expect_err("two wait");
            assert_eq!(refused.kind, ErrorKind::Overloaded);
            assert!(heard.try_recv().is_err(), "it had a turn beside another");
            drop(first);
            assert_eq!(heard.recv(), Ok(true));
        });
        drop(turns.take().expect("a free turn"));
        assert_eq!(turns.taken().working, 0);
    }
}
