//! Where a request leads: an operation, or the reason why to none.

use percent_encoding::percent_decode_str;

use super::app::App;
use super::incoming::Incoming;
use super::nearby::nearby;
use super::operation::{Method, Operation, Space};
use super::table::Found;
use crate::refusal::{ErrorKind, Refusal};

/// Where a request leads.
pub(super) enum Target {
    Operation(&'static Operation, Vec<String>),
    Missing(Refusal, Option<String>),
}

impl Target {
    /// The operation, when there is one.
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::Operation(operation, _) => Some(operation),
            Self::Missing(..) => None,
        }
    }
}

/// The operation of a request.
pub(super) fn find(app: &App, incoming: &Incoming) -> Target {
    // HEAD is GET whose body stays behind, which the listener sees to (RFC 9110, 9.3.2).
    let method = match incoming.method.as_str() {
        "HEAD" => Some(Method::Get),
        method => Method::parse(method),
    };
    match app.table.find(method, &incoming.path) {
        Found::Operation(operation, values) => {
            let decode = |value: &str| percent_decode_str(value).decode_utf8_lossy().into_owned();
            Target::Operation(operation, values.into_iter().map(decode).collect())
        }
        Found::OtherMethods(methods) => {
            let mut names: Vec<_> = methods.into_iter().map(Method::name).collect();
            if let Some(get) = names.iter().position(|name| *name == "GET") {
                names.insert(get + 1, "HEAD");
            }
            let allow = names.join(", ");
            let detail = format!("This path has the methods {allow}.");
            Target::Missing(
                Refusal::new(ErrorKind::MethodNotAllowed, detail),
                Some(allow),
            )
        }
        Found::Nothing => Target::Missing(unknown_path(app, &incoming.path), None),
    }
}

fn unknown_path(app: &App, path: &str) -> Refusal {
    let shown = crate::model::number::shorten(path);
    let space = Space::of(path);
    let hint = match space {
        // As Webex answers; `GET /_sim/v1/requests/unmatched` tells what may have been meant.
        Space::Webex => None,
        _ => nearby(app.table, None, None, path, 1).pop(),
    };
    let detail = match hint {
        Some(hint) => {
            let meant = hint.operation.path;
            format!("There is nothing at {shown}. Did you mean {meant}?")
        }
        None => format!("There is nothing at {shown}."),
    };
    Refusal::new(ErrorKind::UnknownPath, detail)
}
