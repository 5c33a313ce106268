//! The PUT that assigns and unassigns alternate numbers
//! (`/telephony/config/people/{personId}/numbers`). Its GET stands with the settings family
//! `numbers`; the edge serves these rows beside the table of families.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::numbers::{assign_primary, parse_extension, parse_number};
use crate::model::number::shorten;
use crate::model::person::AlternateNumber;
use crate::model::{Calling, E164, Holder};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::families::numbers::Numbers;
use crate::settings::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, change};
use crate::world::Tx;

/// What the PUT may say. The document and its example differ in two names; both are accepted.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NumbersWrite {
    /// Whether each number may ring in its own way.
    #[serde(alias = "enableDistinctiveRingPattern")]
    pub distinctive_ring_enabled: Option<bool>,
    /// The numbers to assign or unassign.
    pub phone_numbers: Vec<NumberWrite>,
}

/// What to do with one number.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumberWrite {
    /// Must be false: the primary number is changed with the person or the licence.
    #[serde(default)]
    pub primary: bool,
    /// Assign or unassign.
    pub action: NumberAction,
    /// The number.
    #[serde(alias = "external")]
    pub direct_number: String,
    /// An extension of its own.
    #[serde(default)]
    pub extension: Option<String>,
    /// How it rings.
    #[serde(default)]
    pub ring_pattern: Option<RingPattern>,
}

/// Assign or unassign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberAction {
    /// Assign.
    Add,
    /// Unassign.
    Delete,
}

/// How a number rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RingPattern {
    /// As usual.
    Normal,
    /// Two long rings.
    LongLong,
    /// Two short rings and a long one.
    ShortShortLong,
    /// A short, a long and a short ring.
    ShortLongShort,
}

impl RingPattern {
    fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "NORMAL",
            Self::LongLong => "LONG_LONG",
            Self::ShortShortLong => "SHORT_SHORT_LONG",
            Self::ShortLongShort => "SHORT_LONG_SHORT",
        }
    }
}

/// The most alternate numbers of one holder.
const MAX_ALTERNATES: usize = 10;

pub(super) fn put(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let step = Step::new(tx, holder)?;
    let write: NumbersWrite = asked.json()?;
    let location = step.location();
    let mut wanted = step.calling.clone();
    for number in write.phone_numbers {
        let parsed = parse_number(&number.direct_number, location)?;
        if number.primary {
            let detail = "The primary number is changed with the person or the license, not here.";
            return Err(Refusal::new(ErrorKind::InvalidSetting, detail));
        }
        match number.action {
            NumberAction::Add => add(&mut wanted, parsed, &number)?,
            NumberAction::Delete => remove(&mut wanted, &parsed, &number)?,
        }
    }
    if wanted.alternates.len() > MAX_ALTERNATES {
        let detail = format!("There may be at most {MAX_ALTERNATES} alternate numbers.");
        return Err(Refusal::new(ErrorKind::InvalidSetting, detail));
    }
    let lost = assign_primary(tx, holder, wanted)?;
    tx.lose(lost);
    if let Some(enabled) = write.distinctive_ring_enabled {
        change(tx, holder, |numbers: &mut Numbers, _| {
            numbers.distinctive_ring_enabled = enabled;
            Ok(())
        })?;
    }
    Ok(None)
}

fn add(wanted: &mut Calling, number: E164, write: &NumberWrite) -> Result<(), Refusal> {
    if wanted.number.as_ref() == Some(&number) {
        let detail = format!("Number {number} is the primary number.");
        return Err(Refusal::new(ErrorKind::NumberNotAvailable, detail));
    }
    let text = write.extension.as_deref().filter(|text| !text.is_empty());
    let extension = text.map(parse_extension).transpose()?;
    let known = wanted
        .alternates
        .iter_mut()
        .find(|known| known.number == number);
    if let Some(known) = known {
        known.extension = extension.or(known.extension.take());
        if let Some(pattern) = write.ring_pattern {
            pattern.as_str().clone_into(&mut known.ring_pattern);
        }
        return Ok(());
    }
    let ring_pattern = write
        .ring_pattern
        .unwrap_or(RingPattern::Normal)
        .as_str()
        .to_owned();
    wanted.alternates.push(AlternateNumber {
        number,
        extension,
        ring_pattern,
    });
    Ok(())
}

fn remove(wanted: &mut Calling, number: &E164, write: &NumberWrite) -> Result<(), Refusal> {
    let before = wanted.alternates.len();
    wanted.alternates.retain(|known| known.number != *number);
    if wanted.alternates.len() < before {
        return Ok(());
    }
    let detail = format!(
        "{} is no alternate number here.",
        shorten(&write.direct_number)
    );
    Err(Refusal::new(ErrorKind::NumberNotAvailable, detail))
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/numbers"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/numbers"],
};

/// Rows that the edge serves beside those of the table of families.
pub static ROUTES: &[FamilyRoute] = &[FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put))
    .taking::<NumbersWrite>()
    .requiring(&["phoneNumbers"])
    .professional()];
