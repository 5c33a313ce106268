//! `hubsim snapshot`: named states of a sandbox to come back to, out and in as files.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::files;
use super::manual;
use super::reference::listed;
use super::report::{Output, Report};
use super::sandbox::difference;
use super::table::{Column, at, fields, number, text};
use super::text::clean;
use crate::world::snapshot::is_document;

const BASE: &str = "/_sim/v1/snapshots";
const LIST: &[Column] = &[
    text("SNAPSHOT", "name"),
    text("TAKEN", "createdAt"),
    number("REVISION", "revision"),
    number("OBJECTS", "objects"),
];
const ONE: &[Column] = &[
    text("Snapshot", "name"),
    text("Taken", "createdAt"),
    text("Revision", "revision"),
    text("Objects", "objects"),
];

/// Options of `snapshot`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim snapshot take monday"
    "hubsim snapshot list"
    "hubsim snapshot load monday --dry-run"
    "hubsim snapshot load monday"
    "hubsim snapshot get monday --output monday.json"
    "hubsim snapshot add monday.json --as tuesday"
    "hubsim snapshot delete monday"
])]
pub struct SnapshotCommand {
    /// What to do.
    #[command(subcommand)]
    pub action: SnapshotAction,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with snapshots.
#[derive(Debug, Clone, Subcommand)]
pub enum SnapshotAction {
    /// List the snapshots of the sandbox.
    List,
    /// Take one.
    Take {
        /// What it is called.
        name: String,
    },
    /// Write one as a document, which `serve --scenario FILE` and `snapshot add` read.
    Get {
        /// Which.
        name: String,
        /// The file to write; standard output when absent.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Bring in a document that `get` wrote.
    Add {
        /// The file; `-` is standard input.
        file: String,
        /// What it is called; its own name when absent.
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
    },
    /// Go back to one: what was done since is taken back, which `undo` can bring again.
    Load {
        /// Which.
        name: String,
        /// Only show what would change, deletions included.
        #[arg(long)]
        dry_run: bool,
    },
    /// Delete one.
    Delete {
        /// Which.
        name: String,
    },
}

impl SnapshotCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the server refuses, and files that cannot be read or written.
    pub fn run(&self) -> Result<Report, Failure> {
        let server = self.connection.server()?;
        match &self.action {
            SnapshotAction::List => {
                let document = server.document(Request::new("GET", BASE, &[]))?;
                Ok(Report::new(
                    &document,
                    listed(&document, LIST, "No snapshots."),
                ))
            }
            SnapshotAction::Take { name } => {
                let request = Request::new("POST", BASE, &[]).json(&json!({ "name": name }));
                let document = server.document(request.doing("Taking the snapshot"))?;
                Ok(Report::new(&document, fields(&document, ONE)))
            }
            SnapshotAction::Add { file, name } => {
                let request = Request::new("POST", BASE, &[])
                    .query("name", name.as_ref())
                    .file("application/json", document(file)?);
                let document = server.document(request.doing("Bringing the snapshot in"))?;
                Ok(Report::new(&document, fields(&document, ONE)))
            }
            SnapshotAction::Get { name, output } => {
                let request = Request::new("GET", BASE, &[name]).doing("Fetching the snapshot");
                let answer = server.ask(request)?;
                // What is no document is not written anywhere.
                let document = answer.json()?;
                let Some(path) = output else {
                    return Ok(Report::raw(document.to_string()));
                };
                files::write(path, &answer.body)?;
                let written = json!({
                    "file": path.display().to_string(),
                    "bytes": answer.body.len(),
                });
                let (file, bytes) = (at(&written, "file"), at(&written, "bytes"));
                Ok(Report::new(&written, format!("{file}: {bytes} bytes")))
            }
            SnapshotAction::Load { name, dry_run } => {
                let request = Request::new("POST", BASE, &[name, "load"])
                    .query("dryRun", dry_run.then_some(true))
                    .doing("Loading the snapshot");
                let document = server.document(request)?;
                let said = loaded(&document);
                Ok(Report::new(&document, said))
            }
            SnapshotAction::Delete { name } => {
                let document = server.document(Request::new("DELETE", BASE, &[name]))?;
                let said = format!("Snapshot {} is deleted.", clean(name));
                Ok(Report::new(&document, said))
            }
        }
    }
}

/// What a file holds, which must be a snapshot.
fn document(file: &str) -> Result<Vec<u8>, Failure> {
    let bytes = files::read(file)?;
    if std::str::from_utf8(&bytes).is_ok_and(is_document) {
        return Ok(bytes);
    }
    let detail = format!("{file} is no snapshot document.");
    let remedy = "`hubsim snapshot get NAME --output FILE` writes one; `hubsim scenario load FILE` \
                  loads a scenario.";
    Err(Failure::new("snapshot", detail, remedy))
}

fn loaded(document: &Value) -> String {
    let head = if document["dryRun"] == true {
        format!("Loading {} would change:\n", at(document, "name"))
    } else {
        let (name, revision) = (at(document, "name"), at(document, "revision"));
        format!("{name} is loaded; the sandbox is at revision {revision}. What changed:\n")
    };
    format!("{head}{}", difference(&document["diff"]))
}
