//! The thread that sees to what time brings: timers on running clocks, sandboxes that nobody uses,
//! and what is kept beyond its bound.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::webhooks::Senders;
use crate::http::Tenant;
use crate::http::app::{App, real_time};
use crate::world::{ClockMode, Moment};

/// How long the thread rests when nothing is due.
const REST: Duration = Duration::from_millis(5);
/// How many timers of one sandbox run before the others get their turn.
const TIMERS_A_TURN: usize = 8;
/// How often sandboxes are looked at that nobody may use any more.
const LOOK_MILLIS: i64 = 500;

/// Goes on until the server stops.
#[expect(
    clippy::disallowed_methods,
    reason = "this thread is the one that waits for time"
)]
pub(super) fn run(app: &App, stopping: &AtomicBool) {
    let mut senders = Senders::new(app);
    let mut looked = Moment(0);
    while !stopping.load(Ordering::Relaxed) {
        let busy = turn(app, &mut senders);
        app.bound_memory();
        let now = real_time();
        if now >= looked.plus_millis(LOOK_MILLIS) {
            app.expire_idle(now);
            app.retire_plans();
            looked = now;
        }
        if !busy {
            std::thread::sleep(REST);
        }
    }
}

/// Runs what is due in every sandbox whose clock runs, a few steps of each. Answers whether
/// anything was.
fn turn(app: &App, senders: &mut Senders) -> bool {
    let mut busy = false;
    let tenants = app.tenants.iter();
    let tenants: Vec<_> = tenants.map(|tenant| Arc::clone(&tenant)).collect();
    for tenant in &tenants {
        for _ in 0..TIMERS_A_TURN {
            if !fire(tenant) {
                break;
            }
            busy = true;
        }
    }
    senders.turn(&tenants);
    busy
}

/// Runs the next timer of a sandbox if one is due and nobody writes there: a sandbox that is busy
/// gets its turn later, and no other waits for it.
fn fire(tenant: &Tenant) -> bool {
    let now = {
        let world = tenant.sandbox.peek();
        if world.clock.mode == ClockMode::Frozen {
            return false;
        }
        let now = world.clock.now(real_time());
        if world.timers().next().is_none_or(|(at, _)| at > now) {
            return false;
        }
        now
    };
    let context = tenant.own_context("runTimer", now);
    tenant.sandbox.fire_next(now, &context).is_some()
}

#[cfg(test)]
mod tests;
