//! The report of scopes: which operations each token called, the least scopes that cover them, and
//! what was granted beyond that.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::page::{self, ORDINARY};
use crate::http::scopes::{Granted, Scopes};
use crate::http::{Access, Call, MAX, Operation, Reply, Row, START, Space, Used};
use crate::options::ScopesMode;
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/scopes", list)
    .named(
        "listScopes",
        "Report the least scopes that each token needs for what it called",
    )
    .queries(&[MAX, START])
    .answers::<page::Items<TokenBody>>()
    .access(Access::Control)];

/// What tokens of one name and one grant called since the journal was cleared, and which scopes
/// that takes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TokenBody {
    /// Whom the token stands for and, for a token of OAuth, the client; never the token.
    token: String,
    /// The scopes that were granted; null is every scope.
    granted: Option<Vec<String>>,
    /// The least scopes that cover every call.
    least: Vec<&'static str>,
    /// Those of the least that were not granted.
    missing: Vec<&'static str>,
    /// What was granted and not needed.
    unused: Vec<String>,
    /// The operations of the public API that were called.
    operations: Vec<OperationBody>,
    /// What was called and no scope covers: pages of Control Hub, which are no public API. An
    /// integration cannot do it with a token of Webex, whatever its scopes (inferred).
    uncovered: Vec<UncoveredBody>,
}

/// An operation that no scope covers.
#[derive(Debug, Serialize, ToSchema)]
struct UncoveredBody {
    /// Its id.
    operation: &'static str,
    /// Its method.
    method: &'static str,
    /// Its path.
    path: &'static str,
}

/// An operation that was called.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OperationBody {
    /// Its id.
    operation: &'static str,
    /// Its method.
    method: &'static str,
    /// Its path.
    path: &'static str,
    /// What it needs: sets with `|` between them, of which one is enough, and `+` within.
    scopes: &'static str,
    /// `documented` or `inferred`.
    source: &'static str,
}

impl From<&'static Operation> for OperationBody {
    fn from(operation: &'static Operation) -> Self {
        Self {
            operation: operation.id,
            method: operation.method.name(),
            path: operation.path,
            scopes: operation.scopes.text,
            source: match operation.scopes.is_documented {
                true => "documented",
                false => "inferred",
            },
        }
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let mode: ScopesMode = call.app.options.scopes;
    let all = call.tenant.usage.list();
    let items: Vec<TokenBody> = all
        .iter()
        .map(|(name, used)| body(&call.app.table.operations, name, used))
        .filter(|body| !body.operations.is_empty() || !body.uncovered.is_empty())
        .collect();
    let mode = serde_json::to_value(mode).unwrap_or_default();
    page::list_beside(call, ORDINARY, items.into_iter(), &[("mode", mode)])
}

fn body(table: &'static [Operation], name: &str, used: &Used) -> TokenBody {
    let called = used.places().filter_map(|place| table.get(place));
    let (called, uncovered): (Vec<_>, Vec<&Operation>) =
        called.partition(|row| row.space == Space::Webex);
    let needs: Vec<Scopes> = called.iter().map(|row| row.scopes).collect();
    let granted = used.granted.as_deref();
    let least = least(&needs, used.is_administrator, granted);
    let has = |scope: &str| granted.is_none_or(|granted| granted.has(scope));
    let covers = |scope: &str| {
        let whole = scope == "spark:all";
        let is_part = |needed: &&str| whole && needed.starts_with("spark:");
        least
            .iter()
            .any(|needed| *needed == scope || is_part(needed))
    };
    TokenBody {
        token: name.to_owned(),
        granted: granted.map(|granted| granted.iter().map(str::to_owned).collect()),
        missing: least.iter().copied().filter(|scope| !has(scope)).collect(),
        unused: granted
            .iter()
            .flat_map(|granted| Granted::iter(granted))
            .filter(|scope| !covers(scope))
            .map(str::to_owned)
            .collect(),
        operations: called.into_iter().map(OperationBody::from).collect(),
        least: least.into_iter().collect(),
        uncovered: uncovered
            .into_iter()
            .filter(|row| row.space == Space::Hub)
            .map(|row| UncoveredBody {
                operation: row.id,
                method: row.method.name(),
                path: row.path,
            })
            .collect(),
    }
}

/// The least scopes that cover what was called. What leaves no choice is taken first; then, of
/// several sets, the one of which the least is missing, so that what was granted and was enough
/// is; of equals the one that adds the fewest, and then that of the caller's kind: administrators
/// act by `spark-admin:`, others by `spark:`.
fn least(
    needs: &[Scopes],
    is_administrator: bool,
    granted: Option<&Granted>,
) -> BTreeSet<&'static str> {
    let (free, bound): (Vec<&Scopes>, Vec<&Scopes>) =
        needs.iter().partition(|scopes| scopes.sets().count() > 1);
    let mut least: BTreeSet<&str> = bound
        .iter()
        .flat_map(|scopes| scopes.sets().flatten())
        .collect();
    for scopes in free {
        let is_foreign = |scope: &&&str| {
            let prefix = if is_administrator {
                "spark:"
            } else {
                "spark-admin:"
            };
            scope.starts_with(prefix)
        };
        let cost = |set: &Vec<&str>| {
            let added = set.iter().filter(|scope| !least.contains(*scope));
            let is_missing = |scope: &&&str| granted.is_some_and(|granted| !granted.has(scope));
            let missing = added.clone().filter(is_missing).count();
            (
                missing,
                added.count(),
                set.iter().filter(is_foreign).count(),
            )
        };
        let sets = scopes.sets().map(Iterator::collect::<Vec<_>>);
        let best = sets.min_by_key(cost);
        least.extend(best.into_iter().flatten());
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&'static str], is_administrator: bool) -> Vec<&'static str> {
        let needs: Vec<Scopes> = texts
            .iter()
            .map(|text| Scopes {
                text,
                is_documented: true,
            })
            .collect();
        least(&needs, is_administrator, None).into_iter().collect()
    }

    #[test]
    fn what_leaves_a_choice_is_covered_by_what_is_needed_anyway() {
        assert_eq!(of(&["a:x|b:y", "b:y"], true), ["b:y"]);
        assert_eq!(of(&["a:x+c:z|a:x+d:w", "d:w"], true), ["a:x", "d:w"]);
    }

    #[test]
    fn an_administrator_is_told_scopes_of_administrators_and_others_those_of_people() {
        let either = "spark-admin:people_read|spark:people_read";
        assert_eq!(of(&[either], true), ["spark-admin:people_read"]);
        assert_eq!(of(&[either], false), ["spark:people_read"]);
        assert_eq!(of(&[""], true), Vec::<&str>::new());
    }
}
