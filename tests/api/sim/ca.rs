//! `/_sim/v1/ca.pem` and `--ca-dir`: whom clients of `--https` trust.

use std::fs;
use std::path::Path;

use hubsim::Server;
use hubsim::options::Options;
use serde_json::Value;
use tempfile::TempDir;

use crate::secure::{ask, authority, call, connect, get, options, secure, secure_address, status};
use crate::support::{Hub, small_world};

const CERTIFICATE: &str = "hubsim-ca.pem";
const KEY: &str = "hubsim-ca.key";

fn kept_in(directory: &Path) -> Options {
    let mut options = options();
    options.ca_dir = Some(directory.to_owned());
    options
}

/// Why a server does not start.
fn refusal(options: Options) -> String {
    let started = Server::holding(options, small_world());
    started.expect_err("a refusal").to_string()
}

#[test]
fn without_https_there_is_no_authority_and_the_answer_says_what_to_do() {
    let hub = Hub::start();
    let answer = hub
        .send("GET", "/_sim/v1/ca.pem", &[], &Value::Null)
        .expect(404);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(
        answer.text.contains("start it with --https"),
        "{}",
        answer.text
    );
    assert_eq!(hub.server.https_url(), None);
}

#[test]
fn everybody_may_read_the_authority_and_each_start_has_its_own() {
    let hub = Hub::start_with(options());
    let pem = authority(&hub);
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");
    assert!(!pem.contains("PRIVATE KEY"), "{pem}");
    let other = Hub::start_with(options());
    assert_ne!(authority(&other), pem);
    let stream = connect(secure_address(&other));
    let error = secure(stream, "localhost", &pem).expect_err("another authority");
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}

#[test]
fn a_kept_authority_is_trusted_once_for_all_starts() {
    let directory = TempDir::new().expect("a directory");
    let below = directory.path().join("made/when/missing");
    let first = Hub::start_with(kept_in(&below));
    let trusted = authority(&first);
    assert_eq!(
        fs::read_to_string(below.join(CERTIFICATE)).expect("a file"),
        trusted
    );
    drop(first);
    let second = Hub::start_with(kept_in(&below));
    let mut stream = secure(connect(secure_address(&second)), "webexapis.com", &trusted)
        .expect("the same authority");
    let answer = ask(&mut stream, &get("/v1/people", "webexapis.com"));
    assert_eq!(status(&answer), 200, "{answer}");
}

#[cfg(unix)]
#[test]
fn the_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let directory = TempDir::new().expect("a directory");
    drop(Hub::start_with(kept_in(directory.path())));
    let key = directory.path().join(KEY);
    let mode = fs::metadata(&key).expect("a key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("another mode");
    let said = refusal(kept_in(directory.path()));
    assert!(said.contains("chmod 600") && said.contains(KEY), "{said}");
}

#[test]
fn half_an_authority_and_a_damaged_one_are_refused_and_left_alone() {
    for (damage, text) in [
        (CERTIFICATE, "without hubsim-ca.pem"),
        (KEY, "without hubsim-ca.key"),
    ] {
        let directory = TempDir::new().expect("a directory");
        drop(Hub::start_with(kept_in(directory.path())));
        fs::remove_file(directory.path().join(damage)).expect("a file");
        let said = refusal(kept_in(directory.path()));
        assert!(said.contains(text), "{said}");
        assert!(!directory.path().join(damage).exists());
    }
    for (damage, text) in [(KEY, "is no private key"), (CERTIFICATE, "is not good for")] {
        let directory = TempDir::new().expect("a directory");
        drop(Hub::start_with(kept_in(directory.path())));
        fs::write(directory.path().join(damage), "rust").expect("written");
        let said = refusal(kept_in(directory.path()));
        assert!(said.contains(text), "{said}");
    }
}

#[test]
fn a_kept_authority_that_cannot_vouch_for_a_host_is_named() {
    let directory = TempDir::new().expect("a directory");
    drop(Hub::start_with(kept_in(directory.path())));
    let mut wider = kept_in(directory.path());
    wider.allowed_host = vec!["hub.test".to_owned()];
    let said = refusal(wider);
    assert!(said.contains("is not good for hub.test"), "{said}");
    assert!(
        said.contains("delete hubsim-ca.pem and hubsim-ca.key"),
        "{said}"
    );
    let other = TempDir::new().expect("a directory");
    drop(Hub::start_with(kept_in(other.path())));
    // The certificate of another authority: its key signed nothing of ours.
    fs::copy(
        other.path().join(CERTIFICATE),
        directory.path().join(CERTIFICATE),
    )
    .expect("a copy");
    let said = refusal(kept_in(directory.path()));
    assert!(said.contains("is not good for localhost"), "{said}");
}

#[test]
fn even_a_stolen_key_speaks_for_no_other_host() {
    let directory = TempDir::new().expect("a directory");
    let hub = Hub::start_with(kept_in(directory.path()));
    let key = fs::read_to_string(directory.path().join(KEY)).expect("a key");
    let stolen = rcgen::KeyPair::from_pem(&key).expect("a key");
    let thief = forged(&authority(&hub), stolen, "bank.example");
    assert!(thief.contains("NameConstraintViolation"), "{thief}");
    let mut stream = call(&hub, "webexapis.com").expect("one of its own hosts");
    assert_eq!(
        status(&ask(&mut stream, &get("/v1/people", "webexapis.com"))),
        200
    );
}

/// What a client says that trusts an authority, of a certificate for a name that its key signed.
fn forged(authority: &str, key: rcgen::KeyPair, name: &str) -> String {
    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    let certificate = CertificateDer::from_pem_slice(authority.as_bytes()).expect("a certificate");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).expect("an authority");
    let subject = roots.roots[0].subject.to_vec();
    let mut issuer = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    issuer.distinguished_name = rcgen::DistinguishedName::new();
    let mark: String = key.public_key_raw().iter().rev().take(4).map(hex).collect();
    let common_name = format!("hubsim, for tests only, {mark}");
    assert!(String::from_utf8_lossy(&subject).contains(&common_name));
    issuer
        .distinguished_name
        .push(rcgen::DnType::CommonName, common_name);
    let issuer = rcgen::Issuer::new(issuer, key);
    let own = rcgen::KeyPair::generate().expect("a key");
    let params = rcgen::CertificateParams::new(vec![name.to_owned()]).expect("a name");
    let signed = params.signed_by(&own, &issuer).expect("a certificate");
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        rustls::client::WebPkiServerVerifier::builder_with_provider(roots.into(), provider);
    let server = ServerName::try_from(name.to_owned()).expect("a name");
    let verifier = builder.build().expect("a verifier");
    let verified = verifier.verify_server_cert(signed.der(), &[], &server, &[], UnixTime::now());
    verified.expect_err("a refusal").to_string()
}

fn hex(byte: &u8) -> String {
    format!("{byte:02x}")
}
