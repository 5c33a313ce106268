//! The bounded record of a sandbox's requests. Tokens are never in it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::bell::Bell;
use super::faults::Simulated;
use crate::json::Passed;
use crate::refusal::Refusal;
use crate::world::{Actor, Moment};

/// The most bytes of a journal, about.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// One request.
#[derive(Debug, Clone)]
pub struct Record {
    /// The sandbox time.
    pub at: Moment,
    /// The method as sent, shortened where nobody knows it.
    pub method: Cow<'static, str>,
    /// Path and query, without a sandbox prefix.
    pub target: Box<str>,
    /// The status answered; 0 where the connection was closed without an answer.
    pub status: u16,
    /// The operation's id, when the path led to one.
    pub operation: Option<&'static str>,
    /// Who asked.
    pub actor: Option<Arc<Actor>>,
    /// The tracking id.
    pub tracking_id: Arc<str>,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// Why it was refused.
    pub refusal: Option<Box<Refusal>>,
    /// What deserves attention although nothing was changed, with the rules that decided; what a
    /// commit told stands in the ledger.
    pub noted: Option<Box<Noted>>,
    /// The fault that was injected.
    pub simulated: Option<Box<Simulated>>,
    /// The fields of the body that nothing was done with.
    pub passed_over: Box<[Passed]>,
}

/// What a request told that changed nothing.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// What deserves attention.
    pub warnings: Vec<String>,
}

/// The requests of a sandbox, oldest first.
#[derive(Debug)]
pub struct Journal {
    records: Mutex<Kept>,
    limit: usize,
    /// Rung when a request was written down.
    pub added: Arc<Bell>,
}

#[derive(Debug, Default)]
struct Kept {
    records: VecDeque<Record>,
    bytes: usize,
    evicted: u64,
}

impl Record {
    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        let refusal = self
            .refusal
            .as_ref()
            .map_or(0, |refusal| size_of::<Refusal>() + refusal.detail.len());
        let noted = self.noted.as_ref().map_or(0, |noted| {
            noted.warnings.iter().map(String::len).sum::<usize>()
        });
        let simulated = self
            .simulated
            .as_ref()
            .map_or(0, |_| size_of::<Simulated>());
        let passed: usize = self.passed_over.iter().map(Passed::weight).sum();
        let told = refusal + noted + simulated + passed;
        size_of::<Self>() + self.target.len() + self.tracking_id.len() + told
    }
}

impl Journal {
    /// A journal that keeps this many requests.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            records: Mutex::default(),
            limit,
            added: Arc::default(),
        }
    }

    /// Adds a request.
    pub fn add(&self, record: Record) {
        let mut kept = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += record.weight();
        kept.records.push_back(record);
        while kept.records.len() > self.limit || kept.bytes > MAX_BYTES {
            let Some(oldest) = kept.records.pop_front() else {
                break;
            };
            kept.bytes -= oldest.weight();
            kept.evicted += 1;
        }
        drop(kept);
        self.added.ring();
    }

    /// The requests that fit, oldest first, and how many were dropped.
    pub fn list(&self, fits: impl Fn(&Record) -> bool) -> (Vec<Record>, u64) {
        let kept = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        (
            kept.records
                .iter()
                .filter(|record| fits(record))
                .cloned()
                .collect(),
            kept.evicted,
        )
    }

    /// The newest request with a tracking id.
    #[must_use]
    pub fn find(&self, tracking_id: &str) -> Option<Record> {
        let kept = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        kept.records
            .iter()
            .rev()
            .find(|record| &*record.tracking_id == tracking_id)
            .cloned()
    }

    /// How many bytes are kept, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let kept = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.records.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }
}
