//! What webhooks of a sandbox are told: a bounded queue of deliveries with all that was tried, and
//! the sinks that record what arrives at them. Both stand beside the world, as the journal does;
//! a sandbox without a webhook has neither.

mod carry;
mod seen;
mod sinks;
mod turn;

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use uuid::Uuid;

use crate::world::{Moment, World};

pub use carry::{Courier, Untaken, carry};
pub use seen::Seen;
pub use sinks::{BODY_MAX, Received, Sinks};
pub use turn::{Sending, Turn};

/// The most deliveries that a sandbox keeps; the oldest go first, whatever became of them.
pub const DELIVERIES_MAX: usize = 500;
/// After how many milliseconds of the sandbox clock a delivery is tried again (inferred: Webex
/// names no times).
const AGAIN_MILLIS: [i64; 3] = [10_000, 60_000, 300_000];
/// So many failures within this time make a webhook inactive.
const FAILURES_MAX: usize = 100;
const FAILURES_MILLIS: i64 = 300_000;

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// It is still to be tried, or tried again.
    Pending,
    /// The target answered 2xx.
    Delivered,
    /// It is not tried any more.
    Failed,
    /// The target is not one that hubsim calls.
    Refused,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Delivered, Self::Failed, Self::Refused];

    /// The name in replies and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["pending", "delivered", "failed", "refused"][self as usize]
    }
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// The webhook.
    pub webhook: Uuid,
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub target_url: String,
    /// What it is about.
    pub resource: &'static str,
    /// What happened.
    pub event: &'static str,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Bytes,
}

/// What came of one attempt.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// When, by the sandbox clock.
    pub at: Moment,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The beginning of the answer.
    pub answer: String,
    /// Why there was none.
    pub error: Option<String>,
}

impl Attempt {
    fn is_good(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }
}

/// A delivery.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// How often all were forgotten before it: their numbers begin at 1 each time.
    epoch: u64,
    /// Its number in the sandbox, from 1.
    pub number: u64,
    /// What is sent.
    pub message: Message,
    /// When it was made, by the sandbox clock.
    pub created_at: Moment,
    /// When it is tried next.
    pub due: Option<Moment>,
    /// What was tried.
    pub attempts: Vec<Attempt>,
    /// What became of it.
    pub state: State,
    /// The delivery that it repeats.
    pub repeats: Option<u64>,
}

#[derive(Debug, Default)]
struct Queue {
    epoch: u64,
    items: VecDeque<Delivery>,
    evicted: u64,
    last: u64,
    failures: BTreeMap<Uuid, VecDeque<Moment>>,
}

impl Queue {
    fn first_due(&self, until: Moment) -> Option<&Delivery> {
        let due = self.items.iter().filter(|it| it.due.is_some());
        let first = due.min_by_key(|it| (it.due, it.number))?;
        first.due.is_some_and(|due| due <= until).then_some(first)
    }

    /// A delivery that somebody has tried meanwhile, unless it is no longer kept.
    fn tried(&mut self, it: &Delivery) -> Option<&mut Delivery> {
        let is_it = |own: &&mut Delivery| (own.epoch, own.number) == (it.epoch, it.number);
        self.items.iter_mut().find(is_it)
    }
}

/// The deliveries of a sandbox.
#[derive(Debug, Default)]
pub struct Deliveries {
    seen: Mutex<Seen>,
    queue: Mutex<Queue>,
    /// How many wait: looked at without the lock.
    pending: AtomicUsize,
    /// Who sends.
    turn: Turn,
    /// When a thread sent last, as a number that rises.
    served: AtomicU64,
    /// What arrives here.
    pub sinks: Sinks,
}

impl Deliveries {
    /// Those of a sandbox that begins with a world.
    #[must_use]
    pub fn beginning(world: &World) -> Self {
        let all = Self::default();
        all.seen().begin(world);
        all
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was told.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a message behind all others, to be sent at once: `now` is when it came up.
    pub fn add(&self, message: Message, now: Moment, repeats: Option<u64>) -> Delivery {
        let mut queue = self.lock();
        if queue.items.len() >= DELIVERIES_MAX {
            let gone = queue.items.pop_front();
            queue.evicted += 1;
            if gone.is_some_and(|gone| gone.state == State::Pending) {
                self.pending.fetch_sub(1, Ordering::Relaxed);
            }
        }
        queue.last += 1;
        let delivery = Delivery {
            epoch: queue.epoch,
            number: queue.last,
            message,
            created_at: now,
            due: Some(now),
            attempts: Vec::new(),
            state: State::Pending,
            repeats,
        };
        queue.items.push_back(delivery.clone());
        self.pending.fetch_add(1, Ordering::Relaxed);
        delivery
    }

    /// Counts messages that came up before others and would not be kept, with their numbers.
    pub fn pass_over(&self, count: usize) {
        let mut queue = self.lock();
        queue.last += count as u64;
        queue.evicted += count as u64;
    }

    /// The deliveries, the oldest first, and how many older ones are no longer kept.
    #[must_use]
    pub fn list(&self) -> (Vec<Delivery>, u64) {
        let queue = self.lock();
        (queue.items.iter().cloned().collect(), queue.evicted)
    }

    /// A delivery.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<Delivery> {
        let queue = self.lock();
        queue.items.iter().find(|it| it.number == number).cloned()
    }

    /// Forgets everything, and begins to count anew.
    pub fn clear(&self) {
        let mut queue = self.lock();
        *queue = Queue {
            epoch: queue.epoch + 1,
            ..Queue::default()
        };
        // Nobody adds one meanwhile.
        self.pending.store(0, Ordering::Relaxed);
        self.sinks.clear();
    }

    /// When a thread sent last, as a number that rises.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Ordering::Relaxed)
    }

    /// Notes that a thread sends.
    pub fn note_served(&self, number: u64) {
        self.served.store(number, Ordering::Relaxed);
    }

    /// Whether anything waits, be it for later. It costs one look at a number.
    #[must_use]
    pub fn any_waits(&self) -> bool {
        self.pending.load(Ordering::Relaxed) > 0
    }

    /// The delivery that is due first, if it is by then; of several the oldest.
    #[must_use]
    pub fn next_due(&self, until: Moment) -> Option<Delivery> {
        self.lock().first_due(until).cloned()
    }

    /// When the next delivery is due, if it is by then.
    #[must_use]
    pub fn next_moment(&self, until: Moment) -> Option<Moment> {
        self.lock().first_due(until)?.due
    }

    /// How many deliveries are due by then.
    #[must_use]
    pub fn count_due(&self, until: Moment) -> usize {
        let queue = self.lock();
        let dues = queue.items.iter().filter_map(|it| it.due);
        dues.filter(|due| *due <= until).count()
    }

    /// Notes what came of an attempt. Answers whether the webhook has failed too often.
    pub fn note(&self, tried: &Delivery, attempt: Attempt) -> bool {
        let mut queue = self.lock();
        let Some(delivery) = queue.tried(tried) else {
            return false;
        };
        let (at, is_good, webhook) = (attempt.at, attempt.is_good(), delivery.message.webhook);
        delivery.attempts.push(attempt);
        let again = AGAIN_MILLIS.get(delivery.attempts.len() - 1);
        let (state, due) = match (is_good, again) {
            (true, _) => (State::Delivered, None),
            (false, Some(wait)) => (State::Pending, Some(at.plus_millis(*wait))),
            (false, None) => (State::Failed, None),
        };
        self.settle(delivery, state, due);
        if is_good {
            return false;
        }
        let failures = queue.failures.entry(webhook).or_default();
        failures.push_back(at);
        while failures
            .front()
            .is_some_and(|first| first.plus_millis(FAILURES_MILLIS) < at)
        {
            failures.pop_front();
        }
        failures.len() >= FAILURES_MAX && failures.drain(..).next().is_some()
    }

    /// Forgets how often webhooks failed that are gone.
    pub fn keep_failures(&self, is_there: impl Fn(Uuid) -> bool) {
        self.lock().failures.retain(|webhook, _| is_there(*webhook));
    }

    /// Gives up a delivery, and says why.
    pub fn give_up(&self, tried: &Delivery, state: State, at: Moment, why: &str) {
        let mut queue = self.lock();
        if let Some(delivery) = queue.tried(tried) {
            delivery.attempts.push(Attempt {
                at,
                status: None,
                answer: String::new(),
                error: Some(why.to_owned()),
            });
            self.settle(delivery, state, None);
        }
    }

    fn settle(&self, delivery: &mut Delivery, state: State, due: Option<Moment>) {
        if delivery.state == State::Pending && state != State::Pending {
            self.pending.fetch_sub(1, Ordering::Relaxed);
        }
        delivery.state = state;
        delivery.due = due;
    }
}

#[cfg(test)]
mod tests;
