//! Whom hubsim may call: this machine and named hosts, of itself the sinks alone (DEC-127).

use std::net::{IpAddr, ToSocketAddrs, UdpSocket};

use url::Url;

use crate::resources::webhooks::address;

/// Where hubsim may call itself.
const SINK: &str = "/_sim/v1/webhooks/sink/";

/// Whom hubsim may call.
#[derive(Debug)]
pub(super) struct Policy {
    /// Further hosts, in small letters.
    hosts: Vec<String>,
    own_port: u16,
}

impl Policy {
    pub(super) fn new(hosts: &[String], own_port: u16) -> Self {
        Self {
            hosts: hosts.iter().map(|host| host.to_lowercase()).collect(),
            own_port,
        }
    }

    /// The address as it is called, where hubsim calls it.
    pub(super) fn check(&self, url: &str) -> Result<Url, String> {
        let url = address(url).map_err(|why| format!("{url} is no address: {why}."))?;
        if url.scheme() != "http" {
            return Err("Only http is delivered to, not https: name an http address.".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(80);
        let is_near = is_loopback(&host, port);
        if !is_near && !self.hosts.iter().any(|it| *it == host || it == "*") {
            return Err(format!(
                "hubsim delivers to this machine alone; start it with --webhook-hosts {host} \
                 to let it call {host}."
            ));
        }
        let is_own = port == self.own_port && (is_near || leads_here(&host, port));
        match is_own && !url.path().contains(SINK) {
            true => Err(format!("hubsim calls itself at {SINK}NAME alone.")),
            false => Ok(url),
        }
    }
}

/// Whether a host is loopback. A name under `.localhost` is by its definition (RFC 6761), but the
/// system may lead it elsewhere.
fn is_loopback(host: &str, port: u16) -> bool {
    match host.parse::<IpAddr>() {
        Ok(ip) => ip.to_canonical().is_loopback(),
        Err(_) if host.ends_with(".localhost") => {
            addresses(host, port).all(|ip| ip.to_canonical().is_loopback())
        }
        Err(_) => host == "localhost",
    }
}

/// Whether a host is this machine: nobody else binds to its addresses.
fn leads_here(host: &str, port: u16) -> bool {
    addresses(host, port).any(|ip| UdpSocket::bind((ip.to_canonical(), 0)).is_ok())
}

/// The addresses of a host; none when nobody knows it.
fn addresses(host: &str, port: u16) -> impl Iterator<Item = IpAddr> {
    let known = (host, port).to_socket_addrs();
    known.into_iter().flatten().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_hosts_that_are_named_are_called_and_nobody_else() {
        let policy = Policy::new(&["Hooks.Example".to_owned()], 8765);
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
            (
                "http://127.0.0.1:8765/_sim/v1/webhooks/sink/../../people",
                false,
            ),
            ("http://[::1", false),
            ("http://127.0.0.1:99999", false),
            ("nothing", false),
        ] {
            assert_eq!(policy.check(url).is_ok(), is_called, "{url}");
        }
    }

    #[test]
    fn hubsim_knows_itself_by_every_address_of_this_machine() {
        let everybody = Policy::new(&["*".to_owned()], 8765);
        for (url, is_called) in [
            ("http://192.0.2.1/x", true),
            ("http://192.0.2.1:8765/x", true),
            ("http://0.0.0.0:8764/x", true),
            ("http://0.0.0.0:8765/x", false),
            ("http://[::ffff:127.0.0.1]:8765/x", false),
            ("http://0.0.0.0:8765/_sim/v1/webhooks/sink/a", true),
        ] {
            assert_eq!(everybody.check(url).is_ok(), is_called, "{url}");
        }
    }
}
