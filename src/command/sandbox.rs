//! `hubsim sandbox`: isolated copies of the organisations, one for each test if need be.

use anstyle::Style;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::reference::listed;
use super::report::{Output, Report};
use super::table::{Column, at, fields, number, shown, text};
use super::text::{BAD, GOOD, ODD, clean};

const BASE: &str = "/_sim/v1/sandboxes";
const LIST: &[Column] = &[
    text("SANDBOX", "id"),
    number("REVISION", "revision"),
    text("CREATED", "createdAt"),
    text("ORGANIZATIONS", "organizations/*/name"),
];
const ONE: &[Column] = &[
    text("Sandbox", "id"),
    text("Base URL", "baseUrl"),
    text("Revision", "revision"),
    text("Created", "createdAt"),
    text("Organizations", "organizations/*/name"),
    text("Organization ids", "organizations/*/orgId"),
    text("Full administrator", "tokens/fullAdmin"),
    text("Read-only", "tokens/readOnlyAdmin"),
    text("User administrator", "tokens/userAdmin"),
    text("Device administrator", "tokens/deviceAdmin"),
    text("Location administrator", "tokens/locationAdmin"),
    text("Support administrator", "tokens/supportAdmin"),
    text("Partner administrator", "tokens/partnerFullAdmin"),
    text("Contact Center", "tokens/contactCenterAdmin"),
];

/// Options of `sandbox`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim sandbox list"
    "hubsim sandbox show default"
    "hubsim sandbox create my-test --scenario minimal"
    "hubsim sandbox fork default --as before-the-move"
    "hubsim sandbox diff default --from baseline"
    "hubsim sandbox reset default"
    "hubsim sandbox delete my-test"
])]
pub struct SandboxCommand {
    /// What to do.
    #[command(subcommand)]
    pub action: SandboxAction,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with sandboxes.
#[derive(Debug, Clone, Subcommand)]
pub enum SandboxAction {
    /// List the sandboxes.
    List,
    /// Create one, from what the server started with unless something else is said.
    Create(NewSandbox),
    /// Show one: its address, its organisations and the tokens that open it.
    Show {
        /// Which; else --sandbox, else `default`.
        id: Option<String>,
    },
    /// Copy one as it is now, in no time.
    Fork {
        /// Which.
        id: String,
        /// What the copy is called; a free id when absent.
        #[arg(long = "as", value_name = "ID")]
        name: Option<String>,
    },
    /// Lead one back to what it started with, or to nothing.
    Reset {
        /// Which; else --sandbox, else `default`.
        id: Option<String>,
        /// `baseline` or `empty`.
        #[arg(long, value_parser = ["baseline", "empty"])]
        to: Option<String>,
        /// Only these parts, separated by commas; everything when absent.
        #[arg(long, value_delimiter = ',', value_parser = ["state", "journal", "faults", "clock", "quirks"])]
        scope: Vec<String>,
    },
    /// Delete one.
    Delete {
        /// Which.
        id: String,
    },
    /// Show what differs between two of its revisions.
    Diff {
        /// Which; else --sandbox, else `default`.
        id: Option<String>,
        /// A revision or `baseline`, which it is when absent.
        #[arg(long, value_name = "REVISION")]
        from: Option<String>,
        /// A revision or `baseline`; the present one when absent.
        #[arg(long, value_name = "REVISION")]
        to: Option<String>,
    },
}

/// What a new sandbox shall be.
#[derive(Debug, Clone, Args)]
pub struct NewSandbox {
    /// What it is called: lower-case letters, digits and hyphens; a free id when absent.
    pub id: Option<String>,
    /// A built-in scenario.
    #[arg(long, conflicts_with = "from")]
    pub scenario: Option<String>,
    /// Another sandbox, as it is, as it was at a revision, or at its baseline.
    #[arg(long, value_name = "ID[@REVISION]")]
    pub from: Option<String>,
    /// The seed of its ids.
    #[arg(long)]
    pub seed: Option<u64>,
    /// `now`, or a time from which its clock runs.
    #[arg(long, value_name = "TIME")]
    pub clock: Option<String>,
    /// An edition: several quirks at once.
    #[arg(long)]
    pub edition: Option<String>,
    /// A quirk's choice; may be repeated.
    #[arg(long = "quirk", value_name = "NAME=CHOICE", value_parser = pair)]
    pub quirks: Vec<(String, String)>,
}

/// `NAME=CHOICE`
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, choice) = text.split_once('=').ok_or("write NAME=CHOICE")?;
    Ok((name.to_owned(), choice.to_owned()))
}

impl NewSandbox {
    fn body(&self) -> Value {
        let mut body = Map::new();
        let mut say = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                body.insert(name.to_owned(), value);
            }
        };
        say("id", self.id.as_ref().map(|it| json!(it)));
        say("scenario", self.scenario.as_ref().map(|it| json!(it)));
        say("from", self.from.as_ref().map(|it| json!(it)));
        say("seed", self.seed.map(|it| json!(it)));
        say("clock", self.clock.as_ref().map(|it| json!(it)));
        say("edition", self.edition.as_ref().map(|it| json!(it)));
        let quirks: Map<String, Value> = self
            .quirks
            .iter()
            .map(|(name, choice)| (name.clone(), json!(choice)))
            .collect();
        say("quirks", (!quirks.is_empty()).then(|| json!(quirks)));
        Value::Object(body)
    }
}

impl SandboxCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn run(&self) -> Result<Report, Failure> {
        let server = self.connection.server()?;
        let named = |id: &Option<String>| self.connection.sandbox_or(id.as_deref()).to_owned();
        let request = match &self.action {
            SandboxAction::List => {
                let document = server.document(Request::new("GET", BASE, &[]))?;
                return Ok(Report::new(
                    &document,
                    listed(&document, LIST, "No sandboxes."),
                ));
            }
            SandboxAction::Delete { id } => {
                let document = server.document(Request::new("DELETE", BASE, &[id]))?;
                let said = format!("Sandbox {} is deleted.", clean(id));
                return Ok(Report::new(&document, said));
            }
            SandboxAction::Diff { id, from, to } => {
                let request = Request::new("GET", BASE, &[&named(id), "diff"])
                    .query("from", from.as_ref())
                    .query("to", to.as_ref());
                let document = server.document(request)?;
                return Ok(Report::new(&document, difference(&document)));
            }
            SandboxAction::Create(new) => Request::new("POST", BASE, &[])
                .json(&new.body())
                .doing("Creating the sandbox"),
            SandboxAction::Show { id } => Request::new("GET", BASE, &[&named(id)]),
            SandboxAction::Fork { id, name } => {
                let body = name
                    .as_ref()
                    .map_or(json!({}), |name| json!({ "id": name }));
                Request::new("POST", BASE, &[id, "fork"]).json(&body)
            }
            SandboxAction::Reset { id, to, scope } => {
                let scope = (!scope.is_empty()).then(|| scope.join(","));
                Request::new("POST", BASE, &[&named(id), "reset"])
                    .query("to", to.as_ref())
                    .query("scope", scope)
                    .doing("Resetting the sandbox")
            }
        };
        let document = server.document(request)?;
        Ok(Report::new(&document, fields(&document, ONE)))
    }
}

/// What differs: `+` for what is new, `-` for what is gone, `~` for what is different.
pub(super) fn difference(document: &Value) -> String {
    let mut out = String::new();
    for (list, mark, style) in [
        ("created", '+', GOOD),
        ("deleted", '-', BAD),
        ("updated", '~', ODD),
    ] {
        let items = document[list].as_array().map_or(&[][..], Vec::as_slice);
        for item in items {
            object(&mut out, item, mark, style);
        }
    }
    if out.is_empty() {
        return "Nothing differs.\n".to_owned();
    }
    out
}

fn object(out: &mut String, item: &Value, mark: char, style: Style) {
    let (kind, name) = (at(item, "kind"), at(item, "name"));
    out.push_str(&format!("{style}{mark} {kind} {name}{style:#}\n"));
    for change in item["changes"].as_array().into_iter().flatten() {
        let before = value_or_nothing(&change["before"]);
        let after = value_or_nothing(&change["after"]);
        out.push_str(&format!("    {}: {before} → {after}\n", at(change, "path")));
    }
}

/// A value, with a sign for none.
pub(super) fn value_or_nothing(value: &Value) -> String {
    match value {
        Value::Null => "∅".to_owned(),
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        value => shown(value),
    }
}
