//! What is simulated, and how faithfully: the operation table, counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::operation::Handler;
use crate::http::page::{self, WHOLE};
use crate::http::table::Table;
use crate::http::{Access, Call, Fidelity, MAX, Operation, Reply, Row, START, Space};
use crate::refusal::Refusal;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/coverage", list)
    .named("getCoverage", "List every operation with its fidelity")
    .access(Access::Control)
    .queries(&[
        (
            "implemented",
            "Only operations that are, or are not, simulated.",
        ),
        (
            "tier",
            "Only operations of this tier; 0 is the simulator's own.",
        ),
        MAX,
        START,
    ])
    .answers::<page::Items<CoverageBody>>()];

/// An operation, and how faithful it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CoverageBody {
    /// The method.
    method: &'static str,
    /// The path.
    path: &'static str,
    /// The operation's id.
    operation: &'static str,
    /// What it does.
    title: &'static str,
    /// 1 to 3 for upstream operations, 0 for the simulator's own.
    tier: u8,
    /// F0 to F4.
    fidelity: Fidelity,
    /// Whether it is simulated.
    implemented: bool,
}

/// How many operations of a tier there are, and how many of them are simulated.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    operations: usize,
    implemented: usize,
}

fn is_simulated(operation: &Operation) -> bool {
    !matches!(operation.handler, Handler::NotSimulated)
}

/// Every operation but the pages.
fn operations(table: &Table) -> impl Iterator<Item = &Operation> {
    table
        .operations
        .iter()
        .filter(|operation| operation.space != Space::Page)
}

fn by_tier(table: &Table) -> BTreeMap<u8, Count> {
    let mut counts: BTreeMap<u8, Count> = BTreeMap::new();
    for operation in operations(table) {
        let count = counts.entry(operation.tier).or_default();
        count.operations += 1;
        count.implemented += usize::from(is_simulated(operation));
    }
    counts
}

/// The family of a path: its first part, or where those are many, as many as tell them apart.
fn family(path: &'static str) -> &'static str {
    const DEEPER: [(&str, usize); 3] =
        [("/v1/telephony/config/", 5), ("/v1/", 3), ("/identity/", 3)];
    let parts = DEEPER.iter().find(|(start, _)| path.starts_with(start));
    let parts = parts.map_or(2, |(_, parts)| *parts);
    let end = path.match_indices('/').nth(parts);
    path.get(..end.map_or(path.len(), |(at, _)| at))
        .unwrap_or(path)
}

/// How many operations of tier 1 each family has, and how many of them are how faithful, from F0.
fn by_family(table: &Table) -> BTreeMap<&'static str, [usize; 5]> {
    let mut counts: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for operation in operations(table).filter(|operation| operation.tier == 1) {
        let count = counts.entry(family(operation.path)).or_default();
        if let Some(count) = count.get_mut(operation.fidelity as usize) {
            *count += 1;
        }
    }
    counts
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let implemented = call.query_bool("implemented")?;
    let tier = call.query_number("tier", 0)?;
    let items = operations(call.app.table)
        .filter(|operation| implemented.is_none_or(|wanted| wanted == is_simulated(operation)))
        .filter(|operation| tier.is_none_or(|wanted| wanted == usize::from(operation.tier)))
        .map(|operation| CoverageBody {
            method: operation.method.name(),
            path: operation.path,
            operation: operation.id,
            title: operation.title,
            tier: operation.tier,
            fidelity: operation.fidelity,
            implemented: is_simulated(operation),
        });
    let mut totals = Count::default();
    let tiers = by_tier(call.app.table);
    for count in tiers.values() {
        totals.operations += count.operations;
        totals.implemented += count.implemented;
    }
    let totals = json!({
        "operations": totals.operations,
        "implemented": totals.implemented,
        "tiers": tiers,
    });
    page::list_beside(call, WHOLE, items, &[("totals", totals)])
}

/// The generated page `openapi/COVERAGE.md`.
#[must_use]
pub fn coverage_page(table: &Table) -> String {
    let mut page = String::from(
        "# Coverage\n\nGenerated from the operation table; `HUBSIM_BLESS=1 cargo test --test \
         generated` rewrites it.\n\nFidelity: F0 listed (501, names itself), F1 shape, F2 \
         stateful, F3 side effects, F4 documented errors too. Tier 0 is the simulator's own.\n\n\
         | tier | operations | simulated |\n|---|---|---|\n",
    );
    for (tier, count) in by_tier(table) {
        let _ = writeln!(
            page,
            "| {tier} | {} | {} |",
            count.operations, count.implemented
        );
    }
    write_families(&mut page, table);
    page.push_str(
        "\n## Simulated\n\n| operation | request | tier | fidelity |\n|---|---|---|---|\n",
    );
    for operation in operations(table).filter(|operation| is_simulated(operation)) {
        let _ = writeln!(
            page,
            "| {} | {} `{}` | {} | {} |",
            operation.id,
            operation.method.name(),
            operation.path,
            operation.tier,
            operation.fidelity.name()
        );
    }
    page.push_str("\n## Not simulated yet\n");
    let mut last = None;
    let mut waiting: Vec<_> = operations(table)
        .filter(|operation| !is_simulated(operation))
        .collect();
    waiting.sort_by_key(|operation| (operation.tier, operation.path, operation.method));
    for operation in waiting {
        if last.replace(operation.tier) != Some(operation.tier) {
            let _ = writeln!(page, "\n### Tier {}\n", operation.tier);
        }
        let (method, path) = (operation.method.name(), operation.path);
        let _ = writeln!(page, "- {}: {method} `{path}`", operation.id);
    }
    page
}

/// How far each family of tier 1 is.
fn write_families(page: &mut String, table: &Table) {
    page.push_str(
        "\n## Families of tier 1\n\n| family | operations | simulated | F1 | F2 | F3 | F4 |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (family, [waiting, shape, stateful, effects, errors]) in by_family(table) {
        let simulated = shape + stateful + effects + errors;
        let _ = writeln!(
            page,
            "| `{family}` | {} | {simulated} | {shape} | {stateful} | {effects} | {errors} |",
            waiting + simulated
        );
    }
}
