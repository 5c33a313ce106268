//! How many entries of the ledger or requests fit, and what came nearest.

use std::cell::OnceCell;

use serde_json::Value;

use super::count::Count;
use super::{Detail, Miss, Verdict};
use crate::control::ledger::{self, Item, Known};
use crate::control::requests;
use crate::http::Call;
use crate::http::journal::Record;

/// Near misses that are shown.
const MISSES: usize = 3;
/// Entries and requests that are looked through for near misses, the newest first.
const LOOKED_AT: usize = 1000;

/// The ledger, gone through once for all clauses: making items is what takes time.
pub(super) struct InLedger<'k> {
    known: &'k Known,
    /// How many fit each clause, in their order.
    counts: std::vec::IntoIter<u64>,
    /// What may have been meant, made when it is first needed.
    newest: OnceCell<Vec<Item>>,
}

impl<'k> InLedger<'k> {
    /// Counts what fits each filter.
    pub fn walk(known: &'k Known, filters: &[&ledger::Filter]) -> Self {
        Self {
            known,
            counts: ledger::Filter::count(filters, known).into_iter(),
            newest: OnceCell::new(),
        }
    }

    /// The newest items.
    fn newest(&self) -> &[Item] {
        self.newest.get_or_init(|| {
            let worlds = self.known.worlds();
            let newest = self.known.entries.iter().rev().take(LOOKED_AT);
            let items = newest.flat_map(|entry| ledger::items(entry, &worlds));
            items.take(LOOKED_AT).collect()
        })
    }

    /// What became of the next filter.
    pub fn look(&mut self, filter: &ledger::Filter, count: Count) -> Detail {
        let found = self.counts.next().unwrap_or_default();
        let what = ("ledger entries", filter.criteria());
        let mut detail = judge(what, count, found, self.known.evicted, || {
            nearest(self.newest().iter().map(|item| Near {
                differs: filter.differences(item),
                what: format!(
                    "revision {}: {} {} {}",
                    item.revision, item.operation, item.kind, item.holder.name
                ),
                tracking_id: item.tracking_id.clone(),
            }))
        });
        if found == 0
            && let Some(stranger) = filter.stranger()
        {
            detail.message.push_str(&format!(" {stranger}"));
        }
        detail
    }
}

/// Looks for requests.
pub(super) fn among_requests(call: &Call<'_>, filter: &requests::Filter, count: Count) -> Detail {
    let (records, evicted) = call.tenant.journal.list(|record| filter.fits(record));
    let found = records.len() as u64;
    judge(
        ("requests", filter.criteria()),
        count,
        found,
        evicted,
        || {
            let (mut all, _) = call.tenant.journal.list(|_| true);
            let newest = all.drain(..).rev().take(LOOKED_AT);
            nearest(newest.map(|record: Record| Near {
                differs: filter.differences(&record),
                what: format!(
                    "{} {} answered {}",
                    record.method, record.target, record.status
                ),
                tracking_id: record.tracking_id.to_string(),
            }))
        },
    )
}

type Criteria = (&'static str, Vec<(&'static str, String)>);

/// What a number of findings means.
fn judge(
    (what, criteria): Criteria,
    count: Count,
    found: u64,
    evicted: u64,
    misses: impl FnOnce() -> Vec<Miss>,
) -> Detail {
    let verdict = count.verdict(found, evicted == 0);
    let criteria = criteria
        .iter()
        .map(|(name, wanted)| format!("{name} {wanted}"));
    let criteria: Vec<String> = criteria.collect();
    let mut expected = format!("{count} {what}");
    if !criteria.is_empty() {
        expected.push_str(&format!(" with {}", criteria.join(", ")));
    }
    let nearest = match verdict {
        Verdict::Passed => Vec::new(),
        // Too many: what is there fits.
        _ if !count.may_be_reached(found) => Vec::new(),
        _ => misses(),
    };
    let mut message = format!("Expected {expected}; found {found}.");
    if verdict == Verdict::Inconclusive {
        message.push_str(&format!(
            " The {evicted} oldest are no longer kept, so there may have been more. Verify \
             earlier, or in a sandbox of its own."
        ));
    }
    if let Some(miss) = nearest.first() {
        message.push_str(&format!(
            " Nearest: {}: {}.",
            miss.what,
            miss.differs.join("; ")
        ));
    }
    Detail {
        clause: String::new(),
        verdict,
        expected,
        found: Value::from(found),
        message,
        nearest,
        may_change: count.may_be_reached(found),
    }
}

struct Near {
    what: String,
    differs: Vec<(&'static str, String, String)>,
    tracking_id: String,
}

/// Those that differ in the fewest, and not in everything; of equals the newest first.
fn nearest(candidates: impl Iterator<Item = Near>) -> Vec<Miss> {
    let mut best: Vec<Near> = Vec::new();
    for near in candidates.filter(|near| !near.differs.is_empty()) {
        let place = best.partition_point(|other| other.differs.len() <= near.differs.len());
        if place < MISSES {
            best.insert(place, near);
            best.truncate(MISSES);
        }
    }
    let told = best.into_iter().map(|near| Miss {
        what: near.what,
        differs: (near.differs.iter())
            .map(|(name, wanted, is)| format!("{name} is {is}, not {wanted}"))
            .collect(),
        tracking_id: near.tracking_id,
    });
    told.collect()
}
