//! A writer's turn. When it ends, whoever watches the sandbox is told that it may have changed.

use std::sync::{Arc, MutexGuard, TryLockError};

use super::{Sandbox, lock};
use crate::world::World;
use crate::world::clock::Moment;

/// Somebody who wants to know when a sandbox may have changed. What has changed, they read
/// themselves, from the world and the ledger.
pub trait Watcher: std::fmt::Debug + Send + Sync {
    /// Something may have changed. Called while the writer still has its turn: be quick.
    fn changed(&self);
}

/// A replacement of the world, by a reset or a load.
#[derive(Debug, Clone, Copy, Default)]
pub struct Replaced {
    /// The revision it led to; 0 when there was none.
    pub revision: u64,
    /// When it was.
    pub at: Moment,
}

/// The turn of one writer.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    sandbox: &'a Sandbox,
    _guard: MutexGuard<'a, ()>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(watcher) = self.sandbox.watcher.get() {
            watcher.changed();
        }
    }
}

impl Sandbox {
    /// Names who watches; the first one stays.
    pub fn watch(&self, watcher: Arc<dyn Watcher>) {
        // A second one is a defect that no caller could mend.
        drop(self.watcher.set(watcher));
    }

    /// The last replacement of the world.
    #[must_use]
    pub fn replaced(&self) -> Replaced {
        *lock(&self.replaced)
    }

    /// Before whoever reads can see the world that comes in.
    pub(super) fn note_replaced(&self, world: &Arc<World>, at: Moment) {
        let revision = world.revision;
        self.leave_course();
        *lock(&self.came_in) = Some(Arc::clone(world));
        *lock(&self.replaced) = Replaced { revision, at };
    }

    /// The world that the last replacement brought, once, for the one who compares worlds. It may
    /// not be visible yet.
    pub fn take_came_in(&self) -> Option<Arc<World>> {
        lock(&self.came_in).take()
    }

    /// Waits for the writer's turn.
    pub(super) fn turn(&self) -> Turn<'_> {
        Turn {
            sandbox: self,
            _guard: lock(&self.writer),
        }
    }

    /// Takes the writer's turn if nobody else has it.
    pub(super) fn turn_at_once(&self) -> Option<Turn<'_>> {
        let guard = match self.writer.try_lock() {
            Err(TryLockError::WouldBlock) => return None,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Ok(guard) => guard,
        };
        Some(Turn {
            sandbox: self,
            _guard: guard,
        })
    }
}
