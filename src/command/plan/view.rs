//! A plan for people: what would happen, what would be lost, which rows would be refused.

use std::collections::{BTreeMap, BTreeSet};

use anstyle::Style;
use serde_json::{Value, json};

use crate::command::failure::said;
use crate::command::sandbox::value_or_nothing;
use crate::command::table::{Column, at, number, table, text};
use crate::command::text::{BAD, GOOD, HEAD, ODD, clean, count};
use crate::licensing::rules;

const ACTIONS: &[Column] = &[
    text("WHAT WOULD HAPPEN", "action").painted(of_action),
    number("COUNT", "count"),
];
const OBJECTS: &[Column] = &[
    text("WHAT ELSE CHANGES", "kind"),
    number("NEW", "created"),
    number("CHANGED", "updated"),
    number("GONE", "deleted"),
];
/// The kinds of objects that a file is about.
const KINDS: &[(&str, &str)] = &[
    ("person", "people"),
    ("workspace", "workspaces"),
    ("number", "phone numbers"),
    ("device", "devices"),
    ("activationCode", "activation codes"),
];
const LOSSES: &[Column] = &[
    text("WHOSE", "whose"),
    text("WHAT", "what"),
    text("VALUE", "value"),
    text("COMES BACK", "back").painted(|back| if back == "never" { BAD } else { ODD }),
    text("RULE", "rule"),
];
const ROWS: &[Column] = &[
    number("LINE", "row"),
    text("USER", "user"),
    number("CODE", "code"),
    text("REASON", "reason"),
];

/// What each action means.
const SENTENCES: &[(&str, &str)] = &[
    ("none", "licences stay as they are"),
    ("assigned", "assigned"),
    ("swapped", "swapped, everything stays"),
    ("removed", "removed, as asked"),
    ("lost", "lost"),
    ("failed", "failed"),
];

fn of_action(action: &str) -> Style {
    match action {
        "lost" | "failed" => BAD,
        "swapped, everything stays" | "assigned" => GOOD,
        "removed, as asked" => ODD,
        _ => Style::new(),
    }
}

/// A plan, and how it is shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub plan: &'a Value,
    pub file: &'a str,
    /// How many lines of each list.
    pub shown: usize,
    /// How much might be lost, where more would be.
    pub allowed: Option<u64>,
    /// Whether no server is behind it.
    pub is_rehearsal: bool,
}

/// The task of a plan that would stop before its end.
pub(super) fn stopped_task(plan: &Value) -> Option<&Value> {
    let mut tasks = plan["tasks"].as_array().into_iter().flatten();
    tasks.find(|task| task["error"].is_object())
}

impl View<'_> {
    fn total(&self, name: &str) -> u64 {
        self.plan["totals"][name].as_u64().unwrap_or(0)
    }

    /// All of it.
    pub(super) fn text(&self) -> String {
        let response = &self.plan["response"];
        let status = response["status"].as_u64().unwrap_or(0);
        let file = clean(self.file);
        if status >= 400 {
            let (sentence, _) = said(&response["body"]);
            let sentence = clean(sentence);
            return format!("{BAD}{file} would be refused ({status}){BAD:#}: {sentence}\n");
        }
        let (id, revision) = (at(self.plan, "id"), at(self.plan, "revision"));
        let mut out = format!("{HEAD}{file}{HEAD:#}: {id}, made at revision {revision}\n\n");
        out.push_str(&self.actions());
        out.push_str(&self.objects());
        out.push_str(&self.losses());
        out.push_str(&self.rows());
        out.push_str(&self.warnings());
        out.push_str(&self.end());
        out
    }

    fn actions(&self) -> String {
        let counts = &self.plan["totals"]["actions"];
        let rows = SENTENCES.iter().filter_map(|(name, sentence)| {
            let count = counts[*name].as_u64()?;
            Some(json!({ "action": sentence, "count": count }))
        });
        match table(&rows.collect::<Vec<Value>>(), ACTIONS) {
            none if none.is_empty() => "Nobody's licences would change.\n".to_owned(),
            table => table,
        }
    }

    /// People and things that come, change and go, whatever becomes of licences.
    fn objects(&self) -> String {
        let kinds = &self.plan["totals"]["kinds"];
        let rows = KINDS.iter().filter_map(|(name, many)| {
            let mut row = kinds.get(*name)?.clone();
            row["kind"] = json!(many);
            Some(row)
        });
        match table(&rows.collect::<Vec<Value>>(), OBJECTS) {
            none if none.is_empty() => none,
            table => format!("\n{table}"),
        }
    }

    /// What would be lost, the hardest to bring back first, as the server sorted it.
    fn losses(&self) -> String {
        let total = self.total("loss");
        if total == 0 {
            return format!("\n{GOOD}Nothing would be lost.{GOOD:#}\n");
        }
        let never = self.total("irreversible");
        let values = count(total, "value", "values");
        let mut out = format!("\n{BAD}{values} would be lost, {never} of them for good.{BAD:#}\n");
        let emails = self.emails();
        let losses = list(self.plan, "loss");
        let rows = losses
            .iter()
            .take(self.shown)
            .map(|loss| row_of(loss, &emails));
        out.push_str(&table(&rows.collect::<Vec<Value>>(), LOSSES));
        out.push_str(&self.rest(losses.len(), total));
        let decided: BTreeSet<&str> = losses
            .iter()
            .take(self.shown)
            .filter_map(|loss| loss["rule"].as_str())
            .collect();
        for rule in decided.into_iter().filter_map(rules::rule) {
            let (id, sentence) = (rule.id, rule.sentence);
            out.push_str(&format!("{HEAD}{id}{HEAD:#}  {sentence}\n"));
        }
        out
    }

    /// The address of each person whom an outcome names.
    fn emails(&self) -> BTreeMap<&str, &str> {
        let holders = list(self.plan, "outcomes").iter().map(|it| &it["holder"]);
        let known = holders.filter_map(|it| Some((it["id"].as_str()?, it["email"].as_str()?)));
        known.collect()
    }

    fn rows(&self) -> String {
        let mut out = String::new();
        if let Some(task) = stopped_task(self.plan) {
            let (code, message) = (at(task, "error/code"), at(task, "error/message"));
            out.push_str(&format!(
                "\n{BAD}It would stop{BAD:#} ({code}): {message}\n"
            ));
        }
        let total = self.total("errors");
        if total == 0 {
            return out;
        }
        let rows = list(self.plan, "tasks").iter();
        let rows: Vec<Value> = rows
            .flat_map(|task| list(task, "errors").to_vec())
            .collect();
        let refused = count(total, "row", "rows");
        out.push_str(&format!("\n{BAD}{refused} would be refused.{BAD:#}\n"));
        let shown = rows.get(..self.shown).unwrap_or(&rows);
        out.push_str(&table(shown, ROWS));
        out.push_str(&self.rest(rows.len(), total));
        out
    }

    fn warnings(&self) -> String {
        let mut out = String::new();
        let warnings = list(self.plan, "warnings");
        for warning in warnings.iter().take(self.shown) {
            let warning = crate::command::table::shown(warning);
            out.push_str(&format!("\n{ODD}Note{ODD:#} {warning}\n"));
        }
        out.push_str(&self.rest(warnings.len(), self.total("warnings")));
        out
    }

    /// How many of a list are not shown.
    fn rest(&self, listed: usize, total: u64) -> String {
        let shown = listed.min(self.shown) as u64;
        match total.saturating_sub(shown) {
            0 => String::new(),
            more => format!("… and {more} more; --max N shows more\n"),
        }
    }

    /// What was done, or how to do it.
    fn end(&self) -> String {
        if let Some(most) = self.allowed {
            let most = count(most, "value", "values");
            return format!("\n{BAD}Nothing was done:{BAD:#} at most {most} may be lost.\n");
        }
        let applied = &self.plan["applied"];
        if applied.is_object() {
            let (id, status) = (at(applied, "body/id"), at(applied, "status"));
            return format!("\n{GOOD}Applied{GOOD:#} ({status}), as task {id}.\n");
        }
        if self.is_rehearsal {
            return "\nNothing was done: this was a rehearsal without a server.\n".to_owned();
        }
        "\nNothing was done; --apply does it.\n".to_owned()
    }
}

fn row_of(loss: &Value, emails: &BTreeMap<&str, &str>) -> Value {
    let holder = &loss["holder"];
    let email = holder["id"].as_str().and_then(|id| emails.get(id));
    let whose = email.map_or_else(|| at(holder, "name"), |email| (*email).to_owned());
    json!({
        "whose": whose,
        "what": what_is_lost(loss),
        "value": value_or_nothing(&loss["before"]),
        "back": if loss["reversible"] == true { "with the licence" } else { "never" },
        "rule": loss["rule"],
    })
}

/// The family of a loss, and its field where it is one of several.
pub(in crate::command) fn what_is_lost(loss: &Value) -> String {
    match at(loss, "field") {
        field if field.is_empty() => at(loss, "family"),
        field => format!("{}.{field}", at(loss, "family")),
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}
