//! A sandbox as the edge knows it: with its journal, its plans and its counter of requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicIsize, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use uuid::Uuid;

use super::app::real_time;
use super::bell::Bell;
use super::deliveries::Deliveries;
use super::faults::Faults;
use super::journal::Journal;
use super::memory::Results;
use super::plans::Plans;
use super::snapshots::Snapshots;
use super::throttle::Buckets;
use super::turns::{Turn, Turns, WAITING_CLOCKS};
use super::usage::Usage;
use crate::refusal::Refusal;
use crate::world::{Actor, Context, Engine, Limits, Moment, Sandbox, World};

/// Requests kept for each sandbox.
const JOURNAL_LIMIT: usize = 10_000;

/// Refused control calls kept for each sandbox.
const REFUSED_LIMIT: usize = 200;

/// How long a call waits for its turn to move a clock, less than hubsim waits for a target.
const CLOCK_PATIENCE: Duration = Duration::from_secs(2);

/// The turns at moving one clock.
fn one_clock() -> Turns {
    Turns::new(1, WAITING_CLOCKS, "call moves the clock of this sandbox")
}

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
    /// Rung when its world, its tasks or its clock may have changed, and when it ends.
    pub changed: Arc<Bell>,
    /// What was tried in it.
    pub plans: Plans,
    /// Which operations each token called.
    pub usage: Usage,
    /// What its webhooks were told.
    pub deliveries: Deliveries,
    /// The faults that are injected.
    pub faults: Faults,
    /// What is left of rate limits.
    pub(super) buckets: Buckets,
    /// States to come back to.
    pub snapshots: Snapshots,
    /// What the results of its tasks take.
    pub(super) results: Results,
    /// When it was created, by its own clock.
    pub created_at: Moment,
    seed: u64,
    requests: AtomicU64,
    secrets: AtomicU64,
    closed: AtomicBool,
    clock: Turns,
    used_at: AtomicI64,
    held: AtomicIsize,
    by_itself: AtomicBool,
    pub(super) issued: AtomicUsize,
    pub(super) granted: AtomicUsize,
}

impl Tenant {
    /// A tenant that starts with a world.
    #[must_use]
    pub fn new(id: &str, engine: &'static Engine, world: Arc<World>, real: Moment) -> Self {
        let created_at = world.clock.now(real);
        let sandbox = Sandbox::new(engine, Limits::default(), Arc::clone(&world));
        sandbox.forget(created_at);
        let deliveries = Deliveries::beginning(&world);
        let changed = Arc::<Bell>::default();
        sandbox.watch(Arc::clone(&changed) as _);
        Self {
            changed,
            id: id.to_owned(),
            seed: world.seed,
            created_at,
            sandbox,
            journal: Journal::new(JOURNAL_LIMIT),
            refused_control: Journal::new(REFUSED_LIMIT),
            plans: Plans::default(),
            usage: Usage::default(),
            deliveries,
            faults: Faults::new(world.seed),
            buckets: Buckets::default(),
            snapshots: Snapshots::default(),
            results: Results::default(),
            requests: AtomicU64::new(0),
            secrets: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            clock: one_clock(),
            used_at: AtomicI64::new(real.0),
            held: AtomicIsize::new(0),
            by_itself: AtomicBool::new(false),
            issued: AtomicUsize::new(0),
            granted: AtomicUsize::new(0),
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
            changed: Arc::default(),
            id: self.id.clone(),
            seed: self.seed,
            created_at: self.created_at,
            sandbox,
            journal: Journal::new(0),
            refused_control: Journal::new(0),
            plans: Plans::default(),
            usage: Usage::default(),
            deliveries: Deliveries::default(),
            faults: Faults::new(self.seed),
            buckets: Buckets::default(),
            snapshots: Snapshots::default(),
            results: Results::default(),
            requests: AtomicU64::new(self.requests.load(Ordering::Relaxed)),
            secrets: AtomicU64::new(self.secrets.load(Ordering::Relaxed)),
            closed: AtomicBool::new(false),
            clock: one_clock(),
            used_at: AtomicI64::new(0),
            held: AtomicIsize::new(0),
            by_itself: AtomicBool::new(false),
            issued: AtomicUsize::new(0),
            granted: AtomicUsize::new(0),
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

    /// Forgets the requests, which operations were called by them, and what webhooks were told.
    pub fn forget_requests(&self) {
        self.deliveries.clear();
        self.journal.clear();
        self.usage.clear();
    }

    /// Takes all faults away and fills the buckets of the rate limit.
    pub fn calm(&self) {
        self.faults.reset();
        self.buckets.clear();
    }

    /// The sandbox time.
    #[must_use]
    pub fn time(&self) -> Moment {
        self.sandbox.peek().clock.now(real_time())
    }

    /// The one turn to move the sandbox clock by hand.
    ///
    /// # Errors
    /// 503 when too many wait for it already, or one call moves it for long: it sends to slow
    /// targets of webhooks, one of which may be who calls.
    pub fn take_clock(&self) -> Result<Turn<'_>, Refusal> {
        self.clock.take_within(CLOCK_PATIENCE)
    }

    /// Notes that somebody uses it, at that real time.
    pub(super) fn touch(&self, real: Moment) {
        self.used_at.fetch_max(real.0, Ordering::Relaxed);
    }

    /// The real time at which somebody used it last.
    pub(super) fn idle_since(&self) -> i64 {
        self.used_at.load(Ordering::Relaxed)
    }

    /// Counts those who use it without a request.
    pub(super) fn holders(&self, more: isize) {
        self.held.fetch_add(more, Ordering::Relaxed);
    }

    /// Whether somebody uses it without a request.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed) > 0
    }

    /// Notes that a token made it by itself.
    pub(super) fn came_by_itself(&self) {
        self.by_itself.store(true, Ordering::Relaxed);
    }

    /// Whether a token made it by itself.
    pub(super) fn is_by_itself(&self) -> bool {
        self.by_itself.load(Ordering::Relaxed)
    }

    /// Marks a sandbox that was deleted or whose server ends, so that remembered sessions, event
    /// streams and those who wait let go of it.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.changed.ring();
    }

    /// Whether the sandbox was deleted, or its server ends.
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
pub(super) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The switch that names the organisation which `me` means for actors without one.
pub const HOME: &str = "homeOrganization";

/// The organisation that `me` means for actors without one: the one a scenario names first.
#[must_use]
pub fn home_organization(world: &World) -> Option<Uuid> {
    let named = world.choice(HOME).and_then(|id| Uuid::try_parse(id).ok());
    named.or_else(|| {
        world
            .list::<crate::model::Organization>()
            .next()
            .map(|(id, _)| id)
    })
}
