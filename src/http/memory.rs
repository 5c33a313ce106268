//! What sandboxes keep of the past has bounds together: whoever holds most gives up the oldest, so
//! that nobody's goes by what another does.

use std::sync::Arc;

use super::app::App;
use super::tenant::Tenant;
use crate::options::Options;

/// Something that is kept, and given up again.
struct Kept {
    /// The bound of all sandboxes together, in bytes.
    most: fn(&Options) -> usize,
    /// About how many bytes a sandbox holds. Asked often: it must be quick.
    held: fn(&Tenant) -> usize,
    /// Gives up the oldest until so many bytes are freed; answers how many were.
    give_up: fn(&Tenant, usize) -> usize,
}

/// Histories, of which the newest step of each stays, and plans.
const KEPT: [Kept; 2] = [
    Kept {
        most: |options| options.max_history,
        held: |tenant| tenant.sandbox.history_bytes(),
        give_up: |tenant, bytes| tenant.sandbox.shorten_history(bytes),
    },
    Kept {
        most: |options| options.max_plans,
        held: |tenant| tenant.plans.bytes(),
        give_up: |tenant, bytes| tenant.plans.give_up(bytes),
    },
];

impl App {
    /// Keeps histories within `--max-history` and plans within `--max-plans`.
    pub fn bound_memory(&self) {
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
            let freed = (kept.give_up)(&largest, share.min(over));
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
