//! One call of an operation: everything a row may ask about it, and nothing of the transport.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::app::App;
use super::auth::Session;
use super::budget::Share;
use super::controls::Controls;
use super::faults::Simulated;
use super::journal::Noted;
use super::operation::Operation;
use super::tenant::Tenant;
use crate::json;
use crate::licensing::outcome::{Action, Outcome};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::{Person, WebexId, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::sandbox::Written;
use crate::world::{Actor, Context, Entry, Moment, Notes, Tx, World};

/// One call.
#[derive(Debug)]
pub struct Call<'a> {
    /// The server.
    pub app: &'a App,
    /// The sandbox.
    pub tenant: Arc<Tenant>,
    /// Who calls; none for open operations.
    pub session: Option<Session>,
    /// The row.
    pub operation: &'a Operation,
    /// Values of the path's parameters, decoded, in order.
    pub values: Vec<Cow<'a, str>>,
    /// The query string.
    pub query_string: &'a str,
    /// The body.
    pub body: &'a Bytes,
    /// The body's media type.
    pub content_type: &'a str,
    /// The caller's IP address.
    pub address: &'a str,
    /// What the caller says of its program, bounded.
    pub user_agent: &'a str,
    /// `X-Spark-Signature`, of requests to a sink.
    pub signature: Option<&'a str>,
    /// The last event that the caller was told, of those who come back to a stream.
    pub last_event_id: Option<&'a str>,
    /// Scheme, host and sandbox prefix of absolute links: `http://127.0.0.1:8765`.
    pub origin: String,
    /// The path below the origin.
    pub path: &'a str,
    /// The sandbox time.
    pub now: Moment,
    /// The tracking id.
    pub tracking_id: Arc<str>,
    /// Whether the admin token was sent.
    pub is_server_admin: bool,
    /// Without a session: whether path, header, host or token say which sandbox is meant.
    pub names_sandbox: bool,
    /// What the headers of the simulator ask.
    pub controls: Controls,
    /// The customer in which a partner's administrator acts.
    pub acts_in: Cell<Option<Uuid>>,
    /// The last commit of this call, for the headers of the reply.
    pub committed: RefCell<Option<Arc<Entry>>>,
    /// What a write told that changed nothing.
    pub noted: RefCell<Option<Box<Noted>>>,
    /// What changes of licences came to, for the plan of a call.
    pub told: RefCell<Vec<Outcome>>,
    /// The rule that made a system behind Webex fail inside this call.
    pub struck: RefCell<Option<Box<Simulated>>>,
    /// The fields of the body that nothing was done with.
    pub passed_over: json::PassedOver,
    /// The room that a large answer takes.
    pub room: RefCell<Option<Share>>,
}

impl Call<'_> {
    /// Scheme and host under which every sandbox can be named: the origin without a sandbox.
    fn server_origin(&self) -> String {
        let origin = self.origin.split("/_sandbox/").next().unwrap_or_default();
        let (scheme, host) = origin.split_once("://").unwrap_or(("http", origin));
        match host.split_once(".localhost") {
            Some((_, port)) => format!("{scheme}://localhost{port}"),
            None => origin.to_owned(),
        }
    }

    /// Where the address spaces of a sandbox begin, for whoever sends neither header nor token.
    #[must_use]
    pub fn origin_of(&self, sandbox: &str) -> String {
        let origin = self.server_origin();
        match sandbox {
            "default" => origin,
            _ => format!("{origin}/_sandbox/{sandbox}"),
        }
    }

    /// The world as it is now.
    #[must_use]
    pub fn read(&self) -> Arc<World> {
        self.tenant.sandbox.read()
    }

    /// Who acts, and from where.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let session = self.session.as_ref();
        let actor = session.map_or_else(Actor::simulator, |s| Actor::clone(&s.actor));
        Actor {
            address: self.address.into(),
            user_agent: self.user_agent.into(),
            ..actor
        }
    }

    /// On whose behalf, when and by which operation this call writes.
    #[must_use]
    pub fn context(&self) -> Context {
        Context {
            now: self.now,
            actor: self.actor(),
            operation: self.operation.id,
            tracking_id: Arc::clone(&self.tracking_id),
        }
    }

    /// Changes the world, or leaves no trace.
    ///
    /// # Errors
    /// The refusal of the work.
    pub fn write<R>(&self, work: impl FnOnce(&mut Tx) -> Result<R, Refusal>) -> Result<R, Refusal> {
        Ok(self.write_noted(work)?.value)
    }

    /// Changes the world and answers what the write told beside its value.
    ///
    /// # Errors
    /// The refusal of the work.
    pub fn write_noted<R>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<R, Refusal>,
    ) -> Result<Written<R>, Refusal> {
        let max_loss = self.controls.max_loss;
        let within_limit = |tx: &mut Tx| {
            let value = work(tx)?;
            check_loss(tx.notes().lost.len(), max_loss)?;
            Ok::<R, Refusal>(value)
        };
        let written = self.tenant.sandbox.write(&self.context(), within_limit)?;
        if let Some(entry) = &written.entry {
            self.committed.replace(Some(Arc::clone(entry)));
        } else if !written.notes.warnings.is_empty() {
            let Notes {
                rules, warnings, ..
            } = written.notes.clone();
            self.noted
                .replace(Some(Box::new(Noted { rules, warnings })));
        }
        Ok(written)
    }

    /// Keeps what a change of licences came to, for the plan of this call.
    pub fn tell(&self, outcome: Outcome) {
        let says_something = outcome.action != Action::None
            || outcome.error.is_some()
            || !outcome.changed.is_empty()
            || !outcome.warnings.is_empty();
        if self.controls.dry_run && says_something {
            let tracking_id = self.tracking_id.to_string();
            self.told.borrow_mut().push(Outcome {
                tracking_id,
                ..outcome
            });
        }
    }

    /// What the address of a link begins with below the host: the sandbox, where the path named it.
    #[must_use]
    pub fn origin_path(&self) -> &str {
        let rest = self.origin.split_once("://").map(|(_, rest)| rest);
        let rest = rest.unwrap_or(&self.origin);
        rest.find('/')
            .and_then(|start| rest.get(start..))
            .unwrap_or_default()
    }

    /// The body as a value. An empty body is an empty object.
    ///
    /// # Errors
    /// 400 that names the first wrong or missing field; with a code where Webex Calling answers.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let is_calling = self.operation.path.starts_with("/v1/telephony/");
        let read = json::object_noting(self.body, json::Required::NOTHING, Some(&self.passed_over));
        read.map_err(|problem| match is_calling {
            true => problem.of_calling(),
            false => problem.into(),
        })
    }

    /// The value of a path parameter.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        let position = self
            .operation
            .params
            .iter()
            .position(|param| *param == name);
        position
            .and_then(|at| self.values.get(at))
            .map_or("", |value| value)
    }

    /// Every query parameter, decoded, in order.
    pub fn queries(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        form_urlencoded::parse(self.query_string.as_bytes())
    }

    /// Every query parameter that a row reads stands in the row, and so in the OpenAPI document.
    fn check_listed(&self, name: &str) {
        // `org_id` is a client's mistake that is understood, not a parameter to be used.
        let listed = self.operation.queries.iter();
        debug_assert!(
            name == "org_id" || listed.clone().any(|(query, _)| *query == name),
            "{} {} reads the query parameter {name}, which its row does not list",
            self.operation.method.name(),
            self.operation.path,
        );
    }

    /// A query parameter; an empty one counts as absent.
    ///
    /// # Panics
    /// In debug builds, when the row does not list it.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<Cow<'_, str>> {
        self.check_listed(name);
        if self.query_string.is_empty() {
            return None;
        }
        let mut pairs = form_urlencoded::parse(self.query_string.as_bytes());
        pairs
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// A query parameter that must be there, and is one of some words.
    ///
    /// # Errors
    /// 400 that asks whether it was meant by a near name that stands there.
    pub fn query_required(&self, name: &str, words: &str) -> Result<Cow<'_, str>, Refusal> {
        if let Some(value) = self.query(name) {
            return Ok(value);
        }
        let detail = format!("{name} is required in the query: {words}.");
        let near = |sent: &Cow<'_, str>| nearest(sent, std::iter::once(name)).is_some();
        let sent = self.queries().map(|(sent, _)| sent);
        let Some(sent) = sent.filter(|sent| sent != name).find(near) else {
            return Err(Refusal::bad_request(detail));
        };
        let sent = shorten(&sent);
        let detail = format!("{detail} Did you mean {name} by {sent}?");
        Err(Refusal::bad_request(detail).meaning("query", sent, Some(name)))
    }

    /// A list in the query: repeated or joined by commas (api-surface.md 1.7).
    #[must_use]
    pub fn query_list(&self, name: &str) -> Vec<String> {
        self.check_listed(name);
        self.queries()
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// A truth value in the query: `true`, `True`, `TRUE` (api-surface.md 1.7).
    ///
    /// # Errors
    /// 400 when it is neither true nor false.
    pub fn query_bool(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.query(name) {
            None => Ok(None),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::bad_request(format!(
                "{name} must be true or false."
            ))),
        }
    }

    /// A whole number in the query; one that is too large to be counted is the largest.
    ///
    /// # Errors
    /// 400 when it is not a whole number, or less than `least`.
    pub fn query_number(&self, name: &str, least: usize) -> Result<Option<usize>, Refusal> {
        let Some(value) = self.query(name) else {
            return Ok(None);
        };
        let digits = value.trim();
        let number = digits.parse().unwrap_or(usize::MAX);
        if is_digits(digits) && number >= least {
            return Ok(Some(number));
        }
        let detail = format!("{name} must be a whole number of at least {least}.");
        Err(Refusal::bad_request(detail))
    }

    /// A whole number in the query; one below 0 counts as 0, and one that is too large to be
    /// counted is the largest.
    ///
    /// # Errors
    /// 400 when it is not a whole number.
    pub fn query_integer(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let Some(value) = self.query(name) else {
            return Ok(None);
        };
        let digits = value.trim();
        match digits.strip_prefix('-') {
            Some(below) if is_digits(below) => Ok(Some(0)),
            None if is_digits(digits) => Ok(Some(digits.parse().unwrap_or(usize::MAX))),
            _ => {
                let detail = format!("{name} must be a whole number.");
                Err(Refusal::bad_request(detail))
            }
        }
    }

    /// The person that a path parameter names by id, by e-mail, or as `me`.
    ///
    /// # Errors
    /// 404 when there is no such person in the caller's organisation.
    pub fn person(&self, name: &str) -> Result<Uuid, Refusal> {
        self.person_named(self.value(name))
    }

    /// A person by id, by e-mail, or `me`.
    ///
    /// # Errors
    /// 404 when there is no such person in the caller's organisation.
    pub fn person_named(&self, text: &str) -> Result<Uuid, Refusal> {
        let world = self.tenant.sandbox.peek();
        let id = if text == "me" {
            self.session
                .as_ref()
                .and_then(|session| session.actor.person)
        } else if text.contains('@') {
            world.find(spaces::EMAIL, Uuid::nil(), text)
        } else {
            WebexId::Person.decode(text)
        };
        let found = id.filter(|id| {
            let person = world.get::<Person>(*id);
            // Whoever acts in a customer stays who they are (ROLE-07).
            person.is_some_and(|p| {
                let own = || self.own_organization();
                text == "me" || own().is_ok_and(|own| own == p.organization)
            })
        });
        found.ok_or_else(|| match text {
            "me" => Refusal::new(
                ErrorKind::NotFound,
                "This token acts as nobody: no person of the organisation has its role.",
            ),
            _ => Refusal::not_found("Person", text),
        })
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Refuses a write that destroys more than the caller allows.
fn check_loss(lost: usize, max_loss: Option<u64>) -> Result<(), Refusal> {
    match max_loss {
        Some(most) if lost as u64 > most => {
            let detail = format!("It would destroy {lost} values; X-Sim-Max-Loss allows {most}.");
            Err(Refusal::new(ErrorKind::LossAboveLimit, detail))
        }
        _ => Ok(()),
    }
}
