//! The thread that fires what comes due on running clocks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::http::app::{App, real_time};

/// How long the thread rests when nothing is due.
const REST: Duration = Duration::from_millis(5);
/// How many timers of one sandbox run before the others get their turn.
const TIMERS_A_TURN: usize = 8;

/// Runs what is due in every sandbox whose clock runs, a few steps of each in turn.
#[expect(
    clippy::disallowed_methods,
    reason = "this thread is the one that waits for time"
)]
pub(super) fn run(app: &App, stopping: &AtomicBool) {
    while !stopping.load(Ordering::Relaxed) {
        let mut busy = false;
        let tenants: Vec<_> = app
            .tenants
            .iter()
            .map(|tenant| Arc::clone(&tenant))
            .collect();
        for tenant in tenants {
            let clock = tenant.sandbox.peek().clock;
            if clock.mode == crate::world::ClockMode::Frozen {
                continue;
            }
            for _ in 0..TIMERS_A_TURN {
                let now = clock.now(real_time());
                if tenant
                    .sandbox
                    .peek()
                    .timers()
                    .next()
                    .is_none_or(|(at, _)| at > now)
                {
                    break;
                }
                let context = tenant.own_context("runTimer", now);
                busy |= tenant.sandbox.fire_next(now, &context).is_some();
            }
        }
        if !busy {
            std::thread::sleep(REST);
        }
    }
}
