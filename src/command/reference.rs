//! `hubsim rules`, `coverage` and `errors`: the tables of this program, the same rows that a server
//! answers.

use clap::Args;
use serde_json::Value;

use super::client::{Request, Server};
use super::failure::Failure;
use super::manual;
use super::report::{Output, Report};
use super::table::{Column, at, fields, number, table, text};
use super::text::{HEAD, ODD};

const RULES: &[Column] = &[
    text("RULE", "id"),
    text("CONFIDENCE", "confidence"),
    text("SENTENCE", "sentence"),
];
const RULE: &[Column] = &[
    text("Rule", "id"),
    text("Sentence", "sentence"),
    text("Confidence", "confidence"),
    text("Source", "source"),
    text("Proof", "proof"),
];
const OPERATIONS: &[Column] = &[
    text("OPERATION", "operation"),
    text("METHOD", "method"),
    text("FIDELITY", "fidelity").painted(|it| match it {
        "F0" => ODD,
        _ => anstyle::Style::new(),
    }),
    number("TIER", "tier"),
    text("PATH", "path"),
];
const ERRORS: &[Column] = &[
    number("CODE", "code"),
    number("STATUS", "status"),
    text("MESSAGE", "message"),
    text("REMEDY", "remedy"),
];

/// Options of `rules`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim rules"
    "hubsim rules MOVE-12 LOSS-01"
    "hubsim rules --json"
])]
pub struct RulesCommand {
    /// Rules to show with their source and their proofs; all in short when none is named.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl RulesCommand {
    /// Shows the rules.
    ///
    /// # Errors
    /// When a rule is not known.
    pub fn run(&self) -> Result<Report, Failure> {
        let ids: Vec<String> = self.ids.iter().map(|id| id.to_ascii_uppercase()).collect();
        for id in &ids {
            if crate::licensing::rules::rule(id).is_none() {
                let detail = format!("There is no rule {id}.");
                return Err(Failure::new(
                    "not-found",
                    detail,
                    "`hubsim rules` lists them all.",
                ));
            }
        }
        let wanted = (!ids.is_empty()).then(|| ids.join(","));
        let request = Request::new("GET", "/_sim/v1/rules", &[]).query("id", wanted);
        let document = Server::empty().document(request)?;
        let items = items(&document);
        if ids.is_empty() {
            return Ok(Report::new(&document, table(items, RULES)));
        }
        let each: Vec<String> = items.iter().map(|item| fields(item, RULE)).collect();
        Ok(Report::new(&document, each.join("\n")))
    }
}

/// Options of `coverage`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim coverage"
    "hubsim coverage --tier 1"
    "hubsim coverage --tier 1 --implemented false"
    "hubsim coverage --json"
])]
pub struct CoverageCommand {
    /// List the operations of this tier; 0 is the simulator's own.
    #[arg(long)]
    pub tier: Option<u8>,
    /// List the operations that are, or are not, simulated.
    #[arg(long, value_name = "BOOL")]
    pub implemented: Option<bool>,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl CoverageCommand {
    /// Shows what is simulated: counted, or each operation that was asked for.
    ///
    /// # Errors
    /// When there is no such tier.
    pub fn run(&self) -> Result<Report, Failure> {
        let request = Request::new("GET", "/_sim/v1/coverage", &[])
            .query("tier", self.tier)
            .query("implemented", self.implemented);
        let document = Server::empty().document(request)?;
        if let Some(tier) = self.tier.map(|tier| tier.to_string()) {
            let tiers = document["totals"]["tiers"].as_object();
            let known: Vec<&String> = tiers.into_iter().flat_map(|tiers| tiers.keys()).collect();
            if !known.contains(&&tier) {
                let known: Vec<&str> = known.iter().map(|it| it.as_str()).collect();
                let detail = format!("There is no tier {tier}.");
                let remedy = format!("The tiers are {}.", known.join(", "));
                return Err(Failure::new("not-found", detail, remedy));
            }
        }
        let items = items(&document);
        let shown = if self.tier.is_some() || self.implemented.is_some() {
            table(items, OPERATIONS)
        } else {
            totals(&document["totals"])
        };
        Ok(Report::new(&document, shown))
    }
}

fn totals(totals: &Value) -> String {
    let tiers = totals["tiers"].as_object().into_iter().flatten();
    let row = |tier: &str, count: &Value| {
        serde_json::json!({
            "tier": tier,
            "operations": count["operations"],
            "implemented": count["implemented"],
        })
    };
    let mut rows: Vec<Value> = tiers.map(|(tier, count)| row(tier, count)).collect();
    rows.push(row("all", totals));
    let columns = [
        text("TIER", "tier"),
        number("OPERATIONS", "operations"),
        number("SIMULATED", "implemented"),
    ];
    format!(
        "{}\nTier 0 is the simulator's own. --tier N and --implemented BOOL list operations.\n",
        table(&rows, &columns)
    )
}

/// Options of `errors`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual!["hubsim errors" "hubsim errors 900003"])]
pub struct ErrorsCommand {
    /// Only those with this code or status.
    pub code: Option<u32>,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl ErrorsCommand {
    /// Shows the errors, with what to do about each.
    ///
    /// # Errors
    /// When no error has the code or the status.
    pub fn run(&self) -> Result<Report, Failure> {
        let request = Request::new("GET", "/_sim/v1/errors", &[]);
        let mut document = Server::empty().document(request)?;
        let Some(code) = self.code else {
            return Ok(Report::new(&document, table(items(&document), ERRORS)));
        };
        if let Some(all) = document["items"].as_array_mut() {
            all.retain(|item| item["code"] == code || item["status"] == code);
        }
        let items = items(&document);
        if items.is_empty() {
            let detail = format!("No error has the code or the status {code}.");
            let remedy = "`hubsim errors` lists them all.";
            return Err(Failure::new("not-found", detail, remedy));
        }
        let mut said = table(items, ERRORS);
        for item in items {
            // The particulars of a case.
            let description = at(item, "description").replace("{}", "…");
            if !description.is_empty() {
                said.push_str(&format!(
                    "\n{HEAD}{}{HEAD:#}\n  {description}\n",
                    at(item, "message")
                ));
            }
        }
        Ok(Report::new(&document, said))
    }
}

/// The items of a list.
pub(super) fn items(document: &Value) -> &[Value] {
    document["items"].as_array().map_or(&[], Vec::as_slice)
}

/// A list as a table, or a sentence where there is nothing.
pub(super) fn listed(document: &Value, columns: &[Column], none: &str) -> String {
    match items(document) {
        [] => format!("{none}\n"),
        items => table(items, columns),
    }
}
