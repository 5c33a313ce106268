//! Settings of holders: sets and own settings put together, members looked up by name, and each
//! family configured by its own rules.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Failures, Names, Site};
use crate::belongings;
use crate::model::Holder;
use crate::model::nearest::nearest;
use crate::refusal::Refusal;
use crate::scenario::document::{Organization, Settings};
use crate::settings::table::{FAMILIES, family};
use crate::world::Tx;

/// Where families name other holders: the family, and the list in its body.
const MEMBERS: &[(&str, &str)] = &[
    ("monitoring", "monitoredElements"),
    ("privacy", "monitoringAgents"),
    ("pushToTalk", "members"),
];

/// What the document says of a holder's settings.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Names of setting sets, later ones win.
    pub sets: &'a [String],
    /// The holder's own settings, which win over the sets.
    pub own: &'a Settings,
    /// Where the holder stands in the document.
    pub path: &'a str,
}

/// Configures everything that the document says of a holder.
pub fn configure(
    tx: &mut Tx,
    site: &Site<'_>,
    name: &str,
    wanted: Wanted<'_>,
    failures: &mut Failures,
) {
    // Somebody who could not be created was reported then.
    let Some(holder) = site.names.holder(name) else {
        return;
    };
    for (key, (body, path)) in &merged(wanted, site.organization, failures) {
        let outcome = resolved(key, body, &site.names).and_then(|body| {
            let outcome = configure_one(tx, holder, key, &body);
            outcome.map_err(|refusal| (String::new(), refusal.description()))
        });
        if let Err((below, message)) = outcome {
            failures.add(
                &format!("{path}{below}"),
                format!("{message}{}", of(wanted, path)),
            );
        }
    }
}

/// Says whose settings they are, where they stand elsewhere than with the holder.
fn of(wanted: Wanted<'_>, path: &str) -> String {
    if path.starts_with(wanted.path) {
        return String::new();
    }
    format!(" (for {})", wanted.path)
}

/// A body for each family, and where it stands in the document.
type Merged<'a> = BTreeMap<&'a str, (&'a Value, String)>;

fn merged<'a>(
    wanted: Wanted<'a>,
    organization: &'a Organization,
    failures: &mut Failures,
) -> Merged<'a> {
    let mut merged = Merged::new();
    for (index, name) in wanted.sets.iter().enumerate() {
        let Some(set) = organization.setting_sets.get(name) else {
            let path = format!("{}.settingSets[{index}]", wanted.path);
            failures.add(&path, format!("there are no setting sets named `{name}`"));
            continue;
        };
        let base = failures.at(&format!("settingSets.{name}"));
        for (key, body) in set {
            merged.insert(key, (body, format!("{base}.{key}")));
        }
    }
    for (key, body) in wanted.own {
        merged.insert(key, (body, format!("{}.settings.{key}", wanted.path)));
    }
    merged
}

/// The body as the family takes it: members by id. An error says where below the body.
fn resolved(key: &str, body: &Value, names: &Names) -> Result<Vec<u8>, (String, String)> {
    let mut body = body.clone();
    let lists = MEMBERS.iter().filter(|(family, _)| *family == key);
    for (_, list) in lists {
        let members = body.get_mut(list).and_then(Value::as_array_mut);
        for (index, member) in members.into_iter().flatten().enumerate() {
            let Some(name) = member.as_str() else {
                continue;
            };
            let holder = names.holder(name).ok_or_else(|| {
                let message = format!("there is no person or workspace `{name}`");
                (format!(".{list}[{index}]"), message)
            })?;
            *member = Value::String(holder.webex_id());
        }
    }
    serde_json::to_vec(&body).map_err(|error| (String::new(), error.to_string()))
}

fn configure_one(tx: &mut Tx, holder: Holder, key: &str, body: &[u8]) -> Result<(), Refusal> {
    if family(key).is_none() {
        let known = nearest(key, FAMILIES.iter().map(|family| family.key));
        let hint = known.map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
        let message = format!("there are no settings named `{key}`{hint}");
        return Err(Refusal::bad_request(message));
    }
    belongings::configure(tx, holder, key, body)
}
