//! Wholesale: customers that a partner provisions, and their subscribers (PKG).

pub mod billing;
pub mod customers;
mod provision;
pub mod subscribers;

use uuid::Uuid;

use crate::model::{Organization, kinds};
use crate::refusal::{ErrorKind, Refusal};

use crate::world::{TimerDef, World, undated};

/// The timer that ends the provisioning of a customer.
pub const PROVISION: &str = "wholesale.provision";
/// How long provisioning takes on the sandbox clock. Nothing is documented; inferred: a second,
/// so that whoever polls sees the statuses and nobody waits for long.
const PROVISION_MILLIS: i64 = 1000;

/// The timer that makes a billing report.
pub const REPORT: &str = "wholesale.report";

/// What happens to customers and reports by themselves.
pub const TIMERS: &[TimerDef] = &[
    TimerDef {
        kind: PROVISION,
        subject: kinds::CUSTOMER,
        fire: provision::fire,
        moved: undated,
    },
    TimerDef {
        kind: REPORT,
        subject: kinds::BILLING_REPORT,
        fire: billing::fire,
        moved: undated,
    },
];

/// Refuses whoever is no partner.
///
/// # Errors
/// 404.
pub fn check_partner(world: &World, organization: Uuid) -> Result<(), Refusal> {
    let found = world.get::<Organization>(organization);
    if found.is_some_and(|found| found.is_partner) {
        return Ok(());
    }
    let name = found.map_or("The organization", |found| found.name.as_str());
    let detail = format!("{name} is no partner organization: it manages no customers.");
    Err(Refusal::new(ErrorKind::NotFound, detail))
}
