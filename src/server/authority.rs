//! The certificate authority of `--https`: made at the start, or kept in a directory, so that a
//! machine needs to trust it once.
//!
//! Who trusts it trusts it for the names of this server alone: they stand in its certificate as
//! name constraints, which clients check.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;

use super::tls::provider;
use crate::http::app::real_time;
use crate::http::hosts::VIRTUAL_HOSTS;
use crate::options::Options;

/// The file of the certificate, in the directory that `--ca-dir` names.
const CERTIFICATE: &str = "hubsim-ca.pem";
/// The file of its key.
const KEY: &str = "hubsim-ca.key";
/// The largest file that is read.
const FILE_MAX: u64 = 64 * 1024;
/// How long an authority is good for, in days.
const AUTHORITY_DAYS: i64 = 3650;
/// How long a certificate is good for, in days: some clients refuse more.
const CERTIFICATE_DAYS: i64 = 397;

/// Why there is no authority.
#[derive(Debug, thiserror::Error)]
pub(super) enum AuthorityError {
    #[error("--ca-dir: cannot {what} {path}: {source}")]
    File {
        what: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("--ca-dir: {0}")]
    Kept(String),
    #[error("--https: {0}")]
    Made(#[from] rcgen::Error),
    #[error("--https: {0}")]
    Tls(#[from] rustls::Error),
}

/// An authority: it signs certificates for names of this server.
#[derive(Debug)]
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, as PEM.
    pub pem: String,
}

impl Authority {
    /// The authority that the options ask for.
    pub fn open(options: &Options) -> Result<Self, AuthorityError> {
        match &options.ca_dir {
            None => Self::make(KeyPair::generate()?, options),
            Some(directory) => Self::keep(directory, options),
        }
    }

    fn make(key: KeyPair, options: &Options) -> Result<Self, AuthorityError> {
        let mut params = named(&key)?;
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: names(options).iter().map(|name| subtree(name)).collect(),
            excluded_subtrees: Vec::new(),
        });
        let pem = params.self_signed(&key)?.pem();
        let issuer = Issuer::new(params, key);
        Ok(Self { issuer, pem })
    }

    /// Reads an authority from a directory, where the first start leaves it.
    fn keep(directory: &Path, options: &Options) -> Result<Self, AuthorityError> {
        let (certificate, key) = (directory.join(CERTIFICATE), directory.join(KEY));
        match (certificate.exists(), key.exists()) {
            (false, false) => {
                std::fs::create_dir_all(directory).map_err(file("make", directory))?;
                let made = Self::make(KeyPair::generate()?, options)?;
                write_new(&key, &made.issuer.key().serialize_pem())?;
                write_new(&certificate, &made.pem)?;
                Ok(made)
            }
            (true, true) => {
                let kept = Self::read(&certificate, &key)?;
                kept.check(options).map_err(|(name, error)| {
                    AuthorityError::Kept(format!(
                        "the authority in {} is not good for {name} ({error}); delete \
                         {CERTIFICATE} and {KEY} there, and the next start makes a new one",
                        directory.display()
                    ))
                })?;
                Ok(kept)
            }
            (has_certificate, _) => {
                let (present, missing) = match has_certificate {
                    true => (CERTIFICATE, KEY),
                    false => (KEY, CERTIFICATE),
                };
                Err(AuthorityError::Kept(format!(
                    "{} holds {present} without {missing}; bring it back, or delete {present} \
                     and the next start makes a new authority",
                    directory.display()
                )))
            }
        }
    }

    fn read(certificate: &Path, key: &Path) -> Result<Self, AuthorityError> {
        let pem = read(certificate)?;
        refuse_readable_by_others(key)?;
        let pair = KeyPair::from_pem(&read(key)?);
        let pair = pair.map_err(|error| {
            AuthorityError::Kept(format!("{} is no private key: {error}", key.display()))
        })?;
        Ok(Self {
            issuer: Issuer::new(named(&pair)?, pair),
            pem,
        })
    }

    /// Whether clients that trust the certificate accept what the key signs, for every name known
    /// now.
    fn check(&self, options: &Options) -> Result<(), (String, String)> {
        let trusted = self.verifier();
        let trusted = trusted.map_err(|error| (CERTIFICATE.to_owned(), error))?;
        let now = u64::try_from(real_time().0 / 1000).unwrap_or_default();
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now));
        for name in names(options) {
            let checked = || -> Result<(), String> {
                let signed = self.sign(vec![name.clone()]).map_err(text)?;
                let server = ServerName::try_from(name.as_str()).map_err(text)?;
                let certificate = signed.end_entity_cert().map_err(text)?;
                let verified = trusted.verify_server_cert(certificate, &[], &server, &[], now);
                verified.map(drop).map_err(text)
            };
            checked().map_err(|error| (name.clone(), error))?;
        }
        Ok(())
    }

    /// What a client has that trusts this authority alone.
    fn verifier(&self) -> Result<Arc<WebPkiServerVerifier>, String> {
        let certificate = CertificateDer::from_pem_slice(self.pem.as_bytes()).map_err(text)?;
        let mut roots = RootCertStore::empty();
        roots.add(certificate).map_err(text)?;
        let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider());
        builder.build().map_err(text)
    }

    /// A certificate for some names, with a key of its own.
    pub fn sign(&self, names: Vec<String>) -> Result<CertifiedKey, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "hubsim");
        last_for(&mut params, CERTIFICATE_DAYS);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = rustls::crypto::ring::sign::any_ecdsa_type(&key)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

/// What a kept authority and a new one with the same key have in common.
fn named(key: &KeyPair) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    // Two authorities must not share a name, or a client looks for one and finds the other.
    let mark = key.public_key_raw().iter().rev().take(4);
    let mark: String = mark.map(|byte| format!("{byte:02x}")).collect();
    let name = format!("hubsim, for tests only, {mark}");
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    last_for(&mut params, AUTHORITY_DAYS);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

/// Every name that the authority may vouch for; those below `localhost` are among them.
fn names(options: &Options) -> Vec<String> {
    let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let bind = own_address(options).map(|address| address.to_string());
    let hosts = VIRTUAL_HOSTS.iter().map(|host| host.name.to_owned());
    let allowed = options.allowed_host.iter().cloned();
    own.into_iter()
        .chain(bind)
        .chain(hosts)
        .chain(allowed)
        .collect()
}

/// The address that a server listens on, where it is none that every machine has.
pub(super) fn own_address(options: &Options) -> Option<IpAddr> {
    let bind = options.bind;
    let usual: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    (!bind.is_unspecified() && !usual.contains(&bind)).then_some(bind)
}

fn subtree(name: &str) -> GeneralSubtree {
    match name.parse::<IpAddr>() {
        Ok(address) => {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(name.to_owned()),
    }
}

/// From yesterday, because clocks differ, for so many days.
fn last_for(params: &mut CertificateParams, days: i64) {
    let now = Timestamp::from_millisecond(real_time().0).unwrap_or_default();
    let today = now.to_zoned(TimeZone::UTC).date();
    let from = today.yesterday().unwrap_or(today);
    let until = from.saturating_add(Span::new().days(days));
    let midnight = |date: Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        rcgen::date_time_ymd(i32::from(date.year()), month, day)
    };
    params.not_before = midnight(from);
    params.not_after = midnight(until);
}

fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> AuthorityError {
    let path = path.to_owned();
    move |source| AuthorityError::File { what, path, source }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn read(path: &Path) -> Result<String, AuthorityError> {
    let opened = std::fs::File::open(path).map_err(file("read", path))?;
    let mut text = String::new();
    let read = opened.take(FILE_MAX).read_to_string(&mut text);
    read.map_err(file("read", path))?;
    Ok(text)
}

/// Writes a file that must not exist yet, for its owner alone.
fn write_new(path: &Path, text: &str) -> Result<(), AuthorityError> {
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut opened = open.open(path).map_err(file("write", path))?;
    opened
        .write_all(text.as_bytes())
        .map_err(file("write", path))
}

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> Result<(), AuthorityError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(path).map_err(file("read", path))?;
    if metadata.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(AuthorityError::Kept(format!(
        "{} is open to others; whoever reads it can speak for Webex to machines that trust the \
         authority. Run: chmod 600 {0}",
        path.display()
    )))
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_path: &Path) -> Result<(), AuthorityError> {
    Ok(())
}
