//! Everything a server holds: its options, its tables, its sandboxes and their tokens.

use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use dashmap::DashMap;
use tokio::sync::Semaphore;

use super::auth::{Issued, Session};
use super::bell::{MOST_STREAMS, MOST_WAITS};
use super::budget::Budget;
use super::deliveries::Courier;
use super::expiry::Expired;
use super::grants::{ActsAs, Grant};
use super::metrics::Metrics;
use super::table::Table;
use super::tenant::Tenant;
use super::turns::{LARGE_PLANS, Turns, WAITING_PLANS};
use crate::model::role::{ROLES, Role};
use crate::options::{AuthMode, Options};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Engine, Moment, World};

/// How many bodies of the largest size may be there at the same time.
pub const BODIES_TOGETHER: usize = 8;

/// Everything a server holds.
#[derive(Debug)]
pub struct App {
    /// The options.
    pub options: Options,
    /// The engine's tables.
    pub engine: &'static Engine,
    /// The operation table.
    pub table: &'static Table,
    /// The sandbox without a name.
    pub default: Arc<Tenant>,
    /// What the server started with: sandboxes begin with it.
    pub baseline: Arc<World>,
    /// Every sandbox by id, `default` included.
    pub tenants: DashMap<String, Arc<Tenant>>,
    /// Tokens that were issued.
    pub issued: DashMap<String, Issued>,
    /// Codes and refresh tokens.
    pub grants: DashMap<String, Grant>,
    /// Sessions of tokens that were seen.
    pub(super) sessions: DashMap<String, Session>,
    /// The real time when the server started.
    pub started: Moment,
    /// The port, once the listener is open.
    pub port: AtomicU64,
    /// What is counted.
    pub metrics: Metrics,
    /// The sandboxes that nobody used any more.
    pub expired: Expired,
    /// A permit for each event stream that may be open.
    pub streams: Arc<Semaphore>,
    /// A permit for each verification that may wait.
    pub waits: Arc<Semaphore>,
    /// The bytes of large bodies that are read or worked on.
    pub bodies: Arc<Budget>,
    /// The bytes of the snapshots of all sandboxes.
    pub snapshots: Arc<Budget>,
    /// The turn of whoever keeps what is kept within its bounds.
    pub(super) bounding: Mutex<()>,
    /// Turns at plans that take much memory.
    pub(super) large_plans: Turns,
    /// What `--https` adds.
    pub https: Option<Https>,
    /// Who sends what webhooks are told; without one nothing is sent.
    pub courier: Option<Arc<dyn Courier>>,
    /// Set when the server shall stop.
    pub stop: tokio::sync::Notify,
}

/// What `--https` adds to a server.
#[derive(Debug)]
pub struct Https {
    /// Where this machine reaches the listener for TLS.
    pub address: SocketAddr,
    /// The certificate of the authority, as PEM.
    pub authority: String,
    /// A permit for each tunnel that may be open.
    pub tunnels: Arc<Semaphore>,
    /// Told when the server stops, so that tunnels end.
    pub closing: tokio::sync::Notify,
}

impl App {
    /// A server with its default sandbox.
    #[must_use]
    pub fn new(
        options: Options,
        engine: &'static Engine,
        table: &'static Table,
        world: World,
    ) -> Self {
        let started = real_time();
        let baseline = Arc::new(world);
        let world = Arc::clone(&baseline);
        let default = Arc::new(Tenant::new("default", engine, world, started));
        let tenants = DashMap::new();
        tenants.insert("default".to_owned(), Arc::clone(&default));
        let app = Self {
            bodies: Budget::of(options.max_body.saturating_mul(BODIES_TOGETHER)),
            snapshots: Budget::of(options.max_snapshots),
            bounding: Mutex::default(),
            large_plans: Turns::new(LARGE_PLANS, WAITING_PLANS, "large plans are being made"),
            options,
            engine,
            table,
            default,
            baseline,
            tenants,
            issued: DashMap::new(),
            grants: DashMap::new(),
            sessions: DashMap::new(),
            started,
            port: AtomicU64::new(0),
            metrics: Metrics::new(table),
            expired: Expired::default(),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            waits: Arc::new(Semaphore::new(MOST_WAITS)),
            https: None,
            courier: None,
            stop: tokio::sync::Notify::new(),
        };
        app.issue_tokens("default");
        app
    }

    /// Issues the named tokens of a sandbox where only issued tokens are let in.
    fn issue_tokens(&self, sandbox: &str) {
        if self.options.auth != AuthMode::Strict {
            return;
        }
        for role in ROLES {
            let issued = Issued {
                sandbox: sandbox.to_owned(),
                acts_as: ActsAs::Role(role),
                acts_in: None,
                client_id: None,
                scope: None,
                expires_at: None,
            };
            self.issued.insert(named_token(role, sandbox), issued);
        }
    }

    /// The sandbox with an id.
    ///
    /// # Errors
    /// 404 when there is none.
    pub fn tenant(&self, id: &str) -> Result<Arc<Tenant>, Refusal> {
        let found = self.tenants.get(id).map(|tenant| Arc::clone(&tenant));
        found.ok_or_else(|| self.missing(id))
    }

    /// Creates a sandbox from a world.
    ///
    /// # Errors
    /// 400 for a bad id, 409 when it exists, 429 when there are too many.
    pub fn create(&self, id: &str, world: Arc<World>) -> Result<Arc<Tenant>, Refusal> {
        check_id(id)?;
        if self.tenants.len() >= self.options.max_sandboxes {
            let detail = format!(
                "--max-sandboxes allows {} at the same time, and so many exist; delete one first.",
                self.options.max_sandboxes
            );
            return Err(Refusal::new(ErrorKind::LimitReached, detail));
        }
        match self.tenants.entry(id.to_owned()) {
            dashmap::Entry::Occupied(_) => {
                let detail = format!("A sandbox \"{id}\" exists already.");
                Err(Refusal::new(ErrorKind::Conflict, detail))
            }
            dashmap::Entry::Vacant(vacant) => {
                let tenant = Arc::new(Tenant::new(id, self.engine, world, real_time()));
                vacant.insert(Arc::clone(&tenant));
                self.expired.forget(id);
                self.issue_tokens(id);
                Ok(tenant)
            }
        }
    }

    /// Deletes a sandbox.
    ///
    /// # Errors
    /// 404 when there is none, 409 for `default`.
    pub fn delete(&self, id: &str) -> Result<(), Refusal> {
        if id == "default" {
            let detail = "The default sandbox cannot be deleted; reset it instead.";
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        let tenant = self.tenant(id)?;
        self.tenants.remove(id);
        self.forget(&tenant);
        Ok(())
    }

    /// Lets go of everything about a sandbox that is no more.
    pub(super) fn forget(&self, tenant: &Tenant) {
        tenant.close();
        let commits = tenant.sandbox.ledger(|ledger| ledger.appended);
        let past = &self.metrics.past_commits;
        past.fetch_add(commits, std::sync::atomic::Ordering::Relaxed);
        let id = tenant.id.as_str();
        self.issued.retain(|_, issued| issued.sandbox != id);
        self.grants.retain(|_, grant| grant.sandbox != id);
        self.sessions.retain(|_, session| session.tenant.id != id);
    }

    /// Ends event streams and those who wait, in every sandbox: the server stops.
    pub fn close(&self) {
        for tenant in &self.tenants {
            tenant.close();
        }
    }

    /// The id of a sandbox nobody named: the lowest free number.
    #[must_use]
    pub fn free_id(&self) -> String {
        let mut number = self.tenants.len();
        loop {
            let id = format!("sandbox-{number}");
            if !self.tenants.contains_key(&id) {
                return id;
            }
            number += 1;
        }
    }
}

/// The named token of a role in a sandbox: `full-admin`, `full-admin.<sandbox>`.
#[must_use]
pub fn named_token(role: &Role, sandbox: &str) -> String {
    match sandbox {
        "default" => role.token.to_owned(),
        _ => format!("{}.{sandbox}", role.token),
    }
}

/// Refuses ids that are not `[a-z0-9][a-z0-9-]{0,62}`.
///
/// # Errors
/// 400.
pub fn check_id(id: &str) -> Result<(), Refusal> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let fits = (1..=63).contains(&id.len())
        && id.bytes().next().is_some_and(plain)
        && id.bytes().all(|b| plain(b) || b == b'-');
    if fits {
        return Ok(());
    }
    let detail = format!(
        "\"{}\" is not a sandbox id: lower-case letters, digits and hyphens, at most 63.",
        crate::model::number::shorten(id)
    );
    Err(Refusal::bad_request(detail))
}

/// The wall clock: the edge's one door to real time.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the edge passes real time into the core"
)]
pub fn real_time() -> Moment {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment(elapsed.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(0)))
}
