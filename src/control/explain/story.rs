//! What became of a request, in sentences: who did it and how, and for each holder what went, what
//! came, what was lost and what stayed.

use super::tasks::Started;
use crate::control::ledger::{ChangeBody, Item};
use crate::control::naming::Action;
use crate::control::switches::SwitchBody;
use crate::refusal::Refusal;
use crate::world::Lost;

/// Holders that are named in a cause; more are counted.
const NAMED_HOLDERS: usize = 5;

/// Fields of holders that say nothing to a reader: licences, Calling and location are named in
/// words of their own, and the time is the request's.
const SILENT: [&str; 4] = ["licenses", "lastModified", "calling", "location"];

/// Whose licences, Calling and location are named in words of their own.
const HOLDERS: [&str; 2] = ["person", "workspace"];

/// The counters of a licence, which follow from who holds it.
const COUNTERS: [&str; 2] = ["consumedByUsers", "consumedByWorkspaces"];

/// Rules of moves that keep everything.
const KEEPS_ALL: [&str; 3] = ["MOVE-01", "WS-01", "DEC-07"];

/// Families of which the value itself is told, when there is one.
const TOLD_IN_FULL: [&str; 2] = ["numbers", "extension"];

/// Why a request was refused.
pub(super) fn refused(refusal: &Refusal) -> String {
    let row = refusal.kind.row();
    let description = refusal.description();
    let changed = "Nothing was changed.";
    if description == row.message {
        return format!("{description} {changed}");
    }
    format!(
        "{}: {description} {changed}",
        row.message.trim_end_matches('.')
    )
}

/// Puts those first whose licences changed or who lost something of their own, then other changes,
/// then those who lost something by it. Counters of licences tell nothing and are left out.
pub(super) fn order(items: &mut Vec<Item>) {
    items.retain(|item| !is_counting(item));
    items.sort_by_key(|item| match () {
        () if is_bystander(item) => 2,
        () if !item.lost.is_empty() => 0,
        () if !item.licenses_removed.is_empty() || !item.licenses_added.is_empty() => 0,
        () => 1,
    });
}

/// Whether nothing differs but how many hold a licence.
fn is_counting(item: &Item) -> bool {
    let counts = |change: &ChangeBody| {
        let mut fields = change.fields.iter();
        let only = fields.all(|field| COUNTERS.contains(&field.path.as_str()));
        change.object.kind == "license" && !change.fields.is_empty() && only
    };
    item.lost.is_empty() && !item.changes.is_empty() && item.changes.iter().all(counts)
}

/// Whether somebody lost something only because somebody else lost Calling.
fn is_bystander(item: &Item) -> bool {
    !item.lost.is_empty() && item.lost.iter().all(|lost| lost.bystander.is_some())
}

/// What there is to tell of a request.
pub(super) struct Told<'a> {
    /// What changed and what was lost, holder by holder.
    pub(super) items: &'a [Item],
    /// The switches that were turned.
    pub(super) switches: &'a [SwitchBody],
    /// What deserves attention.
    pub(super) warnings: &'a [String],
}

/// What a request changed, in sentences for each of the first holders, what of it was left out,
/// what became of the tasks it started, and by which rules.
pub(super) fn happened(route: &str, told: &Told<'_>, started: &Started, rules: &[&str]) -> String {
    let Told {
        items,
        switches,
        warnings,
    } = *told;
    let mut sentences = vec![route.to_owned()];
    if items.is_empty() && switches.is_empty() {
        sentences.push("The request was answered and changed nothing.".to_owned());
    }
    tell_holders(items, &mut sentences);
    sentences.extend(switches.iter().map(SwitchBody::sentence));
    // What was asked and not done is told by warnings.
    sentences.extend(warnings.iter().take(NAMED_HOLDERS).cloned());
    sentences.extend(started.sentences.iter().cloned());
    let is_told = !items.is_empty() || !warnings.is_empty() || !started.sentences.is_empty();
    if is_told && !rules.is_empty() {
        sentences.push(format!("Decided by {}.", rules.join(", ")));
    }
    sentences.join(" ")
}

fn tell_holders(items: &[Item], sentences: &mut Vec<String>) {
    let named = items.iter().take(NAMED_HOLDERS);
    sentences.extend(named.map(|item| match is_bystander(item) {
        true => forgotten(item, items),
        false => told(item),
    }));
    let more = items.get(NAMED_HOLDERS..).unwrap_or_default();
    if !more.is_empty() {
        let losing = more.iter().filter(|item| !item.lost.is_empty()).count();
        let count = more.len();
        sentences.push(format!(
            "{count} more were changed; {losing} of them lost something."
        ));
    }
}

fn name(item: &Item) -> &str {
    match item.holder.name.as_str() {
        "" => &item.holder.id,
        name => name,
    }
}

fn told(item: &Item) -> String {
    let mut parts = Vec::new();
    for (verb, licenses) in [
        ("gave up", &item.licenses_removed),
        ("got", &item.licenses_added),
    ] {
        if !licenses.is_empty() {
            parts.push(format!("{verb} {}", licenses.join(", ")));
        }
    }
    // What was lost is told as a loss, not as changed settings and numbers too.
    let own = |change: &&ChangeBody| item.lost.is_empty() || change.object.id == item.holder.id;
    let families = |change: &&ChangeBody| {
        let mut lost = item.lost.iter();
        !lost.any(|lost| lost.family == change.object.kind)
    };
    let changes = item.changes.iter().filter(own).filter(families);
    parts.extend(changes.filter_map(changed));
    let mut text = match parts.is_empty() {
        true => format!("{}.", name(item)),
        false => format!("{}: {}.", name(item), parts.join("; ")),
    };
    if !item.lost.is_empty() {
        text.push_str(&format!(" Lost: {}.", families_of(&item.lost)));
    } else if item
        .rules
        .iter()
        .any(|rule| KEEPS_ALL.contains(&rule.as_str()))
    {
        text.push_str(" Nothing was lost.");
    }
    if let Some(kept) = kept(item) {
        text.push_str(&format!(" Kept: {kept}."));
    }
    text
}

fn changed(change: &ChangeBody) -> Option<String> {
    let kind = &change.object.kind;
    let verb = match change.action {
        Action::Created => return Some(format!("{kind} created")),
        Action::Updated => "changed",
        Action::Deleted => return Some(format!("{kind} deleted")),
    };
    let all = change.fields.iter().map(|field| field.path.as_str());
    let is_holder = HOLDERS.contains(&kind.as_str());
    let told: Vec<&str> = all
        .filter(|path| !(is_holder && SILENT.contains(path)))
        .collect();
    match (change.fields.is_empty(), told.as_slice()) {
        (true, _) => Some(format!("{kind} {verb}")),
        (false, []) => None,
        (false, told) => Some(format!("{kind} {verb} ({})", told.join(", "))),
    }
}

/// Every family once, with its values counted; numbers and extensions as they were.
fn families_of(lost: &[Lost]) -> String {
    let mut families: Vec<(&str, Vec<&Lost>)> = Vec::new();
    for one in lost.iter().filter(|lost| lost.bystander.is_none()) {
        match families
            .iter_mut()
            .find(|(family, _)| *family == one.family)
        {
            Some((_, values)) => values.push(one),
            None => families.push((&one.family, vec![one])),
        }
    }
    let told = families.iter().map(|(family, values)| {
        let texts: Vec<&str> = values
            .iter()
            .filter_map(|one| one.before.as_str())
            .collect();
        match values.len() {
            _ if TOLD_IN_FULL.contains(family) => format!("{family} ({})", texts.join(", ")),
            1 => (*family).to_owned(),
            count => format!("{family} ({count} values)"),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What stayed beside the Calling that went (LOSS-04).
fn kept(item: &Item) -> Option<String> {
    let is_rule = item.rules.iter().any(|rule| rule == "LOSS-04");
    if !is_rule || item.lost.is_empty() {
        return None;
    }
    let own: &[&str] = match item.holder.r#type.as_str() {
        "person" => &["name", "e-mail address", "status", "administrator roles"],
        _ => &["name", "location"],
    };
    let licenses = item.licenses_kept.iter().map(String::as_str);
    let all: Vec<&str> = licenses.chain(own.iter().copied()).collect();
    Some(all.join(", "))
}

/// What somebody lost because somebody else lost Calling.
fn forgotten(item: &Item, items: &[Item]) -> String {
    let mut families: Vec<&str> = Vec::new();
    let mut gone: Vec<&str> = Vec::new();
    for lost in &item.lost {
        if !families.contains(&lost.family.as_str()) {
            families.push(&lost.family);
        }
        let id = lost.before.as_str().unwrap_or_default();
        let holder = items.iter().find(|other| other.holder.id == id);
        let named = holder.map_or(id, name);
        if !gone.contains(&named) {
            gone.push(named);
        }
    }
    let (families, gone) = (families.join(", "), gone.join(", "));
    format!(
        "Settings of {} no longer name {gone}: {families}.",
        name(item)
    )
}
