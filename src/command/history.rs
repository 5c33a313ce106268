//! `hubsim undo`, `redo` and `history`: what was done, step by step, and back.

use anstyle::Style;
use clap::{Args, value_parser};
use serde_json::Value;

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::reference::items;
use super::report::{Output, Report};
use super::table::{Column, at, number, table, text};
use super::text::{FAINT, count};

const STEPS: &[Column] = &[
    number("REVISION", "revision"),
    text("AT", "at"),
    text("ACTOR", "actor/name"),
    text("STATE", "state").painted(|state| match state {
        "done" => Style::new(),
        _ => FAINT,
    }),
    text("TRACKING ID", "trackingId"),
    text("SUMMARY", "summary"),
];

/// Options of `undo`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual!["hubsim undo" "hubsim undo 3"])]
pub struct UndoCommand {
    /// How many steps.
    #[arg(default_value_t = 1, value_parser = value_parser!(u32).range(1..))]
    pub steps: u32,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// Options of `redo`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual!["hubsim redo" "hubsim redo 3"])]
pub struct RedoCommand {
    /// How many steps.
    #[arg(default_value_t = 1, value_parser = value_parser!(u32).range(1..))]
    pub steps: u32,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// Options of `history`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim history"
    "hubsim history maren.castellan@quillhaven.example"
    "hubsim history --max 10 --json"
])]
pub struct HistoryCommand {
    /// Only what was done to this person or other object: an e-mail address, a number or an id.
    #[arg(value_name = "OBJECT")]
    pub object: Option<String>,
    /// How many steps to show.
    #[arg(long, default_value_t = 100, value_parser = value_parser!(u32).range(1..=1000))]
    pub max: u32,
    /// How many steps to pass over.
    #[arg(long, default_value_t = 0)]
    pub start: u32,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl UndoCommand {
    /// Takes the last steps back.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        travel(&self.connection, "undo", self.steps)
    }
}

impl RedoCommand {
    /// Brings back what was undone.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        travel(&self.connection, "redo", self.steps)
    }
}

fn travel(connection: &Connection, way: &'static str, steps: u32) -> Result<Report, Failure> {
    let request = Request::new("POST", "/_sim/v1", &[way]).query("steps", Some(steps));
    let document = connection.server()?.document(request)?;
    let steps = document["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let said = format!(
        "{}\nThe sandbox is at revision {}; {} can be undone, {} redone.\n",
        table(steps, STEPS),
        at(&document, "revision"),
        number_of(&document, "undoable"),
        number_of(&document, "redoable"),
    );
    Ok(Report::new(&document, said))
}

fn number_of(document: &Value, name: &str) -> String {
    count(document[name].as_u64().unwrap_or(0), "step", "steps")
}

impl HistoryCommand {
    /// Shows what was done.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        let segments: Vec<&str> = self.object.iter().map(String::as_str).collect();
        let request = Request::new("GET", "/_sim/v1/history", &segments)
            .query("max", Some(self.max))
            .query("start", Some(self.start));
        let document = self.connection.server()?.document(request)?;
        let mut said = match items(&document) {
            [] => "Nothing was done.\n".to_owned(),
            steps => table(steps, STEPS),
        };
        if document["undoable"].is_u64() {
            let (undo, redo) = (
                number_of(&document, "undoable"),
                number_of(&document, "redoable"),
            );
            said.push_str(&format!("\n{undo} can be undone, {redo} redone.\n"));
        }
        Ok(Report::new(&document, said))
    }
}
