//! `hubsim faults`: answers that fail on purpose, for programs that must live with them.

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::reference::{items, listed};
use super::report::{Output, Report};
use super::table::{Column, number, text};
use super::text::{clean, count};

const BASE: &str = "/_sim/v1/faults";
const LIST: &[Column] = &[
    text("FAULT", "id"),
    number("HITS", "hits"),
    number("LEFT", "remaining"),
    text("MATCH", "match"),
    text("EFFECT", "effect"),
];

/// Options of `faults`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim faults add --status 429 --retry-after 2 --path-prefix /v1/people --times 3"
    "hubsim faults add --drop midBody --probability 0.1"
    "hubsim faults"
    "hubsim faults list"
    "hubsim faults delete fault-1"
    "hubsim faults clear"
])]
pub struct FaultsCommand {
    /// What to do; list them when absent.
    #[command(subcommand)]
    pub action: Option<FaultsAction>,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with faults.
#[derive(Debug, Clone, Subcommand)]
pub enum FaultsAction {
    /// List the faults that are injected; the first that matches strikes.
    List,
    /// Inject one, or a profile of several.
    Add(Box<NewFault>),
    /// Take one away.
    Delete {
        /// Which.
        id: String,
    },
    /// Take all away.
    Clear,
}

/// A fault: which requests it strikes, what becomes of them, and how often.
#[derive(Debug, Clone, Args)]
pub struct NewFault {
    /// A profile, in place of an effect; `faults list --json` names them.
    #[arg(long, conflicts_with_all = ["status", "drop", "delay_ms", "backend"])]
    pub profile: Option<String>,
    /// Answer this status; nothing is done then.
    #[arg(long, help_heading = "Effect")]
    pub status: Option<u16>,
    /// The body of that answer, as JSON.
    #[arg(long, help_heading = "Effect", value_name = "JSON", requires = "status", value_parser = document)]
    pub body: Option<Value>,
    /// Its `Retry-After`.
    #[arg(
        long,
        help_heading = "Effect",
        value_name = "SECONDS",
        requires = "status"
    )]
    pub retry_after: Option<u32>,
    /// Answer later.
    #[arg(long, help_heading = "Effect", value_name = "MILLISECONDS")]
    pub delay_ms: Option<u32>,
    /// Up to so much later still.
    #[arg(long, help_heading = "Effect", value_name = "MILLISECONDS")]
    pub jitter_ms: Option<u32>,
    /// End the connection; nothing is done then.
    #[arg(long, help_heading = "Effect", value_parser = ["beforeResponse", "midBody"])]
    pub drop: Option<String>,
    /// Fail inside the operation, where Webex's own backends do.
    #[arg(long, help_heading = "Effect", value_parser = ["wholesaleAttributeUpdate", "wholesaleLicenseUpdate", "contactCenterSync"])]
    pub backend: Option<String>,
    /// Only this operation, by its operationId.
    #[arg(long, help_heading = "Match", value_name = "ID")]
    pub operation: Option<String>,
    /// Only this method.
    #[arg(long, help_heading = "Match")]
    pub method: Option<String>,
    /// Only paths that begin so.
    #[arg(long, help_heading = "Match", value_name = "PATH")]
    pub path_prefix: Option<String>,
    /// Only this caller, by token name or e-mail address.
    #[arg(long, help_heading = "Match")]
    pub actor: Option<String>,
    /// Only this person or workspace, by id or e-mail address.
    #[arg(long, help_heading = "Match")]
    pub holder: Option<String>,
    /// Only so many times.
    #[arg(long, help_heading = "How often", value_name = "N")]
    pub times: Option<u64>,
    /// Only so often, between 0 and 1.
    #[arg(long, help_heading = "How often", value_name = "P")]
    pub probability: Option<f64>,
    /// Only from this time of the sandbox clock on.
    #[arg(long, help_heading = "How often", value_name = "TIME")]
    pub from: Option<String>,
    /// Only until this time of the sandbox clock.
    #[arg(long, help_heading = "How often", value_name = "TIME")]
    pub until: Option<String>,
}

fn document(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))
}

/// The members that have a value.
fn said<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    let there = members.into_iter().filter(|(_, value)| !value.is_null());
    there
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

impl NewFault {
    fn body(&self) -> Value {
        let matching = said([
            ("operation", json!(self.operation)),
            ("method", json!(self.method)),
            ("pathPrefix", json!(self.path_prefix)),
            ("actor", json!(self.actor)),
            ("holder", json!(self.holder)),
        ]);
        let effect = said([
            ("status", json!(self.status)),
            ("body", json!(self.body)),
            ("retryAfterSeconds", json!(self.retry_after)),
            ("delayMs", json!(self.delay_ms)),
            ("jitterMs", json!(self.jitter_ms)),
            ("drop", json!(self.drop)),
            ("backend", json!(self.backend)),
        ]);
        let (matching, effect) = (json!(matching), json!(effect));
        json!(said([
            ("profile", json!(self.profile)),
            ("match", matching),
            (
                "effect",
                if self.profile.is_some() {
                    Value::Null
                } else {
                    effect
                }
            ),
            ("times", json!(self.times)),
            ("probability", json!(self.probability)),
            ("from", json!(self.from)),
            ("until", json!(self.until)),
        ]))
    }
}

impl FaultsCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        let server = self.connection.server()?;
        match &self.action {
            None | Some(FaultsAction::List) => {
                let document = server.document(Request::new("GET", BASE, &[]))?;
                Ok(Report::new(
                    &document,
                    listed(&document, LIST, "No faults."),
                ))
            }
            Some(FaultsAction::Add(fault)) => {
                let request = Request::new("POST", BASE, &[]).json(&fault.body());
                let document = server.document(request)?;
                let list = match items(&document) {
                    [] => json!({ "items": [document] }),
                    _ => document.clone(),
                };
                let added = count(items(&list).len() as u64, "fault", "faults");
                let said = format!("{added} added.\n\n{}", listed(&list, LIST, ""));
                Ok(Report::new(&document, said))
            }
            Some(FaultsAction::Delete { id }) => {
                let document = server.document(Request::new("DELETE", BASE, &[id]))?;
                Ok(Report::new(
                    &document,
                    format!("Fault {} is gone.", clean(id)),
                ))
            }
            Some(FaultsAction::Clear) => {
                let document = server.document(Request::new("DELETE", BASE, &[]))?;
                Ok(Report::new(&document, "No more faults."))
            }
        }
    }
}
