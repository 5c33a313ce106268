//! Dynamic skills of users of Contact Center.

use serde::{Deserialize, Serialize};

use crate::world::Moment;

/// A dynamic skill that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DynamicSkill {
    /// The skill, as requests name it.
    pub skill_id: String,
    /// How the user has it.
    pub value: SkillValue,
    /// Rises with each change.
    pub version: u32,
    /// When the user got it.
    pub created: Moment,
    /// When the value last changed.
    pub last_modified: Moment,
}

/// How a user has a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SkillValue {
    /// By a short text.
    Text(String),
    /// Or not at all.
    Boolean(bool),
    /// So well, 0 to 10.
    Proficiency(u8),
    /// By words of a list.
    Enum(Vec<String>),
}

impl SkillValue {
    /// The type of the skill.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "TEXT",
            Self::Boolean(_) => "BOOLEAN",
            Self::Proficiency(_) => "PROFICIENCY",
            Self::Enum(_) => "ENUM",
        }
    }

    /// The value in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Boolean(is_so) => is_so.to_string(),
            Self::Proficiency(level) => level.to_string(),
            Self::Enum(words) => words.join(","),
        }
    }

    /// Whether a requirement names this value.
    #[must_use]
    pub fn is(&self, wanted: &str) -> bool {
        match self {
            Self::Enum(words) => words.iter().any(|word| word.eq_ignore_ascii_case(wanted)),
            Self::Proficiency(level) => wanted.trim().parse() == Ok(*level),
            other => other.words().eq_ignore_ascii_case(wanted),
        }
    }
}
