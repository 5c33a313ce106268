//! The forward proxy: tunnels that lead to this server's own listener for TLS, and nowhere else.
//!
//! A client that hard-codes `webexapis.com` asks its proxy with CONNECT for a way there. It gets
//! one to the listener of `--https`, which has a certificate for that name. No name is ever
//! resolved, and no other address is ever called.

use std::cell::Cell;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::BodyStream;

use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::rt;
use actix_web::rt::net::TcpStream;
use actix_web::web::{self, Bytes, BytesMut, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::http::admit::foreign_target;
use crate::http::app::{App, Https};
use crate::http::hosts::{host_name, is_ours};
use crate::refusal::{ErrorKind, Refusal};

/// A tunnel in which nothing moved for so long ends.
const IDLE: Duration = Duration::from_secs(300);
/// How much is read at a time.
const CHUNK: usize = 16 * 1024;

/// Name and port of a request target that is a whole URL, or the target of CONNECT.
pub(super) fn target(request: &HttpRequest) -> Option<&str> {
    let authority = request.uri().authority()?.as_str();
    // What stands before an @ is a name and a password, which are nobody's business here.
    authority.rsplit('@').next()
}

/// A way to the listener for TLS.
pub(super) struct Way {
    stream: TcpStream,
    permit: OwnedSemaphorePermit,
}

/// Finds the way that a CONNECT asks for.
///
/// # Errors
/// 400 for a malformed CONNECT, 403 for every target but the listener for TLS, 429 when too many
/// are open.
pub(super) async fn find(request: &HttpRequest, app: &App) -> Result<Way, Refusal> {
    let headers = request.headers();
    let has_body = [CONTENT_LENGTH, TRANSFER_ENCODING].map(|name| headers.contains_key(name));
    let target = target(request).unwrap_or_default();
    if target.is_empty() || has_body.contains(&true) {
        let detail = "CONNECT names host and port, as in \"CONNECT webexapis.com:443\", and has \
                      no body.";
        return Err(Refusal::bad_request(detail));
    }
    let Some(https) = leads_here(app, target) else {
        tracing::info!("refused to be a proxy to {target:?}");
        return Err(foreign_target(app, target));
    };
    if request.app_config().secure() {
        let detail = "The proxy is spoken to over plain HTTP: use the http:// URL of this server \
                      as the proxy.";
        return Err(Refusal::bad_request(detail));
    }
    let too_many = |_| {
        let detail = format!(
            "--max-tunnels allows {} at the same time, and so many are open.",
            app.options.max_tunnels
        );
        Refusal::new(ErrorKind::LimitReached, detail)
    };
    let permit = Arc::clone(&https.tunnels).try_acquire_owned();
    let permit = permit.map_err(too_many)?;
    let failed = |error| {
        let detail = format!("The listener for TLS cannot be reached: {error}.");
        Refusal::new(ErrorKind::Internal, detail)
    };
    let stream = TcpStream::connect(https.address).await.map_err(failed)?;
    Ok(Way { stream, permit })
}

/// Opens a tunnel: what else the client sends goes there, and what comes back is the body of the
/// answer.
pub(super) fn open(way: Way, payload: Option<Payload>, app: web::Data<App>) -> HttpResponse {
    let (sender, mut receiver) = mpsc::channel(1);
    rt::spawn(async move {
        carry(way.stream, payload, sender, &app).await;
        drop(way.permit);
    });
    let body = futures::stream::poll_fn(move |context| receiver.poll_recv(context));
    let body = BodyStream::new(body.map(Ok::<Bytes, Infallible>));
    let mut response = HttpResponse::Ok().body(body);
    let head = response.head_mut();
    head.set_connection_type(ConnectionType::Upgrade);
    // The bytes follow as they are until the end of the connection.
    head.no_chunking(true);
    response
}

/// Many clients show no more of a refused CONNECT than its status line, so that tells it all.
pub(super) fn tell(response: &mut HttpResponse) {
    if response.status() == StatusCode::FORBIDDEN {
        let reason = "Forbidden, hubsim leads to no other host than its own";
        response.head_mut().reason = Some(reason);
    }
}

/// The listener for TLS, when a target names it.
fn leads_here<'a>(app: &'a App, target: &str) -> Option<&'a Https> {
    let https = app.https.as_ref()?;
    let port = target
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok());
    let known = [443, https.address.port()].map(Some).contains(&port);
    (known && is_ours(&app.options, host_name(target))).then_some(https)
}

/// Carries bytes both ways until the server's side ends, nothing moves for long, or the server
/// stops. The end of the client's side is passed on, and the answer still comes back.
async fn carry(
    stream: TcpStream,
    payload: Option<Payload>,
    sender: mpsc::Sender<Bytes>,
    app: &App,
) {
    let (reader, writer) = stream.into_split();
    let moved = Cell::new(0_u64);
    let both = async {
        tokio::select! {
            () = receive(reader, sender, &moved) => {}
            () = async {
                send(payload, writer, &moved).await;
                std::future::pending::<()>().await;
            } => {}
        }
    };
    let closing = async {
        match &app.https {
            Some(https) => https.closing.notified().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = both => {}
        () = stalled(&moved, IDLE) => {}
        () = closing => {}
    }
}

/// From the client to the listener for TLS.
async fn send(payload: Option<Payload>, mut writer: OwnedWriteHalf, moved: &Cell<u64>) {
    let mut payload = futures::stream::iter(payload).flatten();
    while let Some(Ok(chunk)) = payload.next().await {
        if writer.write_all(&chunk).await.is_err() {
            return;
        }
        moved.set(moved.get() + 1);
    }
    // Whoever reads there learns that no more comes; a connection that is gone needs no word.
    writer.shutdown().await.unwrap_or_default();
}

/// From the listener for TLS to the client.
async fn receive(mut reader: OwnedReadHalf, sender: mpsc::Sender<Bytes>, moved: &Cell<u64>) {
    loop {
        let mut chunk = BytesMut::with_capacity(CHUNK);
        match reader.read_buf(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        if sender.send(chunk.freeze()).await.is_err() {
            return;
        }
        moved.set(moved.get() + 1);
    }
}

/// Returns once nothing moved from one look to the next.
async fn stalled(moved: &Cell<u64>, idle: Duration) {
    loop {
        let before = moved.get();
        rt::time::sleep(idle).await;
        if moved.get() == before {
            return;
        }
    }
}

/// Where this machine reaches a listener.
pub(super) fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback = match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        address.set_ip(loopback);
    }
    address
}
