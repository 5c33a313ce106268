//! Refusals of tasks and their results.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::BulkChangeRunning, row(409, Some(900_005), "Another bulk change is running", "{}", "Wait for the task to finish, or cancel it.")),
    (Kind::TaskFinished, row(409, Some(900_021), "Task already finished", "{}", "There is nothing to cancel.")),
    (Kind::TaskUnfinished, row(409, Some(900_022), "Task not finished", "{}", "Wait for the task, or run it to its end with POST /_sim/v1/tasks/run.")),
    (Kind::ResultExpired, row(410, Some(900_023), "Result no longer kept", "{}", "Results are kept for 7 days, those of the first tasks less long when all are large: start the task again.")),
];
