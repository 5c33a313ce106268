//! A new sandbox: from a scenario, from another sandbox, or from what the server started with.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::control::clock::ClockChange;
use crate::control::quirks::Wanted;
use crate::control::require_server_admin;
use crate::http::app::{check_id, real_time};
use crate::http::past::state;
use crate::http::strictness::unknown_name;
use crate::http::{Call, Reply};
use crate::json::{BesideText, TextOr};
use crate::refusal::{ErrorKind, Refusal};
use crate::scenario::library::BUILT_IN;
use crate::world::{Clock, World};

/// What the new sandbox shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSandbox {
    /// Lower-case letters, digits and hyphens; a free id when absent.
    id: Option<String>,
    /// A built-in scenario's name.
    scenario: Option<String>,
    /// Another sandbox, `<id>`, `<id>@<revision>`, `<id>@baseline` or `<id>@snapshot:<name>`.
    from: Option<String>,
    /// The seed of ids.
    seed: Option<u64>,
    /// `now`, a time from which the clock runs, or a clock's setting.
    clock: Option<TextOr<ClockChange>>,
    /// The name of an edition.
    edition: Option<String>,
    /// Choices by the names of quirks.
    #[serde(default)]
    quirks: BTreeMap<String, String>,
}

impl BesideText for ClockChange {
    const EXPECTED: &'static str = "\"now\", a time, or an object";
    const IS_OBJECT: bool = true;
}

/// The clock of a new sandbox: `now`, a time from which it runs, or a setting.
fn clock_change(asked: &TextOr<ClockChange>) -> Result<ClockChange, Refusal> {
    let now = match asked {
        TextOr::Other(change) => return Ok(*change),
        TextOr::Text(text) if text == "now" => real_time(),
        TextOr::Text(text) => text
            .parse()
            .map_err(|error| Refusal::bad_request(format!("clock: {error}.")))?,
    };
    Ok(ClockChange {
        now: Some(now),
        ..ClockChange::default()
    })
}

pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    require_server_admin(call)?;
    let asked: NewSandbox = call.json()?;
    if let Some(id) = &asked.id {
        check_id(id)?;
        if call.app.tenants.contains_key(id) {
            let detail = format!("A sandbox \"{id}\" exists already.");
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
    }
    let quirks = Wanted {
        edition: asked.edition.clone(),
        quirks: asked.quirks.clone(),
    };
    let switches = quirks.switches()?;
    let mut world = world(call, &asked)?;
    for (name, value) in switches {
        world = world.with_choice(name, &value);
    }
    let id = asked.id.unwrap_or_else(|| call.app.free_id());
    let tenant = call.app.create(&id, Arc::new(world))?;
    Reply::json(201, &super::body(call, &tenant))
}

fn world(call: &Call<'_>, asked: &NewSandbox) -> Result<World, Refusal> {
    let change = asked.clock.as_ref().map(clock_change).transpose()?;
    if asked.scenario.is_some() && asked.from.is_some() {
        let detail = "Say either scenario or from.";
        return Err(Refusal::bad_request(detail));
    }
    // A scenario's ids come from the seed, its times from the clock: it is read anew for others.
    let moved = change.is_some_and(|change| change.now.is_some());
    if asked.scenario.is_some() || (asked.from.is_none() && (asked.seed.is_some() || moved)) {
        return of_scenario(call, asked, change);
    }
    let mut world = match &asked.from {
        Some(from) => of_sandbox(call, from)?,
        None => World::clone(&call.app.baseline),
    };
    if let Some(seed) = asked.seed {
        world.seed = seed;
    }
    if let Some(change) = change {
        world.clock = change.apply(world.clock, real_time())?;
    }
    Ok(world)
}

fn of_scenario(
    call: &Call<'_>,
    asked: &NewSandbox,
    change: Option<ClockChange>,
) -> Result<World, Refusal> {
    let mut options = call.app.options.clone();
    if let Some(name) = &asked.scenario {
        // Only what the server's owner chose may be a file of the machine.
        let own = options.scenario.as_str();
        let known = BUILT_IN.iter().map(|scenario| scenario.name);
        if name != own && !known.clone().any(|known| known == name) {
            return Err(unknown_name("scenario", name, known));
        }
        options.scenario.clone_from(name);
    }
    if let Some(seed) = asked.seed {
        options.seed = seed;
    }
    let clock = match change {
        Some(change) => {
            let real = real_time();
            let clock = change.apply(Clock::auto(real, real), real)?;
            options.clock = clock.shown.to_string();
            Some(clock)
        }
        None => None,
    };
    let refuse = |text: String| Refusal::new(ErrorKind::ScenarioInvalid, text);
    let mut world = crate::scenario::start_world(&options).map_err(refuse)?;
    if let Some(clock) = clock {
        world.clock = clock;
    }
    Ok(world)
}

fn of_sandbox(call: &Call<'_>, from: &str) -> Result<World, Refusal> {
    let (id, revision) = match from.split_once('@') {
        Some((id, revision)) => (id, Some(revision)),
        None => (from, None),
    };
    let tenant = call.app.tenant(id)?;
    let world = match revision {
        Some(revision) => state(&tenant, revision)?,
        None => tenant.sandbox.read(),
    };
    Ok(World::clone(&world))
}
