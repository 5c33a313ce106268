//! Why: what became of a request, in plain words, with the rules and their sources.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::ledger::{self, ChangeBody, Item};
use super::naming::Action;
use super::requests;
use super::rules::RuleBody;
use crate::http::journal::Record;
use crate::http::{Access, Call, Reply, Row};
use crate::licensing::rules;
use crate::refusal::Refusal;
use crate::world::Entry;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/explain/{trackingId}", explain)
    .named("explain", "Explain what became of a request")
    .access(Access::Control)
    .heavy()
    .answers::<Explanation>()];

/// Holders that are named in a cause; more are counted.
const NAMED_HOLDERS: usize = 5;

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
    /// What the reader can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'static str>,
    /// What deserves attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// What changed and what was lost, holder by holder, as in the ledger.
    #[schema(value_type = Vec<Object>)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ledger: Vec<Item>,
}

/// The request that is explained. What a timer did has an operation alone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    /// The method.
    method: Option<&'static str>,
    /// The path.
    path: Option<String>,
    /// The status answered.
    status: Option<u16>,
    /// The operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
}

impl RequestBody {
    fn of(record: Option<&Record>, entries: &[Arc<Entry>]) -> Self {
        let committed = entries.first().map(|entry| entry.operation);
        match record {
            Some(record) => Self {
                method: Some(record.method),
                path: Some(requests::parts(record).0.to_owned()),
                status: Some(record.status),
                operation: record.operation.or(committed),
            },
            None => Self {
                method: None,
                path: None,
                status: None,
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
    let entries: Vec<Arc<Entry>> = tenant.sandbox.ledger(|ledger| {
        let of_request = ledger.entries().filter(|entry| &*entry.tracking_id == id);
        of_request.map(Arc::clone).collect()
    });
    if record.is_none() && entries.is_empty() {
        return Err(Refusal::not_found("The request with the tracking id", id));
    }
    let world = call.read();
    let items: Vec<Item> = entries
        .iter()
        .flat_map(|entry| ledger::items(entry, &world))
        .collect();
    let refusal = record.as_ref().and_then(|record| record.refusal.as_deref());
    let cause = match refusal {
        Some(refusal) => refused(refusal),
        None => happened(&items),
    };
    let explanation = Explanation {
        request: RequestBody::of(record.as_ref(), &entries),
        cause,
        rules: rules_of(refusal, &items),
        remedy: refusal.map(|refusal| refusal.kind.row().remedy),
        warnings: entries
            .iter()
            .flat_map(|entry| entry.warnings.iter().cloned())
            .collect(),
        ledger: items,
    };
    Reply::json(200, &explanation)
}

fn refused(refusal: &Refusal) -> String {
    let row = refusal.kind.row();
    let description = refusal.description();
    let changed = "Nothing was changed.";
    if description == row.message {
        return format!("{description} {changed}");
    }
    format!(
        "{}: {description} {changed}",
        row.message.trim_end_matches('.')
    )
}

/// What a request changed, in a sentence for each of the first holders.
fn happened(items: &[Item]) -> String {
    if items.is_empty() {
        return "The request was answered and changed nothing.".to_owned();
    }
    // Those who lost something come first.
    let mut ordered: Vec<&Item> = items.iter().collect();
    ordered.sort_by_key(|item| item.lost.is_empty());
    let mut sentences: Vec<String> = ordered
        .iter()
        .take(NAMED_HOLDERS)
        .map(|item| sentence(item))
        .collect();
    let more = items.len().saturating_sub(NAMED_HOLDERS);
    if more > 0 {
        let losing = ordered.iter().skip(NAMED_HOLDERS);
        let losing = losing.filter(|item| !item.lost.is_empty()).count();
        sentences.push(format!(
            "{more} more were changed; {losing} of them lost something."
        ));
    }
    sentences.join(" ")
}

/// What says nothing to a reader: the licences are named in words, the time is the request's.
const SILENT: [&str; 3] = ["licenses", "lastModified", "calling"];

fn sentence(item: &Item) -> String {
    let name = match item.holder.name.as_str() {
        "" => &item.holder.id,
        name => name,
    };
    let mut parts = Vec::new();
    for (verb, licenses) in [
        ("gave up", &item.licenses_removed),
        ("got", &item.licenses_added),
    ] {
        if !licenses.is_empty() {
            parts.push(format!("{verb} {}", licenses.join(", ")));
        }
    }
    parts.extend(item.changes.iter().filter_map(changed));
    let mut text = match parts.is_empty() {
        true => format!("{name}."),
        false => format!("{name}: {}.", parts.join("; ")),
    };
    if !item.lost.is_empty() {
        text.push_str(&lost(item));
    }
    text
}

fn changed(change: &ChangeBody) -> Option<String> {
    let verb = match change.action {
        Action::Created => "created",
        Action::Updated => "changed",
        Action::Deleted => "deleted",
    };
    let all = change.fields.iter().map(|field| field.path.as_str());
    let told: Vec<&str> = all.filter(|path| !SILENT.contains(path)).collect();
    match (change.fields.is_empty(), told.as_slice()) {
        (true, _) => Some(format!("{} {verb}", change.object.kind)),
        (false, []) => None,
        (false, told) => Some(format!(
            "{} {verb} ({})",
            change.object.kind,
            told.join(", ")
        )),
    }
}

fn lost(item: &Item) -> String {
    let mut families: Vec<&str> = item.lost.iter().map(|lost| lost.family.as_str()).collect();
    families.dedup();
    let values = match item.lost.len() {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    };
    let rule = item.lost.first().and_then(|lost| rules::rule(&lost.rule));
    let why = rule.map_or_else(String::new, |rule| {
        format!(" {} ({})", rule.sentence, rule.id)
    });
    format!(" Lost: {} ({values}).{why}", families.join(", "))
}

fn rules_of(refusal: Option<&Refusal>, items: &[Item]) -> Vec<RuleBody> {
    let refused = refusal.iter().flat_map(|refusal| refusal.rules.iter());
    let decided = items.iter().flat_map(|item| item.rules.iter());
    let mut ids: Vec<&str> = refused
        .copied()
        .chain(decided.map(String::as_str))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.into_iter()
        .filter_map(rules::rule)
        .map(RuleBody::from)
        .collect()
}
