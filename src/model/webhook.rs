//! Webhooks: who wants to be told of which events, and where.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind, Moment};

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
    /// How many tasks had been started before it: it is told of later ones.
    #[serde(default)]
    pub after_task: u64,
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
