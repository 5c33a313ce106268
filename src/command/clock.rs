//! `hubsim clock`: what time it is in a sandbox, and letting it pass.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::report::{Output, Report};
use super::table::{Column, at, fields, table, text};
use super::text::count;
use crate::world::Moment;

/// A time from which any sensible duration leads to a time, the year 2096.
const MIDDLE: Moment = Moment(4_000_000_000_000);
const BASE: &str = "/_sim/v1/clock";
const CLOCK: &[Column] = &[
    text("Now", "now"),
    text("Mode", "mode"),
    text("Scale", "scale"),
];
const FIRED: &[Column] = &[text("AT", "at"), text("WHAT", "kind"), text("WHOM", "id")];

/// Options of `clock`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim clock"
    "hubsim clock show"
    "hubsim clock freeze"
    "hubsim clock advance P1D"
    "hubsim clock advance 2031-01-01T00:00:00Z"
    "hubsim clock set 2031-02-01T00:00:00Z"
    "hubsim clock run --scale 60"
    "hubsim clock run"
])]
pub struct ClockCommand {
    /// What to do; show it when absent.
    #[command(subcommand)]
    pub action: Option<ClockAction>,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with a clock.
#[derive(Debug, Clone, Subcommand)]
pub enum ClockAction {
    /// Show it.
    Show,
    /// Set it forward, with everything that is due until then. It never runs backwards.
    Set {
        /// A time such as `2026-03-02T09:00:00Z`.
        #[arg(value_parser = time)]
        time: String,
    },
    /// Stop it, so that only `advance` lets time pass.
    Freeze {
        /// A time to set it forward to first.
        #[arg(value_parser = time)]
        time: Option<String>,
    },
    /// Let it run with real time, or faster or slower.
    Run {
        /// How many seconds pass in one.
        #[arg(long)]
        scale: Option<f64>,
    },
    /// Let time pass, and everything that is due then.
    Advance {
        /// A duration such as `P1D` or `PT72H`, or a time.
        #[arg(value_name = "DURATION|TIME", value_parser = span_or_time)]
        by: String,
    },
}

fn is_span(text: &str) -> bool {
    text.trim_start_matches(['+', '-']).starts_with(['P', 'p'])
}

fn time(text: &str) -> Result<String, String> {
    text.parse().map(|_: Moment| text.to_owned())
}

fn span_or_time(text: &str) -> Result<String, String> {
    if is_span(text) {
        // Which way it leads, and how far the clock may go, the server knows.
        return MIDDLE.plus_duration(text).map(|_| text.to_owned());
    }
    time(text).map_err(|_| {
        format!(
            "\"{text}\" is neither a duration such as P1D or PT72H nor a time such as \
             2031-01-01T00:00:00Z"
        )
    })
}

impl ClockCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        let server = self.connection.server()?;
        let put = |body: Value| Request::new("PUT", BASE, &[]).json(&body);
        let request = match &self.action {
            None | Some(ClockAction::Show) => Request::new("GET", BASE, &[]),
            Some(ClockAction::Set { time }) => put(json!({ "now": time })),
            Some(ClockAction::Freeze { time: None }) => put(json!({ "mode": "frozen" })),
            Some(ClockAction::Freeze { time: Some(time) }) => {
                put(json!({ "mode": "frozen", "now": time }))
            }
            Some(ClockAction::Run { scale: None }) => put(json!({ "mode": "auto" })),
            Some(ClockAction::Run { scale: Some(scale) }) => {
                put(json!({ "mode": "scaled", "scale": scale }))
            }
            Some(ClockAction::Advance { by }) => {
                let member = if is_span(by) { "by" } else { "to" };
                let request = Request::new("POST", &format!("{BASE}/advance"), &[]);
                request
                    .json(&json!({ member: by }))
                    .doing("Letting time pass")
            }
        };
        let document = server.document(request)?;
        let Some(fired) = document["fired"].as_array() else {
            return Ok(Report::new(&document, fields(&document, CLOCK)));
        };
        let now = at(&document, "now");
        let due = count(fired.len() as u64, "event", "events");
        let said = format!("It is {now}; {due} came due.\n{}", table(fired, FIRED));
        Ok(Report::new(&document, said))
    }
}
