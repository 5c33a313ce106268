//! `hubsim explain`: what became of a request, why, and what to do.

use clap::Args;
use serde_json::Value;

use super::client::Request;
use super::connection::Connection;
use super::failure::Failure;
use super::manual;
use super::plan::what_is_lost;
use super::report::{Output, Report};
use super::sandbox::value_or_nothing;
use super::table::{Column, at, table, text};
use super::text::{BAD, HEAD, ODD, clean};

const RULES: &[Column] = &[
    text("RULE", "id"),
    text("CONFIDENCE", "confidence"),
    text("SENTENCE", "sentence"),
];

/// Options of `explain`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = manual![
    "hubsim explain ROUTER_930796E9-E672-4EBA-B0A0-35089BE7DB85"
])]
pub struct ExplainCommand {
    /// The `trackingId` of an answer, which its `TrackingID` header has too.
    #[arg(value_name = "TRACKINGID")]
    pub tracking_id: String,
    /// Which server.
    #[command(flatten)]
    pub connection: Connection,
    /// How to answer.
    #[command(flatten)]
    pub output: Output,
}

impl ExplainCommand {
    /// Explains a request.
    ///
    /// # Errors
    /// What the server refuses: a request that it does not know.
    pub fn run(&self) -> Result<Report, Failure> {
        let request = Request::new("GET", "/_sim/v1/explain", &[&self.tracking_id]);
        let document = self.connection.server()?.document(request)?;
        let said = explained(&document);
        Ok(Report::new(&document, said))
    }
}

fn explained(document: &Value) -> String {
    let request = &document["request"];
    let mut out = match request["method"].as_str() {
        Some(method) => {
            let (path, status) = (at(request, "path"), at(request, "status"));
            format!("{HEAD}{} {path}: {status}{HEAD:#}\n", clean(method))
        }
        None => String::new(),
    };
    out.push_str(&format!("{}\n", at(document, "cause")));
    let mut lost = String::new();
    for item in document["ledger"].as_array().into_iter().flatten() {
        for one in item["lost"].as_array().into_iter().flatten() {
            let of = match at(one, "holder/name") {
                name if name.is_empty() => at(item, "holder/name"),
                name => name,
            };
            let (what, rule) = (what_is_lost(one), at(one, "rule"));
            let before = value_or_nothing(&one["before"]);
            lost.push_str(&format!("  {of}: {what} {before} ({rule})\n"));
        }
    }
    if !lost.is_empty() {
        out.push_str(&format!("\n{BAD}Lost{BAD:#}\n{lost}"));
    }
    let rules = document["rules"].as_array().map_or(&[][..], Vec::as_slice);
    if !rules.is_empty() {
        out.push_str(&format!("\n{}", table(rules, RULES)));
    }
    for warning in document["warnings"].as_array().into_iter().flatten() {
        let warning = super::table::shown(warning);
        out.push_str(&format!("\n{ODD}{warning}{ODD:#}\n"));
    }
    if let Some(remedy) = document["remedy"].as_str() {
        out.push_str(&format!("\n{HEAD}What to do{HEAD:#}\n{}\n", clean(remedy)));
    }
    out
}
