//! Who may come in: selectors of a sandbox, foreign hosts and pages, tokens and the admin token.

use std::sync::Arc;

use super::app::App;
use super::auth::{self, Session};
use super::hosts::{self, VIRTUAL_HOSTS, host_name, is_ours};
use super::incoming::Incoming;
use super::operation::{Access, Space};
use super::tenant::Tenant;
use crate::options::AuthMode;
use crate::refusal::{ErrorKind, Refusal};

/// Who is let in, and where.
pub(super) struct Admitted {
    pub tenant: Arc<Tenant>,
    pub session: Option<Session>,
    pub is_server_admin: bool,
    /// Without a session: whether the request says which sandbox it means.
    pub names_sandbox: bool,
}

/// Lets a caller in, or says why not.
///
/// # Errors
/// 401, 403, 400 for selectors that disagree, 404 for an unknown sandbox.
pub(super) fn admit(
    app: &App,
    incoming: &Incoming,
    space: Space,
    access: Access,
    prefix: Option<&str>,
) -> Result<Admitted, Refusal> {
    if incoming.is_absolute {
        check_target(app, incoming)?;
    } else {
        check_port(incoming)?;
        if space != Space::Webex {
            check_host(app, incoming)?;
        }
    }
    if matches!(space, Space::Sim | Space::Hub) {
        check_page(app, incoming)?;
    }
    let selected = selected(incoming, prefix)?;
    let selected = selected.as_deref();
    let is_server_admin = match (app.options.admin_token(), incoming.admin_token.as_deref()) {
        (Some(expected), sent) => sent == Some(expected),
        (None, _) => app.options.auth == AuthMode::Open && app.options.bind.is_loopback(),
    };
    let token = auth::bearer(incoming.authorization.as_deref());
    let without_token = match access {
        Access::Open => true,
        Access::Control => token.is_err() && is_server_admin,
        Access::Token | Access::Viewer | Access::Administrator => false,
    };
    if without_token {
        let (tenant, names_sandbox) = auth::sandbox(app, token.ok(), selected)?;
        return Ok(Admitted {
            tenant,
            session: None,
            is_server_admin,
            names_sandbox,
        });
    }
    let session = auth::session(app, token?, selected)?;
    let is_full_admin = session.role.is_some_and(|role| role.token == "full-admin");
    let may_control = is_server_admin || (is_full_admin && !session.unknown);
    if access == Access::Control && !may_control {
        let detail =
            "The simulator's control needs a full administrator's token or the admin token.";
        return Err(Refusal::new(ErrorKind::Forbidden, detail));
    }
    Ok(Admitted {
        tenant: Arc::clone(&session.tenant),
        session: Some(session),
        is_server_admin,
        names_sandbox: false,
    })
}

/// Where a request that is not let in is written down: in the sandbox that it named, or else in
/// `default`.
pub(super) fn named_by(app: &App, incoming: &Incoming, prefix: Option<&str>) -> Arc<Tenant> {
    let named = selected(incoming, prefix).ok().flatten();
    let named = named.and_then(|id| app.tenant(&id).ok());
    named.unwrap_or_else(|| Arc::clone(&app.default))
}

/// The sandbox that path, header and host name; they must agree, and so must a header that was
/// sent more than once.
fn selected(incoming: &Incoming, prefix: Option<&str>) -> Result<Option<String>, Refusal> {
    let host = incoming.host.as_deref().map(host_name).unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let of_host = host.strip_suffix(".localhost").filter(|id| !id.is_empty());
    let headers = incoming.sandbox.iter().flat_map(|sent| sent.split(", "));
    let mut named: Option<&str> = None;
    for candidate in prefix.into_iter().chain(headers).chain(of_host) {
        if named.is_some_and(|named| named != candidate) {
            let detail = "Path, X-Sim-Sandbox header and host name different sandboxes.";
            return Err(Refusal::new(ErrorKind::ConflictingSelectors, detail));
        }
        named = Some(candidate);
    }
    Ok(named.map(str::to_owned))
}

/// Refuses requests under a foreign name, which a page may have made point here.
fn check_host(app: &App, incoming: &Incoming) -> Result<(), Refusal> {
    let host = incoming.host.as_deref().map(host_name);
    if host.is_none_or(|host| is_ours(&app.options, host)) {
        return Ok(());
    }
    let detail = "This server does not answer to that host name; see --allowed-host.";
    Err(Refusal::new(ErrorKind::ForeignOrigin, detail))
}

/// Refuses a `Host` that no link could be made of (RFC 9110, 7.2).
fn check_port(incoming: &Incoming) -> Result<(), Refusal> {
    let host = incoming.host.as_deref().unwrap_or_default();
    if hosts::split(host).is_some() {
        return Ok(());
    }
    let detail = format!(
        "The header Host, \"{}\", is neither name nor name:port with a port up to 65535.",
        crate::model::number::shorten(host)
    );
    Err(Refusal::bad_request(detail))
}

/// Refuses what was sent to a forward proxy for another host: nothing is ever fetched from there.
fn check_target(app: &App, incoming: &Incoming) -> Result<(), Refusal> {
    let host = incoming.host.as_deref().unwrap_or_default();
    if hosts::leads_here(app, host) {
        return Ok(());
    }
    Err(foreign_target(app, host))
}

/// The answer to a client that takes this server for its proxy to somewhere else.
pub(crate) fn foreign_target(app: &App, target: &str) -> Refusal {
    let shown = crate::model::number::shorten(target);
    let detail = if app.options.https {
        let hosts: Vec<_> = VIRTUAL_HOSTS.iter().map(|host| host.name).collect();
        format!(
            "\"{shown}\" was not called, and never is: as a proxy this server leads to itself \
             alone, for https (port 443) at {}, and for what --allowed-host names. Send other \
             traffic past it, for example with NO_PROXY.",
            hosts.join(", ")
        )
    } else {
        format!(
            "\"{shown}\" was not called: this server is no proxy. Started with --https, it \
             stands in for the hosts of Webex, and only for those."
        )
    };
    Refusal::new(ErrorKind::ForeignOrigin, detail)
}

/// Refuses what a foreign page sends.
fn check_page(app: &App, incoming: &Incoming) -> Result<(), Refusal> {
    let foreign = incoming.browser_origin.as_deref().is_some_and(|origin| {
        let host = origin.split_once("://").map(|(_, rest)| host_name(rest));
        !host.is_some_and(|host| is_ours(&app.options, host))
    });
    // Whoever started the server named this origin; `*` names none.
    let origin = incoming.browser_origin.as_deref();
    if origin.is_some_and(|origin| app.options.cors.iter().any(|allowed| allowed == origin)) {
        return Ok(());
    }
    if foreign || incoming.fetch_site.as_deref() == Some("cross-site") {
        let detail = "Pages of other origins may not call this address space.";
        return Err(Refusal::new(ErrorKind::ForeignOrigin, detail));
    }
    Ok(())
}
