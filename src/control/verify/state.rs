//! Whether a GET answers what is expected.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Detail, Verdict};
use crate::http::{Call, Space, rehearsal};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::Refusal;

/// What is expected of an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Asked {
    /// A GET path of `/v1` or `/_hub`, with its query.
    path: String,
    /// Which part of the answer, as a JSON pointer (RFC 6901); the whole when left out.
    #[serde(default)]
    pointer: String,
    /// What must stand there.
    equals: Value,
}

impl Asked {
    /// Refuses what could never be read.
    ///
    /// # Errors
    /// 400.
    pub fn check(&self) -> Result<(), Refusal> {
        if !matches!(Space::of(&self.path), Space::Webex | Space::Hub) {
            let shown = shorten(&self.path);
            let detail = format!("state.path must begin with /v1/ or /_hub/v1/, not \"{shown}\".");
            return Err(Refusal::bad_request(detail));
        }
        if !self.pointer.is_empty() && !self.pointer.starts_with('/') {
            let shown = shorten(&self.pointer);
            let detail = format!(
                "state.pointer must be empty or begin with /, such as /items/0/id, not \"{shown}\"."
            );
            return Err(Refusal::bad_request(detail));
        }
        Ok(())
    }

    fn place(&self) -> String {
        match self.pointer.as_str() {
            "" => format!("GET {}", self.path),
            pointer => format!("{pointer} of GET {}", self.path),
        }
    }
}

/// Reads what stands there now.
pub(super) fn look(call: &Call<'_>, asked: &Asked) -> Detail {
    let (found, trouble) = match rehearsal::look(call, &asked.path) {
        Err(refusal) => (Value::Null, Some(refused(asked, &refusal))),
        Ok(reply) => {
            let body = serde_json::from_slice::<Value>(&reply.body);
            // A file is compared as a text.
            let body = body.unwrap_or_else(|_| String::from_utf8_lossy(&reply.body).into());
            match body.pointer(&asked.pointer) {
                Some(value) => (value.clone(), None),
                None => (Value::Null, Some(missing(&asked.pointer, &body))),
            }
        }
    };
    let holds = trouble.is_none() && same(&found, &asked.equals);
    let expected = format!(
        "{} equals {}",
        asked.place(),
        shorten(&asked.equals.to_string())
    );
    let is = trouble.unwrap_or_else(|| format!("It is {}.", shorten(&found.to_string())));
    Detail {
        clause: String::new(),
        verdict: if holds {
            Verdict::Passed
        } else {
            Verdict::Failed
        },
        message: format!("Expected that {expected}. {is}"),
        expected,
        found,
        nearest: Vec::new(),
        may_change: true,
    }
}

/// Whether two values are the same in JSON, which knows one kind of number: 11.0 is 11.
fn same(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Number(found), Value::Number(wanted)) => {
            // Whole numbers are compared to the last digit.
            let is_whole = |number: &serde_json::Number| !number.is_f64();
            let both_whole = is_whole(found) && is_whole(wanted);
            found == wanted || (!both_whole && found.as_f64() == wanted.as_f64())
        }
        (Value::Array(found), Value::Array(wanted)) => {
            let mut pairs = found.iter().zip(wanted);
            found.len() == wanted.len() && pairs.all(|(found, wanted)| same(found, wanted))
        }
        (Value::Object(found), Value::Object(wanted)) => {
            let has = |(name, value): (&String, &Value)| {
                wanted.get(name).is_some_and(|wanted| same(value, wanted))
            };
            found.len() == wanted.len() && found.iter().all(has)
        }
        _ => found == wanted,
    }
}

fn refused(asked: &Asked, refusal: &Refusal) -> String {
    format!(
        "GET {} answers {}: {}",
        asked.path,
        refusal.kind.row().status,
        refusal.description()
    )
}

/// How far a pointer leads, and what is there instead.
fn missing(pointer: &str, body: &Value) -> String {
    let mut place = String::new();
    let mut value = body;
    for step in pointer.split('/').skip(1) {
        let next = format!("{place}/{step}");
        match body.pointer(&next) {
            Some(found) => (place, value) = (next, found),
            None => {
                let whole = if place.is_empty() {
                    "The answer"
                } else {
                    &*place
                };
                return match value {
                    Value::Object(members) => {
                        let names = members.keys().map(String::as_str);
                        let meant = nearest(step, names.clone());
                        let meant =
                            meant.map_or(String::new(), |name| format!(" Did you mean {name}?"));
                        let names: Vec<&str> = names.take(40).collect();
                        let names = names.join(", ");
                        format!("{whole} has no \"{step}\".{meant} It has {names}.")
                    }
                    Value::Array(items) => {
                        format!("{whole} is a list of {} items.", items.len())
                    }
                    other => format!("{whole} is {}.", shorten(&other.to_string())),
                };
            }
        }
    }
    String::new()
}
