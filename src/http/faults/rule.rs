//! A fault rule as callers write it, and what makes one that could never strike.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::answer;
use super::matching;
use crate::http::auth;
use crate::http::operation::{Method, Space};
use crate::http::strictness::unknown_name;
use crate::http::table::Table;
use crate::model::number::shorten;
use crate::model::role::{ROLES, Role};
use crate::refusal::Refusal;
use crate::world::Moment;

/// The longest delay, and the longest jitter, in milliseconds.
const DELAY_MAX: u32 = 60_000;
/// The largest `Retry-After`.
const RETRY_AFTER_MAX: u32 = 86_400;
/// The longest body.
pub const BODY_MAX: usize = 64 * 1024;
/// The longest text of a match.
const TEXT_MAX: usize = 1000;

/// A fault rule. The first rule that strikes wins.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Which requests it concerns: those to which everything named here applies.
    #[serde(default)]
    pub r#match: Match,
    /// What it does to them.
    pub effect: Effect,
    /// How often it strikes, at most.
    #[serde(
        default,
        deserialize_with = "read_times",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(minimum = 1)]
    pub times: Option<u64>,
    /// How likely it strikes, above 0 and up to 1. The draws come from the sandbox's seed, so that
    /// the same requests meet the same faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// From when on it strikes, by the sandbox clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Moment>,
    /// Until when it strikes, by the sandbox clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Moment>,
}

/// Which requests a rule concerns; nothing named is every request of the public API and of Control
/// Hub.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// The operationId of the OpenAPI documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The method; GET is HEAD as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How the path begins, without a sandbox: `/v1/people`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// Who asks: the name of a token, or an e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Whom path, query or body name: the id of a person or workspace, or an e-mail address. A file
    /// names whoever stands in one of its cells; the request fails then, and no row for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// What a rule does. With `status` or `drop` nothing is done; with a delay alone the operation runs
/// when it is over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Effect {
    /// The status, 400 to 599, answered with the documented error body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Another body: JSON, or a text that is sent as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub body: Option<Value>,
    /// `Retry-After` in seconds; 1 for a 429, none for other statuses unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
    /// How long the request waits, up to 60000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u32>,
    /// Up to how much longer, drawn from the sandbox's seed; up to 60000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jitter_ms: Option<u32>,
    /// Where the connection is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<Cut>,
    /// Which system behind Webex fails inside the operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend: Option<Backend>,
}

/// Where a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Cut {
    /// Before the first byte of the answer.
    BeforeResponse,
    /// After half of the body; an answer without a body is closed before its first byte.
    MidBody,
}

/// A system behind Webex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Backend {
    /// Attributes of a wholesale subscriber.
    WholesaleAttributeUpdate,
    /// Licences of a wholesale subscriber.
    WholesaleLicenseUpdate,
    /// Users of Contact Center.
    ContactCenterSync,
}

impl Backend {
    /// The name in rules.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WholesaleAttributeUpdate => "wholesaleAttributeUpdate",
            Self::WholesaleLicenseUpdate => "wholesaleLicenseUpdate",
            Self::ContactCenterSync => "contactCenterSync",
        }
    }
}

/// How often a rule strikes: never would be no rule.
fn read_times<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<u64>, D::Error> {
    struct Times;

    impl Visitor<'_> for Times {
        type Value = Option<u64>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(
                f,
                "a whole number from 1 to {}, or left out for a rule that strikes always",
                u64::MAX
            )
        }

        fn visit_u64<E: Error>(self, times: u64) -> Result<Option<u64>, E> {
            match times {
                0 => Err(E::invalid_value(Unexpected::Unsigned(0), &self)),
                times => Ok(Some(times)),
            }
        }

        fn visit_unit<E: Error>(self) -> Result<Option<u64>, E> {
            Ok(None)
        }
    }

    reader.deserialize_any(Times)
}

fn wrong(detail: impl Into<String>) -> Refusal {
    Refusal::bad_request(detail)
}

impl Rule {
    /// Refuses a rule that could never strike, or that says two things.
    ///
    /// # Errors
    /// 400 that names the field.
    pub fn check(&self, table: &Table, now: Moment, sandbox: &str) -> Result<(), Refusal> {
        self.r#match.check(table, sandbox)?;
        self.effect.check()?;
        self.check_operations(table)?;
        if let Some(probability) = self.probability
            && !(probability > 0.0 && probability <= 1.0)
        {
            let detail = format!("probability must be above 0 and at most 1, not {probability}.");
            return Err(wrong(detail));
        }
        if let Some(until) = self.until
            && (until <= now || self.from.is_some_and(|from| from >= until))
        {
            let detail = format!(
                "until ({until}) must be later than from and than the sandbox time, which is {now}: \
                 the rule would never strike."
            );
            return Err(wrong(detail));
        }
        Ok(())
    }
}

impl Match {
    /// Refuses what no request can be.
    fn check(&self, table: &Table, sandbox: &str) -> Result<(), Refusal> {
        let texts = [
            &self.operation,
            &self.method,
            &self.path_prefix,
            &self.actor,
            &self.holder,
        ];
        let mut texts = texts.into_iter().flatten();
        if texts.any(|text| text.is_empty() || text.len() > TEXT_MAX) {
            let detail = format!("A text of match must have 1 to {TEXT_MAX} characters.");
            return Err(wrong(detail));
        }
        if let Some(id) = &self.operation {
            check_operation(table, id)?;
        }
        if let Some(method) = &self.method
            && Method::parse(&method.to_ascii_uppercase()).is_none()
        {
            let names = ["GET", "POST", "PUT", "PATCH", "DELETE"];
            return Err(unknown_name("method", method, names.into_iter()));
        }
        if let Some(prefix) = &self.path_prefix {
            check_prefix(prefix)?;
        }
        if let Some(actor) = &self.actor {
            check_actor(actor, sandbox)?;
        }
        if let Some(holder) = &self.holder
            && !matching::names_somebody(holder)
        {
            let detail = format!(
                "match.holder must be the id of a person or workspace, or an e-mail address, not \
                 \"{}\".",
                shorten(holder)
            );
            return Err(wrong(detail));
        }
        Ok(())
    }
}

/// An actor must be one that can ask in the sandbox.
fn check_actor(actor: &str, sandbox: &str) -> Result<(), Refusal> {
    let (named, other) = auth::named(actor);
    if let Some(other) = other.filter(|other| *other != sandbox) {
        let shown = shorten(other);
        return Err(wrong(format!(
            "match.actor is a token of the sandbox \"{shown}\", and these are the faults of \
             \"{sandbox}\": the rule would never strike."
        )));
    }
    if named.contains('@') || Role::find(named).is_some() {
        return Ok(());
    }
    let names = ROLES.iter().map(|role| role.token);
    Err(unknown_name("actor", actor, names))
}

fn is_struck(space: Space) -> bool {
    matches!(space, Space::Webex | Space::Hub)
}

fn check_operation(table: &Table, id: &str) -> Result<(), Refusal> {
    let mut of_id = table.operations.iter().filter(|row| row.id == id);
    match of_id.next() {
        Some(row) if is_struck(row.space) => Ok(()),
        Some(row) => Err(wrong(format!(
            "match.operation: {id} is {}, and faults strike the public API and Control Hub only.",
            row.path
        ))),
        None => {
            let known = table.operations.iter().filter(|row| is_struck(row.space));
            let nearest = crate::model::nearest::nearest(id, known.map(|row| row.id));
            let hint = match nearest {
                Some(nearest) => format!("Did you mean {nearest}?"),
                None => "GET /_sim/v1/coverage lists them.".to_owned(),
            };
            let shown = shorten(id);
            Err(wrong(format!("There is no operation \"{shown}\". {hint}")))
        }
    }
}

/// A prefix must lead into an address space that faults strike.
fn check_prefix(prefix: &str) -> Result<(), Refusal> {
    const ROOTS: [&str; 4] = ["/v1/", "/_hub/", "/identity/", "/organization/"];
    let leads = |root: &&str| root.starts_with(prefix) || prefix.starts_with(*root);
    if prefix.starts_with('/') && ROOTS.iter().any(leads) {
        return Ok(());
    }
    Err(wrong(format!(
        "match.pathPrefix must begin with {}, not \"{}\"; the sandbox's prefix is left out.",
        ROOTS.join(", "),
        shorten(prefix)
    )))
}

impl Effect {
    fn check(&self) -> Result<(), Refusal> {
        let waits = self.delay_ms.is_some() || self.jitter_ms.is_some();
        if self.backend.is_some() {
            let detail = "effect.backend fails inside the operation, which answers for itself: \
                          leave status, body, drop and delays out.";
            let alone = self.status.is_none() && self.drop.is_none() && self.body.is_none();
            return (alone && !waits).then_some(()).ok_or_else(|| wrong(detail));
        }
        if self.status.is_none() && self.drop.is_none() && !waits {
            return Err(wrong(
                "effect must have status, delayMs, jitterMs, drop or backend: the rule would do nothing.",
            ));
        }
        for (name, millis) in [("delayMs", self.delay_ms), ("jitterMs", self.jitter_ms)] {
            if millis.is_some_and(|millis| millis > DELAY_MAX) {
                return Err(wrong(format!("effect.{name} must be at most {DELAY_MAX}.")));
            }
        }
        if self.status.is_some() && self.drop == Some(Cut::BeforeResponse) {
            let detail = "effect has both status and drop: beforeResponse, which sends nothing; \
                          write one of them, or drop: midBody.";
            return Err(wrong(detail));
        }
        self.check_answer()
    }

    fn check_answer(&self) -> Result<(), Refusal> {
        let Some(status) = self.status else {
            if self.body.is_some() || self.retry_after_seconds.is_some() {
                return Err(wrong(
                    "effect.body and effect.retryAfterSeconds need effect.status.",
                ));
            }
            return Ok(());
        };
        if !(400..600).contains(&status) {
            let detail = format!(
                "effect.status must be 400 to 599, not {status}: a fault never makes up a success."
            );
            return Err(wrong(detail));
        }
        if self.body.is_none() && !answer::is_documented(status) {
            let detail = format!(
                "Webex documents no error body for the status {status}: give effect.body, or one of \
                 {}.",
                answer::documented()
            );
            return Err(wrong(detail));
        }
        let length = self.body.as_ref().map_or(0, |body| body.to_string().len());
        if length > BODY_MAX {
            let detail = format!("effect.body must have at most {BODY_MAX} bytes.");
            return Err(wrong(detail));
        }
        if self
            .retry_after_seconds
            .is_some_and(|seconds| seconds > RETRY_AFTER_MAX)
        {
            let detail = format!("effect.retryAfterSeconds must be at most {RETRY_AFTER_MAX}.");
            return Err(wrong(detail));
        }
        Ok(())
    }
}
