//! The ledger: one entry for each commit, with what changed, what was lost and by which rules.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::clock::Moment;
use super::object::{Key, Object};
use super::weight;

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

/// A switch before and after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Its name.
    pub name: String,
    /// What was chosen, unless nothing was.
    pub before: Option<String>,
    /// What is chosen, unless nothing is.
    pub after: Option<String>,
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

/// The rules that decided about each of many holders.
pub type RulesOf = BTreeMap<Uuid, Vec<&'static str>>;

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
    /// The switches that differ.
    pub switches: Vec<Switch>,
    /// What was lost.
    pub lost: Vec<Lost>,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// Of a commit about many holders: the rules that decided about each.
    pub rules_of: RulesOf,
    /// What deserves attention.
    pub warnings: Vec<String>,
    /// What was brought in, where that tells more than what changed by it.
    pub brought: Option<String>,
}

impl Entry {
    /// About how many bytes it keeps from being freed: itself, and both sides of its changes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let sides = |change: &Change| {
            let objects = change.before.iter().chain(&change.after);
            size_of::<Change>() + objects.map(Object::weight).sum::<usize>()
        };
        let lost = |lost: &Lost| size_of::<Lost>() + weight::of(lost);
        let changes: usize = self.changes.iter().map(sides).sum();
        let lost: usize = self.lost.iter().map(lost).sum();
        let warnings: usize = self.warnings.iter().map(String::len).sum();
        let texts = |one: &Switch| {
            let values = one.before.iter().chain(&one.after).map(String::len);
            size_of::<Switch>() + one.name.len() + values.sum::<usize>()
        };
        let switches: usize = self.switches.iter().map(texts).sum();
        let own = self.rules_of.values();
        let own: usize = own
            .map(|rules| size_of::<(Uuid, Vec<&str>)>() + size_of_val(&**rules))
            .sum();
        let brought = self.brought.as_ref().map_or(0, String::len);
        let told = lost + warnings + own + switches + brought;
        size_of::<Self>() + weight::of(&self.actor) + changes + told
    }

    /// The rules that decided about an object: its own where holders are told apart.
    #[must_use]
    pub fn rules_about(&self, subject: Uuid) -> &[&'static str] {
        self.rules_of.get(&subject).unwrap_or(&self.rules)
    }

    /// Whether a rule decided about anything.
    #[must_use]
    pub fn is_by(&self, rule: &str) -> bool {
        let mut own = self.rules_of.values().flatten();
        self.rules.contains(&rule)
            || own.any(|known| *known == rule)
            || self.lost.iter().any(|lost| lost.rule == rule)
    }
}

/// The bounds of a ledger.
#[derive(Debug, Clone, Copy)]
pub struct LedgerLimits {
    /// Entries.
    pub entries: usize,
    /// Changed objects and lost values altogether.
    pub changes: usize,
    /// Bytes altogether, about.
    pub bytes: usize,
}

impl LedgerLimits {
    /// Everything is kept.
    pub const NONE: Self = Self {
        entries: usize::MAX,
        changes: usize::MAX,
        bytes: usize::MAX,
    };
}

/// The bounded list of a sandbox's commits.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: VecDeque<(Arc<Entry>, usize)>,
    changes: usize,
    bytes: usize,
    /// How many entries were dropped to stay within the bounds.
    pub evicted: u64,
    /// The newest revision whose entry is not kept; 0 when none was dropped or forgotten.
    pub dropped_until: u64,
    /// How many entries were ever appended, those that were forgotten included.
    pub appended: u64,
}

impl Ledger {
    /// Appends an entry and drops the oldest ones beyond the bounds; the newest stays whatever it
    /// weighs, which is [`Entry::weight`].
    pub fn append(&mut self, entry: Arc<Entry>, weight: usize, limits: &LedgerLimits) {
        self.changes += entry.changes.len() + entry.lost.len();
        self.bytes += weight;
        self.appended += 1;
        self.entries.push_back((entry, weight));
        while self.entries.len() > 1
            && (self.entries.len() > limits.entries
                || self.changes > limits.changes
                || self.bytes > limits.bytes)
        {
            let Some((oldest, weight)) = self.entries.pop_front() else {
                break;
            };
            self.changes -= oldest.changes.len() + oldest.lost.len();
            self.bytes -= weight;
            self.evicted += 1;
            self.dropped_until = oldest.revision;
        }
    }

    /// How many bytes the entries keep, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.iter().map(|(entry, _)| entry)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        let newest = self.entries().next_back().map(|entry| entry.revision);
        *self = Self {
            dropped_until: newest.unwrap_or(self.dropped_until),
            appended: self.appended,
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests;
