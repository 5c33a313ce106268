<<<<<<< HEAD
//! Scenarios: organisations as documents, loaded through the same rules as HTTP.

use crate::http::tenant::real_time;
use crate::options::Options;
use crate::world::{Clock, Moment, World};

/// The world that the options ask for.
///
/// # Errors
/// What is wrong, with file, line and column.
pub fn start_world(options: &Options) -> Result<World, String> {
    let clock = start_clock(options)?;
    Ok(World::new(options.seed, clock))
}

/// The clock that the options ask for: it runs from now, or stands at a time.
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
=======
//! Scenarios: whole organisations written down as YAML or JSON. This room turns such a text into
//! calls of the same rules that HTTP uses; it never writes into a table itself.

pub mod document;
pub mod error;
pub mod generate;
pub mod library;
pub mod locate;
pub mod numbers;
pub mod reference;
pub mod when;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use error::ScenarioError;

/// The largest scenario text that is read, in bytes.
pub const MAX_SCENARIO_BYTES: usize = 16 * 1024 * 1024;

/// Parses a scenario. `file` is only used to name the place of an error.
///
/// # Errors
/// What the text has too much, too little or misspelled, and where.
pub fn parse(file: &str, text: &str) -> Result<Document, ScenarioError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_SCENARIO_BYTES {
        let message = format!("the scenario is larger than {MAX_SCENARIO_BYTES} bytes");
        return Err(ScenarioError::at_start(file, message));
    }
    let options = serde_saphyr::options! {
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| ScenarioError::from_yaml(file, &error))
>>>>>>> 5c915ad (Scenarios: documents in YAML, generated people, demo, minimal and large)
}
