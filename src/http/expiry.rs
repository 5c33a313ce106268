//! What ends by itself so that a server stays small: sandboxes that nobody uses.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::app::App;
use super::tenant::Tenant;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::Task;
use crate::world::clock::ClockMode;
use crate::world::{Moment, World};

/// Expired sandboxes whose ids are remembered, to tell whoever asks for them.
const REMEMBERED: usize = 10_000;

/// The sandboxes that expired, the latest last; with each, whether a token had made it by itself.
#[derive(Debug, Default)]
pub struct Expired(Mutex<VecDeque<(String, bool)>>);

impl Expired {
    fn add(&self, id: &str, by_itself: bool) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.push_back((id.to_owned(), by_itself));
        if ids.len() > REMEMBERED {
            ids.pop_front();
        }
    }

    /// Whether a sandbox expired, and if so whether a token had made it by itself.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<bool> {
        let ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = ids.iter().find(|(expired, _)| expired == id);
        found.map(|(_, by_itself)| *by_itself)
    }

    /// Forgets a sandbox that exists again.
    pub fn forget(&self, id: &str) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.retain(|(expired, _)| expired != id);
    }
}

/// Somebody uses a sandbox for as long as this lives, although no request comes: a listener, a
/// request that waits, or a program that carries the server in it.
#[derive(Debug)]
pub struct Held(Arc<Tenant>);

impl Held {
    /// Holds a sandbox.
    #[must_use]
    pub fn new(tenant: &Arc<Tenant>) -> Self {
        tenant.holders(1);
        Self(Arc::clone(tenant))
    }
}

impl std::ops::Deref for Held {
    type Target = Arc<Tenant>;

    fn deref(&self) -> &Arc<Tenant> {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.touch(super::app::real_time());
        self.0.holders(-1);
    }
}

/// Whether a task of a world goes on without anybody who asks.
fn goes_on(world: &World) -> bool {
    let mut tasks = world.list::<Task>();
    world.clock.mode != ClockMode::Frozen
        && tasks.any(|(_, task)| task.status.is_unfinished() && !task.is_paused())
}

impl App {
    /// Notes that a sandbox is used. Costs nothing where none expires.
    pub(super) fn note_use(&self, tenant: &Tenant, real: Moment) {
        if self.options.sandbox_idle.is_some() {
            tenant.touch(real);
        }
    }

    /// Ends the sandboxes that nobody used for so long as `--sandbox-idle` says. A request for as
    /// long as it is open, a listener and a task that goes on by itself are use; one that waits for
    /// somebody, because it is paused or the clock is frozen, is not. `default` stays.
    pub fn expire_idle(&self, real: Moment) {
        let Some(idle) = self.options.sandbox_idle else {
            return;
        };
        let idle = i64::try_from(idle.as_millis()).unwrap_or(i64::MAX);
        let tenants: Vec<_> = self.tenants.iter().map(|one| Arc::clone(&one)).collect();
        for tenant in tenants {
            let is_over = |tenant: &Tenant| tenant.idle_since() <= real.0.saturating_sub(idle);
            if tenant.id == "default" || !is_over(&tenant) || tenant.is_held() {
                continue;
            }
            if goes_on(&tenant.sandbox.read()) {
                tenant.touch(real);
                continue;
            }
            // Whoever came in the meantime keeps it.
            let ended = self.tenants.remove_if(&tenant.id, |_, one| {
                Arc::ptr_eq(one, &tenant) && is_over(one) && !one.is_held()
            });
            if ended.is_some() {
                self.expired.add(&tenant.id, tenant.is_by_itself());
                self.forget(&tenant);
                tracing::info!(sandbox = tenant.id, "expired: nobody used it");
            }
        }
    }

    /// That a sandbox does not exist, or no more.
    pub(super) fn missing(&self, id: &str) -> Refusal {
        let shown = crate::model::number::shorten(id);
        let detail = match (self.expired.find(id), self.options.sandbox_idle) {
            (Some(_), Some(idle)) => format!(
                "The sandbox \"{shown}\" expired: nobody used it for {} seconds (--sandbox-idle). \
                 Start the server with a longer --sandbox-idle, or without it; a listener on \
                 /_sim/v1/events and a task that goes on by itself are use too.",
                idle.as_secs_f64()
            ),
            _ => format!("There is no sandbox \"{shown}\"."),
        };
        Refusal::new(ErrorKind::UnknownSandbox, detail)
    }
}
