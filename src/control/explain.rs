//! Why: what became of a request, in plain words, with the rules and their sources.

mod remedy;
mod story;
mod tasks;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use self::tasks::Started;
use super::ledger::{self, Item};
use super::requests;
use super::rules::RuleBody;
use super::switches::{self, SwitchBody};
use crate::http::faults::Simulated;
use crate::http::journal::{Noted, Record};
use crate::http::{Access, Call, Reply, Row};
use crate::licensing::rules;
use crate::refusal::Refusal;
use crate::world::Entry;
use crate::world::history::History;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/explain/{trackingId}", explain)
    .named("explain", "Explain what became of a request")
    .access(Access::Control)
    .heavy()
    .answers::<Explanation>()];

/// What became of a request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Explanation {
    /// The request.
    request: RequestBody,
    /// What happened, in plain words.
    cause: String,
    /// The rules that decided.
    rules: Vec<RuleBody>,
    /// Whether it was undone since, so that nothing of it holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    undone: bool,
    /// What the reader can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
    /// The fault that was injected.
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_fault: Option<Simulated>,
    /// What deserves attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// The quirks, the edition and the pace of tasks that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    switches: Vec<SwitchBody>,
    /// What changed and what was lost, holder by holder, as in the ledger.
    #[schema(value_type = Vec<Object>)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ledger: Vec<Item>,
}

/// The request that is explained. What a timer did by itself has an operation alone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// The path; with its parameters in braces where the request itself is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The status answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
}

impl RequestBody {
    fn of(call: &Call<'_>, record: Option<&Record>, entries: &[Arc<Entry>]) -> Self {
        let committed = entries.first().map(|entry| entry.operation);
        let mut operations = call.app.table.operations.iter();
        // Requests of the control are kept when they were refused alone.
        let row = operations.find(|row| committed == Some(row.id));
        match record {
            Some(record) => Self {
                method: Some(record.method.to_string()),
                path: Some(requests::parts(record).0.to_owned()),
                status: Some(record.status).filter(|status| *status != 0),
                operation: record.operation.or(committed),
            },
            None => Self {
                method: row.map(|row| row.method.name().to_owned()),
                path: row.map(|row| row.path.to_owned()),
                status: row.map(|row| row.status),
                operation: committed,
            },
        }
    }
}

fn explain(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.value("trackingId");
    let tenant = &call.tenant;
    let record = tenant.journal.find(id);
    let record = record.or_else(|| tenant.refused_control.find(id));
    let entries = entries_of(call, id);
    if record.is_none() && entries.is_empty() {
        return Err(Refusal::not_found("The request with the tracking id", id));
    }
    let world = call.read();
    let known = ledger::Known::of(call);
    let worlds = known.worlds();
    let mut items: Vec<Item> = entries
        .iter()
        .flat_map(|entry| ledger::items(entry, &worlds))
        .collect();
    story::order(&mut items);
    let noted = record.as_ref().and_then(|record| record.noted.as_deref());
    let refusal = record.as_ref().and_then(|record| record.refusal.as_deref());
    let switches = switches::turned(entries.iter().map(Arc::as_ref));
    let started = Started::of(&world, id);
    let rules = rules_of(refusal, noted, &items, &started);
    let mut warnings = warnings_of(call, record.as_ref(), &entries);
    let simulated = record
        .as_ref()
        .and_then(|record| record.simulated.as_deref());
    let happened = match refusal {
        Some(refusal) => Some(story::refused(refusal)),
        None if simulated.is_some_and(Simulated::ends) => None,
        None => {
            let route = route(call, record.as_ref(), &entries);
            let told = story::Told {
                items: &items,
                switches: &switches,
                warnings: &warnings,
            };
            Some(story::happened(&route, &told, &started, &rules))
        }
    };
    let sentences = simulated.map(Simulated::sentence).into_iter();
    let undone = is_undone(call, &entries);
    let after = undone.then(|| UNDONE.to_owned());
    let cause: Vec<String> = sentences.chain(happened).chain(after).collect();
    let of_fault = simulated.map(Simulated::remedy);
    warnings.extend(started.warnings.iter().cloned());
    let left_out = !undone && !warnings.is_empty();
    let explanation = Explanation {
        request: RequestBody::of(call, record.as_ref(), &entries),
        cause: cause.join(" "),
        rules: rules
            .iter()
            .filter_map(|id| rules::rule(id))
            .map(RuleBody::without_proof)
            .collect(),
        undone,
        remedy: of_fault.or_else(|| match refusal {
            Some(refusal) => Some(remedy_of(call, record.as_ref(), refusal)),
            None => {
                let standing: &[Item] = if undone { &[] } else { &items };
                remedy::after(standing, &started, left_out, &tenant.id)
            }
        }),
        simulated_fault: simulated.cloned(),
        warnings,
        switches,
        ledger: items,
    };
    Reply::json(200, &explanation)
}

/// The commits of a request that are kept.
fn entries_of(call: &Call<'_>, id: &str) -> Vec<Arc<Entry>> {
    call.tenant.sandbox.ledger(|ledger| {
        let of_request = ledger.entries().filter(|entry| &*entry.tracking_id == id);
        of_request.map(Arc::clone).collect()
    })
}

/// What the reader can do about a refusal.
fn remedy_of(call: &Call<'_>, record: Option<&Record>, refusal: &Refusal) -> String {
    let meant = record.and_then(|record| requests::path_meant(call, record));
    remedy::of_refusal(refusal, meant.as_deref())
}

/// What deserves attention: what commits told, what was told without one, and what in the
/// request means nothing.
fn warnings_of(call: &Call<'_>, record: Option<&Record>, entries: &[Arc<Entry>]) -> Vec<String> {
    let told = entries.iter().flat_map(|entry| entry.warnings.iter());
    let noted = record.and_then(|record| record.noted.as_deref());
    let noted = noted.into_iter().flat_map(|noted| &noted.warnings);
    let passed_over = record.map(|record| requests::passed_over(call, record));
    let passed_over = passed_over.into_iter().flatten();
    told.chain(noted).cloned().chain(passed_over).collect()
}

/// What is told of a request that was undone.
const UNDONE: &str = "It was undone since: what it changed and what was lost is as it was before.";

/// Whether all that a request did was undone.
fn is_undone(call: &Call<'_>, entries: &[Arc<Entry>]) -> bool {
    let undone = |history: &History| entries.iter().all(|one| history.is_undone(one.revision));
    !entries.is_empty() && call.tenant.sandbox.history(undone)
}

/// Who did it, and by which operation.
fn route(call: &Call<'_>, record: Option<&Record>, entries: &[Arc<Entry>]) -> String {
    let actor = record.and_then(|record| record.actor.as_deref());
    let actor = actor.or_else(|| entries.first().map(|entry| &entry.actor));
    let who = actor.map_or("Nobody", |actor| &*actor.name);
    let id = entries.first().map(|entry| entry.operation);
    let id = record.and_then(|record| record.operation).or(id);
    let mut known = call.app.table.operations.iter();
    let title = known.find(|operation| Some(operation.id) == id);
    let title = title.map(|operation| operation.title).or(id);
    let title = title.unwrap_or_default().trim_end_matches('.');
    match record {
        Some(record) => {
            let (path, _) = requests::parts(record);
            let tried = if record.dry_run { " as a dry run" } else { "" };
            format!("{who} sent {} {path} ({title}){tried}.", record.method)
        }
        None => format!("{who}: {title}."),
    }
}

/// The ids of the rules that decided, each once.
fn rules_of<'a>(
    refusal: Option<&'a Refusal>,
    noted: Option<&'a Noted>,
    items: &'a [Item],
    started: &'a Started,
) -> Vec<&'a str> {
    let refused = refusal.iter().flat_map(|refusal| refusal.rules.iter());
    let noted = noted.iter().flat_map(|noted| noted.rules.iter());
    let decided = items.iter().flat_map(|item| item.rules.iter());
    let mut ids: Vec<&str> = refused
        .chain(noted)
        .copied()
        .chain(decided.chain(&started.rules).map(String::as_str))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids
}
