//! A client for TLS that is in nobody's way: it says which name it asks for, whom it trusts, and
//! sends any bytes.

use std::io::{Error, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use hubsim::options::Options;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::Hub;

/// Long enough for a busy machine; who waits so long has found a fault.
const PATIENCE: Duration = Duration::from_secs(40);

/// A connection over TLS.
pub type Secure = StreamOwned<ClientConnection, TcpStream>;

/// The options of a server with `--https`.
pub fn options() -> Options {
    let mut options = Options::for_tests();
    options.https = true;
    options
}

/// Where a server listens for TLS.
pub fn secure_address(hub: &Hub) -> SocketAddr {
    hub.server.app().https.as_ref().expect("--https").address
}

/// Where it listens for plain HTTP.
pub fn plain_address(hub: &Hub) -> SocketAddr {
    let url = hub.server.url();
    let address = url.strip_prefix("http://").expect("a URL");
    address.parse().expect("an address")
}

/// The authority of a server, as clients fetch it.
pub fn authority(hub: &Hub) -> String {
    hub.send("GET", "/_sim/v1/ca.pem", &[], &serde_json::Value::Null)
        .expect(200)
        .text
}

/// A plain connection.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// Speaks TLS over a connection with whoever shows a certificate for a name that an authority
/// signed.
pub fn secure(stream: TcpStream, name: &str, authority: &str) -> Result<Secure, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(authority.as_bytes()).expect("a certificate");
    roots.add(certificate).expect("an authority");
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions();
    let config = builder.expect("versions").with_root_certificates(roots);
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let connection = ClientConnection::new(Arc::new(config.with_no_client_auth()), name);
    let mut stream = StreamOwned::new(connection.expect("a client"), stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}

/// A connection over TLS to a server under a name.
pub fn call(hub: &Hub, name: &str) -> Result<Secure, Error> {
    secure(connect(secure_address(hub)), name, &authority(hub))
}

/// Sends a request and reads to the end of the connection. A peer that leaves without a word has
/// said what came before.
pub fn ask(stream: &mut (impl Read + Write), request: &str) -> String {
    // Who refuses a request need not read it whole.
    let sent = stream.write_all(request.as_bytes());
    sent.and_then(|()| stream.flush()).unwrap_or_default();
    rest(stream)
}

/// What else comes.
pub fn rest(stream: &mut impl Read) -> String {
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        assert_ne!(error.kind(), ErrorKind::WouldBlock, "nothing came");
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// A GET as full administrator, and then the end.
pub fn get(path: &str, host: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer full-admin\r\n\
         Connection: close\r\n\r\n"
    )
}

/// The status of an answer.
#[track_caller]
pub fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1).and_then(|text| text.parse().ok());
    let missing = format!("no answer: {answer:?}");
    status.expect(&missing)
}

/// Asks the forward proxy for a way to a target, and answers the head of what it says.
pub fn tunnel(hub: &Hub, target: &str) -> (TcpStream, String) {
    let mut stream = connect(plain_address(hub));
    let request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).expect("an answer") == 1 {
        head.push(byte[0]);
    }
    (stream, String::from_utf8(head).expect("a head"))
}
