//! The world that a server starts with.

use std::sync::Arc;

use super::locate::narrowed;
use super::source::Source;
use super::{ScenarioError, document, load};
use crate::catalog;
use crate::http::app::real_time;
use crate::options::Options;
use crate::world::clock::MAX_SCALE;
use crate::world::{Actor, Clock, ClockMode, Context, Limits, Moment, Sandbox, World};

/// The seed of servers that were not given one; a scenario may bring its own then.
const SEED_UNSAID: u64 = 1;
/// The most errors that are printed at start.
const ERRORS_SHOWN: usize = 10;

/// The world that the options ask for: of a scenario, or of a snapshot document.
///
/// # Errors
/// What is wrong, with file, line and column.
pub fn start_world(options: &Options) -> Result<World, String> {
    let clock = start_clock(options)?;
    let source = Source::open(&options.scenario).map_err(|error| error.to_string())?;
    if source.is_snapshot() {
        let world = source.restored().map_err(|error| error.to_string())?;
        return with_options(world, options, clock);
    }
    let clock = (options.clock != "now").then_some(clock);
    let world = make(&source, options.seed, clock).map_err(|errors| listed(&errors))?;
    Ok(World::clone(&world))
}

/// The clock that the options ask for: it runs from now, or from another time.
///
/// # Errors
/// When the option is no time.
pub fn start_clock(options: &Options) -> Result<Clock, String> {
    let real = real_time();
    if options.clock == "now" {
        return Ok(Clock::auto(real, real));
    }
    let at: Moment = options
        .clock
        .parse()
        .map_err(|error| format!("--clock: {error}"))?;
    Ok(Clock::auto(at, real))
}

/// Makes a world of a scenario. A clock that is given wins over the scenario's own. A snapshot is
/// a scenario that says everything, its seed and its clock too.
///
/// # Errors
/// Everything that is wrong with the scenario, each with its place.
pub fn make(
    source: &Source,
    seed: u64,
    clock: Option<Clock>,
) -> Result<Arc<World>, Vec<ScenarioError>> {
    if source.is_snapshot() {
        return source.restored().map(Arc::new).map_err(|error| vec![error]);
    }
    let document = source.document().map_err(|error| vec![error])?;
    let seed = match document.seed {
        Some(own) if seed == SEED_UNSAID => own,
        _ => seed,
    };
    let real = real_time();
    let clock = match clock {
        Some(clock) => clock,
        None => clock_of(source, document.clock.as_ref(), real).map_err(|error| vec![error])?,
    };
    let empty = Arc::new(World::new(seed, clock));
    let sandbox = Sandbox::new(&catalog::ENGINE, Limits::default(), empty);
    // A scenario happens at the clock's start, not in the milliseconds that loading takes.
    let outcome = sandbox.write(&loading(clock.shown), |tx| load::load(tx, &document));
    outcome.map_err(|failures| located(source, failures))?;
    Ok(sandbox.read())
}

/// The errors of a scenario that was parsed, with line and column.
#[must_use]
pub fn located(source: &Source, failures: Vec<load::Failure>) -> Vec<ScenarioError> {
    let locate = |failure: load::Failure| {
        let load::Failure { path, message } = failure;
        let path = narrowed(&source.text, &path, &message);
        ScenarioError::at_path(&source.name, &source.text, &path, message)
    };
    failures.into_iter().map(locate).collect()
}

/// Everything that is wrong with a scenario; nothing when it can be loaded.
#[must_use]
pub fn check(source: &Source) -> Vec<ScenarioError> {
    make(source, SEED_UNSAID, None).err().unwrap_or_default()
}

/// Everything that is wrong with a scenario that shall come on top of a world.
#[must_use]
pub fn check_on(source: &Source, world: Arc<World>, now: Moment) -> Vec<ScenarioError> {
    let document = match source.document() {
        Ok(document) => document,
        Err(error) => return vec![error],
    };
    let fork = Sandbox::new(&catalog::ENGINE, Limits::default(), world);
    let outcome = fork.write(&loading(now), |tx| load::load(tx, &document));
    outcome.map_or_else(|failures| located(source, failures), |_| Vec::new())
}

/// Nobody loads a scenario but the simulator itself.
fn loading(now: Moment) -> Context {
    Context {
        now,
        actor: Actor::simulator(),
        operation: "loadScenario",
        tracking_id: "".into(),
    }
}

/// Errors as text, each on a line.
#[must_use]
pub fn listed(errors: &[ScenarioError]) -> String {
    let shown = errors.iter().take(ERRORS_SHOWN).map(ToString::to_string);
    let mut lines: Vec<String> = shown.collect();
    if errors.len() > ERRORS_SHOWN {
        lines.push(format!("and {} more", errors.len() - ERRORS_SHOWN));
    }
    lines.join("\n")
}

fn clock_of(
    source: &Source,
    wanted: Option<&document::Clock>,
    real: Moment,
) -> Result<Clock, ScenarioError> {
    let Some(wanted) = wanted else {
        return Ok(Clock::auto(real, real));
    };
    let wrong = |key: &str, message: String| {
        let path = format!("clock.{key}");
        ScenarioError::at_path(&source.name, &source.text, &path, message)
    };
    let shown = match &wanted.at {
        Some(at) => at.at(real).map_err(|message| wrong("at", message))?,
        None => real,
    };
    let clock = Clock {
        mode: wanted.mode,
        shown,
        anchor: real,
        scale: wanted.scale.unwrap_or(1.0),
    };
    match wanted.mode {
        ClockMode::Scaled if !clock.is_sound() => Err(wrong(
            "scale",
            format!("the scale must be above 0, up to {MAX_SCALE}"),
        )),
        ClockMode::Auto | ClockMode::Frozen if wanted.scale.is_some() => Err(wrong(
            "scale",
            "only the mode `scaled` has a scale".to_owned(),
        )),
        _ => Ok(clock),
    }
}

/// A restored world goes on where it stood: its clock only runs forward, and another seed is that
/// of the ids to come.
fn with_options(mut world: World, options: &Options, clock: Clock) -> Result<World, String> {
    if options.clock != "now" {
        if clock.shown < world.clock.shown {
            let shown = world.clock.shown;
            return Err(format!(
                "--clock: the clock of {} shows {shown} and cannot go back",
                options.scenario
            ));
        }
        world.clock = Clock {
            shown: clock.shown,
            anchor: clock.anchor,
            ..world.clock
        };
    }
    if options.seed != SEED_UNSAID {
        world.seed = options.seed;
    }
    Ok(world)
}
