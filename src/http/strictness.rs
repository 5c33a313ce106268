//! What a call says that means nothing, where it must not be passed over in silence: names that no
//! table has, query parameters that an operation does not know, bodies that it does not take.

use super::call::Call;
use super::operation::{Method, Space};
use super::queries;
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// The largest body of a control call that takes no documents.
const SMALL_BODY: usize = 1024 * 1024;

/// Refuses of a control call what it says and nobody reads, and of a call of the public API values
/// that a query parameter cannot have.
///
/// # Errors
/// 400 and 413.
pub(super) fn check(call: &Call<'_>) -> Result<(), Refusal> {
    match call.operation.space {
        Space::Sim => {}
        Space::Webex => return queries::check(call),
        Space::Hub | Space::Page => return Ok(()),
    }
    refuse_unknown_queries(call)?;
    refuse_large(call)?;
    refuse_unknown_body(call)
}

/// Calls that are not heavy run where the network is read, so what they read must be small.
fn refuse_large(call: &Call<'_>) -> Result<(), Refusal> {
    if call.operation.heavy || call.body.len() <= SMALL_BODY {
        return Ok(());
    }
    let detail = format!("The body of this call may have {SMALL_BODY} bytes.");
    Err(Refusal::new(ErrorKind::TooLarge, detail))
}

/// Refuses query parameters that the operation does not know: a filter with a slip of the pen
/// would filter nothing.
///
/// # Errors
/// 400 that names the nearest.
pub fn refuse_unknown_queries(call: &Call<'_>) -> Result<(), Refusal> {
    let known = call.operation.queries.iter().map(|(name, _)| *name);
    let unknown = call
        .queries()
        .find(|(name, _)| known.clone().all(|own| own != name));
    match unknown {
        None => Ok(()),
        Some((name, _)) => {
            let nearest = nearest(&name, known.clone());
            let refusal = unknown_name("query parameter", &name, known);
            Err(refusal.meaning("query", shorten(&name), nearest))
        }
    }
}

/// Refuses a body where the operation takes none: what somebody wanted with it, perhaps that
/// nothing happens, would be passed over in silence. An empty object says nothing, and a GET does
/// nothing.
///
/// # Errors
/// 400 that names the first field, and where it belongs when it is a query parameter.
fn refuse_unknown_body(call: &Call<'_>) -> Result<(), Refusal> {
    let operation = call.operation;
    let sent = call.body.trim_ascii();
    let is_taken = operation.takes.is_some() || operation.method == Method::Get;
    if is_taken || sent.is_empty() || sent == b"{}" {
        return Ok(());
    }
    let fields: Option<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(sent).ok();
    if fields.as_ref().is_some_and(serde_json::Map::is_empty) {
        return Ok(());
    }
    let mut fields = fields.iter().flat_map(serde_json::Map::keys);
    let known = operation.queries.iter().map(|(name, _)| *name);
    let meant = fields.find_map(|field| {
        let nearest = nearest(field, known.clone());
        let same = known.clone().find(|name| name == field);
        Some((field, same.or(nearest)?))
    });
    let hint = match meant {
        Some((field, name)) => format!("\"{}\" belongs in the query: ?{name}=….", shorten(field)),
        None => "Send it without one.".to_owned(),
    };
    Err(Refusal::bad_request(format!(
        "{} takes no body; nothing was done. {hint}",
        operation.id
    )))
}

/// Refuses a name that a table does not have, with the nearest one it has.
#[must_use]
pub fn unknown_name<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Refusal {
    let shown = shorten(name);
    let hint = match nearest(name, known.clone()) {
        Some(nearest) => format!("Did you mean {nearest}?"),
        None if known.clone().next().is_none() => "There is none at all.".to_owned(),
        None => format!("Known are {}.", known.collect::<Vec<_>>().join(", ")),
    };
    Refusal::bad_request(format!("There is no {what} \"{shown}\". {hint}"))
}
