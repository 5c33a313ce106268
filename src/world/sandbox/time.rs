//! The clock of a sandbox, which is set beside commits and history.

use std::sync::Arc;

use super::Sandbox;
use crate::world::{Clock, World};

impl Sandbox {
    /// Sets the clock without a commit: it is no part of what people undo.
    pub fn set_clock(&self, clock: Clock) {
        let Ok(_) = self.change_clock(|_| Ok::<_, std::convert::Infallible>(clock));
    }

    /// The same with a clock that is made of the present one. Answers the clock.
    ///
    /// # Errors
    /// Whatever `make` answers; the clock stays then.
    pub fn change_clock<E>(
        &self,
        make: impl FnOnce(&Clock) -> Result<Clock, E>,
    ) -> Result<Clock, E> {
        let _turn = self.turn();
        let present = self.head.load();
        let clock = make(&present.clock)?;
        let next = World::clone(&present).with_clock(clock);
        self.head.store(Arc::new(next));
        Ok(clock)
    }
}
