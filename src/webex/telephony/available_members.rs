//! The `availableMembers` lists: whom a list of members may name. Whoever is named already, and
//! the holder of the list, is left out (DEC-92).

use crate::http::operation::Queries;
use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, ORG, Reply, Row, START};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::resources::candidates::{Candidate, Order, Search, list};
use crate::settings::families::hot_desking_members::HotDeskingMembers;
use crate::settings::families::monitoring::Monitoring;
use crate::settings::families::shared_lines::{SharedLines, check_application};
use crate::settings::{Family, Step};
use crate::webex::settings::workspace;
use crate::webex::{location_named, numbers};
use crate::world::World;

mod document;

use document::{Count, LineMembers, MonitoringMembers, line_member, monitoring_member};

const LOCATION: &str = "Only members of this location.";
const NAME: &str = "Only members whose names hold this.";
const NUMBER: &str = "Only members whose numbers hold these digits.";
const NUMBER_OR_EXTENSION: &str = "Only members whose numbers or extensions hold these digits.";
const EXTENSION: &str = "Only members whose extensions hold these digits.";
const BY: (&str, &str) = (
    "order",
    "By which fields the list is ordered, each with -asc or -desc.",
);

/// A list: its query parameters, and who is named already.
struct List {
    location: &'static str,
    name: &'static str,
    number: &'static str,
    extension: Option<&'static str>,
    named: fn(&Step<'_>) -> Vec<Holder>,
}

const APP: List = List {
    location: "location",
    name: "name",
    number: "phoneNumber",
    extension: Some("extension"),
    named: named::<SharedLines>,
};
const OLD_APP: List = List {
    number: "number",
    ..APP
};
const COUNTED: List = List {
    location: "locationId",
    name: "memberName",
    ..APP
};
const HOT_DESK: List = List {
    named: named::<HotDeskingMembers>,
    ..COUNTED
};
const MONITORED: List = List {
    extension: None,
    named: named::<Monitoring>,
    ..COUNTED
};
/// Speed dials of monitoring are not kept, so that nobody is left out of theirs.
const DIALLED: List = List {
    named: |_| Vec::new(),
    ..MONITORED
};

fn named<T: Family>(step: &Step<'_>) -> Vec<Holder> {
    let value = step.value::<T>();
    value.members().map(|member| member.0).collect()
}

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

/// Whom a call looks for.
fn search(call: &Call<'_>, list: &List) -> Result<Search, Refusal> {
    let digits = |name| call.query(name).map(|text| numbers::digits_of(&text));
    let number = digits(list.number);
    // The lists for monitoring have one parameter for both.
    let (number, either) = match list.extension {
        Some(_) => (number, None),
        None => (None, number),
    };
    Ok(Search {
        name: call.query(list.name).map(|text| text.to_lowercase()),
        number,
        extension: list.extension.and_then(digits),
        number_or_extension: either,
        location: location_named(call, list.location)?,
    })
}

/// Everybody whom a call looks for, but those who are named already.
fn found<'w>(
    call: &Call<'_>,
    step: &Step<'w>,
    wanted: &List,
) -> Result<Vec<Candidate<'w>>, Refusal> {
    let search = search(call, wanted)?;
    let named = (wanted.named)(step);
    let places = call.places();
    let candidates = list(step.world, step.organization);
    let candidates = candidates.filter(|one| one.holder != step.holder);
    let candidates = candidates.filter(|one| !named.contains(&one.holder));
    let candidates = candidates.filter(|one| places.hold(Some(one.calling.location)));
    Ok(candidates.filter(|one| search.fits(one)).collect())
}

/// The same, in the order that the call asks for.
fn ordered<'w>(
    call: &Call<'_>,
    step: &Step<'w>,
    wanted: &List,
) -> Result<Vec<Candidate<'w>>, Refusal> {
    let order = order(call)?;
    let mut found = found(call, step, wanted)?;
    order.sort(&mut found);
    Ok(found)
}

/// The order that a call asks for.
pub(super) fn order(call: &Call<'_>) -> Result<Order, Refusal> {
    let terms = call.query_list("order");
    match terms.is_empty() {
        true => Ok(Order::default()),
        false => Order::parse(&terms.join(",")).map_err(Refusal::bad_request),
    }
}

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
