//! The `availableMembers` lists: whom a list of members may name. Whoever is named already, and
//! the holder of the list, is left out (DEC-92).

use crate::http::operation::Queries;
use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, ORG, Reply, Row, START};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::Step;
use crate::settings::families::shared_lines::check_application;
use crate::webex::settings::workspace;
use crate::world::World;

mod document;
mod filter;

use document::{Count, LineMembers, MonitoringMembers, line_member, monitoring_member};
pub(super) use filter::order;
use filter::{APP, COUNTED, DIALLED, HOT_DESK, List, MONITORED, OLD_APP, found, ordered};

const LOCATION: &str = "Only members of this location.";
const NAME: &str = "Only members whose names hold this.";
const NUMBER: &str = "Only members whose numbers hold these digits.";
const NUMBER_OR_EXTENSION: &str = "Only members whose numbers or extensions hold these digits.";
const EXTENSION: &str = "Only members whose extensions hold these digits.";
const BY: (&str, &str) = (
    "order",
    "By which fields the list is ordered, each with -asc or -desc.",
);

const APP_QUERIES: Queries = &[
    ("location", LOCATION),
    ("name", NAME),
    ("phoneNumber", NUMBER),
    ("extension", EXTENSION),
    BY,
    MAX,
    START,
];
const OLD_APP_QUERIES: Queries = &[
    ("location", LOCATION),
    ("name", NAME),
    ("number", NUMBER),
    ("extension", EXTENSION),
    BY,
    MAX,
    START,
];
const COUNT_QUERIES: Queries = &[
    ("locationId", LOCATION),
    ("memberName", NAME),
    ("phoneNumber", NUMBER),
    ("extension", EXTENSION),
    ORG,
];
const HOT_DESK_QUERIES: Queries = &[
    ("locationId", LOCATION),
    ("memberName", NAME),
    ("phoneNumber", NUMBER),
    ("extension", EXTENSION),
    BY,
    MAX,
    START,
    ORG,
];
const MONITORED_QUERIES: Queries = &[
    ("locationId", LOCATION),
    ("memberName", NAME),
    ("phoneNumber", NUMBER_OR_EXTENSION),
    BY,
    MAX,
    START,
    ORG,
];

type RowFn = fn(&Call<'_>) -> Result<Reply, Refusal>;

const fn row(path: &'static str, run: RowFn, queries: Queries) -> Row {
    Row::get(path, run)
        .fidelity(Fidelity::F4)
        .walks()
        .queries(queries)
}

const fn monitored(path: &'static str, run: RowFn) -> Row {
    row(path, run, MONITORED_QUERIES).answers::<MonitoringMembers<'_>>()
}

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "/v1/telephony/config/people/{personId}/applications/availableMembers",
        of_app,
        APP_QUERIES,
    )
    .answers::<LineMembers<'_>>(),
    row(
        "/v1/telephony/config/people/{personId}/applications/availableMembers/count",
        count_of_app,
        COUNT_QUERIES,
    )
    .answers::<Count>(),
    row(
        "/v1/telephony/config/people/{personId}/applications/{applicationId}/availableMembers",
        of_old_app,
        OLD_APP_QUERIES,
    )
    .answers::<LineMembers<'_>>(),
    row(
        "/v1/telephony/config/people/{personId}/features/hotDesking/availableMembers",
        of_hot_desk,
        HOT_DESK_QUERIES,
    )
    .answers::<LineMembers<'_>>(),
    monitored(
        "/v1/telephony/config/people/{personId}/monitoring/availableMembers",
        monitored_by_person,
    ),
    monitored(
        "/v1/telephony/config/people/{personId}/monitoring/speedDials/availableMembers",
        dialled_by_person,
    ),
    monitored(
        "/v1/telephony/config/workspaces/{workspaceId}/monitoring/availableMembers",
        monitored_by_workspace,
    ),
    monitored(
        "/v1/telephony/config/workspaces/{workspaceId}/monitoring/speedDials/availableMembers",
        dialled_by_workspace,
    ),
];

/// Looks at the person that the path names.
pub(super) fn person<'w>(call: &Call<'_>, world: &'w World) -> Result<Step<'w>, Refusal> {
    Step::new(world, Holder::Person(call.person("personId")?))
}

fn room<'w>(call: &Call<'_>, world: &'w World) -> Result<Step<'w>, Refusal> {
    let id = workspace(call, call.value("workspaceId"))?;
    Step::new(world, Holder::Workspace(id))
}

fn lines(
    call: &Call<'_>,
    step: &Step<'_>,
    wanted: &List,
    shows_type: bool,
) -> Result<Reply, Refusal> {
    let found = ordered(call, step, wanted)?;
    let members = found.iter().map(|one| line_member(one, shows_type));
    page::list(call, TELEPHONY, "members", members)
}

fn of_app(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    lines(call, &person(call, &world)?, &APP, false)
}

fn count_of_app(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let total_count = found(call, &person(call, &world)?, &COUNTED)?.len();
    Reply::json(200, &Count { total_count })
}

fn of_old_app(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let step = person(call, &world)?;
    check_application(&step, call.value("applicationId"))?;
    lines(call, &step, &OLD_APP, false)
}

fn of_hot_desk(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    lines(call, &person(call, &world)?, &HOT_DESK, true)
}

fn monitoring(call: &Call<'_>, step: &Step<'_>, wanted: &List) -> Result<Reply, Refusal> {
    let found = ordered(call, step, wanted)?;
    page::list(
        call,
        TELEPHONY,
        "members",
        found.iter().map(monitoring_member),
    )
}

fn monitored_by_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    monitoring(call, &person(call, &world)?, &MONITORED)
}

fn monitored_by_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    monitoring(call, &room(call, &world)?, &MONITORED)
}

fn dialled_by_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    monitoring(call, &person(call, &world)?, &DIALLED)
}

fn dialled_by_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    monitoring(call, &room(call, &world)?, &DIALLED)
}
