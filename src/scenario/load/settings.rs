//! Settings of holders: sets and own settings put together, members looked up by name, and each
//! family configured by its own rules.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::Found;
use super::{Failures, Site, nowhere};
use crate::belongings;
use crate::refusal::Refusal;
use crate::scenario::document::{Belongings, Organization};
use crate::settings::families::schedules::Schedules;
use crate::settings::family::Family;
use crate::settings::table::{FAMILIES, family};
use crate::world::{Tx, World};

/// Where families name other holders: the family, and the field in its body.
const MEMBERS: &[(&str, &str)] = &[
    ("monitoring", "monitoredElements"),
    ("privacy", "monitoringAgents"),
    ("pushToTalk", "members"),
    ("reception", "monitoredMembers"),
    ("sharedLines", "members"),
    ("hotDeskingMembers", "members"),
    ("emergencyCallbackNumber", "locationMemberId"),
    ("executiveAssistant", "assistantIds"),
];

/// The family that others refer to.
const FIRST: &str = Schedules::KEY;

/// What the document says of a holder, and where.
type Wanted<'a> = (Belongings<'a>, &'a str);

/// Configures everything that the document says of a holder.
pub(super) fn configure(
    tx: &mut Tx,
    site: &Site<'_>,
    name: &str,
    wanted: Wanted<'_>,
    failures: &mut Failures,
) {
    // Somebody who could not be created was reported then.
    let Found::Here(holder) = site.names.holder(tx, site.id, name) else {
        return;
    };
    let merged = merged(wanted, site.organization, failures);
    // Schedules come first: criteria name them.
    let (first, rest): (Vec<_>, Vec<_>) = merged.iter().partition(|(key, _)| **key == FIRST);
    for (key, (body, path)) in first.into_iter().chain(rest) {
        if family(key).is_none() {
            let message = nowhere("family of settings", key, FAMILIES.iter().map(|it| it.key));
            failures.add(path, message);
            continue;
        }
        let body = match resolved(tx, site, key, body) {
            Ok(body) => body,
            Err(Unresolved::Failed) => continue,
            Err(Unresolved::Wrong(below, message)) => {
                let message = format!("{message}{}", of(wanted, path));
                failures.add_cause(&format!("{path}{below}"), message);
                continue;
            }
        };
        let outcome = tx.attempt(|tx| belongings::configure(tx, holder, key, &body));
        if let Err(refusal) = outcome {
            let path = format!("{path}{}", below(&refusal, &body));
            failures.add(&path, format!("{refusal}{}", of(wanted, &path)));
        }
    }
}

/// Where below the body the cause of a refusal stands: refusals begin with the field they mean.
fn below(refusal: &Refusal, body: &[u8]) -> String {
    let text = refusal.description();
    let field = text.split(' ').next().unwrap_or_default();
    let field = field.trim_end_matches([':', '.', ',']);
    let pointer = format!("/{}", field.replace(['.', '['], "/").replace(']', ""));
    let body: Option<Value> = serde_json::from_slice(body).ok();
    match body.is_some_and(|body| body.pointer(&pointer).is_some()) {
        true => format!(".{field}"),
        false => String::new(),
    }
}

/// Says whose settings they are, where they stand elsewhere than with the holder.
fn of(wanted: Wanted<'_>, path: &str) -> String {
    if path.starts_with(wanted.1) {
        return String::new();
    }
    format!(" (for {})", wanted.1)
}

/// A body for each family, and where it stands in the document.
type Merged<'a> = BTreeMap<&'a str, (&'a Value, String)>;

fn merged<'a>(
    (wanted, holder_path): Wanted<'a>,
    organization: &'a Organization,
    failures: &mut Failures,
) -> Merged<'a> {
    let mut merged = Merged::new();
    for (index, name) in wanted.setting_sets.iter().enumerate() {
        let Some(set) = organization.setting_sets.get(name) else {
            let path = format!("{holder_path}.settingSets[{index}]");
            let known = organization.setting_sets.keys().map(String::as_str);
            failures.add_cause(&path, nowhere("setting set", name, known));
            continue;
        };
        let base = failures.at(&format!("settingSets.{name}"));
        for (key, body) in set {
            merged.insert(key, (body, format!("{base}.{key}")));
        }
    }
    for (key, body) in wanted.settings {
        merged.insert(key, (body, format!("{holder_path}.settings.{key}")));
    }
    merged
}

/// Why a body cannot be put together.
enum Unresolved {
    /// It names somebody who could not be made, which has been said.
    Failed,
    /// Something is wrong: where below the body, and what.
    Wrong(String, String),
}

/// Those whom a field of a body names, and where below it: one, or each of a list, whose items may
/// be objects with an `id`.
fn named<'a>(body: &'a mut Value, field: &str) -> Vec<(String, &'a mut Value)> {
    let found = match body.get_mut(field) {
        Some(Value::Array(items)) => items.iter_mut().enumerate().collect(),
        Some(one) => return vec![(String::new(), one)],
        None => Vec::new(),
    };
    let found = found.into_iter().filter_map(|(index, item)| match item {
        Value::Object(fields) => Some((format!("[{index}].id"), fields.get_mut("id")?)),
        other => Some((format!("[{index}]"), other)),
    });
    found.collect()
}

/// The body as the family takes it: members by id.
fn resolved(
    world: &World,
    site: &Site<'_>,
    key: &str,
    body: &Value,
) -> Result<Vec<u8>, Unresolved> {
    let mut body = body.clone();
    let lists = MEMBERS.iter().filter(|(family, _)| *family == key);
    for (_, list) in lists {
        for (place, member) in named(&mut body, list) {
            let Some(name) = member.as_str() else {
                continue;
            };
            let holder = match site.names.holder(world, site.id, name) {
                Found::Here(holder) => holder,
                Found::Failed => return Err(Unresolved::Failed),
                Found::Nowhere => {
                    let message = nowhere("person or workspace", name, site.names.holders());
                    return Err(Unresolved::Wrong(format!(".{list}{place}"), message));
                }
            };
            *member = Value::String(holder.webex_id());
        }
    }
    serde_json::to_vec(&body).map_err(|error| Unresolved::Wrong(String::new(), error.to_string()))
}
