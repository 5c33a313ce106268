//! The server as its callers see it: every test talks HTTP to a server of its own. The files below
//! mirror the paths.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod command;
mod decisions;
mod edge;
mod embedding;
mod https;
mod hub;
mod isolation;
mod logs;
mod not_simulated;
mod organization;
mod organization_of_a_query;
mod pages;
mod places;
mod promises;
mod proxy;
mod roles;
mod secure;
mod sim;
mod stories;
mod support;
mod v1;
mod wire;
