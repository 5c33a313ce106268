//! What sandboxes keep of the past has bounds together: whoever holds most gives up the oldest, so
//! that nobody's goes by what another does.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::app::{App, real_time};
use super::tenant::Tenant;
use crate::options::Options;
use crate::tasks::engine::results;
use crate::world::{Actor, Context, World};

/// Something that is kept, and given up again.
struct Kept {
    /// The bound of all sandboxes together, in bytes.
    most: fn(&Options) -> usize,
    /// About how many bytes a sandbox holds. Asked often: it must be quick.
    held: fn(&Tenant) -> usize,
    /// Gives up the oldest until so many bytes are freed; answers how many were, or nothing where
    /// that has to wait.
    give_up: fn(&Tenant, usize) -> Option<usize>,
}

/// Histories, of which the newest step of each stays, plans, and results of tasks.
const KEPT: [Kept; 3] = [
    Kept {
        most: |options| options.max_history,
        held: |tenant| tenant.sandbox.history_bytes(),
        give_up: |tenant, bytes| Some(tenant.sandbox.shorten_history(bytes)),
    },
    Kept {
        most: |options| options.max_plans,
        held: |tenant| tenant.plans.bytes(),
        give_up: |tenant, bytes| Some(tenant.plans.give_up(bytes)),
    },
    Kept {
        most: |options| options.max_results,
        held: |tenant| tenant.results.held(tenant),
        give_up: give_up_results,
    },
];

/// What the results of a sandbox's tasks take, found out once for each world.
#[derive(Debug, Default)]
pub(super) struct Results(Mutex<(Weak<World>, usize)>);

impl Results {
    fn held(&self, tenant: &Tenant) -> usize {
        let world = tenant.sandbox.peek();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What a weak one names is not another world, even when that one is gone.
        if known.0.as_ptr() != Arc::as_ptr(&world) {
            *known = (Arc::downgrade(&world), results::held(&world));
        }
        known.1
    }
}

/// It is no commit, so that nobody's revision or tracking ids depend on what another does.
fn give_up_results(tenant: &Tenant, bytes: usize) -> Option<usize> {
    let context = Context {
        now: tenant.sandbox.peek().clock.now(real_time()),
        actor: Actor::simulator(),
        operation: "dropResults",
        tracking_id: "".into(),
    };
    results::give_up(&tenant.sandbox, &context, bytes)
}

impl App {
    /// Keeps histories within `--max-history`, plans within `--max-plans` and results of tasks
    /// within `--max-results`.
    pub fn bound_memory(&self) {
        // Two at a time would give up twice as much.
        let _turn = self.bounding.lock().unwrap_or_else(PoisonError::into_inner);
        for kept in &KEPT {
            self.bound(kept);
        }
    }

    fn bound(&self, kept: &Kept) {
        let most = (kept.most)(&self.options);
        let held: usize = self.tenants.iter().map(|one| (kept.held)(&one)).sum();
        if held <= most {
            return;
        }
        let mut over = held - most;
        let tenants = self.tenants.iter();
        let mut tenants: Vec<_> = tenants.map(|one| Arc::clone(&one)).collect();
        tenants.sort_by_key(|one| (kept.held)(one));
        while over > 0 {
            let Some(largest) = tenants.pop() else { return };
            let next = tenants.last().map_or(0, |one| (kept.held)(one));
            let share = (kept.held)(&largest).saturating_sub(next).max(1);
            // Whoever holds less does not give up in place of one that is at work.
            let Some(freed) = (kept.give_up)(&largest, share.min(over)) else {
                return;
            };
            over = over.saturating_sub(freed);
            if freed > 0 {
                let bytes = (kept.held)(&largest);
                let place = tenants.partition_point(|one| (kept.held)(one) <= bytes);
                tenants.insert(place, largest);
            }
        }
    }

    /// Lets go of the requests and worlds of plans that can no longer be applied.
    pub fn retire_plans(&self) {
        for tenant in &self.tenants {
            tenant.plans.retire(tenant.sandbox.peek().revision);
        }
    }
}
