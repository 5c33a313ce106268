//! What one request may cost: a change holds up every other one of its sandbox, and a few lines
//! can ask for billions of comparisons.

use std::cell::Cell;

use crate::refusal::{ErrorKind, Refusal};

/// The most steps of one request, all operations of a bulk request together (DEC-160). A step is
/// one comparison of a filter with one element, or one element looked at; so many take about a
/// second.
const STEPS_MAX: usize = 5_000_000;

/// How much of what a request may cost is left.
#[derive(Debug)]
pub(super) struct Work(Cell<Option<usize>>);

impl Work {
    pub(super) fn new() -> Self {
        Self(Cell::new(Some(STEPS_MAX)))
    }

    /// Takes steps before they are done.
    ///
    /// # Errors
    /// 400 (`tooMany`) when there are not so many left; then there are none for anything else.
    pub(super) fn spend(&self, steps: usize) -> Result<(), Refusal> {
        let left = self.0.get().and_then(|left| left.checked_sub(steps));
        self.0.set(left);
        left.map(drop).ok_or_else(Self::refusal)
    }

    /// Refuses the request as a whole when there was not enough for all of it.
    ///
    /// # Errors
    /// 400 (`tooMany`).
    pub(super) fn check(&self) -> Result<(), Refusal> {
        self.0.get().map(drop).ok_or_else(Self::refusal)
    }

    fn refusal() -> Refusal {
        let detail = format!(
            "The operations would compare more than {STEPS_MAX} times, counting each comparison \
             of a filter with each element of a list. Split the request, or choose members by \
             value eq \"…\", which finds them without comparing."
        );
        Refusal::new(ErrorKind::ScimTooMuch, detail).by("DEC-160")
    }
}
