//! Back to the baseline, or to nothing: the whole sandbox or parts of it.

use crate::control::named_tenant;
use crate::control::quirks::is_quirk;
use crate::http::app::real_time;
use crate::http::operation::Queries;
use crate::http::strictness::unknown_name;
use crate::http::{Call, Reply};
use crate::refusal::Refusal;
use crate::world::{Context, World};

pub(super) const QUERIES: Queries = &[
    ("to", "`baseline` (the default) or `empty`."),
    (
        "scope",
        "Any of `state`, `journal`, `faults`, `clock` and `quirks`; all when absent.",
    ),
];

const TARGETS: [&str; 2] = ["baseline", "empty"];
const SCOPES: [&str; 5] = ["state", "journal", "faults", "clock", "quirks"];

pub(super) fn reset(call: &Call<'_>) -> Result<Reply, Refusal> {
    let tenant = named_tenant(call)?;
    let target = call.query("to").unwrap_or("baseline".into());
    if !TARGETS.contains(&&*target) {
        return Err(unknown_name("target", &target, TARGETS.into_iter()));
    }
    let scopes = call.query_list("scope");
    for scope in &scopes {
        if !SCOPES.contains(&scope.as_str()) {
            return Err(unknown_name("scope", scope, SCOPES.into_iter()));
        }
    }
    let whole = scopes.is_empty();
    let in_scope = |name: &str| whole || scopes.iter().any(|scope| scope == name);
    let (state, clock, quirks) = (in_scope("state"), in_scope("clock"), in_scope("quirks"));
    let baseline = tenant.sandbox.baseline();
    let target = match &*target {
        "empty" => World::new(baseline.seed, baseline.clock),
        _ => World::clone(&baseline),
    };
    let shown = if clock {
        target.clock
    } else {
        tenant.sandbox.peek().clock
    };
    let now = shown.now(real_time());
    if state || clock || quirks {
        let context = Context {
            now,
            ..call.context()
        };
        tenant.sandbox.replace_by(&context, |world| {
            let taken = |name: &str| if is_quirk(name) { quirks } else { state };
            world.with_parts_of(&target, state, clock, taken)
        });
    }
    if in_scope("faults") {
        tenant.calm();
    }
    if in_scope("journal") {
        tenant.forget_requests();
        tenant.refused_control.clear();
        tenant.sandbox.ledger(crate::world::Ledger::clear);
        tenant.restart_tracking();
    }
    if whole {
        tenant.sandbox.forget(now);
        tenant.plans.clear();
    }
    Reply::json(200, &super::body(call, &tenant))
}
