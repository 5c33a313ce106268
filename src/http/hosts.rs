//! The names that a server answers to: its own, and with `--https` those of Webex's services, which
//! many clients hard-code.

use std::net::IpAddr;
use std::sync::atomic::Ordering;

use super::app::App;
use crate::options::Options;

/// A host of Webex for which a server stands in.
#[derive(Debug)]
pub struct VirtualHost {
    /// Its name.
    pub name: &'static str,
    /// Where its paths begin and where ours do, when the two differ.
    paths: Option<(&'static str, &'static str)>,
}

/// A host whose paths are those of the public API.
const fn host(name: &'static str) -> VirtualHost {
    VirtualHost { name, paths: None }
}

/// A host of the identity service, whose OAuth paths stand below its own prefix.
const fn broker(name: &'static str) -> VirtualHost {
    let paths = Some(("/idb/oauth2/v1/", "/v1/"));
    VirtualHost { name, paths }
}

/// Every host: the one of the public API and its predecessor, which npm webex and a client for Go
/// still name; call detail records by region; meeting qualities; identity; Contact Center by
/// region.
pub const VIRTUAL_HOSTS: &[VirtualHost] = &[
    host("webexapis.com"),
    host("api.ciscospark.com"),
    host("analytics.webexapis.com"),
    host("analytics-calling.webexapis.com"),
    host("analytics-calling-au.webexapis.com"),
    host("analytics-calling-eu.webexapis.com"),
    host("analytics-calling-in.webexapis.com"),
    broker("idbroker.webex.com"),
    broker("idbroker-eu.webex.com"),
    host("api.wxcc-us1.cisco.com"),
    host("api.wxcc-eu1.cisco.com"),
    host("api.wxcc-eu2.cisco.com"),
    host("api.wxcc-anz1.cisco.com"),
    host("api.wxcc-ca1.cisco.com"),
    host("api.wxcc-jp1.cisco.com"),
    host("api.wxcc-sg1.cisco.com"),
];

/// Whether a server answers to a host's name: loopback, the address it listens on, what
/// `--allowed-host` says, and with `--https` the hosts of Webex.
#[must_use]
pub fn is_ours(options: &Options, name: &str) -> bool {
    let address = name.parse::<IpAddr>();
    let plain = name.to_ascii_lowercase();
    plain == "localhost"
        || plain.ends_with(".localhost")
        || address.is_ok_and(|ip| ip.is_loopback() || ip == options.bind)
        || is_allowed(options, name)
        || (options.https && virtual_host(name).is_some())
}

fn is_allowed(options: &Options, name: &str) -> bool {
    let mut allowed = options.allowed_host.iter();
    allowed.any(|allowed| allowed.eq_ignore_ascii_case(name))
}

fn virtual_host(name: &str) -> Option<&'static VirtualHost> {
    let mut hosts = VIRTUAL_HOSTS.iter();
    hosts.find(|host| host.name.eq_ignore_ascii_case(name))
}

/// Brings a path of one of Webex's hosts to where it stands here.
pub(super) fn bring_home(options: &Options, host: Option<&str>, path: &mut String) {
    if !options.https {
        return;
    }
    let host = host.and_then(|host| virtual_host(host_name(host)));
    let Some((theirs, ours)) = host.and_then(|host| host.paths) else {
        return;
    };
    if let Some(rest) = path.strip_prefix(theirs) {
        *path = format!("{ours}{rest}");
    }
}

/// Whether what a client asked of a proxy leads here: a name of ours with a port on which this
/// server listens, or, for a name that stands for another host, with the ports of the web.
pub(super) fn leads_here(app: &App, host: &str) -> bool {
    let Some((name, port)) = split(host) else {
        return false;
    };
    let plain = u16::try_from(app.port.load(Ordering::Relaxed)).ok();
    let secure = app.https.as_ref().map(|https| https.address.port());
    let port = port.unwrap_or(HTTP);
    let is_own_port = [plain, secure].contains(&Some(port));
    let stands_in = is_allowed(&app.options, name) || virtual_host(name).is_some();
    is_ours(&app.options, name) && (is_own_port || stands_in && [HTTP, HTTPS].contains(&port))
}

/// The ports of the web, which a URL need not name.
const HTTP: u16 = 80;
/// The same with TLS.
const HTTPS: u16 = 443;

/// Name and port of `name:port` or `[address]:port`; nothing when it is malformed.
#[must_use]
pub(super) fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    if rest.is_empty() {
        return Some((name, None));
    }
    // A colon without a port is allowed (RFC 3986, 3.2.3).
    match rest.strip_prefix(':')? {
        "" => Some((name, None)),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some((name, Some(digits.parse().ok()?)))
        }
        _ => None,
    }
}

/// The name in `name:port` or `[address]:port`.
#[must_use]
pub fn host_name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}
