//! Sends what webhooks are told: over the network, on threads of their own. There is one only while
//! something is due, one for a sandbox at a time, and no request waits for it but one that moves
//! the clock, which sends itself.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Request, Uri};

use crate::events::webhooks::look;
use crate::http::Tenant;
use crate::http::app::App;
use crate::http::deliveries::{Courier, Message, Sending, Untaken, carry};
use crate::options::Options;
use crate::world::sandbox::Passage;

/// The most threads of a server.
const THREADS_MAX: usize = 8;
/// How long a target may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of an answer that are read.
const ANSWER_MAX: u64 = 4096;
/// Where hubsim may call itself.
const SINK: &str = "/_sim/v1/webhooks/sink/";

const USER_AGENT: &str = concat!("hubsim/", env!("CARGO_PKG_VERSION"));

/// Whom hubsim may call.
#[derive(Debug)]
struct Policy {
    hosts: Vec<String>,
    own_port: u16,
}

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
            policy: Policy {
                hosts: options.webhook_hosts.clone(),
                own_port,
            },
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
        let checked = self.policy.check(&message.target_url);
        checked.map_err(Untaken::Refused)?;
        send(self.agent(), message).map_err(Untaken::Unanswered)
    }
}

/// What starts the threads.
#[derive(Debug)]
pub(super) struct Senders {
    courier: Option<Arc<dyn Courier>>,
    running: Arc<AtomicUsize>,
}

/// One of the threads; dropped, it has ended.
struct Running(Arc<AtomicUsize>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Senders {
    pub(super) fn new(app: &App) -> Self {
        Self {
            courier: app.courier.clone(),
            running: Arc::default(),
        }
    }

    /// Looks what a sandbox has to tell, and has it sent where something is due.
    pub(super) fn turn(&self, tenant: &Arc<Tenant>) {
        look(tenant);
        let Some(courier) = &self.courier else { return };
        let deliveries = &tenant.deliveries;
        if !deliveries.any_waits() || deliveries.next_moment(tenant.time()).is_none() {
            return;
        }
        if self.running.load(Ordering::Relaxed) >= THREADS_MAX {
            return;
        }
        let Some(sending) = Sending::at_once(tenant) else {
            return;
        };
        self.running.fetch_add(1, Ordering::Relaxed);
        let running = Running(Arc::clone(&self.running));
        let (tenant, courier) = (Arc::clone(tenant), Arc::clone(courier));
        std::thread::spawn(move || {
            let _running = running;
            send_all(&tenant, &*courier, &sending);
        });
    }
}

/// Sends what is due, in order, until nothing is, the sandbox ends, or its clock is moved: who
/// moves it sends what comes due meanwhile.
fn send_all(tenant: &Tenant, courier: &dyn Courier, sending: &Sending) {
    while !tenant.is_closed() && !sending.is_wanted() {
        let Some(delivery) = tenant.deliveries.next_due(tenant.time()) else {
            return;
        };
        let mut passage = Passage::default();
        carry(tenant, courier, &delivery, &mut passage, || tenant.time());
    }
}

fn send(agent: &Agent, message: &Message) -> Result<(u16, String), String> {
    let mut request = Request::builder().method("POST").uri(&message.target_url);
    for (name, value) in &message.headers {
        request = request.header(*name, value);
    }
    let request = request.body(message.body.to_vec());
    let request = request.map_err(|error| format!("The request cannot be written: {error}."))?;
    let response = agent.run(request).map_err(|error| unreached(&error))?;
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let answer = body
        .with_config()
        .limit(ANSWER_MAX)
        .lossy_utf8(true)
        .read_to_string();
    Ok((status, answer.unwrap_or_default()))
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

impl Policy {
    /// Refuses an address that hubsim does not call: beyond loopback, or of itself but for a sink.
    fn check(&self, url: &str) -> Result<(), String> {
        let uri: Uri = url.parse().map_err(|_| format!("{url} is no address."))?;
        if uri.scheme_str() != Some("http") {
            return Err("Only http is delivered to, not https: name an http address.".to_owned());
        }
        let host = uri
            .host()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_lowercase();
        let is_loopback = host == "localhost"
            || host.ends_with(".localhost")
            || host
                .parse::<IpAddr>()
                .is_ok_and(|ip| ip.to_canonical().is_loopback());
        if !is_loopback {
            return match self.hosts.iter().any(|it| *it == host || it == "*") {
                true => Ok(()),
                false => Err(format!(
                    "hubsim delivers to this machine alone; start it with --webhook-hosts {host} \
                     to let it call {host}."
                )),
            };
        }
        let is_own = uri.port_u16().unwrap_or(80) == self.own_port;
        match is_own && !uri.path().contains(SINK) {
            true => Err(format!("hubsim calls itself at {SINK}NAME alone.")),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_hosts_that_are_named_are_called_and_nobody_else() {
        let policy = Policy {
            hosts: vec!["hooks.example".to_owned()],
            own_port: 8765,
        };
        for (url, is_called) in [
            ("http://localhost:1/x", true),
            ("http://a.localhost:1", true),
            ("http://127.9.9.9/x", true),
            ("http://[::1]:9/x", true),
            ("http://hooks.example/x", true),
            ("http://HOOKS.example:81/x", true),
            ("https://hooks.example/x", false),
            ("http://other.example/x", false),
            ("http://10.0.0.1/x", false),
            ("http://127.0.0.1:8765/v1/people", false),
            ("http://127.0.0.1:8765/_sim/v1/webhooks/sink/a", true),
            (
                "http://127.0.0.1:8765/_sandbox/a/_sim/v1/webhooks/sink/a",
                true,
            ),
            ("nothing", false),
        ] {
            assert_eq!(policy.check(url).is_ok(), is_called, "{url}");
        }
        let everybody = Policy {
            hosts: vec!["*".to_owned()],
            own_port: 1,
        };
        assert!(everybody.check("http://10.0.0.1/x").is_ok());
    }
}
