//! What was done to the sandbox, step by step; undo and redo.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ledger::ChangeBody;
use super::naming;
use super::requests::ActorBody;
use crate::events::webhooks::look;
use crate::http::app::real_time;
use crate::http::operation::Queries;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, Reply, Row};
use crate::model::{WebexId, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::Task;
use crate::world::history::Tally;
use crate::world::sandbox::Timeline;
use crate::world::{Change, Direction, Moment, Postponed, Step, StepState, Stuck, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/history", list)
        .named("listHistory", "List what was done, step by step")
        .access(Access::Control)
        .heavy()
        .queries(PAGING)
        .answers::<page::Items<StepBody>>(),
    Row::get("/_sim/v1/history/{objectId}", list_of_object)
        .named("listHistoryOfObject", "List what was done to one object")
        .access(Access::Control)
        .heavy()
        .queries(PAGING)
        .answers::<page::Items<StepBody>>(),
    Row::post("/_sim/v1/undo", undo)
        .named("undoSteps", "Undo the last steps")
        .access(Access::Control)
        .heavy()
        .queries(STEPS)
        .answers::<Travel>(),
    Row::post("/_sim/v1/redo", redo)
        .named("redoSteps", "Redo what was undone")
        .access(Access::Control)
        .heavy()
        .queries(STEPS)
        .answers::<Travel>(),
];

const PAGING: Queries = &[
    ("max", "How many items, up to 1000."),
    ("start", "How many items to pass over."),
];

const STEPS: Queries = &[("steps", "How many steps; 1 when absent.")];

/// A step, which is one operation or one whole task.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StepBody {
    /// The revision after it.
    revision: u64,
    /// The revision after the first of its commits, when there were several.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_revision: Option<u64>,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// Who did it.
    actor: ActorBody,
    /// The operation's id.
    operation: &'static str,
    /// The request's tracking id.
    tracking_id: String,
    /// What it did, in words.
    summary: String,
    /// The rules that decided.
    rules: Vec<&'static str>,
    /// `done`; `undone` when redo brings it back; `dropped` when something else was done since;
    /// `travel` for an undo or a redo itself.
    state: &'static str,
    /// Whether it is undone together with the step before it.
    joined: bool,
    /// Which parts of the object differ, in the history of one object.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeBody>,
}

/// What an undo or a redo did.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Travel {
    /// The sandbox's revision, which rose.
    revision: u64,
    /// The steps that were undone or redone, oldest first.
    steps: Vec<StepBody>,
    /// How many times one can undo from here.
    undoable: usize,
    /// How many times one can redo from here.
    redoable: usize,
    /// Timers that came back overdue, and when they come now: with the time that they had left.
    /// Other timers of the same object move along, and so do its dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    postponed: Vec<Late>,
    /// What the clock shows now, when a load or a reset that is undone had set it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    clock_set_to: Option<Moment>,
}

/// A timer that came back overdue, or that moved along with one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Late {
    /// What it does, such as `subscription.purge`.
    kind: String,
    /// The id of what it concerns.
    id: String,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    due_at: Moment,
    /// When it comes now.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// The same in words.
    message: String,
}

impl Late {
    fn of(call: &Call<'_>, late: &Postponed, now: Moment, world: &World) -> Self {
        let (kind, subject) = (&late.timer.kind, late.timer.subject);
        let mut defs = call.app.engine.timers.iter().copied().flatten();
        let of = defs.find(|def| def.kind == *kind).map(|def| def.subject);
        let named = of.and_then(|of| {
            let object = world.object((of, subject))?;
            Some(naming::named((of, subject), object, &[]))
        });
        let (id, name) = named.map_or_else(
            || (subject.to_string(), subject.to_string()),
            |named| (named.id, format!("{} {}", named.kind, named.name)),
        );
        let message = match late.due <= now {
            true => format!(
                "{kind} of {name} was due at {}, when nothing waited for it. It has the time \
                 again that it had left, a day at least, and comes at {}.",
                late.due, late.at
            ),
            false => format!(
                "{kind} of {name} was due at {}. It moves along with what was overdue there, and \
                 comes at {}.",
                late.due, late.at
            ),
        };
        Self {
            kind: kind.clone(),
            id,
            due_at: late.due,
            at: late.at,
            message,
        }
    }
}

fn body(step: &Step, world: &World) -> StepBody {
    let state = match step.state {
        StepState::Done => "done",
        StepState::Undone => "undone",
        StepState::Dropped => "dropped",
        StepState::Travel => "travel",
    };
    StepBody {
        revision: step.revision,
        first_revision: (step.first < step.revision).then_some(step.first),
        at: step.at,
        actor: ActorBody::from(&step.actor),
        operation: step.operation,
        tracking_id: step.tracking_id.to_string(),
        summary: told(step, &[world, &step.before]),
        rules: step.rules.clone(),
        state,
        joined: step.joined,
        changes: Vec::new(),
    }
}

/// `loaded the snapshot "clean"; updated voicemail of Ada Lovelace`
fn told(step: &Step, worlds: &[&World]) -> String {
    match &step.brought {
        None => summary(&step.tally, worlds),
        Some(brought) if step.tally.objects() == 0 => format!("{brought}; no object changed"),
        Some(brought) => format!("{brought}; {}", summary(&step.tally, worlds)),
    }
}

/// `updated voicemail of Ada Lovelace and 3 more objects; 2 values lost`
pub fn summary(tally: &Tally, worlds: &[&World]) -> String {
    let first = tally.telling.as_ref().and_then(|change| {
        let object = change.after.as_ref().or(change.before.as_ref())?;
        let verb = match (&change.before, &change.after) {
            (None, _) => "created",
            (_, None) => "deleted",
            _ => "updated",
        };
        let named = naming::named(change.key, object, worlds);
        let of = match naming::family(change.key.0) {
            Some(_) => " of",
            None => "",
        };
        Some(format!("{verb} {}{of} {}", named.kind, named.name))
    });
    let mut text = first.unwrap_or_else(|| "changed how the simulator behaves".to_owned());
    match tally.objects() {
        0 | 1 => {}
        2 => text.push_str(" and 1 more object"),
        objects => text.push_str(&format!(" and {} more objects", objects - 1)),
    }
    match tally.lost {
        0 => {}
        1 => text.push_str("; 1 value lost"),
        lost => text.push_str(&format!("; {lost} values lost")),
    }
    text
}

fn beside(timeline: &Timeline) -> [(&'static str, Value); 3] {
    [
        ("evicted", Value::from(timeline.evicted)),
        ("undoable", Value::from(timeline.undoable)),
        ("redoable", Value::from(timeline.redoable)),
    ]
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let timeline = call.tenant.sandbox.timeline();
    let steps = timeline.steps.iter();
    let items = steps.map(|step| body(step, &timeline.head));
    page::list_beside(call, ORDINARY, items, &beside(&timeline))
}

fn list_of_object(call: &Call<'_>) -> Result<Reply, Refusal> {
    let timeline = call.tenant.sandbox.timeline();
    let text = call.value("objectId");
    let befores = timeline.steps.iter().rev().map(|step| &step.before);
    let mut worlds = std::iter::once(&timeline.head).chain(befores);
    let id = worlds.find_map(|world| object_named(world, text));
    let id = id.ok_or_else(|| Refusal::not_found("Object", text))?;
    let afters = timeline.steps.iter().skip(1).map(|step| &step.before);
    let afters = afters.chain([&timeline.head]);
    let items = timeline
        .steps
        .iter()
        .zip(afters)
        .filter_map(|(step, after)| {
            let changes = changes_of(call, id, &step.before, after);
            let tally = Tally::of(&changes);
            (tally.objects() > 0).then(|| StepBody {
                summary: summary(&tally, &[after, &step.before]),
                changes: changes
                    .iter()
                    .filter_map(|change| ChangeBody::of(change, &[after, &step.before], &changes))
                    .collect(),
                ..body(step, after)
            })
        });
    page::list_beside(call, ORDINARY, items, &beside(&timeline)[..1])
}

/// The object of a world that a caller names: by its id, by e-mail address, by number.
fn object_named(world: &World, text: &str) -> Option<Uuid> {
    if text.contains('@') {
        return world.find(spaces::EMAIL, Uuid::nil(), text);
    }
    let types = [
        WebexId::Person,
        WebexId::Workspace,
        WebexId::Location,
        WebexId::Organization,
        WebexId::Task,
    ];
    if let Some(id) = types.iter().find_map(|of| of.decode(text)) {
        return naming::find(world, id).map(|_| id);
    }
    [kinds::SUBSCRIPTION, kinds::NUMBER, kinds::LICENSE]
        .into_iter()
        .flat_map(|kind| {
            world
                .list_objects(kind, None)
                .map(move |(id, object)| (kind, id, object))
        })
        .find(|(kind, id, object)| naming::named((*kind, *id), object, &[]).id == text)
        .map(|(_, id, _)| id)
}

/// What differs about an object and its settings between two worlds.
fn changes_of(call: &Call<'_>, id: Uuid, before: &World, after: &World) -> Vec<Change> {
    let kinds = (call.app.engine.kinds)().iter().map(|def| def.kind);
    let changes = kinds.filter_map(|kind| {
        let key = (kind, id);
        let (before, after) = (before.object(key), after.object(key));
        let is_same = match (before, after) {
            (Some(before), Some(after)) => before.equals(after),
            (None, None) => true,
            _ => false,
        };
        (!is_same).then(|| Change {
            key,
            before: before.cloned(),
            after: after.cloned(),
        })
    });
    changes.collect()
}

fn undo(call: &Call<'_>) -> Result<Reply, Refusal> {
    travel(call, Direction::Undo)
}

fn redo(call: &Call<'_>) -> Result<Reply, Refusal> {
    travel(call, Direction::Redo)
}

fn travel(call: &Call<'_>, direction: Direction) -> Result<Reply, Refusal> {
    let steps = call.query_number("steps", 1)?.unwrap_or(1);
    let sandbox = &call.tenant.sandbox;
    // A webhook that comes back is not told what happened while it was gone.
    look(&call.tenant);
    let done = sandbox.travel(&call.context(), direction, steps, real_time(), check_tasks);
    let done = done.map_err(|stuck| match stuck {
        Stuck::Refused(refusal) => refusal,
        Stuck::Few(possible) => too_few(call, direction, possible),
    })?;
    call.committed
        .replace(Some(std::sync::Arc::clone(&done.entry)));
    let timeline = sandbox.timeline();
    let answer = Travel {
        revision: done.entry.revision,
        steps: done
            .steps
            .iter()
            .map(|step| body(step, &timeline.head))
            .collect(),
        undoable: timeline.undoable,
        redoable: timeline.redoable,
        postponed: done
            .postponed
            .iter()
            .map(|late| Late::of(call, late, done.entry.at, &timeline.head))
            .collect(),
        clock_set_to: done.clock,
    };
    Reply::json(200, &answer)
}

/// A task goes on with the world it finds: it must not be drawn away from below it.
fn check_tasks(world: &World) -> Result<(), Refusal> {
    let mut tasks = world.list::<Task>();
    let Some((id, task)) = tasks.find(|(_, task)| task.status.is_unfinished()) else {
        return Ok(());
    };
    let (shown, name) = (WebexId::Task.encode(id), task.job.row().name);
    let (state, way) = match task.is_paused() {
        false => (task.status.name(), "Run it to its end"),
        // `tasks/run` leaves it alone: it waits for whoever paused it.
        true => ("paused", "Resume it and let it end"),
    };
    let organization = WebexId::Organization.encode(task.organization);
    let detail = format!(
        "Task {shown} ({name}) is {state}: a step is a whole task. {way}, or cancel it first: POST \
         /_hub/v1/organizations/{organization}/tasks/{shown}/cancel."
    );
    Err(Refusal::new(ErrorKind::TaskUnfinished, detail))
}

fn too_few(call: &Call<'_>, direction: Direction, possible: usize) -> Refusal {
    let evicted = call.tenant.sandbox.history(|history| history.evicted);
    let verb = match direction {
        Direction::Undo => "undone",
        Direction::Redo => "redone",
    };
    let mut detail = match possible {
        0 => format!("There is nothing that can be {verb}."),
        1 => format!("Only 1 step can be {verb}."),
        _ => format!("Only {possible} steps can be {verb}."),
    };
    if evicted > 0 {
        detail.push_str(&format!(" {evicted} older steps are no longer kept."));
    }
    Refusal::new(ErrorKind::TooFewSteps, detail)
}
