//! Digit patterns of outgoing permission
//! (`/telephony/config/people/{personId}/outgoingPermission/digitPatterns`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::outgoing_permission::CallAction;
use super::{invalid, kinds, values};
use crate::model::number::shorten;
use crate::model::{Holder, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, ItemId, Paths, Run, Step, Verb, change, stored, to_json,
};
use crate::world::{Kind, Tx};

/// What happens to calls whose number has a pattern.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DigitPatterns {
    /// Whether these patterns count instead of the location's.
    pub use_custom_digit_patterns: bool,
    /// The patterns.
    pub digit_patterns: Vec<DigitPattern>,
}

/// One pattern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DigitPattern {
    /// Its id.
    pub id: Uuid,
    /// Its name, unique for the holder.
    pub name: String,
    /// The digits.
    pub pattern: String,
    /// What happens to the call.
    pub action: CallAction,
    /// Whether such calls may be transferred or forwarded.
    pub transfer_enabled: bool,
}

/// What reading shows of digit patterns.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DigitPatternsView {
    /// Whether these patterns count instead of the location's.
    pub use_custom_digit_patterns: bool,
    /// The patterns.
    pub digit_patterns: Vec<DigitPatternView>,
}

/// What reading shows of one pattern.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DigitPatternView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The digits.
    pub pattern: String,
    /// What happens to the call.
    pub action: CallAction,
    /// Whether such calls may be transferred or forwarded.
    pub transfer_enabled: bool,
}

/// A new pattern, or all of an old one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DigitPatternWrite {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The digits.
    #[serde(default)]
    pub pattern: Option<String>,
    /// What happens to the call.
    #[serde(default)]
    pub action: Option<CallAction>,
    /// Whether such calls may be transferred or forwarded.
    #[serde(default)]
    pub transfer_enabled: Option<bool>,
}

/// What the PUT of the collection may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DigitPatternsWrite {
    /// Whether these patterns count instead of the location's.
    pub use_custom_digit_patterns: Option<bool>,
}

/// What a scenario says.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    use_custom_digit_patterns: bool,
    digit_patterns: Vec<DigitPatternWrite>,
}

/// The most patterns of one holder.
const MAX_PATTERNS: usize = 1000;

impl Family for DigitPatterns {
    const KIND: Kind = kinds::DIGIT_PATTERNS;
    const KEY: &'static str = "digitPatterns";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        if self.digit_patterns.len() > MAX_PATTERNS {
            return Err(invalid(format!(
                "There may be at most {MAX_PATTERNS} digit patterns."
            )));
        }
        let mut known = BTreeSet::new();
        for pattern in &self.digit_patterns {
            pattern.bounds()?;
            if !known.insert(pattern.name.to_ascii_lowercase()) {
                return Err(pattern.exists());
            }
        }
        Ok(())
    }
}

impl DigitPattern {
    fn bounds(&self) -> Result<(), Refusal> {
        if self.name.is_empty() || self.name.chars().count() > 64 {
            return Err(invalid("name must have 1 to 64 characters."));
        }
        // X stands for one digit, ! for any number of them (the outgoing permission page).
        let plain = |b: u8| b.is_ascii_digit() || b"X!*#+-".contains(&b);
        if !(1..=30).contains(&self.pattern.len()) || !self.pattern.bytes().all(plain) {
            let detail = format!("\"{}\" is not a digit pattern.", shorten(&self.pattern));
            return Err(invalid(detail));
        }
        Ok(())
    }

    fn exists(&self) -> Refusal {
        let detail = format!("A digit pattern named {} exists already.", self.name);
        Refusal::new(ErrorKind::Conflict, detail)
    }
}

impl From<&DigitPattern> for DigitPatternView {
    fn from(pattern: &DigitPattern) -> Self {
        Self {
            id: WebexId::DigitPattern.encode(pattern.id),
            name: pattern.name.clone(),
            pattern: pattern.pattern.clone(),
            action: pattern.action,
            transfer_enabled: pattern.transfer_enabled,
        }
    }
}

impl DigitPatterns {
    fn position(&self, id: &str) -> Result<usize, Refusal> {
        WebexId::DigitPattern
            .decode(id)
            .and_then(|id| {
                self.digit_patterns
                    .iter()
                    .position(|pattern| pattern.id == id)
            })
            .ok_or_else(|| Refusal::not_found("Digit pattern", id))
    }

    fn add(&mut self, id: Uuid, write: DigitPatternWrite) -> Result<(), Refusal> {
        let missing = |field: &str| super::missing(format!("{field} is required."));
        let pattern = DigitPattern {
            id,
            name: write.name.ok_or_else(|| missing("name"))?,
            pattern: write.pattern.ok_or_else(|| missing("pattern"))?,
            action: write.action.ok_or_else(|| missing("action"))?,
            transfer_enabled: write
                .transfer_enabled
                .ok_or_else(|| missing("transferEnabled"))?,
        };
        self.check_one(&pattern)?;
        self.digit_patterns.push(pattern);
        Ok(())
    }

    fn check_one(&self, pattern: &DigitPattern) -> Result<(), Refusal> {
        pattern.bounds()?;
        let mut others = self.digit_patterns.iter();
        let is_same = |other: &DigitPattern| {
            other.id != pattern.id && other.name.eq_ignore_ascii_case(&pattern.name)
        };
        match others.any(is_same) {
            true => Err(pattern.exists()),
            false => Ok(()),
        }
    }
}

fn list(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<DigitPatterns>();
    to_json(&DigitPatternsView {
        use_custom_digit_patterns: stored.use_custom_digit_patterns,
        digit_patterns: stored
            .digit_patterns
            .iter()
            .map(DigitPatternView::from)
            .collect(),
    })
}

fn get(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<DigitPatterns>();
    let position = stored.position(asked.item(0))?;
    to_json(&DigitPatternView::from(&stored.digit_patterns[position]))
}

fn create(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let write = asked.json()?;
    let id = tx.new_id::<DigitPatterns>();
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        patterns.add(id, write)
    })?;
    to_json(&ItemId {
        id: WebexId::DigitPattern.encode(id),
    })
    .map(Some)
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        let write: DigitPatternsWrite = asked.json()?;
        patterns.use_custom_digit_patterns = write
            .use_custom_digit_patterns
            .unwrap_or(patterns.use_custom_digit_patterns);
        Ok(None)
    })
}

fn update_one(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        let position = patterns.position(asked.item(0))?;
        let write: DigitPatternWrite = asked.json()?;
        let mut pattern = patterns.digit_patterns[position].clone();
        pattern.name = write.name.unwrap_or(pattern.name);
        pattern.pattern = write.pattern.unwrap_or(pattern.pattern);
        pattern.action = write.action.unwrap_or(pattern.action);
        pattern.transfer_enabled = write.transfer_enabled.unwrap_or(pattern.transfer_enabled);
        patterns.check_one(&pattern)?;
        patterns.digit_patterns[position] = pattern;
        Ok(None)
    })
}

fn delete_all(tx: &mut Tx, holder: Holder, _asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        patterns.digit_patterns.clear();
        Ok(None)
    })
}

fn delete_one(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        let position = patterns.position(asked.item(0))?;
        patterns.digit_patterns.remove(position);
        Ok(None)
    })
}

/// What a scenario says: a pattern whose name stands there already is changed, but a name that the
/// scenario says twice is refused.
fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let wanted: Wanted = Asked::of(body).json()?;
    let mut held: BTreeMap<String, Uuid> = stored::<DigitPatterns>(tx, holder)
        .digit_patterns
        .iter()
        .map(|known| (known.name.to_lowercase(), known.id))
        .collect();
    let mut with_ids = Vec::new();
    for pattern in wanted.digit_patterns {
        let name = pattern.name.as_deref().map(str::to_lowercase);
        let known = name.and_then(|name| held.remove(&name));
        with_ids.push((
            known.unwrap_or_else(|| tx.new_id::<DigitPatterns>()),
            pattern,
        ));
    }
    change(tx, holder, |patterns: &mut DigitPatterns, _| {
        patterns.use_custom_digit_patterns = wanted.use_custom_digit_patterns;
        for (id, pattern) in with_ids {
            let mut known = patterns.digit_patterns.iter();
            let place = known.position(|known| known.id == id);
            if let Some(place) = place {
                patterns.digit_patterns.remove(place);
            }
            patterns.add(id, pattern)?;
            values::settle(&mut patterns.digit_patterns, place);
        }
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/outgoingPermission/digitPatterns"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/outgoingPermission/digitPatterns"],
};

const PATTERN_PATHS: Paths = Paths {
    person: &[
        "/telephony/config/people/{personId}/outgoingPermission/digitPatterns/{digitPatternId}",
    ],
    workspace: &[
        "/telephony/config/workspaces/{workspaceId}/outgoingPermission/digitPatterns/\
         {digitPatternId}",
    ],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<DigitPatterns>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(list)).answering::<DigitPatternsView>(),
        FamilyRoute::new(Verb::Post, PATHS, 201, Run::Write(create))
            .taking::<DigitPatternWrite>()
            .answering::<ItemId>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(update)).taking::<DigitPatternsWrite>(),
        FamilyRoute::new(Verb::Delete, PATHS, 204, Run::Write(delete_all)),
        FamilyRoute::new(Verb::Get, PATTERN_PATHS, 200, Run::Read(get))
            .answering::<DigitPatternView>(),
        FamilyRoute::new(Verb::Put, PATTERN_PATHS, 204, Run::Write(update_one))
            .taking::<DigitPatternWrite>(),
        FamilyRoute::new(Verb::Delete, PATTERN_PATHS, 204, Run::Write(delete_one)),
    ],
    Some(configure),
)
.with_item_ids(WebexId::DigitPattern);
