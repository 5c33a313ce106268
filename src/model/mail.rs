//! E-mails that Webex would have sent. They hold no secret but the invitation they are about.

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
}

impl MailKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Welcome, Self::Reminder];

    /// The name in replies and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
        }
    }
}

/// An e-mail. Its own id is the invitation that its link names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// Whose administrators caused it.
    pub organization: Uuid,
    /// What it is about.
    pub kind: MailKind,
    /// Who it is about.
    pub person: Uuid,
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
