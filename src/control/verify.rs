//! Verification: whether what a test expects has happened, and if not, what came nearest.

mod count;
mod seen;
mod state;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use self::count::Count;
use super::ledger::{self, Known};
use super::requests;
use crate::http::bell::MOST_WAITS;
use crate::http::reply::{GoesOn, Patience};
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::{ErrorKind, Refusal};

/// The rows.
pub const ROWS: &[Row] = &[Row::post("/_sim/v1/verify", verify)
    .named("verify", "Verify what was done, asked for and reached")
    .access(Access::Control)
    .takes::<Verification>()
    .answers::<Verdicts>()
    .heavy()];

/// The most clauses of one verification.
const MOST_CLAUSES: usize = 100;
/// The longest that one waits.
const LONGEST_WAIT: u64 = 30_000;

/// What is expected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Verification {
    /// Everything that must hold.
    expect: Vec<Clause>,
    /// How long to wait until it does, in milliseconds: at most 30000.
    #[serde(default)]
    wait_ms: u64,
}

/// One thing that must hold: exactly one of `ledger`, `request` and `state`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Clause {
    /// Entries of the ledger.
    #[serde(default)]
    ledger: Option<ledger::Asked>,
    /// Requests that were received.
    #[serde(default)]
    request: Option<requests::Asked>,
    /// What a GET answers now.
    #[serde(default)]
    state: Option<state::Asked>,
    /// How many: a number for exactly so many, or `{"atLeast": 1, "atMost": 3}`. At least one when
    /// it is left out.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    count: Option<Value>,
}

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum Verdict {
    /// It holds.
    Passed,
    /// It cannot be told, because the record of it is no longer whole.
    Inconclusive,
    /// It does not hold.
    Failed,
}

/// Whether everything that is expected holds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Verdicts {
    /// `failed` when any clause failed, else `inconclusive` when any is, else `passed`.
    verdict: Verdict,
    /// Each clause, in the order in which they were sent.
    details: Vec<Detail>,
    /// The revision that was looked at.
    revision: u64,
}

/// What became of one clause.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Detail {
    /// Where the clause stands, such as `expect[0]`.
    clause: String,
    verdict: Verdict,
    /// What is expected, in words.
    expected: String,
    /// How many fit; of a state, the value that stands there.
    found: Value,
    /// What that means, in words.
    message: String,
    /// What comes nearest to fitting.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<Miss>,
    /// Whether waiting could still change it.
    #[serde(skip)]
    may_change: bool,
}

/// Something that nearly fits.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Miss {
    /// What it is, in words.
    what: String,
    /// In what it differs from what is expected.
    differs: Vec<String>,
    /// What leads to it, for `/_sim/v1/explain`.
    tracking_id: String,
}

/// A clause that is understood.
enum Check {
    Ledger(ledger::Filter, Count),
    Request(requests::Filter, Count),
    State(state::Asked),
}

fn verify(call: &Call<'_>) -> Result<Reply, Refusal> {
    let asked: Verification = call.json()?;
    if asked.expect.is_empty() || asked.expect.len() > MOST_CLAUSES {
        let detail = format!("expect must hold 1 to {MOST_CLAUSES} clauses.");
        return Err(Refusal::bad_request(detail));
    }
    if asked.wait_ms > LONGEST_WAIT {
        let detail = format!("waitMs must be at most {LONGEST_WAIT}.");
        return Err(Refusal::bad_request(detail));
    }
    let known = Known::of(call);
    let mut checks = Vec::new();
    for (position, clause) in asked.expect.into_iter().enumerate() {
        checks.push(check(call, &known, position, clause)?);
    }
    let filters = checks.iter().filter_map(|check| match check {
        Check::Ledger(filter, _) => Some(filter),
        _ => None,
    });
    let mut ledger = seen::InLedger::walk(&known, &filters.collect::<Vec<_>>());
    let details: Vec<Detail> = checks
        .iter()
        .enumerate()
        .map(|(position, check)| {
            let found = match check {
                Check::Ledger(filter, count) => ledger.look(filter, *count),
                Check::Request(filter, count) => seen::among_requests(call, filter, *count),
                Check::State(asked) => state::look(call, asked),
            };
            Detail {
                clause: format!("expect[{position}]"),
                ..found
            }
        })
        .collect();
    let verdict = details.iter().map(|detail| detail.verdict).max();
    let verdict = verdict.unwrap_or(Verdict::Passed);
    let never = |detail: &Detail| detail.verdict == Verdict::Failed && !detail.may_change;
    let is_final = verdict == Verdict::Passed || details.iter().any(never);
    let body = Verdicts {
        verdict,
        details,
        revision: call.tenant.sandbox.peek().revision,
    };
    let reply = Reply::json(200, &body)?;
    if is_final || asked.wait_ms == 0 {
        return Ok(reply);
    }
    let permit = Arc::clone(&call.app.waits).try_acquire_owned();
    let permit = permit.map_err(|_| {
        let detail = format!(
            "{MOST_WAITS} verifications of this server wait, those of all its sandboxes together, \
             the most there may be; verify without waitMs, or later."
        );
        Refusal::new(ErrorKind::TooManyListeners, detail)
    })?;
    let patience = Patience {
        permit,
        wait: Duration::from_millis(asked.wait_ms),
        ears: [
            call.tenant.changed.listen()?,
            call.tenant.journal.added.listen()?,
        ],
    };
    Ok(reply.goes_on(GoesOn::Patience(Arc::new(patience))))
}

/// Understands a clause, or says what is wrong with it and where.
fn check(
    call: &Call<'_>,
    known: &Known,
    position: usize,
    clause: Clause,
) -> Result<Check, Refusal> {
    let placed = |mut refusal: Refusal| {
        refusal.detail = format!("expect[{position}]: {}", refusal.detail);
        refusal
    };
    let count = clause.count.as_ref();
    let table = call.app.table;
    match (clause.ledger, clause.request, clause.state) {
        (Some(asked), None, None) => {
            let filter = ledger::Filter::new(known, asked, table).map_err(placed)?;
            Ok(Check::Ledger(filter, Count::of(count).map_err(placed)?))
        }
        (None, Some(asked), None) => {
            let filter = requests::Filter::new(asked, table).map_err(placed)?;
            Ok(Check::Request(filter, Count::of(count).map_err(placed)?))
        }
        (None, None, Some(asked)) => {
            if count.is_some() {
                let detail = "A state is one value: count is for ledger and request.";
                return Err(placed(Refusal::bad_request(detail)));
            }
            asked.check().map_err(placed)?;
            Ok(Check::State(asked))
        }
        _ => {
            let detail = "A clause has exactly one of ledger, request and state.";
            Err(placed(Refusal::bad_request(detail)))
        }
    }
}
