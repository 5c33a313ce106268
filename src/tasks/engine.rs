//! How tasks go on: a few items in each write, by timers on the sandbox clock.

pub mod results;

use std::sync::Arc;

use uuid::Uuid;

use super::job::{Job, Lane, Step, Stop};
use super::task::{Author, Task, TaskError, TaskStatus};
use crate::model::kinds;
use crate::model::number::shorten;
use crate::model::owned;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Context, Moment, Object, Sandbox, Signature, TimerDef, Tx, World, undated};

/// The switch that says how many items a second are done; 0 is at once.
pub const PACE: &str = "tasks.rowsPerSecond";
/// The most items of one write: readers see progress, writers wait for no more than this.
const ITEMS_A_STEP: u32 = 200;
/// At a pace, this many steps a second show progress.
const STEPS_A_SECOND: u32 = 5;
/// Tasks that an organisation keeps; the oldest that ended go first.
const KEPT_TASKS: usize = 100;

/// About how many bytes the results of a sandbox's tasks take together before the oldest go.
pub const KEPT_BYTES: usize = 64 << 20;

const STEP: &str = "task.step";
const EXPIRE: &str = "task.expire";

/// The timers of tasks.
pub const TIMERS: &[TimerDef] = &[
    TimerDef {
        kind: STEP,
        subject: kinds::TASK,
        fire: go_on,
        moved: undated,
    },
    TimerDef {
        kind: EXPIRE,
        subject: kinds::TASK,
        fire: results::expire,
        moved: undated,
    },
];

/// Stores a task and arms its first step.
///
/// # Errors
/// 409 (900005) while another change of licences runs in the organisation.
pub fn start(
    tx: &mut Tx,
    context: &Context,
    organization: Uuid,
    job: Job,
    warnings: Vec<String>,
) -> Result<Uuid, Refusal> {
    make_way(tx, organization, &job)?;
    forget_oldest(tx, organization);
    results::make_room(tx);
    let number = tx
        .list::<Task>()
        .map(|(_, task)| task.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let author = Author {
        actor: context.actor.clone(),
        tracking_id: Arc::clone(&context.tracking_id),
    };
    let id = tx.new_id::<Task>();
    let now = tx.now();
    let task = Task {
        organization,
        number,
        status: TaskStatus::Queued,
        total: u32::try_from(job.total()).unwrap_or(u32::MAX),
        succeeded: 0,
        failed: 0,
        welcomed: 0,
        created_at: now,
        paused_at: None,
        started_at: None,
        finished_at: None,
        author,
        error: None,
        max_loss: None,
        lost: 0,
        warnings,
        job: Arc::new(job),
        outcomes: imbl::Vector::new(),
        errors: imbl::Vector::new(),
        result: imbl::Vector::new(),
        expired: false,
    };
    tx.put(id, task)?;
    let (_, wait) = pace(tx);
    tx.arm(now.plus_millis(wait), STEP, id);
    Ok(id)
}

/// The tasks of an organisation, the newest first.
#[must_use]
pub fn list(world: &World, organization: Uuid) -> Vec<(Uuid, &Task)> {
    let mut tasks: Vec<_> = owned::list::<Task>(world, organization).collect();
    tasks.sort_by_key(|(_, task)| std::cmp::Reverse(task.number));
    tasks
}

fn unfinished(world: &World, organization: Uuid, lane: Lane) -> Vec<(Uuid, &'static str)> {
    let tasks = list(world, organization).into_iter();
    tasks
        .filter(|(_, task)| task.status.is_unfinished() && task.job.row().lane == lane)
        .map(|(id, task)| (id, task.job.row().name))
        .collect()
}

/// Refuses a second change of licences, and a second job of a kind; ends the export that runs.
fn make_way(tx: &mut Tx, organization: Uuid, job: &Job) -> Result<(), Refusal> {
    let lane = job.row().lane;
    let running = unfinished(tx, organization, lane);
    match (lane, running.first()) {
        (_, None) => Ok(()),
        (Lane::Free, _) if running.len() < KEPT_TASKS => Ok(()),
        (Lane::Export, Some(_)) => {
            tx.by_rule("TASK-03");
            for (id, _) in running {
                end(tx, id, TaskStatus::Cancelled)?;
            }
            Ok(())
        }
        (_, Some((id, name))) => {
            let id = crate::model::WebexId::Task.encode(*id);
            let detail = format!("Task {id} ({name}) of this organisation has not ended.");
            let refusal = Refusal::new(ErrorKind::BulkChangeRunning, detail).by("DEC-36");
            Err(match lane {
                Lane::Licenses => refusal.by("CSV-11"),
                _ => refusal,
            })
        }
    }
}

/// Refuses what cannot be started now, before any work is put into it.
///
/// # Errors
/// 409 (900005) while a change of licences runs in the organisation.
pub fn check_free(world: &World, organization: Uuid) -> Result<(), Refusal> {
    match unfinished(world, organization, Lane::Licenses).first() {
        None => Ok(()),
        Some((_, name)) => {
            let detail = format!("A task ({name}) of this organisation has not ended.");
            Err(Refusal::new(ErrorKind::BulkChangeRunning, detail)
                .by("CSV-11")
                .by("DEC-36"))
        }
    }
}

fn forget_oldest(tx: &mut Tx, organization: Uuid) {
    let ended: Vec<Uuid> = list(tx, organization)
        .into_iter()
        .skip(KEPT_TASKS - 1)
        .filter(|(_, task)| !task.status.is_unfinished())
        .map(|(id, _)| id)
        .collect();
    for id in ended {
        forget(tx, id);
    }
}

fn forget(tx: &mut Tx, id: Uuid) {
    results::let_go(tx, id);
    tx.disarm(EXPIRE, id);
    tx.delete(kinds::TASK, id);
}

/// Forgets every task of an organisation that goes.
///
/// # Errors
/// 409 while one has not ended.
pub fn forget_all(tx: &mut Tx, organization: Uuid) -> Result<(), Refusal> {
    let own = list(tx, organization).into_iter();
    let own: Vec<_> = own.map(|(id, task)| (id, task.status)).collect();
    if own.iter().any(|(_, status)| status.is_unfinished()) {
        let detail = "Org cannot be deleted as a bulk task of it is not finished: wait for it, or \
                      cancel it in Control Hub.";
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("DEC-109"));
    }
    own.iter().for_each(|(id, _)| forget(tx, *id));
    Ok(())
}

/// How many items a step does and how many milliseconds it waits before the next.
fn pace(world: &World) -> (u32, i64) {
    let rows: u32 = world
        .choice(PACE)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    if rows == 0 {
        return (ITEMS_A_STEP, 0);
    }
    let items = (rows / STEPS_A_SECOND).clamp(1, ITEMS_A_STEP);
    (items, i64::from(items) * 1000 / i64::from(rows))
}

fn go_on(tx: &mut Tx, id: Uuid) {
    let (items, wait) = pace(tx);
    if step(tx, id, items) {
        let next = tx.now().plus_millis(wait);
        tx.arm(next, STEP, id);
    }
}

/// Does the next items of a task; answers whether more remain.
fn step(tx: &mut Tx, id: Uuid, items: u32) -> bool {
    let Some(mut task) = tx
        .get::<Task>(id)
        .filter(|t| t.status.is_unfinished() && t.paused_at.is_none())
        .cloned()
    else {
        return false;
    };
    let job = Arc::clone(&task.job);
    tx.sign(Signature {
        actor: task.author.actor.clone(),
        operation: job.row().operation,
        tracking_id: Arc::clone(&task.author.tracking_id),
        continues: task.status == TaskStatus::Running,
    });
    task.started_at = task.started_at.or(Some(tx.now()));
    task.status = TaskStatus::Running;
    let from = task.done();
    let until = from.saturating_add(items).min(task.total);
    let mut done = Step::new(task.author.clone());
    done.may_lose = task.max_loss.map(|most| most.saturating_sub(task.lost));
    job.run(tx, from as usize..until as usize, &mut done);
    task.succeeded += done.succeeded;
    task.failed += done.failed;
    task.welcomed += done.welcomed;
    task.lost += done.lost;
    task.error = done.stopped.as_ref().map(|stop| too_much(&task, stop));
    task.error = task.error.or(done.broken);
    task.outcomes.extend(done.outcomes);
    task.errors.extend(done.errors);
    task.result.extend(done.result.map(Arc::from));
    let stands_still = task.done() == from && from < task.total;
    let more = task.done() < task.total && !stands_still && task.error.is_none();
    if !more {
        let status = match task.failed {
            // Only a document that was made by hand counts items that are not there.
            _ if stands_still || task.error.is_some() => TaskStatus::Failed,
            0 => TaskStatus::Completed,
            _ => TaskStatus::CompletedWithErrors,
        };
        finish(tx, id, &mut task, status);
    }
    // A task holds no unique values, so nothing can stand in its way.
    tx.put(id, task).unwrap_or_default();
    more
}

/// Why a task ends before an item that would destroy more than its caller allows.
fn too_much(task: &Task, stop: &Stop) -> TaskError {
    let line = stop.row.map(|row| format!(" on line {row}"));
    let message = format!(
        "Stopped before {}{}: lost are {} values so far, this would add {}, and X-Sim-Max-Loss \
         allows {}. What was done before it stays.",
        shorten(&stop.user),
        line.unwrap_or_default(),
        task.lost,
        stop.would_lose,
        task.max_loss.unwrap_or_default(),
    );
    TaskError {
        code: TaskError::MAX_LOSS.to_owned(),
        message,
    }
}

/// Says how many values a task may destroy altogether; it stops before an item that would exceed
/// that.
///
/// # Errors
/// None: a task holds no unique values.
pub fn limit_loss(tx: &mut Tx, id: Uuid, most: Option<u64>) -> Result<(), Refusal> {
    if let Some(mut task) = tx.get::<Task>(id).cloned() {
        task.max_loss = most;
        tx.put_object(id, Object::new(task))?;
    }
    Ok(())
}

fn finish(tx: &mut Tx, id: Uuid, task: &mut Task, status: TaskStatus) {
    let now = tx.now();
    task.status = status;
    task.finished_at = Some(now);
    task.job = Arc::new(task.job.past());
    tx.disarm(STEP, id);
    tx.arm(task.expires_at().unwrap_or(now), EXPIRE, id);
}

fn end(tx: &mut Tx, id: Uuid, status: TaskStatus) -> Result<(), Refusal> {
    if let Some(mut task) = tx.get::<Task>(id).cloned() {
        finish(tx, id, &mut task, status);
        tx.put(id, task)?;
    }
    Ok(())
}

/// Ends a task; what it has done stays (TASK-08).
///
/// # Errors
/// 409 (900021) when it has ended already.
pub fn cancel(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let task = tx.get::<Task>(id);
    if let Some(task) = task.filter(|task| !task.status.is_unfinished()) {
        let detail = format!("The task is {}.", task.status.name());
        return Err(Refusal::new(ErrorKind::TaskFinished, detail));
    }
    tx.by_rule("TASK-08");
    end(tx, id, TaskStatus::Cancelled)
}

/// Makes a task wait until it is resumed (DEC-100).
///
/// # Errors
/// 409 when it has ended (900021), or waits already (900024).
pub fn pause(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let now = tx.now();
    change_pause(tx, id, Some(now), "paused already: resume it first")?;
    tx.disarm(STEP, id);
    Ok(())
}

/// Lets a task go on that was paused (DEC-100).
///
/// # Errors
/// 409 when it has ended (900021), or was not paused (900024).
pub fn resume(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    change_pause(tx, id, None, "not paused: there is nothing to resume")?;
    let (_, wait) = pace(tx);
    tx.arm(tx.now().plus_millis(wait), STEP, id);
    Ok(())
}

fn change_pause(tx: &mut Tx, id: Uuid, at: Option<Moment>, why_not: &str) -> Result<(), Refusal> {
    let Some(mut task) = tx.get::<Task>(id).cloned() else {
        return Err(Refusal::not_found("Job", &id.to_string()));
    };
    if !task.status.is_unfinished() {
        let detail = format!("The job is {}.", task.status.name());
        return Err(Refusal::new(ErrorKind::TaskFinished, detail).by("DEC-100"));
    }
    if task.paused_at.is_some() == at.is_some() {
        let detail = format!("The job is {why_not}.");
        return Err(Refusal::new(ErrorKind::WrongStatus, detail).by("DEC-100"));
    }
    tx.by_rule("DEC-100");
    task.paused_at = at;
    tx.put(id, task)?;
    Ok(())
}

/// Runs every unfinished task of a sandbox to its end, whatever its pace and its clock; those that
/// are paused wait for whoever paused them.
pub fn run_all(sandbox: &Sandbox, context: &Context) {
    run_where(sandbox, context, |_| true);
}

/// Runs the unfinished tasks that `base` does not know to their end: those that were started since.
pub fn run_new(sandbox: &Sandbox, base: &World, context: &Context) {
    run_where(sandbox, context, |id| base.get::<Task>(id).is_none());
}

fn run_where(sandbox: &Sandbox, context: &Context, is_meant: impl Fn(Uuid) -> bool) {
    loop {
        let next = sandbox
            .peek()
            .list::<Task>()
            .filter(|(id, t)| t.status.is_unfinished() && !t.is_paused() && is_meant(*id))
            .map(|(id, task)| (task.number, id))
            .min();
        let Some((_, id)) = next else { return };
        let written = sandbox.write(context, |tx| {
            step(tx, id, ITEMS_A_STEP);
            Ok::<_, std::convert::Infallible>(())
        });
        if written.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
