//! The listener for TLS: a certificate for each name that a client asks for, if it is one of ours.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::sync::{Notify, Semaphore};

use super::authority::{Authority, AuthorityError, own_address};
use super::{StartError, tunnel, unread};
use crate::http::app::Https;
use crate::http::hosts::is_ours;
use crate::options::Options;

/// How many certificates are kept: there are as many names below `localhost` as one can think of.
const CERTIFICATES_MAX: usize = 1024;

/// A listener for TLS that is open and not served yet.
pub(super) struct Opened {
    /// Where it listens.
    pub listener: TcpListener,
    /// How it speaks TLS.
    pub config: ServerConfig,
    /// What the rest of the server knows of it.
    pub https: Https,
}

/// Opens the listener, when the options ask for one.
pub(super) fn open(options: &Options) -> Result<Option<Opened>, StartError> {
    if !options.https {
        return Ok(None);
    }
    let failed = |error: AuthorityError| StartError::Https(error.to_string());
    let authority = Authority::open(options).map_err(failed)?;
    let address = SocketAddr::new(options.bind, options.https_port);
    let listen = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(listen)?;
    unread::bound(&listener, options.patience()).map_err(listen)?;
    let https = Https {
        address: tunnel::reachable(listener.local_addr().map_err(listen)?),
        authority: authority.pem.clone(),
        tunnels: Arc::new(Semaphore::new(
            options.max_tunnels.min(Semaphore::MAX_PERMITS),
        )),
        closing: Notify::new(),
    };
    let builder = ServerConfig::builder_with_provider(provider());
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| failed(error.into()))?;
    let config = builder
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Certificates {
            authority,
            options: options.clone(),
            made: Mutex::default(),
        }));
    Ok(Some(Opened {
        listener,
        config,
        https,
    }))
}

/// The cryptography that we use, whatever else is compiled in.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Certificates by name, made when they are first asked for.
#[derive(Debug)]
struct Certificates {
    authority: Authority,
    options: Options,
    made: Mutex<BTreeMap<String, Arc<CertifiedKey>>>,
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // Who calls an address names no host.
        let name = hello.server_name().unwrap_or_default().to_ascii_lowercase();
        if !name.is_empty() && !is_ours(&self.options, &name) {
            tracing::info!("no certificate for {name:?}: no host of this server");
            return None;
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(certificate) = made.get(&name) {
            return Some(Arc::clone(certificate));
        }
        let names = match name.as_str() {
            "" => addresses(&self.options),
            name => vec![name.to_owned()],
        };
        let signed = self.authority.sign(names);
        let signed = signed.inspect_err(|error| tracing::warn!(%error, "no certificate"));
        let signed = Arc::new(signed.ok()?);
        if made.len() >= CERTIFICATES_MAX {
            made.clear();
        }
        made.insert(name, Arc::clone(&signed));
        Some(signed)
    }
}

/// The names of a server that is called by its address.
fn addresses(options: &Options) -> Vec<String> {
    let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let bind = own_address(options).map(|address| address.to_string());
    let is_address = |host: &&String| host.parse::<std::net::IpAddr>().is_ok();
    let allowed = options.allowed_host.iter().filter(is_address).cloned();
    own.into_iter().chain(bind).chain(allowed).collect()
}
