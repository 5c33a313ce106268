//! The quirks of a sandbox: which of several published readings it follows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::strictness::unknown_name;
use crate::http::{Access, Call, Reply, Row};
use crate::licensing::quirks::{self, EDITIONS, QUIRKS};
use crate::refusal::Refusal;
use crate::world::World;

/// The switch that names the edition.
pub const EDITION: &str = "edition";
/// The edition of a sandbox that says nothing.
pub const DEFAULT_EDITION: &str = "current";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/quirks", get)
        .named("getQuirks", "Read the quirks of the sandbox")
        .access(Access::Control)
        .answers::<QuirksBody>(),
    Row::put("/_sim/v1/quirks", put)
        .named("updateQuirks", "Choose an edition and quirks")
        .access(Access::Control)
        .takes::<Wanted>()
        .answers::<QuirksBody>(),
];

/// What a caller chooses: an edition sets every quirk, quirks named beside it come on top.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
    /// The name of an edition.
    pub edition: Option<String>,
    /// Choices by the names of quirks.
    #[serde(default)]
    pub quirks: BTreeMap<String, String>,
}

impl Wanted {
    /// Every switch to set, with its value.
    ///
    /// # Errors
    /// 400 for an unknown edition, quirk or choice, with the nearest known one.
    pub fn switches(&self) -> Result<Vec<(&'static str, String)>, Refusal> {
        let mut switches = Vec::new();
        if let Some(name) = &self.edition {
            let known = EDITIONS.iter().map(|edition| edition.name);
            let edition =
                quirks::edition(name).ok_or_else(|| unknown_name("edition", name, known))?;
            switches.push((EDITION, edition.name.to_owned()));
            for quirk in QUIRKS {
                switches.push((quirk.name, edition.choice(quirk).to_owned()));
            }
        }
        for (name, choice) in &self.quirks {
            let known = QUIRKS.iter().map(|quirk| quirk.name);
            let quirk = quirks::quirk(name).ok_or_else(|| unknown_name("quirk", name, known))?;
            if !quirk.choices.contains(&choice.as_str()) {
                let what = format!("choice of {name}");
                return Err(unknown_name(&what, choice, quirk.choices.iter().copied()));
            }
            switches.push((quirk.name, choice.clone()));
        }
        Ok(switches)
    }
}

/// Whether a switch is one of the quirks.
#[must_use]
pub fn is_quirk(switch: &str) -> bool {
    switch == EDITION || quirks::quirk(switch).is_some()
}

/// The quirks of a sandbox, and what could be chosen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QuirksBody {
    /// The edition that was chosen last.
    edition: String,
    /// The choice of each quirk.
    quirks: BTreeMap<&'static str, String>,
    /// Every quirk.
    choices: Vec<QuirkBody>,
    /// Every edition.
    editions: Vec<EditionBody>,
}

/// One quirk.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QuirkBody {
    name: &'static str,
    sentence: &'static str,
    choices: &'static [&'static str],
    default: &'static str,
    sources: &'static [&'static str],
}

/// One edition.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EditionBody {
    name: &'static str,
    sentence: &'static str,
    sets: BTreeMap<&'static str, &'static str>,
}

fn body(world: &World) -> QuirksBody {
    let choice = |quirk: &quirks::Quirk| {
        let chosen = world.choice(quirk.name).unwrap_or(quirk.default);
        (quirk.name, chosen.to_owned())
    };
    QuirksBody {
        edition: world.choice(EDITION).unwrap_or(DEFAULT_EDITION).to_owned(),
        quirks: QUIRKS.iter().map(choice).collect(),
        choices: QUIRKS
            .iter()
            .map(|quirk| QuirkBody {
                name: quirk.name,
                sentence: quirk.sentence,
                choices: quirk.choices,
                default: quirk.default,
                sources: quirk.sources,
            })
            .collect(),
        editions: EDITIONS
            .iter()
            .map(|edition| EditionBody {
                name: edition.name,
                sentence: edition.sentence,
                sets: edition.sets.iter().copied().collect(),
            })
            .collect(),
    }
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::json(200, &body(&call.read()))
}

fn put(call: &Call<'_>) -> Result<Reply, Refusal> {
    let switches = call.json::<Wanted>()?.switches()?;
    call.write(|tx| {
        for (name, value) in &switches {
            tx.choose(name, Some(value));
        }
        Ok(())
    })?;
    get(call)
}
