//! Sends what webhooks are told: over the network, on threads of their own. There is one only while
//! something is due, one for a sandbox at a time, and no request waits for it but one that moves
//! the clock, which sends itself. Who was served last comes last, so that slow targets take time
//! from their own sandbox alone.

mod policy;

use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ureq::Agent;
use ureq::http::Request;
use url::Url;

use crate::events::webhooks::look;
use crate::http::Tenant;
use crate::http::app::App;
use crate::http::deliveries::{Courier, Message, Sending, Untaken, carry};
use crate::options::Options;
use policy::Policy;

/// The most threads of a server.
const THREADS_MAX: usize = 8;
/// How long a target may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of an answer that are read.
const ANSWER_MAX: u64 = 4096;

const USER_AGENT: &str = concat!("hubsim/", env!("CARGO_PKG_VERSION"));

/// Who sends over the network.
#[derive(Debug)]
pub(super) struct Post {
    policy: Policy,
    agent: OnceLock<Agent>,
}

impl Post {
    /// That of a server which listens on a port.
    pub(super) fn new(options: &Options, own_port: u16) -> Self {
        Self {
            policy: Policy::new(&options.webhook_hosts, own_port),
            agent: OnceLock::new(),
        }
    }

    /// Made when something is sent first. Each delivery has a connection of its own: the target
    /// may have closed one that was kept.
    fn agent(&self) -> &Agent {
        self.agent.get_or_init(|| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_idle_connections(0)
                .proxy(None)
                .user_agent(USER_AGENT)
                .timeout_global(Some(PATIENCE));
            config.build().into()
        })
    }
}

impl Courier for Post {
    fn send(&self, message: &Message) -> Result<(u16, String), Untaken> {
        let target = self.policy.check(&message.target_url);
        let target = target.map_err(Untaken::Refused)?;
        send(self.agent(), &target, message).map_err(Untaken::Unanswered)
    }
}

/// What starts the threads.
#[derive(Debug)]
pub(super) struct Senders {
    courier: Option<Arc<dyn Courier>>,
    places: Arc<Places>,
    /// How many threads were started.
    started: u64,
    /// Whether the last one could not be started.
    is_short: bool,
}

/// The places for threads.
#[derive(Debug, Default)]
struct Places {
    taken: AtomicUsize,
    /// Whether a sandbox waits for one.
    are_wanted: AtomicBool,
}

/// The place of one thread; dropped, it is free.
struct Place(Arc<Places>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Places {
    /// Nobody takes places but the thread of timers.
    fn take(places: &Arc<Self>) -> Option<Place> {
        if places.taken.load(Ordering::Relaxed) >= THREADS_MAX {
            return None;
        }
        places.taken.fetch_add(1, Ordering::Relaxed);
        Some(Place(Arc::clone(places)))
    }
}

impl Senders {
    pub(super) fn new(app: &App) -> Self {
        Self {
            courier: app.courier.clone(),
            places: Arc::default(),
            started: 0,
            is_short: false,
        }
    }

    /// Looks what sandboxes have to tell, and has it sent where something is due.
    pub(super) fn turn(&mut self, tenants: &[Arc<Tenant>]) {
        for tenant in tenants {
            look(tenant);
        }
        let Some(courier) = self.courier.clone() else {
            return;
        };
        let is_due = |tenant: &&Arc<Tenant>| {
            let deliveries = &tenant.deliveries;
            deliveries.any_waits() && deliveries.next_moment(tenant.time()).is_some()
        };
        let mut due: Vec<&Arc<Tenant>> = tenants.iter().filter(is_due).collect();
        due.sort_by_key(|tenant| tenant.deliveries.served());
        let mut are_wanted = false;
        for tenant in due {
            let Some(sending) = Sending::at_once(tenant) else {
                continue;
            };
            let Some(place) = Places::take(&self.places) else {
                are_wanted = true;
                break;
            };
            self.started += 1;
            tenant.deliveries.note_served(self.started);
            self.start(tenant, &courier, (sending, place));
        }
        self.places.are_wanted.store(are_wanted, Ordering::Relaxed);
    }

    /// Starts a thread. Where the system has none left, the turn and the place are free again.
    fn start(&mut self, tenant: &Arc<Tenant>, courier: &Arc<dyn Courier>, held: (Sending, Place)) {
        let (tenant, courier) = (Arc::clone(tenant), Arc::clone(courier));
        let work = move || {
            let (sending, place) = held;
            send_some(&tenant, &*courier, &sending, &place);
        };
        let thread = std::thread::Builder::new().name("webhooks".to_owned());
        let outcome = thread.spawn(work);
        let was_short = std::mem::replace(&mut self.is_short, outcome.is_err());
        if let Err(error) = outcome
            && !was_short
        {
            tracing::warn!(%error, "no thread for webhooks: they are told once there is one");
        }
    }
}

/// Sends what is due, in order, until nothing is, another sandbox waits for the place, this one
/// ends, or its clock is moved: who moves it sends what comes due meanwhile.
fn send_some(tenant: &Tenant, courier: &dyn Courier, sending: &Sending, place: &Place) {
    while !tenant.is_closed() && !sending.is_wanted() {
        let Some(delivery) = tenant.deliveries.next_due(tenant.time()) else {
            return;
        };
        let mut passage = tenant.sandbox.passage();
        carry(tenant, courier, &delivery, &mut passage, || tenant.time());
        if place.0.are_wanted.load(Ordering::Relaxed) {
            return;
        }
    }
}

fn send(agent: &Agent, target: &Url, message: &Message) -> Result<(u16, String), String> {
    let mut request = Request::builder().method("POST").uri(target.as_str());
    for (name, value) in &message.headers {
        request = request.header(*name, value);
    }
    let request = request.body(message.body.to_vec());
    let request = request.map_err(|error| format!("The request cannot be written: {error}."))?;
    let response = agent.run(request).map_err(|error| unreached(&error))?;
    let status = response.status().as_u16();
    let mut answer = Vec::new();
    // What came before an answer broke off is its beginning, too.
    let body = response.into_body().into_reader();
    drop(body.take(ANSWER_MAX).read_to_end(&mut answer));
    Ok((status, String::from_utf8_lossy(&answer).into_owned()))
}

fn unreached(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => {
            format!("The target did not answer within {} s.", PATIENCE.as_secs())
        }
        error => format!(
            "Nobody answered: {error}. From within a container, localhost is the container itself; \
             name the host with --webhook-hosts, such as host.docker.internal."
        ),
    }
}
