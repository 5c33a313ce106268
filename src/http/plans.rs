//! The plans of a sandbox: what was tried, what it came to, and what is needed to do it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::prepared::Prepared;
use super::reply::Reply;
use crate::refusal::{ErrorKind, Refusal};

/// Plans kept for each sandbox.
const KEPT: usize = 100;
/// Bytes of documents and requests kept for each sandbox; the newest plan is kept in any case.
const KEPT_BYTES: usize = 64 << 20;

/// Something that was tried.
#[derive(Debug)]
pub struct Plan {
    /// Its number among the plans of the sandbox, from 1.
    pub number: u64,
    /// What it answered, as a document.
    pub document: Bytes,
    /// The request, which holds the world that it was tried on; none when the request was refused
    /// before it came to an operation.
    pub request: Option<Prepared>,
    /// What the operation answered.
    pub foretold: Reply,
    applied: AtomicBool,
}

impl Plan {
    /// A plan that was not applied.
    #[must_use]
    pub fn new(number: u64, document: Bytes, request: Option<Prepared>, foretold: Reply) -> Self {
        Self {
            number,
            document,
            request,
            foretold,
            applied: AtomicBool::new(false),
        }
    }

    /// The id of a number.
    #[must_use]
    pub fn id(number: u64) -> String {
        format!("plan-{number}")
    }

    /// Takes the one turn that a plan has; answers whether it was still there.
    #[must_use]
    pub fn take_turn(&self) -> bool {
        !self.applied.swap(true, Ordering::Relaxed)
    }

    /// Gives the turn back, because nothing was done.
    pub fn give_turn_back(&self) {
        self.applied.store(false, Ordering::Relaxed);
    }

    fn bytes(&self) -> usize {
        let request = self.request.as_ref().map_or(0, Prepared::bytes);
        self.document.len() + self.foretold.body.len() + request
    }
}

/// The plans of a sandbox, oldest first.
#[derive(Debug, Default)]
pub struct Plans {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    plans: VecDeque<Arc<Plan>>,
    bytes: usize,
    count: u64,
}

impl Plans {
    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the next plan.
    #[must_use]
    pub fn next_number(&self) -> u64 {
        let mut kept = self.kept();
        kept.count += 1;
        kept.count
    }

    /// Keeps a plan and drops the oldest ones beyond the bounds.
    pub fn add(&self, plan: Plan) {
        let mut kept = self.kept();
        kept.bytes += plan.bytes();
        kept.plans.push_back(Arc::new(plan));
        while kept.plans.len() > KEPT || (kept.bytes > KEPT_BYTES && kept.plans.len() > 1) {
            let dropped = kept.plans.pop_front();
            kept.bytes -= dropped.map_or(0, |plan| plan.bytes());
        }
    }

    /// The plan with an id.
    ///
    /// # Errors
    /// 404 when there never was one, 410 when it is no longer kept.
    pub fn get(&self, id: &str) -> Result<Arc<Plan>, Refusal> {
        let kept = self.kept();
        let number = id.strip_prefix("plan-").and_then(|text| text.parse().ok());
        let number: u64 = number
            .filter(|number| (1..=kept.count).contains(number) && id == Plan::id(*number))
            .ok_or_else(|| Refusal::not_found("Plan", id))?;
        let mut plans = kept.plans.iter();
        let found = plans.find(|plan| plan.number == number).map(Arc::clone);
        found.ok_or_else(|| {
            let detail = format!(
                "Plan {id} is no longer kept: of a sandbox these are the last {KEPT} plans, and \
                 fewer when they are large. Plan it again."
            );
            Refusal::new(ErrorKind::Gone, detail)
        })
    }

    /// Forgets every plan, and begins to count anew.
    pub fn clear(&self) {
        *self.kept() = Kept::default();
    }
}
