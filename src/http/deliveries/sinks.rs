//! Sinks: addresses of the simulator itself that record what they are sent.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::world::Moment;

/// The most bytes of a body that a sink takes.
pub const BODY_MAX: usize = 16 << 10;
/// The most requests that the sinks of a sandbox keep together; the oldest go first.
const RECEIVED_MAX: usize = 200;

/// What a sink was sent.
#[derive(Debug, Clone)]
pub struct Received {
    /// Which sink.
    pub sink: String,
    /// When, by the sandbox clock.
    pub at: Moment,
    /// `X-Spark-Signature`
    pub signature: Option<String>,
    /// `Content-Type`
    pub content_type: String,
    /// `User-Agent`
    pub user_agent: String,
    /// The body.
    pub body: Bytes,
}

/// The sinks of a sandbox.
#[derive(Debug, Default)]
pub struct Sinks(Mutex<(VecDeque<Received>, u64)>);

impl Sinks {
    fn lock(&self) -> MutexGuard<'_, (VecDeque<Received>, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request.
    pub fn take(&self, received: Received) {
        let mut kept = self.lock();
        if kept.0.len() >= RECEIVED_MAX {
            kept.0.pop_front();
            kept.1 += 1;
        }
        kept.0.push_back(received);
    }

    /// What a sink was sent, the oldest first, and how many requests of all sinks are no longer
    /// kept.
    #[must_use]
    pub fn list(&self, sink: &str) -> (Vec<Received>, u64) {
        let kept = self.lock();
        let own = kept.0.iter().filter(|it| it.sink == sink);
        (own.cloned().collect(), kept.1)
    }

    /// Empties one sink.
    pub fn empty(&self, sink: &str) {
        self.lock().0.retain(|it| it.sink != sink);
    }

    /// Empties all of them.
    pub fn clear(&self) {
        *self.lock() = Default::default();
    }
}
