//! Which attributes a caller wants to see: `attributes` and `excludedAttributes` (RFC 7644, 3.9).

use serde::Serialize;
use serde_json::{Map, Value};

use crate::http::Call;
use crate::refusal::Refusal;
use crate::settings::family::to_value;

/// What is always shown.
const ALWAYS: [&str; 2] = ["schemas", "id"];

/// Which attributes a caller wants to see.
pub(super) struct Selection {
    core: &'static str,
    only: Vec<String>,
    without: Vec<String>,
}

impl Selection {
    /// What a call to a list asks for.
    pub(super) fn of(call: &Call<'_>, core: &'static str) -> Self {
        Self {
            core,
            only: call.query_list("attributes"),
            without: call.query_list("excludedAttributes"),
        }
    }

    /// What a call asks for that only leaves out.
    pub(super) fn without(call: &Call<'_>, core: &'static str) -> Self {
        Self {
            core,
            only: Vec::new(),
            without: call.query_list("excludedAttributes"),
        }
    }

    /// Whether nothing is left out.
    pub(super) fn is_everything(&self) -> bool {
        self.only.is_empty() && self.without.is_empty()
    }

    /// Whether an attribute of the document itself is asked for by name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.only
            .iter()
            .any(|it| self.own(it).eq_ignore_ascii_case(name))
    }

    /// A document with what is asked for.
    ///
    /// # Errors
    /// 500 for what cannot be written as JSON.
    pub(super) fn of_one(&self, document: &impl Serialize) -> Result<Value, Refusal> {
        let Value::Object(whole) = to_value(document)? else {
            return Ok(Value::Null);
        };
        let mut shown = match self.only.is_empty() {
            true => whole,
            false => self.picked(&whole),
        };
        for name in &self.without {
            self.take_out(&mut shown, name);
        }
        Ok(Value::Object(shown))
    }

    /// A name without the schema of the document.
    fn own<'n>(&self, name: &'n str) -> &'n str {
        let rest = name.strip_prefix(self.core);
        rest.map_or(name, |rest| rest.trim_start_matches(':'))
    }

    fn picked(&self, whole: &Map<String, Value>) -> Map<String, Value> {
        let mut picked = Map::new();
        for (key, value) in whole {
            let is_core = !key.contains(':');
            let is_asked = |name: &String| match self.own(name) {
                "" => is_core,
                name => key.eq_ignore_ascii_case(name),
            };
            if ALWAYS.contains(&key.as_str()) || self.only.iter().any(is_asked) {
                picked.insert(key.clone(), value.clone());
                continue;
            }
            let parts = self
                .only
                .iter()
                .filter_map(|name| part(self.own(name), key));
            let parts: Vec<&str> = parts.collect();
            let kept = keep(value, |name| {
                parts.iter().any(|part| part.eq_ignore_ascii_case(name))
            });
            picked.extend(kept.map(|kept| (key.clone(), kept)));
        }
        picked
    }

    fn take_out(&self, shown: &mut Map<String, Value>, name: &str) {
        let name = self.own(name);
        let is_whole = |key: &str| match name {
            "" => !key.contains(':'),
            name => key.eq_ignore_ascii_case(name),
        };
        shown.retain(|key, _| ALWAYS.contains(&key.as_str()) || !is_whole(key));
        for (key, value) in shown.iter_mut() {
            let Some(part) = part(name, key) else {
                continue;
            };
            let left = keep(value, |own| !own.eq_ignore_ascii_case(part));
            match left {
                Some(left) => *value = left,
                None if value.is_object() => *value = Value::Object(Map::new()),
                None => {}
            }
        }
    }
}

/// The part of an attribute that a name names: `givenName` of `name` by `name.givenName`, and of
/// an extension by `urn:…:department` or by `department` alone, as Webex's own example has it.
fn part<'n>(name: &'n str, key: &str) -> Option<&'n str> {
    let below = name.split_at_checked(key.len());
    let below = below.filter(|(head, _)| head.eq_ignore_ascii_case(key));
    let below = below.and_then(|(_, rest)| rest.strip_prefix([':', '.']));
    let alone = (key.contains(':') && !name.contains([':', '.'])).then_some(name);
    below.or(alone)
}

/// The parts of a value that are kept; none where it has no such part.
fn keep(value: &Value, is_kept: impl Fn(&str) -> bool + Copy) -> Option<Value> {
    match value {
        Value::Object(parts) => {
            let kept = parts.iter().filter(|(name, _)| is_kept(name));
            let kept: Map<String, Value> = kept
                .map(|(name, part)| (name.clone(), part.clone()))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) => {
            let kept: Vec<Value> = items
                .iter()
                .filter_map(|item| keep(item, is_kept))
                .collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        _ => None,
    }
}
