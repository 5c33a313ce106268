//! Decides every licence change: what moves, what is lost, and by which rule.
//!
//! [`save`] is the one entry point. `PATCH /v1/licenses/users`, writes of people and workspaces,
//! Edit licences, CSV rows, templates and scenarios all call it with their own [`Route`].

pub mod assignment;
pub mod change;
pub mod check;
pub mod choose;
pub mod contact_center;
pub mod headers;
mod held;
pub mod lifecycle;
pub mod outcome;
pub mod packages;
pub mod pstn;
pub mod quirks;
pub mod rules;
pub mod sale;
pub mod sites;
pub mod template;

pub use assignment::{release, save};
pub use change::{Add, Change, Properties, Route};
pub use outcome::{Action, Outcome, OutcomeError, OutcomeHolder, OutcomeLicense};

#[cfg(test)]
mod tests;
