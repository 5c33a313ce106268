//! E-mails that Webex would have sent. They hold no secret but the invitation, or the activation
//! code, that they are about.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Email, kinds};
use crate::world::{Entity, Kind, Moment};

/// What an e-mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum MailKind {
    /// Somebody was added and is invited to join (ADD-08).
    Welcome,
    /// The invitation was sent again (STAT-05).
    Reminder,
    /// A subscription was suspended that carries locations' PSTN connections (PSTN-01).
    PstnSuspended,
    /// A phone waits for its activation code (WS-09).
    ActivationCode,
    /// Somebody with an account elsewhere is asked to come over to a wholesale customer (PKG-18).
    ConsentMove,
}

impl MailKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Welcome,
        Self::Reminder,
        Self::PstnSuspended,
        Self::ActivationCode,
        Self::ConsentMove,
    ];

    /// The name in replies and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
            Self::PstnSuspended => "pstnSuspended",
            Self::ActivationCode => "activationCode",
            Self::ConsentMove => "consentMove",
        }
    }

    /// Whether somebody is invited by it.
    #[must_use]
    pub fn invites(self) -> bool {
        matches!(self, Self::Welcome | Self::Reminder | Self::ConsentMove)
    }
}

/// A subscription that was suspended, as an e-mail tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suspended {
    /// The plain id, `Sub119911`.
    pub subscription_id: String,
    /// The names of the locations whose PSTN connections it carries.
    pub locations: Vec<String>,
}

/// The code of a phone that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitingPhone {
    /// What the phone is called.
    pub product: String,
    /// The code.
    pub code: String,
    /// Until when it counts.
    pub expires: Moment,
}

/// An e-mail. The id of one that invites is the invitation that its link names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// Whose administrators caused it.
    pub organization: Uuid,
    /// What it is about.
    pub kind: MailKind,
    /// The person whom it is about, or for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
    /// The wholesale subscriber who is asked to come over and is nobody's person yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber: Option<Uuid>,
    /// The subscription that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Suspended>,
    /// The phone that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<WaitingPhone>,
    /// Where it went.
    pub to: Email,
    /// Its place among all e-mails of the sandbox.
    pub number: u64,
    /// When it was sent.
    pub sent_at: Moment,
}

impl Entity for Mail {
    const KIND: Kind = kinds::MAIL;
    const NAME: &'static str = "mail";

    fn label(&self) -> String {
        format!("{} to {}", self.kind.name(), self.to)
    }
}
