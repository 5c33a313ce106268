//! The faults that a sandbox injects: rules, and profiles of rules.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::faults::{Effect, Match, PROFILES, Rule, Standing};
use crate::http::page::{self, WHOLE};
use crate::http::strictness::unknown_name;
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::json;
use crate::refusal::Refusal;
use crate::world::Moment;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/faults", list)
        .named("listFaults", "List the faults that are injected, in order")
        .access(Access::Control)
        .queries(&[MAX, START])
        .answers::<Rules>(),
    Row::post("/_sim/v1/faults", create)
        .named(
            "createFault",
            "Inject faults: one rule, a list of rules, or a profile",
        )
        .access(Access::Control)
        .takes::<Rule>()
        .answers::<RuleBody>()
        .status(201),
    Row::delete("/_sim/v1/faults", delete_all)
        .named("deleteFaults", "Inject no more faults")
        .access(Access::Control),
    Row::delete("/_sim/v1/faults/{id}", delete)
        .named("deleteFault", "Take one fault away")
        .access(Access::Control),
];

/// A rule that stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RuleBody {
    /// Its id, which the journal names.
    id: String,
    /// Which requests it concerns.
    r#match: Match,
    /// What it does to them.
    effect: Effect,
    /// How often it strikes, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// How likely it strikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    /// From when on it strikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    from: Option<Moment>,
    /// Until when it strikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Moment>,
    /// How often it struck.
    hits: u64,
    /// How often it can still strike, where `times` limits that.
    #[serde(skip_serializing_if = "Option::is_none")]
    remaining: Option<u64>,
}

/// The rules that stand, in order, and the profiles that can be asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Rules {
    /// The rules.
    items: Vec<RuleBody>,
    /// The profiles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    profiles: Vec<ProfileBody>,
}

/// A profile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ProfileBody {
    name: &'static str,
    sentence: &'static str,
}

/// A profile with what holds for all its rules.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    profile: String,
    #[serde(default)]
    r#match: Match,
    #[serde(default)]
    from: Option<Moment>,
    #[serde(default)]
    until: Option<Moment>,
}

impl From<&Standing> for RuleBody {
    fn from(standing: &Standing) -> Self {
        let rule = Rule::clone(&standing.rule);
        Self {
            id: standing.id.to_string(),
            r#match: rule.r#match,
            effect: rule.effect,
            times: rule.times,
            probability: rule.probability,
            from: rule.from,
            until: rule.until,
            hits: standing.hits(),
            remaining: standing.remaining(),
        }
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let rules = call.tenant.faults.list();
    let items = rules.iter().map(|rule| RuleBody::from(&**rule));
    let profiles = PROFILES.iter().map(|profile| ProfileBody {
        name: profile.name,
        sentence: profile.sentence,
    });
    let profiles: Vec<ProfileBody> = profiles.collect();
    let profiles = serde_json::to_value(profiles).unwrap_or_default();
    page::list_beside(call, WHOLE, items, &[("profiles", profiles)])
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (rules, is_one) = wanted(call.body)?;
    for rule in &rules {
        rule.check(call.app.table, call.now, &call.tenant.id)?;
    }
    let added = call.tenant.faults.add(rules)?;
    let mut items = added.iter().map(|rule| RuleBody::from(&**rule));
    match items.next() {
        Some(only) if is_one => Reply::json(201, &only),
        first => {
            let body = Rules {
                items: first.into_iter().chain(items).collect(),
                profiles: Vec::new(),
            };
            Reply::json(201, &body)
        }
    }
}

/// The rules that a body asks for, and whether it is a single one.
fn wanted(body: &[u8]) -> Result<(Vec<Rule>, bool), Refusal> {
    if body.trim_ascii_start().starts_with(b"[") {
        return Ok((json::object(body, json::Required::NOTHING)?, false));
    }
    let names_profile = serde_json::from_slice::<serde_json::Value>(body)
        .is_ok_and(|body| body.get("profile").is_some());
    if !names_profile {
        return Ok((vec![json::object(body, json::Required::NOTHING)?], true));
    }
    let wanted: Wanted = json::object(body, json::Required::NOTHING)?;
    let known = PROFILES.iter().map(|profile| profile.name);
    let mut found = PROFILES.iter();
    let profile = found
        .find(|profile| profile.name == wanted.profile)
        .ok_or_else(|| unknown_name("profile", &wanted.profile, known))?;
    let template = Rule {
        r#match: wanted.r#match,
        from: wanted.from,
        until: wanted.until,
        ..Rule::default()
    };
    Ok((profile.rules(&template), false))
}

fn delete_all(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.faults.clear();
    Ok(Reply::empty(204))
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.faults.remove(call.value("id"))?;
    Ok(Reply::empty(204))
}
