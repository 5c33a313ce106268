//! A bell: wakes those who wait until something happens. While nobody waits, ringing it costs one
//! look at a number.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::refusal::{ErrorKind, Refusal};
use crate::world::Watcher;

/// The most who may listen to one bell at the same time: event streams and waiting verifications.
pub const MOST_EARS: usize = 64;

/// The most event streams of a server, those of all its sandboxes together.
pub const MOST_STREAMS: usize = 1024;

/// The most waiting verifications of a server, those of all its sandboxes together.
pub const MOST_WAITS: usize = 1024;

/// A bell.
#[derive(Debug, Default)]
pub struct Bell {
    ears: AtomicUsize,
    notify: Notify,
}

/// The right to listen to a bell, until it is dropped.
#[derive(Debug)]
pub struct Ear(Arc<Bell>);

impl Bell {
    /// Wakes everybody who waits.
    pub fn ring(&self) {
        if self.ears.load(Ordering::SeqCst) > 0 {
            self.notify.notify_waiters();
        }
    }

    /// Gives somebody the right to listen. What happens from now on is not missed.
    ///
    /// # Errors
    /// 429 when too many listen already.
    pub fn listen(self: &Arc<Self>) -> Result<Ear, Refusal> {
        let add = |ears: usize| (ears < MOST_EARS).then_some(ears + 1);
        let order = Ordering::SeqCst;
        if self.ears.fetch_update(order, order, add).is_err() {
            let detail = format!(
                "{MOST_EARS} event streams and waiting verifications of this sandbox are open, \
                 the most there may be; end one of them first."
            );
            return Err(Refusal::new(ErrorKind::TooManyListeners, detail));
        }
        Ok(Ear(Arc::clone(self)))
    }
}

impl Watcher for Bell {
    fn changed(&self) {
        self.ring();
    }
}

impl Ear {
    /// Ends when the bell is rung after the future was enabled or first polled.
    pub fn rung(&self) -> Notified<'_> {
        self.0.notify.notified()
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.0.ears.fetch_sub(1, Ordering::SeqCst);
    }
}
