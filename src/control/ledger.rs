//! The ledger: for each commit and each holder concerned, what changed and what was lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::naming::{self, Action, Named};
use super::requests::ActorBody;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, Reply, Row};
use crate::model::{Person, WebexId, kinds, spaces};
use crate::refusal::Refusal;
use crate::world::diff::FieldChange;
use crate::world::{Change, Entry, Lost, Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_sim/v1/ledger", list)
    .named("listLedger", "List what changed and what was lost")
    .access(Access::Control)
    .heavy()
    .queries(&[
        (
            "holder",
            "Only what concerns this person or workspace, by id or e-mail address.",
        ),
        ("rule", "Only what this rule decided."),
        ("kind", "Only `created`, `updated`, `deleted` or `lost`."),
        ("max", "How many items, up to 1000."),
        ("start", "How many items to pass over."),
    ])];

const KINDS: [&str; 4] = ["created", "updated", "deleted", "lost"];

/// What a commit did to one holder, or to one object that belongs to nobody.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    revision: u64,
    at: Moment,
    actor: ActorBody,
    operation: &'static str,
    tracking_id: String,
    /// The gravest of what happened.
    pub kind: &'static str,
    /// Whom it concerns.
    pub holder: HolderBody,
    /// Which objects differ.
    pub changes: Vec<ChangeBody>,
    /// What was lost.
    pub lost: Vec<Lost>,
    /// The rules that decided.
    pub rules: Vec<String>,
}

/// A holder, or another object that stands for itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HolderBody {
    r#type: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One object that differs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeBody {
    /// Which one.
    #[serde(flatten)]
    pub object: Named,
    /// What happened to it.
    pub action: Action,
    /// In which fields it differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// What a commit did, one item for each holder concerned, in the order of the first touch.
#[must_use]
pub fn items(entry: &Entry, world: &World) -> Vec<Item> {
    let mut order: Vec<Uuid> = Vec::new();
    let mut groups: BTreeMap<Uuid, (Vec<&Change>, Vec<&Lost>)> = BTreeMap::new();
    let mut group = |subject: Uuid| -> Uuid {
        groups.entry(subject).or_insert_with(|| {
            order.push(subject);
            Default::default()
        });
        subject
    };
    for change in &entry.changes {
        group(naming::subject(change));
    }
    for lost in &entry.lost {
        group(lost.holder);
    }
    for change in &entry.changes {
        if let Some((changes, _)) = groups.get_mut(&naming::subject(change)) {
            changes.push(change);
        }
    }
    for lost in &entry.lost {
        if let Some((_, losses)) = groups.get_mut(&lost.holder) {
            losses.push(lost);
        }
    }
    let made = order.into_iter().filter_map(|subject| {
        let (changes, lost) = groups.get(&subject)?;
        Some(item(entry, world, subject, changes, lost))
    });
    made.collect()
}

fn item(entry: &Entry, world: &World, subject: Uuid, changes: &[&Change], lost: &[&Lost]) -> Item {
    let changes: Vec<ChangeBody> = changes
        .iter()
        .filter_map(|change| {
            let object = change.after.as_ref().or(change.before.as_ref())?;
            let (action, fields) = naming::difference(change);
            Some(ChangeBody {
                object: naming::named(change.key, object, &[world]),
                action,
                fields,
            })
        })
        .collect();
    let mut rules: Vec<String> = entry.rules.iter().map(|rule| (*rule).to_owned()).collect();
    for lost in lost {
        if !rules.contains(&lost.rule) {
            rules.push(lost.rule.clone());
        }
    }
    let holder = holder(entry, world, subject, &changes);
    let kind = match changes.iter().find(|change| change.object.id == holder.id) {
        _ if !lost.is_empty() => "lost",
        Some(change) if change.action == Action::Created => "created",
        Some(change) if change.action == Action::Deleted => "deleted",
        _ => "updated",
    };
    Item {
        revision: entry.revision,
        at: entry.at,
        actor: ActorBody::from(&entry.actor),
        operation: entry.operation,
        tracking_id: entry.tracking_id.to_string(),
        kind,
        holder,
        changes,
        lost: lost.iter().copied().cloned().collect(),
        rules,
    }
}

/// The holder as it is named now or, when it is gone, as the commit knew it.
fn holder(entry: &Entry, world: &World, subject: Uuid, changes: &[ChangeBody]) -> HolderBody {
    let gone = || {
        entry.changes.iter().find_map(|change| {
            let own = [kinds::PERSON, kinds::WORKSPACE].contains(&change.key.0);
            let object = change.before.as_ref().or(change.after.as_ref())?;
            (own && change.key.1 == subject).then(|| naming::named(change.key, object, &[]))
        })
    };
    let found = naming::holder(world, subject)
        .or_else(gone)
        .or_else(|| changes.first().map(|change| change.object.clone()));
    match found {
        Some(named) => HolderBody {
            r#type: named.kind,
            id: named.id,
            name: named.name,
        },
        None => HolderBody {
            r#type: "unknown".to_owned(),
            id: subject.to_string(),
            name: String::new(),
        },
    }
}

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
    /// 400 for an unknown kind.
    pub fn new(
        world: &World,
        holder: Option<&str>,
        rule: Option<&str>,
        kind: Option<&str>,
    ) -> Result<Self, Refusal> {
        if let Some(kind) = kind.filter(|kind| !KINDS.contains(kind)) {
            return Err(super::unknown_name("kind", kind, KINDS.into_iter()));
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
        let by_rule = self.rule.as_deref().is_none_or(|rule| {
            entry.rules.contains(&rule) || entry.lost.iter().any(|lost| lost.rule == rule)
        });
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

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let filter = Filter::new(
        &world,
        call.query("holder").as_deref(),
        call.query("rule").as_deref(),
        call.query("kind").as_deref(),
    )?;
    let (entries, evicted): (Vec<Arc<Entry>>, u64) = call.tenant.sandbox.ledger(|ledger| {
        let entries = ledger.entries().map(Arc::clone).collect();
        (entries, ledger.evicted)
    });
    let items = entries.iter().flat_map(|entry| filter.items(entry, &world));
    page::list_beside(call, ORDINARY, items, &[("evicted", Value::from(evicted))])
}
