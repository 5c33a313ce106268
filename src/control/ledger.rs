//! The ledger: for each commit and each holder concerned, what changed and what was lost.

mod filter;
mod known;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

pub use filter::{Asked, Filter};
pub use known::Known;

use super::naming::{self, Action, Named};
use super::requests::ActorBody;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, Reply, Row};
use crate::model::{License, Person, Subscription, Workspace};
use crate::refusal::Refusal;
use crate::world::diff::FieldChange;
use crate::world::{Change, Entry, Lost, Moment, Object, World};

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
        (
            "family",
            "Only where something of this settings family was lost.",
        ),
        ("operation", "Only what this operation did."),
        (
            "trackingId",
            "Only what the request with this tracking id did.",
        ),
        ("max", "How many items, up to 1000."),
        ("start", "How many items to pass over."),
    ])
    .answers::<page::Items<Item>>()];

/// What a commit did to one holder, or to one object that belongs to nobody.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LedgerItem)]
pub struct Item {
    /// The revision after it.
    pub revision: u64,
    /// When it was done.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// Who did it.
    actor: ActorBody,
    /// The operation's id.
    pub operation: &'static str,
    /// The tracking id of the request.
    pub tracking_id: String,
    /// The gravest of what happened.
    pub kind: &'static str,
    /// Whom it concerns.
    pub holder: HolderBody,
    /// Licences the holder has no longer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub licenses_removed: Vec<String>,
    /// Licences the holder has from now on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub licenses_added: Vec<String>,
    /// Licences that a holder who lost some has still.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub licenses_kept: Vec<String>,
    /// Which objects differ.
    pub changes: Vec<ChangeBody>,
    /// What was lost.
    #[schema(value_type = Vec<Object>)]
    pub lost: Vec<Lost>,
    /// The rules that decided.
    pub rules: Vec<String>,
}

/// A holder, or another object that stands for itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HolderBody {
    /// `person`, `workspace`, or another kind.
    pub r#type: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One object that differs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeBody {
    /// Which one.
    #[serde(flatten)]
    pub object: Named,
    /// What happened to it.
    pub action: Action,
    /// In which fields it differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub fields: Vec<FieldChange>,
}

impl ChangeBody {
    /// What a change did among others, told with the names that the worlds know.
    #[must_use]
    pub fn of(change: &Change, worlds: &[&World], beside: &[Change]) -> Option<Self> {
        let object = change.after.as_ref().or(change.before.as_ref())?;
        let (action, fields) = naming::difference_beside(change, worlds, beside);
        Some(Self {
            object: naming::named(change.key, object, worlds),
            action,
            fields,
        })
    }
}

/// What a commit did, one item for each holder concerned, in the order of the first touch. The
/// worlds know their names, also of those who are gone.
#[must_use]
pub fn items(entry: &Entry, worlds: &[&World]) -> Vec<Item> {
    items_about(entry, worlds, |_| true)
}

/// The same of those holders who are wanted.
fn items_about(entry: &Entry, worlds: &[&World], wants: impl Fn(Uuid) -> bool) -> Vec<Item> {
    let mut order: Vec<Uuid> = Vec::new();
    let mut groups: BTreeMap<Uuid, (Vec<&Change>, Vec<&Lost>)> = BTreeMap::new();
    let mut group = |subject: Uuid| {
        groups.entry(subject).or_insert_with(|| {
            order.push(subject);
            Default::default()
        });
    };
    let touched = entry.changes.iter().map(naming::subject);
    for subject in touched.chain(entry.lost.iter().map(|lost| lost.holder)) {
        if wants(subject) {
            group(subject);
        }
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
        Some(item(entry, worlds, subject, changes, lost))
    });
    made.collect()
}

/// The licences that a side of a holder's change held.
fn held(side: Option<&Object>) -> &[Uuid] {
    let person = side.and_then(Object::downcast::<Person>);
    let workspace = side.and_then(Object::downcast::<Workspace>);
    let licenses = person.map(|person| &person.licenses);
    let licenses = licenses.or_else(|| workspace.map(|workspace| &workspace.licenses));
    licenses.map_or(&[], Vec::as_slice)
}

/// `Webex Calling - Professional [Sub119911]`, even of a licence that is gone.
fn license_name(worlds: &[&World], id: Uuid) -> String {
    let license = worlds.iter().find_map(|world| world.get::<License>(id));
    let Some(license) = license else {
        return id.to_string();
    };
    let mut worlds = worlds.iter();
    let subscription = worlds.find_map(|world| world.get::<Subscription>(license.subscription));
    let code = subscription.map_or("", |subscription| &subscription.code);
    format!("{} [{code}]", license.offer().api_name)
}

/// Names of the licences that the holder's changes remove, add and, beside a removal, keep.
fn licenses(worlds: &[&World], changes: &[&Change]) -> [Vec<String>; 3] {
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    for change in changes {
        let (before, after) = (held(change.before.as_ref()), held(change.after.as_ref()));
        let only = |left: &[Uuid], right: &[Uuid]| -> Vec<String> {
            let ids = left.iter().filter(|id| !right.contains(id));
            ids.map(|id| license_name(worlds, *id)).collect()
        };
        found[0].extend(only(before, after));
        found[1].extend(only(after, before));
        if before.iter().any(|id| !after.contains(id)) {
            let kept = before.iter().filter(|id| after.contains(id));
            found[2].extend(kept.map(|id| license_name(worlds, *id)));
        }
    }
    found
}

fn item(
    entry: &Entry,
    worlds: &[&World],
    subject: Uuid,
    changes: &[&Change],
    lost: &[&Lost],
) -> Item {
    let [licenses_removed, licenses_added, licenses_kept] = licenses(worlds, changes);
    let changes: Vec<ChangeBody> = changes
        .iter()
        .filter_map(|change| ChangeBody::of(change, worlds, &entry.changes))
        .collect();
    let decided = entry.rules_about(subject).iter();
    let mut rules: Vec<String> = decided.map(|rule| (*rule).to_owned()).collect();
    for lost in lost {
        if !rules.contains(&lost.rule) {
            rules.push(lost.rule.clone());
        }
    }
    let holder = holder(worlds, subject, &changes);
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
        licenses_removed,
        licenses_added,
        licenses_kept,
        changes,
        lost: lost.iter().copied().cloned().collect(),
        rules,
    }
}

/// The holder as it is named now or, when it is gone, as it was named last.
fn holder(worlds: &[&World], subject: Uuid, changes: &[ChangeBody]) -> HolderBody {
    let mut known = worlds.iter();
    let found = known
        .find_map(|world| naming::holder(world, subject))
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

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |name: &str| call.query(name).map(std::borrow::Cow::into_owned);
    let asked = Asked {
        holder: text("holder"),
        rule: text("rule"),
        kind: text("kind"),
        family: text("family"),
        operation: text("operation"),
        tracking_id: text("trackingId"),
    };
    let known = Known::of(call);
    let filter = Filter::new(&known, asked, call.app.table)?;
    let worlds = known.worlds();
    let entries = known.entries.iter();
    let items = entries.flat_map(|entry| filter.items(entry, &worlds));
    let evicted = Value::from(known.evicted);
    page::list_beside(call, ORDINARY, items, &[("evicted", evicted)])
}
