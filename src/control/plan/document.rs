//! What a plan shows: what would differ, what each holder's change would come to, and what would be
//! lost, the hardest to bring back first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::belongings;
use crate::control::naming::{self, Named};
use crate::control::sandboxes::difference::{Difference, OfKind, between};
use crate::http::incoming::Incoming;
use crate::http::rehearsal::Tried;
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::rules;
use crate::model::WebexId;
use crate::refusal::Refusal;
use crate::settings::family::to_json;
use crate::tasks::task::{ItemError, TaskError};
use crate::tasks::{Task, TaskStatus};
use crate::world::{Lost, Moment, World};

/// What a call would do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlanBody<'a> {
    /// The plan's id.
    id: String,
    /// The revision that it was made at.
    revision: u64,
    /// When it was made.
    #[schema(value_type = String)]
    created_at: Moment,
    /// The call.
    operation: OperationBody<'a>,
    /// How long the lists are, shown or not.
    totals: Totals,
    /// The names of lists that are longer than what is shown.
    truncated: Vec<&'static str>,
    /// What would differ, by objects.
    diff: Difference,
    /// What would become of each holder whose licences are concerned.
    #[schema(value_type = Vec<Object>)]
    outcomes: Vec<&'a Outcome>,
    /// What would be lost, the hardest to bring back first.
    loss: Vec<LossBody<'a>>,
    /// The bulk tasks that it would start, as they would end.
    tasks: Vec<TaskEnd<'a>>,
    /// What deserves attention.
    warnings: Vec<&'a str>,
    /// What the call would answer.
    response: ResponseBody,
}

/// The call.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OperationBody<'a> {
    /// The operation's id, when the path leads to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_id: Option<&'static str>,
    /// The method.
    method: &'a str,
    /// The path.
    path: &'a str,
    /// The query.
    #[serde(skip_serializing_if = "str::is_empty")]
    query: &'a str,
}

/// How long the lists are.
#[derive(Debug, Serialize, ToSchema)]
struct Totals {
    /// New objects.
    created: usize,
    /// Objects that differ.
    updated: usize,
    /// Objects that are gone.
    deleted: usize,
    /// Objects that differ, counted by their kinds.
    #[schema(value_type = Object)]
    kinds: BTreeMap<&'static str, OfKind>,
    /// Holders whose licences are concerned.
    outcomes: usize,
    /// The same, counted by what would happen to them: `swapped`, `lost`, `failed`, …
    actions: BTreeMap<Action, usize>,
    /// Values that would be lost.
    loss: usize,
    /// Those of them that giving the licence back does not bring back.
    irreversible: usize,
    /// Items of tasks that could not be done.
    errors: usize,
    /// What deserves attention.
    warnings: usize,
}

/// A value that would be lost.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LossBody<'a> {
    /// Whose it is.
    holder: LossHolder,
    /// The settings family or belonging.
    family: &'a str,
    /// The field within the family, a dotted path.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// What it is.
    before: &'a Value,
    /// What would stand there.
    after: &'a Value,
    /// Whether giving the licence back brings it back.
    reversible: bool,
    /// The rule that says so.
    rule: &'a str,
    /// Where the rule is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
}

/// Whose value would be lost.
#[derive(Debug, Serialize, ToSchema)]
struct LossHolder {
    /// `person` or `workspace`.
    r#type: String,
    /// The id of the public API.
    id: String,
    /// The display name.
    name: String,
}

/// A bulk task, as it would end.
#[derive(Debug, Serialize, ToSchema)]
struct TaskEnd<'a> {
    /// The id.
    id: String,
    /// `userImport`, `templateApply`, …
    kind: &'static str,
    /// How it would end.
    status: TaskStatus,
    /// How many items there are.
    total: u32,
    /// How many would be done.
    succeeded: u32,
    /// How many could not be done.
    failed: u32,
    /// Why it could not go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a TaskError>,
    /// The items that could not be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ItemErrorBody<'a>>,
}

/// An item that could not be done.
#[derive(Debug, Serialize, ToSchema)]
struct ItemErrorBody<'a> {
    /// The line in the file, where there is one; the header is line 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    /// The person or workspace as the file names it.
    user: &'a str,
    /// The error code.
    code: u32,
    /// The sentence.
    reason: &'a str,
}

impl<'a> From<&'a ItemError> for ItemErrorBody<'a> {
    fn from(error: &'a ItemError) -> Self {
        Self {
            row: error.row,
            user: &error.user,
            code: error.code,
            reason: &error.reason,
        }
    }
}

/// What the call would answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ResponseBody {
    /// The status.
    status: u16,
    /// The body: JSON as such, a text as a text, null when there is none.
    body: Value,
}

/// The document of a plan, whose lists show at most `most` items. `id` makes its id of the
/// document without one.
///
/// # Errors
/// 500 when it cannot be written as JSON, which would be a defect.
pub(super) fn render(
    id: impl FnOnce(&[u8]) -> String,
    incoming: &Incoming,
    now: Moment,
    tried: &Tried,
    most: usize,
) -> Result<(String, Bytes), Refusal> {
    let (before, after) = (&tried.base, &tried.after);
    let (diff, counts) = between(before, after, most);
    let tasks = new_tasks(before, after);
    let outcomes: Vec<&Outcome> = tried
        .told
        .iter()
        .chain(
            tasks
                .iter()
                .flat_map(|(_, task)| task.outcomes.iter().map(Arc::as_ref)),
        )
        .collect();
    let losses = losses(tried);
    let warnings = warnings(tried, &tasks);
    let totals = Totals {
        created: counts.created,
        updated: counts.updated,
        deleted: counts.deleted,
        kinds: counts.kinds,
        outcomes: outcomes.len(),
        actions: by_action(&outcomes),
        loss: losses.len(),
        irreversible: losses.iter().filter(|lost| !lost.reversible).count(),
        errors: tasks.iter().map(|(_, task)| task.errors.len()).sum(),
        warnings: warnings.len(),
    };
    let mut body = PlanBody {
        id: String::new(),
        revision: before.revision,
        created_at: now,
        operation: OperationBody {
            operation_id: tried.operation.map(|operation| operation.id),
            method: &incoming.method,
            path: &incoming.path,
            query: &incoming.query,
        },
        truncated: totals.beyond(most),
        totals,
        diff,
        outcomes: outcomes.into_iter().take(most).collect(),
        loss: losses
            .into_iter()
            .take(most)
            .map(|lost| shown(tried, lost))
            .collect(),
        tasks: tasks_shown(&tasks, most),
        warnings: warnings.into_iter().take(most).collect(),
        response: response(tried),
    };
    body.id = id(&to_json(&body)?);
    let text = to_json(&body)?;
    Ok((body.id, text.into()))
}

impl Totals {
    /// The names of the lists that are longer than this.
    fn beyond(&self, most: usize) -> Vec<&'static str> {
        let lists = [
            ("diff.created", self.created),
            ("diff.updated", self.updated),
            ("diff.deleted", self.deleted),
            ("outcomes", self.outcomes),
            ("loss", self.loss),
            ("tasks.errors", self.errors),
            ("warnings", self.warnings),
        ];
        let longer = lists.into_iter().filter(|(_, count)| *count > most);
        longer.map(|(name, _)| name).collect()
    }
}

/// The tasks that one world has and the other does not know, in the order of their start.
fn new_tasks<'w>(before: &World, after: &'w World) -> Vec<(Uuid, &'w Task)> {
    let unknown = |id: &Uuid| before.get::<Task>(*id).is_none();
    let mut found: Vec<_> = after.list::<Task>().filter(|(id, _)| unknown(id)).collect();
    found.sort_by_key(|(_, task)| task.number);
    found
}

/// Everything that would be lost: what cannot be brought back first, of that the dearest first.
fn losses(tried: &Tried) -> Vec<&Lost> {
    let all = tried.entries.iter().flat_map(|entry| entry.lost.iter());
    let mut losses: Vec<&Lost> = all.collect();
    losses.sort_by_cached_key(|lost| (lost.reversible, belongings::dearness(lost)));
    losses
}

fn shown<'a>(tried: &Tried, lost: &'a Lost) -> LossBody<'a> {
    let unknown = || Named {
        kind: "unknown".to_owned(),
        id: lost.holder.to_string(),
        name: String::new(),
    };
    // Who is deleted by the call is known to the world before it, who is made by it to the other.
    let holder = naming::holder(&tried.base, lost.holder)
        .or_else(|| naming::holder(&tried.after, lost.holder))
        .unwrap_or_else(unknown);
    LossBody {
        holder: LossHolder {
            r#type: holder.kind,
            id: holder.id,
            name: holder.name,
        },
        family: &lost.family,
        field: lost.field.as_deref(),
        before: &lost.before,
        after: &lost.after,
        reversible: lost.reversible,
        rule: &lost.rule,
        source: rules::rule(&lost.rule).map(|rule| rule.source),
    }
}

/// How many outcomes of each sort there are.
fn by_action(outcomes: &[&Outcome]) -> BTreeMap<Action, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(outcome.action).or_default() += 1;
    }
    counts
}

/// The tasks, which show at most `most` errors together.
fn tasks_shown<'a>(tasks: &[(Uuid, &'a Task)], most: usize) -> Vec<TaskEnd<'a>> {
    let mut room = most;
    let end = |(id, task): &(Uuid, &'a Task)| {
        let errors = task.errors.iter().take(room);
        let errors: Vec<_> = errors.map(|error| ItemErrorBody::from(&**error)).collect();
        room -= errors.len();
        TaskEnd {
            id: WebexId::Task.encode(*id),
            kind: task.job.row().name,
            status: task.status,
            total: task.total,
            succeeded: task.succeeded,
            failed: task.failed,
            error: task.error.as_ref(),
            errors,
        }
    };
    tasks.iter().map(end).collect()
}

/// What deserves attention, each sentence once, in the order in which it was said.
fn warnings<'a>(tried: &'a Tried, tasks: &[(Uuid, &'a Task)]) -> Vec<&'a str> {
    let of_entries = tried.entries.iter().flat_map(|entry| entry.warnings.iter());
    let noted = tried.noted.iter().flat_map(|noted| noted.warnings.iter());
    let of_tasks = tasks.iter().flat_map(|(_, task)| task.warnings.iter());
    let all = of_tasks.chain(of_entries).chain(noted);
    let mut seen = BTreeSet::new();
    all.map(String::as_str)
        .filter(|warning| seen.insert(*warning))
        .collect()
}

fn response(tried: &Tried) -> ResponseBody {
    let text = &tried.reply.body;
    let body = match serde_json::from_slice(text) {
        Ok(json) => json,
        Err(_) if text.is_empty() => Value::Null,
        Err(_) => Value::String(String::from_utf8_lossy(text).into_owned()),
    };
    ResponseBody {
        status: tried.reply.status,
        body,
    }
}
