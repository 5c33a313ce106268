//! Which part of the ledger a caller wants.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Item, items};
use crate::control::unknown_name;
use crate::http::table::Table;
use crate::licensing::rules;
use crate::model::{Person, WebexId, spaces};
use crate::refusal::Refusal;
use crate::world::{Entry, World};

const KINDS: [&str; 4] = ["created", "updated", "deleted", "lost"];

/// What a caller asks for; what is not said may be anything.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// A person or a workspace, by id or e-mail address.
    pub holder: Option<String>,
    /// A rule that decided.
    pub rule: Option<String>,
    /// `created`, `updated`, `deleted` or `lost`.
    pub kind: Option<String>,
    /// A settings family or belonging of which something was lost.
    pub family: Option<String>,
    /// The operation's id.
    pub operation: Option<String>,
    /// The tracking id of the request.
    pub tracking_id: Option<String>,
}

/// A filter of the ledger's items.
#[derive(Debug, Clone)]
pub struct Filter {
    asked: Asked,
    holder: Option<Wanted>,
}

/// The names under which something can be asked for.
const CRITERIA: [&str; 6] = [
    "holder",
    "rule",
    "kind",
    "family",
    "operation",
    "trackingId",
];

#[derive(Debug, Clone)]
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

impl Wanted {
    /// Whether an item concerns the holder that is wanted.
    fn is(&self, entry: &Entry, item: &Item) -> bool {
        match (self, self.subject(entry)) {
            (Self::Text(text), _) => item.holder.id == *text,
            (_, Some(id)) => [WebexId::Person, WebexId::Workspace]
                .iter()
                .any(|kind| kind.encode(id) == item.holder.id),
            (_, None) => false,
        }
    }
}

impl Filter {
    /// A filter of what a caller asks for.
    ///
    /// # Errors
    /// 400 for a rule, a kind or an operation that there is not: it would fit nothing.
    pub fn new(world: &World, asked: Asked, table: &Table) -> Result<Self, Refusal> {
        let check = |what: &str, name: Option<&String>, known: &[&str]| match name {
            Some(name) if !known.contains(&name.as_str()) => {
                Err(unknown_name(what, name, known.iter().copied()))
            }
            _ => Ok(()),
        };
        check("kind", asked.kind.as_ref(), &KINDS)?;
        if asked.rule.is_some() {
            let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
            check("rule", asked.rule.as_ref(), &ids)?;
        }
        if asked.operation.is_some() {
            let ids: Vec<&str> = table.operations.iter().map(|known| known.id).collect();
            check("operation", asked.operation.as_ref(), &ids)?;
        }
        let holder = asked.holder.as_deref();
        Ok(Self {
            holder: holder.map(|text| Wanted::of(world, text)),
            asked,
        })
    }

    /// The items of a commit that are wanted.
    #[must_use]
    pub fn items(&self, entry: &Entry, world: &World) -> Vec<Item> {
        if !self.may_fit(entry) {
            return Vec::new();
        }
        let mut found = items(entry, world);
        found.retain(|item| {
            CRITERIA
                .iter()
                .all(|criterion| self.fits_in(criterion, entry, item))
        });
        found
    }

    /// What is asked for, by name.
    #[must_use]
    pub fn criteria(&self) -> Vec<(&'static str, String)> {
        let asked = CRITERIA.iter();
        asked
            .filter_map(|name| Some((*name, self.wanted(name)?.clone())))
            .collect()
    }

    /// What an item fails to be, by name: what is wanted and what it is.
    #[must_use]
    pub fn differences(&self, entry: &Entry, item: &Item) -> Vec<(&'static str, String, String)> {
        let criteria = self.criteria().into_iter();
        criteria
            .filter(|(name, _)| !self.fits_in(name, entry, item))
            .map(|(name, wanted)| (name, wanted, shown(name, item)))
            .collect()
    }

    fn wanted(&self, criterion: &str) -> Option<&String> {
        let asked = &self.asked;
        let wanted = match criterion {
            "holder" => &asked.holder,
            "rule" => &asked.rule,
            "kind" => &asked.kind,
            "family" => &asked.family,
            "operation" => &asked.operation,
            _ => &asked.tracking_id,
        };
        wanted.as_ref()
    }

    /// A quick look, before names are made.
    fn may_fit(&self, entry: &Entry) -> bool {
        let asked = &self.asked;
        let loses = asked.kind.as_deref() == Some("lost") || asked.family.is_some();
        asked.rule.as_deref().is_none_or(|rule| entry.is_by(rule))
            && (!loses || !entry.lost.is_empty())
            && (asked.operation.as_deref()).is_none_or(|operation| operation == entry.operation)
            && (asked.tracking_id.as_deref()).is_none_or(|id| id == &*entry.tracking_id)
    }

    fn fits_in(&self, criterion: &str, entry: &Entry, item: &Item) -> bool {
        let Some(wanted) = self.wanted(criterion) else {
            return true;
        };
        match criterion {
            "holder" => (self.holder.as_ref()).is_some_and(|holder| holder.is(entry, item)),
            "rule" => item.rules.contains(wanted),
            "kind" => wanted == item.kind,
            "family" => item.lost.iter().any(|lost| lost.family == *wanted),
            "operation" => wanted == item.operation,
            _ => *wanted == item.tracking_id,
        }
    }
}

/// What an item is.
fn shown(criterion: &str, item: &Item) -> String {
    let list = |texts: Vec<&str>| match texts.is_empty() {
        true => "none".to_owned(),
        false => texts.join(", "),
    };
    match criterion {
        "holder" => item.holder.name.clone(),
        "rule" => list(item.rules.iter().map(String::as_str).collect()),
        "kind" => item.kind.to_owned(),
        "family" => {
            let mut families: Vec<&str> = item.lost.iter().map(|lost| &*lost.family).collect();
            families.dedup();
            list(families)
        }
        "operation" => item.operation.to_owned(),
        _ => item.tracking_id.clone(),
    }
}
