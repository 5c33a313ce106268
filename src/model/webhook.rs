//! Webhooks: who wants to be told of which events, and where.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind, Moment};

/// How far the tasks of an organisation had come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TasksSoFar {
    /// The number of the last one.
    pub last: u64,
    /// The stages of those that had not ended, by their numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unfinished: BTreeMap<u64, u8>,
}

impl TasksSoFar {
    /// Whether a task came to a stage later.
    #[must_use]
    pub fn is_before(&self, number: u64, stage: u8) -> bool {
        match self.unfinished.get(&number) {
            Some(known) => stage > *known,
            None => number > self.last,
        }
    }
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// The organisation of whoever made it.
    pub organization: Uuid,
    /// Who made it; none for a token that acts as nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Uuid>,
    /// A name for people.
    pub name: String,
    /// Where events are to be sent.
    pub target_url: String,
    /// What it is about, such as `adminBatchJobs`.
    pub resource: String,
    /// What happens to it, such as `statusChanged`.
    pub event: String,
    /// Which of them, as `name=value` pairs joined by `&`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// The key of the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether it is about the whole organisation.
    pub org_wide: bool,
    /// Whether it works.
    pub active: bool,
    /// How far tasks had come before it: it is told what comes later (DEC-128).
    #[serde(default)]
    pub after: TasksSoFar,
    /// When it was created.
    pub created: Moment,
}

impl Entity for Webhook {
    const KIND: Kind = kinds::WEBHOOK;
    const NAME: &'static str = "webhook";

    fn label(&self) -> String {
        self.name.clone()
    }
}
