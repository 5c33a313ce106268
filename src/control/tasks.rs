//! How fast tasks go on, and making them go on now.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Access, Call, Reply, Row};
use crate::model::WebexId;
use crate::refusal::Refusal;
use crate::tasks::engine::{self, PACE};
use crate::tasks::{Task, TaskStatus};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_sim/v1/tasks/run", run)
        .named("runTasks", "Run every unfinished task to its end")
        .access(Access::Control)
        .answers::<Ran>()
        .heavy(),
    Row::get("/_sim/v1/tasks/pace", show_pace)
        .named("getTaskPace", "How many rows a second tasks do")
        .access(Access::Control)
        .answers::<Pace>(),
    Row::put("/_sim/v1/tasks/pace", set_pace)
        .named("setTaskPace", "Set how many rows a second tasks do")
        .access(Access::Control)
        .takes::<Pace>()
        .answers::<Pace>(),
];

/// How many rows a second tasks do.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Pace {
    /// 0 is at once.
    rows_per_second: u32,
}

/// The tasks that were run to their end.
#[derive(Debug, Serialize, ToSchema)]
struct Ran {
    items: Vec<RanTask>,
}

/// A task that was run to its end.
#[derive(Debug, Serialize, ToSchema)]
struct RanTask {
    id: String,
    kind: &'static str,
    status: TaskStatus,
}

fn run(call: &Call<'_>) -> Result<Reply, Refusal> {
    let before = call.read();
    let unfinished = before
        .list::<Task>()
        .filter(|(_, task)| task.status.is_unfinished());
    let mut waiting: Vec<_> = unfinished.map(|(id, task)| (task.number, id)).collect();
    waiting.sort_unstable();
    engine::run_all(&call.tenant.sandbox, &call.context());
    let after = call.read();
    let items = waiting.into_iter().filter_map(|(_, id)| {
        let task = after.get::<Task>(id)?;
        let kind = task.job.row().name;
        Some(RanTask {
            id: WebexId::Task.encode(id),
            kind,
            status: task.status,
        })
    });
    Reply::json(
        200,
        &Ran {
            items: items.collect(),
        },
    )
}

fn show_pace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let rows_per_second = world
        .choice(PACE)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    Reply::json(200, &Pace { rows_per_second })
}

fn set_pace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body: Pace = call.json()?;
    let text = body.rows_per_second.to_string();
    let choice = (body.rows_per_second > 0).then_some(text.as_str());
    call.write(|tx| {
        tx.choose(PACE, choice);
        Ok(())
    })?;
    show_pace(call)
}
