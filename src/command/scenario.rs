//! `hubsim scenario`: the organisations in the binary, and checking and loading one's own.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::client::{Request, Server};
use super::connection::Connection;
use super::failure::Failure;
use super::files;
use super::manual;
use super::reference::listed;
use super::report::{Output, REFUSED, Report};
use super::table::{Column, at, shown, text};
use super::text::{BAD, GOOD, ODD, clean};
use crate::scenario::library;

const BASE: &str = "/_sim/v1/scenarios";
const LIST: &[Column] = &[
    text("SCENARIO", "name"),
    text("DEFAULT", "default"),
    text("DESCRIPTION", "description"),
];

/// Options of `scenario`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim scenario list"
    "hubsim scenario show minimal > mine.yaml"
    "hubsim scenario check mine.yaml"
    "hubsim scenario load mine.yaml"
    "hubsim scenario load minimal --merge"
])]
pub struct ScenarioCommand {
    /// What to do.
    #[command(subcommand)]
    pub action: ScenarioAction,
    /// Which server: `load`, and `check --merge`, ask one; nothing else here does.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with scenarios.
#[derive(Debug, Clone, Subcommand)]
pub enum ScenarioAction {
    /// List the built-in scenarios.
    List,
    /// Show the text of one: YAML, or JSON with --json. Either can be loaded.
    Show {
        /// Which.
        name: String,
    },
    /// Check one without loading it: each mistake with line, column and path.
    Check {
        /// A file, or `-` for standard input.
        file: String,
        /// Check it as a merge into the sandbox of a server.
        #[arg(long)]
        merge: bool,
    },
    /// Load one into the sandbox of a server.
    Load {
        /// A built-in scenario, a file, or `-` for standard input.
        #[arg(value_name = "NAME|FILE")]
        source: String,
        /// On top of what is there: nothing is taken away.
        #[arg(long)]
        merge: bool,
    },
}

impl ScenarioCommand {
    /// Does it.
    ///
    /// # Errors
    /// What is not there or cannot be loaded.
    pub fn run(&self) -> Result<Report, Failure> {
        match &self.action {
            ScenarioAction::List => {
                let document = Server::empty().document(Request::new("GET", BASE, &[]))?;
                Ok(Report::new(&document, listed(&document, LIST, "")))
            }
            ScenarioAction::Show { name } => self.show(name),
            ScenarioAction::Check { file, merge } => self.check(file, *merge),
            ScenarioAction::Load { source, merge } => self.load(source, *merge),
        }
    }

    fn show(&self, name: &str) -> Result<Report, Failure> {
        let found = library::find(name).ok_or_else(|| {
            let detail = format!("There is no built-in scenario {name}.");
            Failure::new("not-found", detail, "`hubsim scenario list` names them.")
        })?;
        let text = if self.output.json {
            found.prepared
        } else {
            found.text
        };
        Ok(Report::raw(text.to_owned()))
    }

    fn check(&self, file: &str, merge: bool) -> Result<Report, Failure> {
        let server = if merge {
            self.connection.server()?
        } else {
            Server::empty()
        };
        let request = Request::new("POST", &format!("{BASE}/check"), &[])
            .query("mode", merge.then_some("merge"))
            .file("application/yaml", files::read(file)?)
            .doing("Checking the scenario");
        let document = server.document(request)?;
        if document["valid"] == true {
            let said = format!("{}: {GOOD}valid{GOOD:#}", clean(file));
            return Ok(Report::new(&document, said));
        }
        let errors = document["errors"].as_array().into_iter().flatten();
        let said: String = errors.map(|error| mistake(file, error)).collect();
        Ok(Report::new(&document, said).ending(REFUSED))
    }

    fn load(&self, source: &str, merge: bool) -> Result<Report, Failure> {
        let text = match library::find(source) {
            Some(built_in) => built_in.text.as_bytes().to_vec(),
            None => files::read(source)?,
        };
        let request = Request::new("POST", BASE, &[])
            .query("mode", merge.then_some("merge"))
            .file("application/yaml", text)
            .doing("Loading the scenario");
        let document = self.connection.server()?.document(request)?;
        let said = loaded(&document);
        Ok(Report::new(&document, said))
    }
}

/// `FILE:LINE:COLUMN: what is wrong (at PATH)`, as compilers write it.
fn mistake(file: &str, error: &Value) -> String {
    let (line, column) = (at(error, "line"), at(error, "column"));
    let message = at(error, "message");
    let place = match at(error, "path") {
        path if path.is_empty() => path,
        path => format!(" (at {path})"),
    };
    format!(
        "{}:{line}:{column}: {BAD}{message}{BAD:#}{place}\n",
        clean(file)
    )
}

fn loaded(document: &Value) -> String {
    let (name, revision) = (at(document, "name"), at(document, "revision"));
    let mut out = format!("{name} is loaded; the sandbox is at revision {revision}.\n");
    for (member, verb) in [("created", "created"), ("updated", "changed")] {
        let counts = document[member].as_object().into_iter().flatten();
        let counts: Vec<String> = counts
            .map(|(kind, number)| format!("{} {}", shown(number), clean(kind)))
            .collect();
        if !counts.is_empty() {
            out.push_str(&format!("  {verb}: {}\n", counts.join(", ")));
        }
    }
    for ignored in document["ignored"].as_array().into_iter().flatten() {
        let (path, message) = (at(ignored, "path"), at(ignored, "message"));
        out.push_str(&format!("  {ODD}left out{ODD:#} {path}: {message}\n"));
    }
    out
}
