//! The edge: from a request's bytes to a row of the operation table, and back.

mod acting;
pub(crate) mod admit;
pub mod answers;
pub mod app;
pub mod auth;
pub mod bell;
pub mod budget;
pub mod call;
pub mod challenge;
pub mod controls;
pub mod edge;
mod ended;
pub mod expiry;
pub mod faults;
pub mod grants;
pub mod hosts;
pub mod incoming;
pub mod journal;
mod media;
mod memory;
pub mod metrics;
pub mod multipart;
pub mod nearby;
pub mod openapi;
pub mod operation;
mod outgoing;
pub mod page;
pub mod past;
mod permissions;
pub mod places;
pub mod plans;
pub mod prepared;
pub mod problem;
mod record;
pub mod rehearsal;
pub mod reply;
pub mod rights;
pub mod roles;
pub mod scopes;
pub mod snapshots;
pub mod table;
mod target;
pub mod tenant;
mod throttle;
mod turns;
pub mod upstream;
pub mod usage;

pub use app::App;
pub use call::Call;
pub use edge::Outgoing;
pub use operation::{
    Access, Fidelity, MAX, Method, OF_ORG, ORG, Operation, Query, Row, START, Space,
};
pub use reply::Reply;
pub use tenant::Tenant;
pub use usage::Used;
