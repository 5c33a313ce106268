//! Timers take turns, and wait for no writer.

use std::sync::Arc;
use std::sync::mpsc::channel;

use uuid::Uuid;

use super::{Senders, TIMERS_A_TURN};
use crate::catalog;
use crate::http::Tenant;
use crate::http::app::{App, real_time};
use crate::model::kinds;
use crate::options::Options;
use crate::world::{Clock, Engine, Moment, TimerDef, Tx, World, undated};

static ENGINE: Engine = Engine {
    kinds: catalog::ENGINE.kinds,
    checks: &[],
    timers: &[&[TimerDef {
        kind: "tick",
        subject: kinds::TASK,
        fire: tick,
        moved: undated,
    }]],
};

fn tick(tx: &mut Tx, _subject: Uuid) {
    let ticks: u32 = tx
        .choice("ticks")
        .map_or(0, |text| text.parse().unwrap_or(0));
    tx.choose("ticks", Some(&(ticks + 1).to_string()));
}

/// A turn of a server without webhooks.
fn turn(app: &App) -> bool {
    super::turn(app, &mut Senders::new(app))
}

fn app() -> App {
    let start = real_time().plus_days(-1);
    let world = World::new(1, Clock::auto(start, start));
    App::new(Options::for_tests(), &ENGINE, catalog::table(), world)
}

fn sandbox(app: &App, id: &str, timers: usize) -> Arc<Tenant> {
    let tenant = app.create(id, app.default.sandbox.read());
    let tenant = tenant.unwrap_or_else(|refusal| unreachable!("{refusal:?}"));
    let context = tenant.own_context("test", Moment(0));
    let armed = tenant.sandbox.write(&context, |tx| {
        for _ in 0..timers {
            tx.arm(Moment(1), "tick", Uuid::nil());
        }
        Ok::<_, std::convert::Infallible>(())
    });
    drop(armed);
    tenant
}

fn ticks(tenant: &Tenant) -> usize {
    let world = tenant.sandbox.read();
    let ticks = world.choice("ticks").and_then(|text| text.parse().ok());
    ticks.unwrap_or(0)
}

#[test]
fn a_sandbox_with_thousands_of_due_timers_lets_others_have_their_turn() {
    let app = app();
    let crowded = sandbox(&app, "crowded", 5000);
    let quiet = sandbox(&app, "quiet", 1);
    assert!(turn(&app));
    assert_eq!(ticks(&quiet), 1);
    assert_eq!(ticks(&crowded), TIMERS_A_TURN);
    while turn(&app) {}
    assert_eq!(ticks(&crowded), 5000);
}

#[test]
fn timers_of_others_do_not_wait_for_a_writer() {
    let app = app();
    let writing = sandbox(&app, "writing", 1);
    let quiet = sandbox(&app, "quiet", 1);
    let (begun, begin) = channel();
    let (end, ended) = channel::<()>();
    std::thread::scope(|scope| {
        let held = Arc::clone(&writing);
        let writer = scope.spawn(move || {
            let context = held.own_context("test", Moment(0));
            held.sandbox.write(&context, |_| {
                begun.send(()).unwrap_or_default();
                // Holds the lock until the other side lets go.
                ended.recv().map_err(drop)
            })
        });
        begin.recv().unwrap_or_default();
        turn(&app);
        assert_eq!((ticks(&writing), ticks(&quiet)), (0, 1));
        end.send(()).unwrap_or_default();
        drop(writer.join());
    });
    turn(&app);
    assert_eq!(ticks(&writing), 1);
}
