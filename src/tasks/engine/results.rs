//! What is kept of the results of tasks, and what goes first.

use uuid::Uuid;

use super::{EXPIRE, KEPT_BYTES};
use crate::model::kinds;
use crate::tasks::task::Task;
use crate::world::{Context, Sandbox, Tx, World};

/// The tasks that have ended and whose results are kept: their number, id and bytes.
fn holding(world: &World) -> Vec<(u64, Uuid, usize)> {
    let tasks = world.list_objects(kinds::TASK, None);
    let ended = tasks.filter_map(|(id, object)| {
        let task = object.downcast::<Task>()?;
        let holds = !task.status.is_unfinished() && !task.expired;
        holds.then(|| (task.number, id, object.weight()))
    });
    ended.collect()
}

/// About how many bytes the results of tasks take that have ended.
#[must_use]
pub fn held(world: &World) -> usize {
    holding(world).iter().map(|(_, _, weight)| weight).sum()
}

/// Drops the results of the first tasks, until the rest takes no more than so many bytes. Answers
/// how many were freed.
pub(super) fn drop_first(tx: &mut Tx, most: usize) -> usize {
    let mut ended = holding(tx);
    ended.sort_unstable();
    let before: usize = ended.iter().map(|(_, _, weight)| weight).sum();
    let mut bytes = before;
    for (_, id, weight) in ended {
        if bytes <= most {
            break;
        }
        bytes -= weight;
        tx.disarm(EXPIRE, id);
        expire(tx, id);
    }
    before - bytes
}

/// Makes room for the results of a new task.
pub(super) fn make_room(tx: &mut Tx) {
    drop_first(tx, KEPT_BYTES);
}

/// Drops the results of a sandbox's first tasks until so many bytes are freed; answers how many
/// were. Where somebody writes, nothing is done and nobody waits: it can be asked again.
pub fn give_up(sandbox: &Sandbox, context: &Context, bytes: usize) -> Option<usize> {
    if !sandbox.is_free() {
        return None;
    }
    let written = sandbox.write(context, |tx| {
        let most = held(tx).saturating_sub(bytes);
        Ok::<_, std::convert::Infallible>(drop_first(tx, most))
    });
    written.ok().map(|written| written.value)
}

/// Drops the results of a task (TASK-04).
pub(super) fn expire(tx: &mut Tx, id: Uuid) {
    let_go(tx, id);
    let dropped = tx.update::<Task>(id, |task| {
        task.expired = true;
        task.outcomes.clear();
        task.errors.clear();
        task.result.clear();
    });
    // A task holds no unique values, so nothing can stand in its way.
    dropped.unwrap_or_default();
}

/// Says that a task lets go of its results, which earlier states still show.
pub(super) fn let_go(tx: &mut Tx, id: Uuid) {
    let weight = tx.object((kinds::TASK, id)).map_or(0, |task| task.weight());
    tx.let_go(weight);
}
