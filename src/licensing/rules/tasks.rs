//! TASK: the task list of an organisation.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "TASK-01",
        "Imports and exports stand in the task list of the organisation.",
        "n6jxw9e: Claim users; fvix62 (nl): Move Calling service from one subscription to \
         another",
    ),
    documented(
        "TASK-02",
        "A task shows its progress in percent, its errors and its end.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "TASK-03",
        "Starting an export cancels the export that is still running.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "TASK-04",
        "The file of a finished export can be downloaded for seven days.",
        "nikzbgy: User statuses and actions",
    ),
    inferred(
        "TASK-05",
        "A task is queued, then running, and ends completed, completed with errors, failed or \
         cancelled.",
        "API-admin: Webex Admin OpenAPI document; API-wholesale: Webex Wholesale OpenAPI \
         document",
    ),
    inferred(
        "TASK-07",
        "A task outlives the session that started it and is seen by every administrator who may \
         see people.",
        "fvix62 (nl): Move Calling service from one subscription to another",
    ),
    inferred(
        "TASK-08",
        "Cancelling an import keeps the rows that are already done.",
        "hubsim: decision where the documents are silent or differ",
    ),
];
