//! Refusals of the simulator's own control and of its limits.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::LimitReached, row(429, Some(900_026), "Limit of the simulator reached", "{}", "Raise the limit with the option that the description names.")),
    (Kind::TooManyListeners, row(429, Some(900_060), "Too many listen", "{}", "Close an event stream (GET /_sim/v1/events) or wait for a verification (POST /_sim/v1/verify) to end.")),
    (Kind::Overloaded, row(503, Some(900_061), "Too much at once", "{}", "Wait for the seconds of Retry-After and send the request again; send less at the same time, or start the server with a larger --max-body.")),
    (Kind::ScenarioInvalid, row(400, Some(900_030), "Scenario not valid", "{}", "Correct what the description names; POST /_sim/v1/scenarios/check tries again without loading.")),
    (Kind::ConflictingSelectors, row(400, Some(900_031), "Selectors disagree", "{}", "Name one sandbox: by path, by header, by host or by token.")),
    (Kind::UnknownSandbox, row(404, Some(900_032), "Unknown sandbox", "{}", "Create it with POST /_sim/v1/sandboxes.")),
    (Kind::ForeignOrigin, row(403, Some(900_033), "Request from a foreign page or host", "{}", "Call from this machine, or start the server with --allowed-host.")),
    (Kind::NoOrganization, row(404, Some(900_034), "No organization in the sandbox", "The sandbox \"{}\" holds no organization. Load a scenario with POST /_sim/v1/scenarios, or reset the sandbox to its baseline.", "Load a scenario (POST /_sim/v1/scenarios), or reset the sandbox (POST /_sim/v1/sandboxes/{id}/reset).")),
    (Kind::NotKept, row(410, Some(900_035), "State not kept", "{}", "GET /_sim/v1/history shows which revisions are kept. Fork what you want to come back to: POST /_sim/v1/sandboxes/{id}/fork.")),
    (Kind::TooFewSteps, row(409, Some(900_036), "Not so many steps", "{}", "GET /_sim/v1/history shows which steps can be undone and redone.")),
    (Kind::LossAboveLimit, row(409, Some(900_040), "More would be lost than X-Sim-Max-Loss allows", "{}", "See what would be lost with X-Sim-Dry-Run: true; then change the request, or raise X-Sim-Max-Loss.")),
    (Kind::PlanOutdated, row(409, Some(900_041), "The sandbox has moved on since the plan", "{}", "Plan it again, and look at what has become of it.")),
    (Kind::PlanApplied, row(409, Some(900_042), "Plan already applied", "{}", "A plan is applied once: plan it again.")),
    (Kind::SnapshotsFull, row(409, Some(900_050), "No room for another snapshot", "{}", "Delete a snapshot that is no longer needed: DELETE /_sim/v1/snapshots/{name}. What shall be kept can be fetched before: GET /_sim/v1/snapshots/{name} is a document that can be sent back later.")),
    (Kind::SnapshotInvalid, row(400, Some(900_051), "Snapshot not valid", "{}", "Send the document as GET /_sim/v1/snapshots/{name} or --snapshot-on-exit wrote it, to a hubsim of the same version or a newer one.")),
];
