//! Which part of the ledger a caller wants.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Item, Known, items_about};
use crate::belongings;
use crate::http::strictness::unknown_name;
use crate::http::table::Table;
use crate::licensing::rules;
use crate::model::WebexId;
use crate::model::number::shorten;
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
    /// People or workspaces: their ids within and outside. Nobody, when there never was one.
    Ids(Vec<Uuid>, Vec<String>),
    /// The id of something else.
    Text(String),
}

impl Wanted {
    fn of(known: &Known, text: &str) -> Self {
        let ids = if text.contains('@') {
            known.with_email(&text.to_lowercase())
        } else {
            let id = WebexId::Person.decode(text);
            match id.or_else(|| WebexId::Workspace.decode(text)) {
                None => return Self::Text(text.to_owned()),
                Some(id) => known.holder(id).map(|_| id).into_iter().collect(),
            }
        };
        let kinds = [WebexId::Person, WebexId::Workspace];
        let outside = ids.iter().flat_map(|id| kinds.map(|kind| kind.encode(*id)));
        let outside = outside.collect();
        Self::Ids(ids, outside)
    }

    /// Whether an item concerns the holder that is wanted.
    fn is(&self, item: &Item) -> bool {
        match self {
            Self::Text(text) => item.holder.id == *text,
            Self::Ids(_, outside) => outside.contains(&item.holder.id),
        }
    }
}

impl Filter {
    /// A filter of what a caller asks for.
    ///
    /// # Errors
    /// 400 for a rule, a kind, a family or an operation that there is not: it would fit nothing.
    pub fn new(known: &Known, asked: Asked, table: &Table) -> Result<Self, Refusal> {
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
        if asked.family.is_some() {
            let names: Vec<&str> = belongings::families().collect();
            check("family", asked.family.as_ref(), &names)?;
        }
        if asked.operation.is_some() {
            let ids: Vec<&str> = table.operations.iter().map(|known| known.id).collect();
            check("operation", asked.operation.as_ref(), &ids)?;
        }
        let holder = asked.holder.as_deref();
        Ok(Self {
            holder: holder.map(|text| Wanted::of(known, text)),
            asked,
        })
    }

    /// The items of a commit that are wanted.
    #[must_use]
    pub fn items(&self, entry: &Entry, worlds: &[&World]) -> Vec<Item> {
        if !self.may_fit(entry) {
            return Vec::new();
        }
        let mut found = items_about(entry, worlds, |subject| self.wants(subject));
        found.retain(|item| self.fits(item));
        found
    }

    /// How many items each of some filters wants, in one walk through the ledger.
    #[must_use]
    pub fn count(filters: &[&Self], known: &Known) -> Vec<u64> {
        let worlds = known.worlds();
        let mut counts = vec![0; filters.len()];
        for entry in &known.entries {
            let own = filters.iter().zip(&mut counts);
            let mut own: Vec<_> = own.filter(|(filter, _)| filter.may_fit(entry)).collect();
            if own.is_empty() {
                continue;
            }
            let items = items_about(entry, &worlds, |subject| {
                own.iter().any(|(filter, _)| filter.wants(subject))
            });
            for (filter, count) in &mut own {
                **count += items.iter().filter(|item| filter.fits(item)).count() as u64;
            }
        }
        counts
    }

    /// Why nothing can concern the holder that is wanted, when there never was one.
    #[must_use]
    pub fn stranger(&self) -> Option<String> {
        let text = shorten(self.asked.holder.as_ref()?);
        match self.holder.as_ref()? {
            Wanted::Ids(ids, _) if !ids.is_empty() => None,
            _ if text.contains('@') => Some(format!("Nobody here has or had the address {text}.")),
            _ => Some(format!(
                "No person and no workspace here has or had the id {text}."
            )),
        }
    }

    /// Whether an item is wanted.
    fn fits(&self, item: &Item) -> bool {
        let mut criteria = CRITERIA.iter();
        criteria.all(|criterion| self.fits_in(criterion, item))
    }

    /// Whether something about a holder may be wanted, before names are made.
    fn wants(&self, subject: Uuid) -> bool {
        match &self.holder {
            Some(Wanted::Ids(ids, _)) => ids.contains(&subject),
            _ => true,
        }
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
    pub fn differences(&self, item: &Item) -> Vec<(&'static str, String, String)> {
        let criteria = self.criteria().into_iter();
        criteria
            .filter(|(name, _)| !self.fits_in(name, item))
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
        let nobody = matches!(&self.holder, Some(Wanted::Ids(ids, _)) if ids.is_empty());
        !nobody
            && asked.rule.as_deref().is_none_or(|rule| entry.is_by(rule))
            && (!loses || !entry.lost.is_empty())
            && (asked.operation.as_deref()).is_none_or(|operation| operation == entry.operation)
            && (asked.tracking_id.as_deref()).is_none_or(|id| id == &*entry.tracking_id)
    }

    fn fits_in(&self, criterion: &str, item: &Item) -> bool {
        let Some(wanted) = self.wanted(criterion) else {
            return true;
        };
        match criterion {
            "holder" => (self.holder.as_ref()).is_some_and(|holder| holder.is(item)),
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
