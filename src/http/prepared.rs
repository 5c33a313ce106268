//! A request that may go to its row, and the call that the row sees.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::app::App;
use super::auth::Session;
use super::call::Call;
use super::controls::Controls;
use super::expiry::Held;
use super::faults::Hit;
use super::incoming::Incoming;
use super::operation::{Method, Operation};
use super::past::Past;
use super::tenant::Tenant;
use crate::json::PassedOver;
use crate::world::Moment;

/// How many objects a row may walk over where the network is read.
const WALKED: usize = 5_000;
/// A body that is no bulk work.
const SMALL: usize = 64 * 1024;

/// A request that may go to its row.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) incoming: Incoming,
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<String>,
    pub(super) session: Option<Session>,
    pub(super) tenant: Arc<Tenant>,
    pub(super) past: Option<Past>,
    pub(super) now: Moment,
    pub(super) tracking_id: Arc<str>,
    pub(super) origin: String,
    pub(super) is_server_admin: bool,
    pub(super) names_sandbox: bool,
    pub(super) controls: Controls,
    pub(super) hit: Option<Hit>,
}

impl Prepared {
    /// The tenant that the row sees: the caller's own, or as it stood.
    pub(super) fn shown(&self) -> &Arc<Tenant> {
        let past = self.past.as_ref();
        past.map_or(&self.tenant, |past| &past.tenant)
    }

    /// Whether the caller wants no body.
    #[must_use]
    pub fn is_head(&self) -> bool {
        self.incoming.method == "HEAD"
    }

    /// Whether the sandbox was deleted, or its server ends.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.tenant.is_closed()
    }

    /// Whether the row may take its time.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        let walks_far = || self.shown().sandbox.peek().len() > WALKED;
        self.operation.heavy || self.controls.dry_run || self.operation.walks && walks_far()
    }

    /// Whether the row would have to wait for another writer of its sandbox. The thread that it
    /// waits on must be its own: other sandboxes are served by this one.
    #[must_use]
    pub fn would_wait(&self) -> bool {
        self.operation.method != Method::Get && !self.tenant.sandbox.is_free()
    }

    /// Whether what it does may take much memory, when it is tried out.
    pub(super) fn is_large(&self) -> bool {
        self.operation.heavy || self.incoming.body.len() > SMALL
    }

    /// The same with a body of its own, which keeps nothing else of what came with it.
    #[must_use]
    pub(super) fn detached(mut self) -> Self {
        self.incoming.body = Bytes::copy_from_slice(&self.incoming.body);
        self
    }

    /// How long the row has to wait, by an injected fault.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        let hit = self.hit.as_ref()?;
        let millis = hit.fate().delay_ms;
        (millis > 0).then(|| Duration::from_millis(millis.into()))
    }

    /// The same request at the present sandbox time, after a wait.
    #[must_use]
    pub fn resumed(mut self) -> Self {
        self.now = self.tenant.time();
        self
    }

    /// Its sandbox, which does not expire while this lives: a request that waits is use.
    #[must_use]
    pub fn held(&self) -> Held {
        Held::new(&self.tenant)
    }

    /// The call of the row.
    pub(super) fn call<'a>(&'a self, app: &'a App) -> Call<'a> {
        let session = self.session.as_ref();
        let call = Call {
            acts_in: Cell::new(session.and_then(|session| session.acts_in)),
            app,
            tenant: Arc::clone(self.shown()),
            session: self.session.clone(),
            operation: self.operation,
            values: self
                .values
                .iter()
                .map(|value| Cow::Borrowed(value.as_str()))
                .collect(),
            query_string: &self.incoming.query,
            body: &self.incoming.body,
            content_type: self.incoming.content_type.as_deref().unwrap_or_default(),
            address: &self.incoming.address,
            user_agent: &self.incoming.user_agent,
            signature: self.incoming.signature.as_deref(),
            last_event_id: self.incoming.last_event_id.as_deref(),
            origin: self.origin.clone(),
            path: &self.incoming.path,
            now: self.past.as_ref().map_or(self.now, |past| past.at),
            tracking_id: Arc::clone(&self.tracking_id),
            is_server_admin: self.is_server_admin,
            names_sandbox: self.names_sandbox,
            controls: self.controls,
            told: RefCell::default(),
            struck: RefCell::default(),
            committed: RefCell::new(None),
            noted: RefCell::new(None),
            passed_over: PassedOver::default(),
            room: RefCell::default(),
        };
        call.enter_customer();
        call
    }
}
