//! A request that ends before its row: why, what it is answered, and what is written down.

use std::sync::Arc;

use super::app::App;
use super::auth::Session;
use super::edge::Outgoing;
use super::faults::{Fate, Hit};
use super::incoming::Incoming;
use super::journal::Record;
use super::operation::{Operation, Space};
use super::problem;
use super::record::journal;
use super::reply::Reply;
use super::tenant::Tenant;
use crate::refusal::Refusal;
use crate::world::Moment;

/// A request that has come as far as its sandbox.
pub(super) struct Arrival<'a> {
    pub app: &'a App,
    pub incoming: &'a Incoming,
    pub tenant: &'a Arc<Tenant>,
    pub session: Option<&'a Session>,
    pub now: Moment,
    pub tracking_id: &'a Arc<str>,
}

/// Why a request ends before its row.
#[derive(Debug)]
pub(super) struct Ended {
    pub refusal: Refusal,
    pub operation: Option<&'static Operation>,
    pub allow: Option<String>,
    /// Whether a plan tells it as the answer of the operation.
    pub is_foreseeable: bool,
}

impl Ended {
    pub(super) fn new(refusal: Refusal, operation: Option<&'static Operation>) -> Self {
        Self {
            refusal,
            operation,
            allow: None,
            is_foreseeable: false,
        }
    }

    pub(super) fn foreseeable(mut self) -> Self {
        self.is_foreseeable = true;
        self
    }
}

impl Arrival<'_> {
    /// Ends a request with a refusal, which a fault may delay or cut.
    pub(super) fn end(&self, ended: Ended, hit: Option<Hit>) -> Box<Outgoing> {
        let path = &self.incoming.path;
        let mut reply = problem::reply_at(path, &ended.refusal, self.tracking_id);
        if let Some(allow) = ended.allow {
            reply.headers.push(("Allow", allow));
        }
        self.answer(reply, ended.operation, Some(ended.refusal), hit)
    }

    /// Answers in place of the row, and writes it down.
    pub(super) fn answer(
        &self,
        mut reply: Reply,
        operation: Option<&'static Operation>,
        refusal: Option<Refusal>,
        hit: Option<Hit>,
    ) -> Box<Outgoing> {
        let space = Space::of(&self.incoming.path);
        let url = self
            .incoming
            .explain_url(self.app, self.tenant, self.tracking_id);
        reply.headers.push(("x-hubsim-explain", url));
        let fate = hit.as_ref().map_or_else(Fate::default, Hit::fate);
        if let Some(hit) = &hit {
            reply.headers.push(hit.header());
            self.app.metrics.count_fault(&hit.simulated);
        }
        if let Some(journal) = journal(self.tenant, space, true) {
            journal.add(Record {
                status: reply.status,
                operation: operation.map(|operation| operation.id),
                actor: self.session.map(|session| Arc::clone(&session.actor)),
                refusal: refusal.map(Box::new),
                simulated: hit.map(|hit| Box::new(hit.simulated)),
                ..Record::of(self.incoming, self.now, self.tracking_id)
            });
        }
        Box::new(Outgoing {
            reply,
            now: self.now,
            tracking_id: Arc::clone(self.tracking_id),
            tenant: Arc::clone(self.tenant),
            operation,
            fate,
            room: None,
        })
    }
}
