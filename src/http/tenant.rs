//! The server's sandboxes: each with its journal, its counter of requests and its tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dashmap::DashMap;
use uuid::Uuid;

use super::auth::{Issued, Session};
use super::grants::Grant;
use super::journal::Journal;
use super::plans::Plans;
use super::table::Table;
use crate::model::role::{ROLES, Role};
use crate::options::{AuthMode, Options};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Actor, Context, Engine, Limits, Moment, Sandbox, World};

/// Requests kept for each sandbox.
const JOURNAL_LIMIT: usize = 10_000;

/// Refused control calls kept for each sandbox.
const REFUSED_LIMIT: usize = 200;

/// A sandbox and what the edge keeps beside it.
#[derive(Debug)]
pub struct Tenant {
    /// The sandbox's id.
    pub id: String,
    /// The simulation.
    pub sandbox: Sandbox,
    /// Its requests.
    pub journal: Journal,
    /// Calls of the simulator's control that were refused, for explain alone.
    pub refused_control: Journal,
    /// What was tried in it.
    pub plans: Plans,
    /// When it was created, by its own clock.
    pub created_at: Moment,
    seed: u64,
    requests: AtomicU64,
    secrets: AtomicU64,
    closed: AtomicBool,
}

impl Tenant {
    /// A tenant that starts with a world.
    #[must_use]
    pub fn new(id: &str, engine: &'static Engine, world: Arc<World>, real: Moment) -> Self {
        let created_at = world.clock.now(real);
        let sandbox = Sandbox::new(engine, Limits::default(), Arc::clone(&world));
        sandbox.forget(created_at);
        Self {
            id: id.to_owned(),
            seed: world.seed,
            created_at,
            sandbox,
            journal: Journal::new(JOURNAL_LIMIT),
            refused_control: Journal::new(REFUSED_LIMIT),
            plans: Plans::default(),
            requests: AtomicU64::new(0),
            secrets: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        }
    }

    /// A sandbox that nobody can name, where this one stands: for work that is tried out.
    #[must_use]
    pub fn fork(&self) -> Self {
        self.unnamed(self.sandbox.fork())
    }

    /// A sandbox that nobody can name, which shows a past world of this one at that moment.
    #[must_use]
    pub fn as_of(&self, world: &World, at: Moment) -> Self {
        self.unnamed(self.sandbox.as_of(world, at))
    }

    fn unnamed(&self, sandbox: Sandbox) -> Self {
        Self {
            id: self.id.clone(),
            seed: self.seed,
            created_at: self.created_at,
            sandbox,
            journal: Journal::new(0),
            refused_control: Journal::new(0),
            plans: Plans::default(),
            requests: AtomicU64::new(self.requests.load(Ordering::Relaxed)),
            secrets: AtomicU64::new(self.secrets.load(Ordering::Relaxed)),
            closed: AtomicBool::new(false),
        }
    }

    /// The next tracking id: from the seed and the number of the request, so that the same
    /// requests get the same ids.
    pub fn next_tracking_id(&self) -> Arc<str> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let high = mix(self.seed ^ 0x7472_6163_6b69_6e67);
        let id =
            uuid::Builder::from_bytes(Uuid::from_u64_pair(high, mix(high ^ number)).into_bytes())
                .with_variant(uuid::Variant::RFC4122)
                .with_version(uuid::Version::Random)
                .into_uuid();
        let mut buffer = [0_u8; 43];
        buffer[..7].copy_from_slice(b"ROUTER_");
        id.hyphenated().encode_upper(&mut buffer[7..]);
        std::str::from_utf8(&buffer).unwrap_or_default().into()
    }

    /// The number of the next code or token. It goes on after a reset, which tokens survive.
    pub(super) fn next_secret(&self) -> u64 {
        self.secrets.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Starts counting requests anew, as after a reset.
    pub fn restart_tracking(&self) {
        self.requests.store(0, Ordering::Relaxed);
    }

    /// The sandbox time.
    #[must_use]
    pub fn time(&self) -> Moment {
        self.sandbox.peek().clock.now(real_time())
    }

    /// Marks a deleted sandbox, so that remembered sessions let go of it.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Whether the sandbox was deleted.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// A context of the simulator itself.
    #[must_use]
    pub fn own_context(&self, operation: &'static str, now: Moment) -> Context {
        Context {
            now,
            actor: Actor::simulator(),
            operation,
            tracking_id: self.next_tracking_id(),
        }
    }
}

/// The finaliser of splitmix64: spreads a counter over 64 bits.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

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
    /// Set when the server shall stop.
    pub stop: tokio::sync::Notify,
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
        let default = Arc::new(Tenant::new("default", engine, Arc::new(world), started));
        let tenants = DashMap::new();
        tenants.insert("default".to_owned(), Arc::clone(&default));
        let app = Self {
            options,
            engine,
            table,
            default,
            tenants,
            issued: DashMap::new(),
            grants: DashMap::new(),
            sessions: DashMap::new(),
            started,
            port: AtomicU64::new(0),
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
                acts_as: role.token.to_owned(),
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
        found.ok_or_else(|| {
            let shown = crate::model::number::shorten(id);
            Refusal::new(
                ErrorKind::UnknownSandbox,
                format!("There is no sandbox \"{shown}\"."),
            )
        })
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
        tenant.close();
        self.tenants.remove(id);
        self.issued.retain(|_, issued| issued.sandbox != id);
        self.grants.retain(|_, grant| grant.sandbox != id);
        self.sessions.retain(|_, session| session.tenant.id != id);
        Ok(())
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

/// The organisation that `me` means for actors without one: the one a scenario names first.
#[must_use]
pub fn home_organization(world: &World) -> Option<Uuid> {
    let named = world
        .choice("homeOrganization")
        .and_then(|id| Uuid::try_parse(id).ok());
    named.or_else(|| {
        world
            .list::<crate::model::Organization>()
            .next()
            .map(|(id, _)| id)
    })
}
