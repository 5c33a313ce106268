//! The ledger: one entry for each commit, with what changed, what was lost and by which rules.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::clock::Moment;
use super::object::{Key, Object};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// The person, where the token belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
    /// The organisation the actor belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Uuid>,
    /// A display name.
    pub name: Arc<str>,
    /// An e-mail address.
    pub email: Arc<str>,
    /// Role names.
    pub roles: Arc<[String]>,
    /// The IP address of the request; empty for what no request did.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub address: Arc<str>,
    /// The program of the caller, as it names itself.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub user_agent: Arc<str>,
}

impl Actor {
    /// The simulator itself: timers and outside events.
    #[must_use]
    pub fn simulator() -> Self {
        Self {
            person: None,
            organization: None,
            name: "hubsim".into(),
            email: "".into(),
            roles: Vec::new().into(),
            address: "".into(),
            user_agent: "".into(),
        }
    }
}

/// One object before and after a commit.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which object.
    pub key: Key,
    /// As it was, unless it was created.
    pub before: Option<Object>,
    /// As it is, unless it was deleted.
    pub after: Option<Object>,
}

/// Somebody who loses a value because somebody else lost Calling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bystander {
    /// `person` or `workspace`.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    /// The id of the public API.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// One value that was destroyed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lost {
    /// Whose it was (a person's or a workspace's id).
    #[serde(skip)]
    pub holder: Uuid,
    /// Whose it was in words, when it belonged to somebody beside the one who lost Calling.
    #[serde(rename = "holder", default, skip_serializing_if = "Option::is_none")]
    pub bystander: Option<Bystander>,
    /// The settings family or belonging.
    pub family: String,
    /// The field within the family, a dotted path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it was.
    pub before: Value,
    /// What stands there now.
    pub after: Value,
    /// Whether giving the licence back brings it back.
    pub reversible: bool,
    /// The rule that says so.
    pub rule: String,
}

/// One commit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The world's revision after the commit.
    pub revision: u64,
    /// The sandbox time.
    pub at: Moment,
    /// Who did it.
    pub actor: Actor,
    /// The operation's id.
    pub operation: &'static str,
    /// The request's tracking id.
    pub tracking_id: Arc<str>,
    /// What changed, in key order of first touch.
    pub changes: Vec<Change>,
    /// What was lost.
    pub lost: Vec<Lost>,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// What deserves attention.
    pub warnings: Vec<String>,
}

/// The bounded list of a sandbox's commits.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: VecDeque<Arc<Entry>>,
    changes: usize,
    /// How many entries were dropped to stay within the bounds.
    pub evicted: u64,
}

impl Ledger {
    /// Appends an entry and drops the oldest ones beyond the bounds.
    pub fn append(&mut self, entry: Arc<Entry>, max_entries: usize, max_changes: usize) {
        self.changes += entry.changes.len() + entry.lost.len();
        self.entries.push_back(entry);
        while self.entries.len() > max_entries || self.changes > max_changes.max(1) {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.changes -= oldest.changes.len() + oldest.lost.len();
            self.evicted += 1;
            if self.entries.len() <= 1 {
                break;
            }
        }
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
