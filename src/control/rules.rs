//! The rule table, readable over HTTP.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::page::{self, WHOLE};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::licensing::rules::{self, Rule};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/rules", list)
    .named("listRules", "List the rules")
    .access(Access::Control)
    .queries(&[
        ("id", "Only the rules with these ids, separated by commas."),
        MAX,
        START,
    ])
    .answers::<page::Items<RuleBody>>()];

/// A rule as callers see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleBody {
    /// Group and number.
    id: &'static str,
    /// What holds.
    sentence: &'static str,
    /// The texts behind it.
    source: &'static str,
    /// `documented` or `inferred`
    confidence: &'static str,
    /// The tests that prove it, each as `file::test` of the repository.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    proof: &'static [&'static str],
}

impl RuleBody {
    /// The rule for a reader who wants to know why, not how it was tested.
    #[must_use]
    pub fn without_proof(rule: &Rule) -> Self {
        let proof = &[];
        Self {
            proof,
            ..Self::from(rule)
        }
    }
}

impl From<&Rule> for RuleBody {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id,
            sentence: rule.sentence,
            source: rule.source,
            confidence: rule.confidence.name(),
            proof: rules::proofs(rule.id),
        }
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = call.query_list("id");
    let fits = |rule: &&Rule| wanted.is_empty() || wanted.iter().any(|id| id == rule.id);
    let items = rules::all().filter(fits).map(RuleBody::from);
    page::list(call, WHOLE, "items", items)
}
