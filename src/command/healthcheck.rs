//! `hubsim healthcheck`: whether a server is well.

use clap::Args;

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::report::{Output, Report};

/// Seconds that a server which is well needs at most.
const PATIENCE_SECONDS: u64 = 5;

/// Options of `healthcheck`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual!["hubsim healthcheck" "hubsim healthcheck --json"])]
pub struct HealthcheckCommand {
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl HealthcheckCommand {
    /// Asks; says nothing when all is well.
    ///
    /// # Errors
    /// When no server answers, or one that is not well.
    pub fn run(&self) -> Result<Report, Failure> {
        let server = self.connection.server_within(PATIENCE_SECONDS)?;
        let health = server.document(Request::new("GET", "/_sim/v1/health", &[]))?;
        if health["status"] != "ok" {
            let detail = format!("The server is not well: {health}.");
            return Err(Failure::new("not-well", detail, "Its log says more."));
        }
        Ok(Report::new(&health, ""))
    }
}
