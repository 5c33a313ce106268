//! How far tasks have come: what a new webhook is not told any more.

use uuid::Uuid;

use super::Task;
use crate::model::{TasksSoFar, owned};
use crate::world::World;

/// How far the tasks of an organisation have come.
#[must_use]
pub fn so_far(world: &World, organization: Uuid) -> TasksSoFar {
    let mut so_far = TasksSoFar::default();
    for (_, task) in owned::list::<Task>(world, organization) {
        so_far.last = so_far.last.max(task.number);
        if task.status.is_unfinished() {
            let stage = task.status.stage();
            so_far.unfinished.insert(task.number, stage);
        }
    }
    so_far
}
