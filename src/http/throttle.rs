//! The rate limit: how many requests a token has, by the sandbox clock (api-surface.md 1.6).
//!
//! Webex documents one figure, that of Contact Center. A bucket of so many requests fills evenly,
//! which is inferred.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::auth::bearer;
use super::edge::Outgoing;
use super::ended::Arrival;
use super::faults::{Hit, Simulated, Told, documented_reply};
use super::operation::Operation;
use crate::options::RateLimit;
use crate::world::Moment;

/// What the journal calls it.
pub(super) const ID: &str = "rate-limit";

/// The most tokens whose buckets are kept; those that are full again need none.
const BUCKETS_MAX: usize = 10_000;

/// A bucket: how many requests it holds, and how long one takes to come back.
struct Limit {
    requests: i64,
    millis_each: i64,
}

/// Contact Center: 300 requests a minute for each token (documented).
const CONTACT_CENTER: Limit = Limit {
    requests: 300,
    millis_each: 200,
};

/// Small enough for any loop to meet it.
const STRICT: Limit = Limit {
    requests: 5,
    millis_each: 1000,
};

/// The limit of a path.
fn limit(mode: RateLimit, path: &str) -> Option<&'static Limit> {
    match mode {
        RateLimit::Off => None,
        RateLimit::Strict => Some(&STRICT),
        RateLimit::Real => path
            .starts_with("/organization/")
            .then_some(&CONTACT_CENTER),
    }
}

/// The buckets of a sandbox: for each token and limit, when its bucket will be full again.
#[derive(Debug, Default)]
pub struct Buckets {
    in_use: AtomicBool,
    full_at: Mutex<BTreeMap<u64, i64>>,
}

impl Buckets {
    /// Fills every bucket.
    pub fn clear(&self) {
        if self.in_use.swap(false, Ordering::Relaxed) {
            self.lock().clear();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, i64>> {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a request out of a bucket.
    ///
    /// # Errors
    /// In how many seconds there is one, when the bucket is empty.
    fn take(&self, key: u64, limit: &Limit, now: Moment) -> Result<(), u32> {
        self.in_use.store(true, Ordering::Relaxed);
        let mut buckets = self.lock();
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(&key) {
            buckets.retain(|_, full_at| *full_at > now.0);
            if buckets.len() >= BUCKETS_MAX {
                buckets.clear();
            }
        }
        let whole = limit.requests * limit.millis_each;
        // A clock that went back must not lock anybody out for longer than a whole bucket takes.
        let latest = now.0.saturating_add(whole);
        let full_at = buckets.entry(key).or_insert(now.0);
        let next = (*full_at).clamp(now.0, latest) + limit.millis_each;
        if next <= latest {
            *full_at = next;
            return Ok(());
        }
        *full_at = next - limit.millis_each;
        let seconds = u64::try_from(next - latest).unwrap_or(0).div_ceil(1000);
        Err(u32::try_from(seconds).unwrap_or(u32::MAX).max(1))
    }
}

/// Counts a request against its token's limit.
///
/// # Errors
/// 429 when the bucket is empty. Nothing was done then.
pub(super) fn check(
    arrival: &Arrival<'_>,
    operation: Option<&'static Operation>,
) -> Result<(), Box<Outgoing>> {
    let path = &arrival.incoming.path;
    let Some(limit) = limit(arrival.app.options.rate_limit, path) else {
        return Ok(());
    };
    let mut hasher = DefaultHasher::new();
    // The token, however the word before it is written.
    let sent = arrival.incoming.authorization.as_deref();
    bearer(sent).ok().hash(&mut hasher);
    let taken = arrival
        .tenant
        .buckets
        .take(hasher.finish(), limit, arrival.now);
    let Err(seconds) = taken else { return Ok(()) };
    let reply = documented_reply(429, path, arrival.tracking_id);
    let reply = reply.header("Retry-After", seconds.to_string());
    let hit = Hit::of(Simulated {
        id: Arc::from(ID),
        effect: Told {
            status: Some(429),
            ..Told::default()
        },
    });
    Err(arrival.answer(reply, operation, None, Some(hit)))
}
