//! The plans of a sandbox: what was tried, what it came to, and what is needed to do it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::prepared::Prepared;
use super::reply::Reply;
use crate::refusal::{ErrorKind, Refusal};

/// Plans kept for each sandbox.
const KEPT: usize = 100;
/// Bytes of documents and requests kept for each sandbox; the newest plan is kept in any case.
const KEPT_BYTES: usize = 64 << 20;
/// About how many bytes a plan takes beside its document and its request.
const PLAN_BYTES: usize = 4096;

/// What applying a plan leads to.
#[derive(Debug)]
pub enum Work {
    /// The request, which holds the world that it was tried on.
    Request(Arc<Prepared>),
    /// The request was refused before it came to an operation: so it would be again.
    Refused,
    /// Nothing any more: the sandbox has moved on.
    Outdated,
}

/// Something that was tried.
#[derive(Debug)]
pub struct Plan {
    /// Its number among the plans of the sandbox, from 1, and a print of what it tells: a number
    /// comes again after a reset, and must not lead to another plan.
    pub id: String,
    /// The revision that it was made at.
    pub revision: u64,
    /// What it answered, as a document.
    pub document: Bytes,
    /// What the operation answered.
    pub foretold: Reply,
    work: Mutex<Work>,
    applied: AtomicBool,
}

impl Plan {
    /// A plan that was not applied.
    #[must_use]
    pub fn new(
        id: String,
        revision: u64,
        document: Bytes,
        request: Option<Prepared>,
        foretold: Reply,
    ) -> Self {
        // Of what came over the wire a plan keeps its own part alone.
        let request = request.map(|request| Work::Request(Arc::new(request.detached())));
        Self {
            id,
            revision,
            document,
            foretold,
            work: Mutex::new(request.unwrap_or(Work::Refused)),
            applied: AtomicBool::new(false),
        }
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

    /// What applying it leads to.
    #[must_use]
    pub fn work(&self) -> Work {
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        match &*work {
            Work::Request(request) => Work::Request(Arc::clone(request)),
            Work::Refused => Work::Refused,
            Work::Outdated => Work::Outdated,
        }
    }

    /// Lets go of request and world, which nothing leads back to once the revision has risen.
    fn retire(&self, present: u64) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if self.revision != present && matches!(*work, Work::Request(_)) {
            *work = Work::Outdated;
        }
    }

    fn bytes(&self) -> usize {
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        let request = match &*work {
            Work::Request(request) => request.bytes(),
            Work::Refused | Work::Outdated => 0,
        };
        PLAN_BYTES + self.document.len() + self.foretold.body.len() + request
    }
}

/// The plans of a sandbox, oldest first.
#[derive(Debug, Default)]
pub struct Plans {
    kept: Mutex<Kept>,
    bytes: AtomicUsize,
}

#[derive(Debug, Default)]
struct Kept {
    plans: VecDeque<Arc<Plan>>,
    count: u64,
    /// The highest number there ever was: a reset begins to count anew.
    highest: u64,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.plans.iter().map(|plan| plan.bytes()).sum()
    }
}

/// The id of a plan by its number and its print.
#[must_use]
pub fn id(number: u64, print: u32) -> String {
    format!("plan-{number}-{print:08x}")
}

/// The number in an id that may have been given.
fn number(text: &str) -> Option<u64> {
    let (number, print) = text.strip_prefix("plan-")?.split_once('-')?;
    let number = number.parse().ok()?;
    let print = u32::from_str_radix(print, 16).ok()?;
    (id(number, print) == text).then_some(number)
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
        kept.highest = kept.highest.max(kept.count);
        kept.count
    }

    /// About how many bytes they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Keeps a plan and drops the oldest ones beyond the bounds.
    pub fn add(&self, plan: Plan) {
        let mut kept = self.kept();
        kept.plans.push_back(Arc::new(plan));
        let mut bytes = kept.bytes();
        while kept.plans.len() > KEPT || (bytes > KEPT_BYTES && kept.plans.len() > 1) {
            let dropped = kept.plans.pop_front();
            bytes -= dropped.map_or(0, |plan| plan.bytes());
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Drops the oldest plans until so many bytes are freed; answers how many were.
    pub fn give_up(&self, bytes: usize) -> usize {
        let mut kept = self.kept();
        let before = kept.bytes();
        let mut freed = 0;
        while freed < bytes
            && let Some(dropped) = kept.plans.pop_front()
        {
            freed += dropped.bytes();
        }
        self.bytes.store(before - freed, Ordering::Relaxed);
        freed
    }

    /// Lets go of what plans hold that were made at another revision than the present one.
    pub fn retire(&self, present: u64) {
        if self.bytes() == 0 {
            return;
        }
        let kept = self.kept();
        kept.plans.iter().for_each(|plan| plan.retire(present));
        self.bytes.store(kept.bytes(), Ordering::Relaxed);
    }

    /// The plan with an id.
    ///
    /// # Errors
    /// 404 when there never was one, 410 when it is no longer kept.
    pub fn get(&self, id: &str) -> Result<Arc<Plan>, Refusal> {
        let kept = self.kept();
        let known = number(id).is_some_and(|number| (1..=kept.highest).contains(&number));
        if !known {
            return Err(Refusal::not_found("Plan", id));
        }
        let found = kept.plans.iter().find(|plan| plan.id == id);
        found.map(Arc::clone).ok_or_else(|| {
            let detail = format!(
                "Plan {id} is no longer kept: of a sandbox these are the last {KEPT} plans since \
                 its last reset, and fewer when plans are large (--max-plans). Plan it again."
            );
            Refusal::new(ErrorKind::Gone, detail)
        })
    }

    /// Forgets every plan, and begins to count anew.
    pub fn clear(&self) {
        let mut kept = self.kept();
        kept.plans.clear();
        kept.count = 0;
        self.bytes.store(0, Ordering::Relaxed);
    }
}
