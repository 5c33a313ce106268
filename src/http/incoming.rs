//! A request as it came in, and what its path and host say about where it goes.

use std::borrow::Cow;

use bytes::Bytes;

use super::app::App;
use super::hosts;
use crate::options::Options;

/// The longest `User-Agent` that is kept, in characters.
pub const USER_AGENT_MAX: usize = 256;

/// A request as it came in.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// The method's name.
    pub method: String,
    /// `X-Sim-At`
    pub at: Option<String>,
    /// `X-Sim-Dry-Run`
    pub dry_run: Option<String>,
    /// `X-Sim-Max-Loss`
    pub max_loss: Option<String>,
    /// The path, percent-encoded.
    pub path: String,
    /// The query string.
    pub query: String,
    /// The body.
    pub body: Bytes,
    /// The caller's IP address; `127.0.0.1` for every address of this machine's loopback.
    pub address: String,
    /// `User-Agent`, shortened to [`USER_AGENT_MAX`].
    pub user_agent: String,
    /// `X-Spark-Signature`, of requests to a sink.
    pub signature: Option<String>,
    /// `Authorization`
    pub authorization: Option<String>,
    /// Name and port of the request target where it is a whole URL, else `Host`.
    pub host: Option<String>,
    /// Whether the request target is a whole URL, as clients send it to a proxy.
    pub is_absolute: bool,
    /// Whether it came over TLS.
    pub is_secure: bool,
    /// `X-Forwarded-Proto`
    pub forwarded_proto: Option<String>,
    /// `X-Forwarded-Host`
    pub forwarded_host: Option<String>,
    /// `TrackingID`
    pub tracking_id: Option<String>,
    /// `Content-Type`
    pub content_type: Option<String>,
    /// `Origin`
    pub browser_origin: Option<String>,
    /// `Sec-Fetch-Site`
    pub fetch_site: Option<String>,
    /// `X-Sim-Sandbox`
    pub sandbox: Option<String>,
    /// `X-Sim-Admin-Token`
    pub admin_token: Option<String>,
    /// `Last-Event-ID`, on paths that end with `/events`
    pub last_event_id: Option<String>,
}

/// Takes a sandbox prefix off the path and answers the sandbox it names.
pub(super) fn take_sandbox_prefix(incoming: &mut Incoming) -> Option<String> {
    if incoming.path.starts_with("//") || incoming.path.starts_with("/_sandbox//") {
        merge_slashes(&mut incoming.path);
    }
    let rest = incoming.path.strip_prefix("/_sandbox/")?;
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let (id, rest) = (id.to_owned(), format!("/{rest}"));
    incoming.path = rest;
    Some(id)
}

/// Merges doubled slashes.
pub fn merge_slashes(path: &mut String) {
    if !path.contains("//") {
        return;
    }
    let mut merged = String::with_capacity(path.len());
    for character in path.chars() {
        if character != '/' || !merged.ends_with('/') {
            merged.push(character);
        }
    }
    *path = merged;
}

/// Doubled slashes are merged, a trailing slash is dropped, and a path of another host is brought
/// to where it stands here.
pub(super) fn normalize(options: &Options, incoming: &mut Incoming) {
    let path = &mut incoming.path;
    merge_slashes(path);
    if path.len() > 1 && path.ends_with('/') {
        path.pop();
    }
    hosts::bring_home(options, incoming.host.as_deref(), path);
}

/// Scheme, host and sandbox prefix of absolute links.
pub(super) fn origin(app: &App, incoming: &Incoming, prefix: Option<&str>) -> String {
    let is_secure = incoming.is_secure || incoming.forwarded_proto.as_deref() == Some("https");
    let scheme = if is_secure { "https" } else { "http" };
    let named = incoming
        .forwarded_host
        .as_deref()
        .or(incoming.host.as_deref());
    let plain = |host: &&str| {
        hosts::split(host).is_some()
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    let host = match named.filter(plain) {
        Some(host) => Cow::Borrowed(host),
        None => {
            let port = app.port.load(std::sync::atomic::Ordering::Relaxed);
            Cow::Owned(format!("{}:{port}", app.options.bind))
        }
    };
    match prefix {
        Some(id) => format!("{scheme}://{host}/_sandbox/{id}"),
        None => format!("{scheme}://{host}"),
    }
}
