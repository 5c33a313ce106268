//! Accounts that somebody has outside the organisations of the sandbox, and that stand in the way
//! of adding them (ADD-03 to ADD-05) or can be claimed (ADD-10).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Email, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// What kind of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum OutsideKind {
    /// The owner of a trial, which has an organisation of its own.
    TrialOrganization,
    /// An account of a consumer or of another company.
    WebexAccount,
    /// An account of a Webex Calling carrier.
    CarrierCalling,
}

/// An account outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutsideAccount {
    /// The address that signs in.
    pub email: Email,
    /// What kind of account it is.
    pub kind: OutsideKind,
    /// The organisation that it belongs to, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// Who has claimed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// The claim of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// The organisation that claimed it.
    pub organization: Uuid,
    /// The person that the account became.
    pub person: Uuid,
    /// When that was.
    pub at: Moment,
}

impl Entity for OutsideAccount {
    const KIND: Kind = kinds::OUTSIDE_ACCOUNT;
    const NAME: &'static str = "outsideAccount";

    fn label(&self) -> String {
        self.email.to_string()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let key = IndexKey::new(spaces::OUTSIDE_ACCOUNT, Uuid::nil(), self.email.as_str());
        out.push(key);
    }
}
