//! Subscriptions: what an organisation bought, and the state of the contract.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{WebexId, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// The state of a subscription (SUB-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SubscriptionStatus {
    /// A trial that runs.
    Trial,
    /// Paid and running.
    Active,
    /// Something about it waits to be done, a renewal for example.
    PendingAction,
    /// Suspended: service goes on, new assignment does not.
    Suspended,
    /// Cancelled: services are off, restorable until the purge.
    Cancelled,
    /// Purged for good.
    Deleted,
}

/// The partner who sold a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Partner {
    /// The partner organisation's id, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Its name.
    pub name: String,
}

impl Partner {
    /// The partner organisation's id: the one that was said, or else one that the name alone
    /// decides, so that a partner is the same organisation everywhere.
    #[must_use]
    pub fn webex_org_id(&self) -> String {
        let named = || Uuid::new_v5(&Uuid::NAMESPACE_OID, self.name.as_bytes());
        let said = self.org_id.clone();
        said.unwrap_or_else(|| WebexId::Organization.encode(named()))
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// The plain commerce id, `Sub119911` (SUB-01).
    pub code: String,
    /// Whose it is.
    pub organization: Uuid,
    /// A name for people.
    pub name: String,
    /// The state.
    pub status: SubscriptionStatus,
    /// Why it is in this state, such as `trialEnded` or `ended`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it was sold as a trial.
    pub trial: bool,
    /// Who sold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Partner>,
    /// When it was sold: the oldest one with a free unit is used first (SUB-10).
    pub created_at: Moment,
    /// When it ends.
    pub end_date: Moment,
    /// Since when it is suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_at: Option<Moment>,
    /// Since when it is cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Moment>,
    /// When everything on it is lost for good (SUB-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purge_at: Option<Moment>,
    /// When its numbers are released (SUB-04, SUB-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers_released_at: Option<Moment>,
    /// The status to which a restore leads back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores_to: Option<SubscriptionStatus>,
    /// What a cancelled one was before the suspension to which a restore leads back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_from: Option<SubscriptionStatus>,
}

impl Entity for Subscription {
    const KIND: Kind = kinds::SUBSCRIPTION;
    const NAME: &'static str = "subscription";
    const TELLING: u8 = 9;

    fn label(&self) -> String {
        self.code.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        out.push(IndexKey::new(spaces::SUBSCRIPTION, Uuid::nil(), &self.code));
    }
}
