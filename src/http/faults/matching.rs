//! Whether a rule concerns a request.

use serde_json::Value;
use uuid::Uuid;

use super::rule::Match;
use crate::http::auth::is_actor;
use crate::http::ended::Arrival;
use crate::http::target::Target;
use crate::model::{Person, WebexId, spaces};

/// Whether everything that a match names applies to a request.
pub(super) fn concerns(wanted: &Match, arrival: &Arrival<'_>, found: &Target) -> bool {
    let incoming = arrival.incoming;
    let fits =
        |wanted: &Option<String>, fits: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(fits);
    let is_operation = |id: &str| found.operation().is_some_and(|row| row.id == id);
    let is_method = |method: &str| {
        let sent = match incoming.method.as_str() {
            "HEAD" => "GET",
            sent => sent,
        };
        method.eq_ignore_ascii_case(sent)
    };
    let asks = |actor: &str| {
        let session = arrival.session;
        session.is_some_and(|session| is_actor(&session.actor, actor))
    };
    fits(&wanted.operation, &is_operation)
        && fits(&wanted.method, &is_method)
        && fits(&wanted.path_prefix, &|prefix| {
            incoming.path.starts_with(prefix)
        })
        && fits(&wanted.actor, &asks)
        && fits(&wanted.holder, &|holder| names(holder, arrival, found))
}

/// Whether a text can name a person or a workspace.
pub(super) fn names_somebody(text: &str) -> bool {
    text.contains('@') || decode(text).is_some()
}

fn decode(text: &str) -> Option<Uuid> {
    let person = WebexId::Person.decode(text);
    person.or_else(|| WebexId::Workspace.decode(text))
}

/// A person or a workspace in all its spellings.
struct Holder<'a> {
    id: Option<Uuid>,
    email: Option<&'a str>,
}

impl Holder<'_> {
    fn is(&self, text: &str) -> bool {
        let is_email = self
            .email
            .is_some_and(|email| email.eq_ignore_ascii_case(text));
        is_email || self.id.is_some_and(|id| decode(text) == Some(id))
    }
}

/// Whether path, query or body of a request name a holder, a file in one of its cells.
fn names(holder: &str, arrival: &Arrival<'_>, found: &Target) -> bool {
    let world = arrival.tenant.sandbox.peek();
    let id = match holder.contains('@') {
        true => world.find(spaces::EMAIL, Uuid::nil(), holder),
        false => decode(holder),
    };
    let person = id.and_then(|id| world.get::<Person>(id));
    let email = person.map(|person| person.email.as_str());
    let sought = Holder {
        id,
        // One who is not there yet has the address alone.
        email: email.or(holder.contains('@').then_some(holder)),
    };
    let own = arrival.session.and_then(|session| session.actor.person);
    let mut segments = arrival.incoming.path.split('/').peekable();
    let mut says_me = false;
    while let Some(segment) = segments.next() {
        says_me |= matches!(segment, "people" | "users") && segments.peek() == Some(&"me");
    }
    if says_me && own.is_some() && own == sought.id {
        return true;
    }
    let values: &[String] = match found {
        Target::Operation(_, values) => values,
        Target::Missing(..) => &[],
    };
    if values.iter().any(|value| sought.is(value)) {
        return true;
    }
    let mut queries = form_urlencoded::parse(arrival.incoming.query.as_bytes());
    if queries.any(|(_, value)| sought.is(&value)) {
        return true;
    }
    match serde_json::from_slice::<Value>(&arrival.incoming.body) {
        Ok(body) => holds(&body, &sought),
        Err(_) => has_cell(&arrival.incoming.body, &sought),
    }
}

/// Whether a file has a cell that names a holder, whatever separates its cells; one that was sent
/// as a part of a form, too.
fn has_cell(file: &[u8], sought: &Holder<'_>) -> bool {
    let text = std::str::from_utf8(file).unwrap_or_default();
    let mut cells = text.split([',', ';', '\t', '"', '\r', '\n']);
    cells.any(|cell| sought.is(cell.trim()))
}

/// Whether a document holds a text that names a holder. The reader bounds its depth.
fn holds(document: &Value, sought: &Holder<'_>) -> bool {
    match document {
        Value::String(text) => sought.is(text),
        Value::Array(items) => items.iter().any(|item| holds(item, sought)),
        Value::Object(members) => members.values().any(|value| holds(value, sought)),
        _ => false,
    }
}
