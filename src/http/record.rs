//! What is written down of a request, where, and where it is explained.

use std::sync::Arc;

use super::app::App;
use super::incoming::{Incoming, origin};
use super::journal::{Journal, Record};
use super::operation::{Method, Space};
use super::tenant::Tenant;
use crate::model::number::shorten;
use crate::world::Moment;

/// Where a request is kept: control calls only when they were refused, and apart from the others;
/// pages only when there was none.
pub(super) fn journal(tenant: &Tenant, space: Space, refused: bool) -> Option<&Journal> {
    match space {
        Space::Sim => refused.then_some(&tenant.refused_control),
        Space::Page => refused.then_some(&tenant.journal),
        Space::Webex | Space::Hub => Some(&tenant.journal),
    }
}

/// Query parameters whose values are secrets: they are asked for in a body, and who sends them in
/// a query all the same must not find them in a record.
const SECRETS: [&str; 9] = [
    "access_token",
    "refresh_token",
    "client_secret",
    "code",
    "code_verifier",
    "token",
    "password",
    "passcode",
    "pin",
];

/// A query as it is written down: secrets are named and not shown.
fn masked(query: &str) -> String {
    let told = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    told.collect::<Vec<_>>().join("&")
}

fn is_secret(name: &str) -> bool {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    SECRETS
        .iter()
        .any(|secret| name.eq_ignore_ascii_case(secret))
}

impl Incoming {
    /// Where the reply of a tracking id is explained, in the sandbox that keeps it.
    pub(crate) fn explain_url(&self, app: &App, tenant: &Tenant, tracking_id: &str) -> String {
        let named = (tenant.id != "default").then_some(tenant.id.as_str());
        let origin = origin(app, self, named);
        format!("{origin}/_sim/v1/explain/{tracking_id}")
    }
}

impl Record {
    /// The record of a request, before anything is known of its answer.
    pub(crate) fn of(incoming: &Incoming, now: Moment, tracking_id: &Arc<str>) -> Self {
        let target = if incoming.query.is_empty() {
            incoming.path.as_str().into()
        } else {
            format!("{}?{}", incoming.path, masked(&incoming.query)).into()
        };
        Self {
            at: now,
            method: match incoming.method.as_str() {
                "HEAD" => "HEAD".into(),
                sent => match Method::parse(sent) {
                    Some(method) => method.name().into(),
                    None => shorten(sent).into(),
                },
            },
            target,
            status: 0,
            operation: None,
            actor: None,
            tracking_id: Arc::clone(tracking_id),
            dry_run: false,
            refusal: None,
            noted: None,
            simulated: None,
            passed_over: Box::default(),
        }
    }
}
