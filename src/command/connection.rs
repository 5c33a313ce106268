//! Where the server is that a command asks, and who asks.

use std::time::Duration;

use clap::{Args, value_parser};

use super::client::Server;
use super::failure::Failure;
use crate::options::server_of_environment;

/// Seconds that a command waits for its answer.
const PATIENCE_SECONDS: u64 = 300;

/// How to reach a server.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Server")]
pub struct Connection {
    /// Its address; else HUBSIM_URL, else port HUBSIM_PORT or 8765 of this machine.
    #[arg(long, global = true, value_name = "URL")]
    pub url: Option<String>,
    /// Its port, where it runs on this machine.
    // Global options need names that the program's own options do not have.
    #[arg(
        id = "server_port",
        long = "port",
        global = true,
        value_name = "PORT",
        conflicts_with = "url"
    )]
    pub port: Option<u16>,
    /// Who asks: unless said, `full-admin` of the sandbox.
    #[arg(long, global = true, env = "HUBSIM_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// The sandbox to act on; else that of the token, which is `default` for most.
    #[arg(long, global = true, env = "HUBSIM_SANDBOX", value_name = "ID")]
    pub sandbox: Option<String>,
    /// For server-wide calls, where the server has one.
    #[arg(
        id = "server_admin_token",
        long = "admin-token",
        global = true,
        env = "HUBSIM_ADMIN_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    pub admin_token: Option<String>,
    /// How long to wait for an answer: 300 unless said, 5 for `healthcheck`.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..=86_400))]
    pub timeout: Option<u64>,
}

impl Connection {
    /// The server.
    ///
    /// # Errors
    /// When its address cannot be understood.
    pub fn server(&self) -> Result<Server, Failure> {
        self.server_within(PATIENCE_SECONDS)
    }

    /// The server, which shall answer within so many seconds unless the options say otherwise.
    ///
    /// # Errors
    /// When its address cannot be understood.
    pub fn server_within(&self, seconds: u64) -> Result<Server, Failure> {
        let url = match (&self.url, self.port) {
            (Some(url), _) => url.clone(),
            (None, Some(port)) => format!("http://127.0.0.1:{port}"),
            (None, None) => server_of_environment(),
        };
        let token = match (self.token.as_deref(), self.sandbox.as_deref()) {
            (Some(token), _) => token.to_owned(),
            (None, None | Some("default")) => "full-admin".to_owned(),
            (None, Some(sandbox)) => format!("full-admin.{sandbox}"),
        };
        let mut headers = vec![("authorization", format!("Bearer {token}"))];
        if let Some(sandbox) = &self.sandbox {
            headers.push(("x-sim-sandbox", sandbox.clone()));
        }
        if let Some(token) = &self.admin_token {
            headers.push(("x-sim-admin-token", token.clone()));
        }
        let patience = Duration::from_secs(self.timeout.unwrap_or(seconds));
        Server::at(&url, headers, patience)
    }

    /// The sandbox that is named, or the selected one.
    #[must_use]
    pub fn sandbox_or<'a>(&'a self, named: Option<&'a str>) -> &'a str {
        named.or(self.sandbox.as_deref()).unwrap_or("default")
    }
}
