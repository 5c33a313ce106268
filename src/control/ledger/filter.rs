//! Which part of the ledger a caller wants.

use uuid::Uuid;

use super::{Item, items};
use crate::control::unknown_name;
use crate::licensing::rules;
use crate::model::{Person, WebexId, spaces};
use crate::refusal::Refusal;
use crate::world::{Entry, World};

const KINDS: [&str; 4] = ["created", "updated", "deleted", "lost"];

/// Which items a caller wants.
#[derive(Debug, Default)]
pub struct Filter {
    holder: Option<Wanted>,
    rule: Option<String>,
    kind: Option<String>,
}

#[derive(Debug)]
enum Wanted {
    Id(Uuid),
    /// Somebody who is no longer there.
    Email(String),
    Text(String),
}

impl Wanted {
    fn of(world: &World, text: &str) -> Self {
        if text.contains('@') {
            let email = text.to_lowercase();
            let found = world.find(spaces::EMAIL, Uuid::nil(), &email);
            return found.map_or(Self::Email(email), Self::Id);
        }
        let id = WebexId::Person.decode(text);
        let id = id.or_else(|| WebexId::Workspace.decode(text));
        id.map_or_else(|| Self::Text(text.to_owned()), Self::Id)
    }

    fn subject(&self, entry: &Entry) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(*id),
            Self::Text(_) => None,
            Self::Email(email) => entry.changes.iter().find_map(|change| {
                let person = change.before.as_ref().or(change.after.as_ref())?;
                let person = person.downcast::<Person>()?;
                (person.email.as_str() == email).then_some(change.key.1)
            }),
        }
    }
}

impl Filter {
    /// A filter by a holder, a rule and a kind.
    ///
    /// # Errors
    /// 400 for an unknown rule or kind.
    pub fn new(
        world: &World,
        holder: Option<&str>,
        rule: Option<&str>,
        kind: Option<&str>,
    ) -> Result<Self, Refusal> {
        if let Some(kind) = kind.filter(|kind| !KINDS.contains(kind)) {
            return Err(unknown_name("kind", kind, KINDS.into_iter()));
        }
        if let Some(rule) = rule.filter(|rule| rules::rule(rule).is_none()) {
            let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
            return Err(unknown_name("rule", rule, ids.into_iter()));
        }
        Ok(Self {
            holder: holder.map(|text| Wanted::of(world, text)),
            rule: rule.map(str::to_owned),
            kind: kind.map(str::to_owned),
        })
    }

    /// The items of a commit that are wanted.
    #[must_use]
    pub fn items(&self, entry: &Entry, world: &World) -> Vec<Item> {
        if !self.may_fit(entry) {
            return Vec::new();
        }
        let mut found = items(entry, world);
        found.retain(|item| self.fits(entry, item));
        found
    }

    /// A quick look, before names are made.
    fn may_fit(&self, entry: &Entry) -> bool {
        let by_rule = self.rule.as_deref().is_none_or(|rule| entry.is_by(rule));
        by_rule && (self.kind.as_deref() != Some("lost") || !entry.lost.is_empty())
    }

    fn fits(&self, entry: &Entry, item: &Item) -> bool {
        let is_holder = |wanted: &Wanted| match (wanted, wanted.subject(entry)) {
            (Wanted::Text(text), _) => item.holder.id == *text,
            (_, Some(id)) => [WebexId::Person, WebexId::Workspace]
                .iter()
                .any(|kind| kind.encode(id) == item.holder.id),
            (_, None) => false,
        };
        self.holder.as_ref().is_none_or(is_holder)
            && self.kind.as_deref().is_none_or(|kind| kind == item.kind)
            && self
                .rule
                .as_ref()
                .is_none_or(|rule| item.rules.contains(rule))
    }
}
