//! `hubsim plan`: what a CSV of users or workspaces would do and what would be lost by it, before
//! it happens.

mod view;

use clap::{Args, ValueEnum, value_parser};
use serde_json::{Value, json};

use super::client::{Answer, Request, Server};
use super::connection::Connection;
use super::failure::Failure;
use super::files;
use super::report::{LOSS, Output, REFUSED, Report};
use crate::options::Options;
use crate::scenario::start_world;
use crate::tasks::{csv, workspace_csv};
pub(super) use view::what_is_lost;

/// How many items each list of the document has unless more are asked for.
const LISTED: u32 = 1000;
/// How many lines of each list people are shown unless they ask for more.
const SHOWN: u32 = 50;

/// The end of the help.
const MANUAL: &str = "\
Examples:
  hubsim plan move.csv
  hubsim plan move.csv --scenario demo
  hubsim plan remove.csv --behavior addOnly --json
  hubsim plan move.csv --fail-on-loss --apply
  hubsim plan remove.csv --fail-on-loss  # exits 3 where something would be lost

The file is what Manage users by CSV takes: `POST /_hub/v1/organizations/me/users/csv/export` on a
server writes one, and columns that are left out change nothing. A file with the columns Username
and Type is one of workspaces and phones, as `workspaces/csv/export` writes it; it honours FALSE.

Exit codes:
  0  every row would be done (with --apply: was done), and no more is lost than is allowed
  1  the file, or a row of it, would be refused; or no server answered, or --apply came too late
  2  the command line could not be read
  3  more would be lost than --fail-on-loss or --max-loss allows; nothing was applied
";

/// Whether FALSE takes licences away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Behavior {
    /// Add licences only; FALSE changes nothing.
    #[value(name = "addOnly", alias = "add-only")]
    AddOnly,
    /// Add and remove licences.
    #[value(name = "addAndRemove", alias = "add-and-remove")]
    AddAndRemove,
}

/// Options of `plan`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = MANUAL)]
pub struct PlanCommand {
    /// The CSV; `-` is standard input.
    pub file: String,
    /// Whether FALSE takes licences away.
    #[arg(long, value_enum, default_value = "addAndRemove")]
    pub behavior: Behavior,
    /// The organisation: an id, or `me` for that of the caller.
    #[arg(long, value_name = "ID", default_value = "me")]
    pub org: String,
    /// Do it, exactly as planned; refused when the sandbox has moved on in the meantime.
    #[arg(long)]
    pub apply: bool,
    /// Exit with 3, and apply nothing, when anything would be lost.
    #[arg(long)]
    pub fail_on_loss: bool,
    /// The same when more than so many values would be lost.
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "fail_on_loss",
        allow_negative_numbers = true,
        value_parser = max_loss
    )]
    pub max_loss: Option<u64>,
    /// How many items to show of each list: 50, or 1000 with --json, unless said.
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=20_000))]
    pub max: Option<u32>,
    /// Plan in a scenario, or in a snapshot file, without any server.
    #[arg(
        long,
        value_name = "NAME|FILE",
        conflicts_with_all = ["apply", "url", "server_port", "sandbox"]
    )]
    pub scenario: Option<String>,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

fn max_loss(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| "it must be a whole number of values, 0 or more".to_owned())
}

impl PlanCommand {
    /// Plans, and applies where that is asked for and allowed.
    ///
    /// # Errors
    /// A file that cannot be read, a server that does not answer, a plan that is outdated.
    pub fn run(&self) -> Result<Report, Failure> {
        let file = files::read(&self.file)?;
        let is_of_workspaces = is_of_workspaces(&file);
        if is_of_workspaces && self.behavior == Behavior::AddOnly {
            let detail = "A workspace file honours FALSE: it cannot be imported with addOnly.";
            let remedy = "Leave --behavior out; empty the cells of licences that shall stay.";
            return Err(Failure::new("behavior", detail, remedy));
        }
        let server = match &self.scenario {
            None => self.connection.server()?,
            Some(scenario) => rehearsal(scenario)?,
        };
        let mut plan = server.document(self.request(file, is_of_workspaces))?;
        let status = plan["response"]["status"].as_u64().unwrap_or(0);
        let count = |name: &str| plan["totals"][name].as_u64().unwrap_or(0);
        let allowed = if self.fail_on_loss {
            Some(0)
        } else {
            self.max_loss
        };
        let loses_too_much = allowed.is_some_and(|most| count("loss") > most);
        let stopped = view::stopped_task(&plan).is_some();
        let code = if status >= 400 {
            REFUSED
        } else if loses_too_much {
            LOSS
        } else if count("errors") > 0 || stopped {
            REFUSED
        } else {
            0
        };
        let applies = self.apply && status < 400 && !loses_too_much;
        if applies {
            plan["applied"] = apply(&server, &plan)?;
        }
        let shown = usize::try_from(self.max.unwrap_or(SHOWN)).unwrap_or(usize::MAX);
        let view = view::View {
            plan: &plan,
            file: &self.file,
            shown,
            allowed: loses_too_much.then_some(allowed).flatten(),
            is_rehearsal: self.scenario.is_some(),
        };
        let said = view.text();
        Ok(Report::new(&plan, said).ending(code))
    }

    /// The request that makes the plan. JSON carries text alone: a file that is none is sent as
    /// it is, only to be tried, so that the server says what is wrong with it.
    fn request(&self, file: Vec<u8>, is_of_workspaces: bool) -> Request {
        let behavior = match self.behavior {
            Behavior::AddOnly => "addOnly",
            Behavior::AddAndRemove => "addAndRemove",
        };
        let holders = match is_of_workspaces {
            true => "workspaces",
            false => "users",
        };
        let import = ["organizations", &self.org, holders, "csv", "import"];
        let import = Request::new("POST", "/_hub/v1", &import);
        let request = match String::from_utf8(file) {
            Ok(text) => {
                let operation = json!({
                    "method": "POST",
                    "path": import.path(),
                    "query": { "behavior": behavior },
                    "contentType": "text/csv",
                    "body": text,
                });
                let most = self.max.unwrap_or(LISTED);
                Request::new("POST", "/_sim/v1/plan", &[])
                    .query("max", Some(most))
                    .json(&json!({ "operation": operation }))
            }
            Err(error) => import
                .query("behavior", Some(behavior))
                .file("text/csv", error.into_bytes())
                .dry_run(),
        };
        request.doing("Trying the file on a copy")
    }
}

/// Whether a file is one of workspaces, by its header. What is no CSV is refused by the server.
fn is_of_workspaces(file: &[u8]) -> bool {
    let sheet = csv::read(file, csv::MOST_ROWS);
    sheet.is_ok_and(|sheet| workspace_csv::is_of_workspaces(&sheet.header))
}

/// This process, holding a scenario.
fn rehearsal(scenario: &str) -> Result<Server, Failure> {
    let mut options = Options::for_tests();
    options.scenario = scenario.to_owned();
    let world = start_world(&options).map_err(|error| {
        let remedy = "`hubsim scenario list` names those that are built in; `hubsim scenario check` \
                      says what is wrong with a file.";
        Failure::new("scenario", error, remedy)
    })?;
    Ok(Server::here(options, world))
}

/// Applies a plan, and answers status and body.
fn apply(server: &Server, plan: &Value) -> Result<Value, Failure> {
    let id = plan["id"].as_str().unwrap_or_default();
    let request = Request::new("POST", "/_sim/v1/plan", &[id, "apply"]);
    let Answer { status, body } = server.ask(request.doing("Applying the plan"))?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    Ok(json!({ "status": status, "body": body }))
}
