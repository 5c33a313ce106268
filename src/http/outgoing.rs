//! What becomes of a request: what a row came to, and what goes back.

use std::sync::Arc;

use super::budget::Share;
use super::faults::{Fate, Simulated};
use super::journal::Noted;
use super::operation::{Fidelity, Operation};
use super::reply::Reply;
use super::tenant::Tenant;
use crate::json::Passed;
use crate::licensing::outcome::Outcome;
use crate::refusal::Refusal;
use crate::world::Moment;

/// What goes back.
#[derive(Debug)]
pub struct Outgoing {
    /// Status, headers and body.
    pub reply: Reply,
    /// The sandbox time, for the `Date` header.
    pub now: Moment,
    /// The tracking id.
    pub tracking_id: Arc<str>,
    /// The sandbox.
    pub tenant: Arc<Tenant>,
    /// The operation, when the path led to one.
    pub operation: Option<&'static Operation>,
    /// What an injected fault makes of it on its way.
    pub fate: Fate,
    /// The room that a large answer takes.
    pub room: Option<Share>,
}

impl Outgoing {
    /// The operation's fidelity.
    #[must_use]
    pub fn fidelity(&self) -> &'static str {
        let fidelity = self
            .operation
            .map_or(Fidelity::F0, |operation| operation.fidelity);
        fidelity.name()
    }
}

/// What a row came to.
#[derive(Debug)]
pub(super) struct Performed {
    /// The reply with its headers.
    pub reply: Reply,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// What it told that changed nothing.
    pub noted: Option<Box<Noted>>,
    /// What changes of licences came to.
    pub told: Vec<Outcome>,
    /// The rule that made a system behind Webex fail inside it.
    pub struck: Option<Box<Simulated>>,
    /// The fields of the body that nothing was done with.
    pub passed_over: Vec<Passed>,
    /// The room that a large answer takes.
    pub room: Option<Share>,
}
