//! The world that a server starts with.

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
}
