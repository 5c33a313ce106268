//! The world that a server starts with.

use std::sync::Arc;

use super::source::Source;
use super::{ScenarioError, document, load};
use crate::catalog;
use crate::http::tenant::real_time;
use crate::options::Options;
use crate::world::{Actor, Clock, ClockMode, Context, Limits, Moment, Sandbox, World, snapshot};

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
    if let Some(document) = snapshot_in(&source.text) {
        let restored = snapshot::restore(document, &catalog::ENGINE, real_time());
        return restored.map_err(|error| format!("{}: {error}", source.name));
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

/// Makes a world of a scenario. A clock that is given wins over the scenario's own.
///
/// # Errors
/// Everything that is wrong with the scenario, each with its place.
pub fn make(
    source: &Source,
    seed: u64,
    clock: Option<Clock>,
) -> Result<Arc<World>, Vec<ScenarioError>> {
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
    let context = Context {
        now: clock.shown,
        actor: Actor::simulator(),
        operation: "loadScenario",
        tracking_id: "".into(),
    };
    let outcome = sandbox.write(&context, |tx| load::load(tx, &document));
    outcome.map_err(|failures| located(source, failures))?;
    Ok(sandbox.read())
}

/// The errors of a scenario that was parsed, with line and column.
#[must_use]
pub fn located(source: &Source, failures: Vec<load::Failure>) -> Vec<ScenarioError> {
    let locate = |failure: load::Failure| {
        ScenarioError::at_path(&source.name, &source.text, &failure.path, failure.message)
    };
    failures.into_iter().map(locate).collect()
}

/// Everything that is wrong with a scenario; nothing when it can be loaded.
#[must_use]
pub fn check(source: &Source) -> Vec<ScenarioError> {
    make(source, SEED_UNSAID, None).err().unwrap_or_default()
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
    let scale = wanted.scale.unwrap_or(1.0);
    if !scale.is_finite() || scale <= 0.0 {
        return Err(wrong("scale", "the scale must be above 0".to_owned()));
    }
    if wanted.scale.is_some() && wanted.mode != ClockMode::Scaled {
        return Err(wrong(
            "scale",
            "only the mode `scaled` has a scale".to_owned(),
        ));
    }
    Ok(Clock {
        mode: wanted.mode,
        shown,
        anchor: real,
        scale,
    })
}

/// The snapshot document that a text is, when it is one.
fn snapshot_in(text: &str) -> Option<snapshot::Document> {
    let looks_like = text.trim_start().starts_with('{') && text.contains("\"hubsimSnapshot\"");
    looks_like
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}
