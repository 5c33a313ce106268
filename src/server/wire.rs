//! From a request on the wire to the edge, and back.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, HeaderName, HeaderValue};
use actix_web::rt::time::sleep;
use actix_web::web::{self, Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::cors;
use super::cut::cut;
use super::pieces::Pieces;
use super::{body, pieces, tunnel, unread, wait};
use crate::http::app::App;
use crate::http::budget::Share;
use crate::http::edge::{self, Incoming, Outgoing, USER_AGENT_MAX};
use crate::http::expiry::Held;
use crate::http::faults::Fate;
use crate::http::reply::GoesOn;
use crate::http::{Method, Space, problem};
use crate::refusal::{ErrorKind, Refusal};

/// The longest path and query, in bytes.
const TARGET_MAX: usize = 16 * 1024;
/// The most bytes of all headers.
const HEADERS_MAX: usize = 64 * 1024;

/// Answers one request.
#[expect(
    clippy::disallowed_methods,
    reason = "how long an answer took is real time"
)]
pub(super) async fn serve(
    request: HttpRequest,
    payload: Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let begun = Instant::now();
    let origin = cors::allowed(&app.options, &request);
    let asked = origin.as_ref().and_then(|it| cors::preflight(&request, it));
    if let Some(response) = asked {
        return response;
    }
    let is_connect = request.method() == actix_web::http::Method::CONNECT;
    let mut unread = Some(payload);
    let mut outgoing = if is_connect {
        match tunnel::find(&request, &app).await {
            Ok(way) => return tunnel::open(way, unread, app),
            Err(refusal) => early(&request, &app, &refusal),
        }
    } else {
        answer(&request, &mut unread, &app).await
    };
    let room = pieces::room(&app, &mut outgoing);
    let took = begun.elapsed();
    let status = outgoing.reply.status;
    app.metrics.observe(outgoing.operation, status, took);
    log(request.method().as_str(), &outgoing, took);
    let mut response = respond(outgoing, room);
    if let Some(origin) = origin {
        cors::show(&mut response, &origin);
    }
    if is_connect {
        tunnel::tell(&mut response);
    }
    if let Some(rest) = unread {
        response = unread::end_with(response, rest);
    }
    response
}

/// Tells of an answer. Neither path nor query: they may name people, and hold a code of OAuth.
fn log(method: &str, outgoing: &Outgoing, took: Duration) {
    let sandbox = outgoing.tenant.id.as_str();
    let operation = outgoing.operation.map_or("none", |operation| operation.id);
    let (status, tracking_id) = (outgoing.reply.status, &*outgoing.tracking_id);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let method = Method::parse(method).map_or("OTHER", Method::name);
    tracing::debug!(
        sandbox,
        method,
        operation,
        status,
        tracking_id,
        micros,
        "answered"
    );
}

/// The answer to a request; its body is taken out when it was read to the end.
async fn answer(
    request: &HttpRequest,
    payload: &mut Option<Payload>,
    app: &web::Data<App>,
) -> Outgoing {
    if let Err(refusal) = check_head(request) {
        return early(request, app, &refusal);
    }
    let body = match body::read(request, payload, app).await {
        Ok(body) => body,
        Err(refusal) => return early(request, app, &refusal),
    };
    let mut prepared = match edge::prepare(app, incoming(request, body)) {
        Ok(prepared) => prepared,
        Err(outgoing) => {
            let millis = u64::from(outgoing.fate.delay_ms);
            if millis > 0 {
                let _held = Held::new(&outgoing.tenant);
                sleep(Duration::from_millis(millis)).await;
            }
            return *outgoing;
        }
    };
    if let Some(delay) = prepared.delay() {
        let _held = prepared.held();
        sleep(delay).await;
        prepared = prepared.resumed();
    }
    if !prepared.is_heavy() && !prepared.would_wait() {
        let mut outgoing = edge::run(app, &prepared);
        if prepared.is_head() {
            // Nothing goes on after what has no body.
            outgoing.reply.goes_on = None;
        }
        return outgoing;
    }
    let _held = prepared.held();
    wait::run(app.clone(), prepared).await.unwrap_or_else(|| {
        let detail = "The thread of the operation was lost.";
        early(request, app, &Refusal::new(ErrorKind::Internal, detail))
    })
}

/// Refuses an address or headers that are too long, and a body that is compressed: what a few bytes
/// unfold to has no bound. What is longer than 128 KiB altogether, or has
/// more than 96 headers, the listener refuses by itself.
fn check_head(request: &HttpRequest) -> Result<(), Refusal> {
    let target = request.uri().path_and_query();
    let length = target.map_or(0, |target| target.as_str().len());
    if length > TARGET_MAX {
        let detail = format!("Path and query have {length} bytes; at most {TARGET_MAX} are read.");
        return Err(Refusal::new(ErrorKind::UriTooLong, detail));
    }
    let headers = request.headers().iter();
    let length: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if length > HEADERS_MAX {
        let detail = format!("The headers have {length} bytes; at most {HEADERS_MAX} are read.");
        return Err(Refusal::new(ErrorKind::HeadersTooLarge, detail));
    }
    let coding = request.headers().get(CONTENT_ENCODING);
    let coding = coding.map(HeaderValue::as_bytes).unwrap_or_default();
    if !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity") {
        let detail = "A compressed body is not read; send it without Content-Encoding.";
        return Err(Refusal::new(ErrorKind::UnsupportedMediaType, detail));
    }
    Ok(())
}

fn incoming(request: &HttpRequest, body: Bytes) -> Incoming {
    let headers = request.headers();
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
    // Whatever was sent: one that is not understood must be refused, not passed over.
    let control = |name: &str| {
        let sent = headers.get_all(name).map(HeaderValue::as_bytes);
        let sent: Vec<_> = sent.map(String::from_utf8_lossy).collect();
        (!sent.is_empty()).then(|| sent.join(", "))
    };
    let target = tunnel::target(request);
    Incoming {
        method: request.method().as_str().to_owned(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        body,
        at: control("x-sim-at"),
        dry_run: control("x-sim-dry-run"),
        max_loss: control("x-sim-max-loss"),
        address: address(request),
        user_agent: user_agent(text("user-agent").unwrap_or_default()),
        authorization: text("authorization"),
        host: target.map(str::to_owned).or_else(|| text("host")),
        is_absolute: target.is_some(),
        is_secure: request.app_config().secure(),
        forwarded_proto: text("x-forwarded-proto"),
        forwarded_host: text("x-forwarded-host"),
        tracking_id: text("trackingid"),
        content_type: text("content-type"),
        browser_origin: text("origin"),
        fetch_site: text("sec-fetch-site"),
        sandbox: control("x-sim-sandbox"),
        admin_token: text("x-sim-admin-token"),
        signature: (request.path().contains("/webhooks/sink/"))
            .then(|| text("x-spark-signature"))
            .flatten(),
        // One path alone reads it: all others need not look for it.
        last_event_id: (request.path().ends_with("/events"))
            .then(|| text("last-event-id"))
            .flatten(),
    }
}

/// Where a request comes from. This machine has one name, whatever its sockets are called, so that
/// the same requests leave the same events.
fn address(request: &HttpRequest) -> String {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    match peer {
        Some(ip) if !ip.is_loopback() => ip.to_string(),
        _ => "127.0.0.1".to_owned(),
    }
}

fn user_agent(sent: String) -> String {
    if sent.len() <= USER_AGENT_MAX {
        return sent;
    }
    sent.chars().take(USER_AGENT_MAX).collect()
}

fn early(request: &HttpRequest, app: &App, refusal: &Refusal) -> Outgoing {
    let tracking_id = app.default.next_tracking_id();
    // A tunnel is asked for without a path, and belongs to the simulator.
    let reply = match *request.method() {
        actix_web::http::Method::CONNECT => problem::reply(refusal, Space::Sim, &tracking_id),
        _ => problem::reply_at(request.path(), refusal, &tracking_id),
    };
    Outgoing {
        reply,
        now: app.default.time(),
        tracking_id,
        tenant: Arc::clone(&app.default),
        operation: None,
        fate: Fate::default(),
        room: None,
    }
}

fn respond(outgoing: Outgoing, mut room: Option<Share>) -> HttpResponse {
    let status = StatusCode::from_u16(outgoing.reply.status);
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let fidelity = outgoing.fidelity();
    let mut response = HttpResponse::build(status);
    let mut response = match outgoing.reply.goes_on {
        Some(GoesOn::Events(feed)) => response.streaming(feed.stream()),
        // What is cut is cut from the whole.
        _ if room.is_some() && outgoing.fate.cut.is_none() => {
            response.body(Pieces::of(outgoing.reply.body, room.take()))
        }
        _ => response.body(outgoing.reply.body),
    };
    let headers = response.headers_mut();
    let mut add = |name: &'static str, value: HeaderValue| {
        headers.insert(HeaderName::from_static(name), value);
    };
    if !outgoing.reply.content_type.is_empty() {
        add(
            "content-type",
            HeaderValue::from_static(outgoing.reply.content_type),
        );
    }
    add("date", date(outgoing.now.0));
    if let Ok(value) = HeaderValue::from_str(&outgoing.tracking_id) {
        add("trackingid", value);
    }
    add(
        "x-hubsim-version",
        HeaderValue::from_static(env!("CARGO_PKG_VERSION")),
    );
    add("x-hubsim-fidelity", HeaderValue::from_static(fidelity));
    for (name, value) in outgoing.reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    match outgoing.fate.cut {
        Some(place) => cut(response, place, room),
        None => response,
    }
}

/// The `Date` header of the sandbox clock, written once a second on each thread.
fn date(millis: i64) -> HeaderValue {
    thread_local! {
        static LAST: RefCell<(i64, HeaderValue)> =
            const { RefCell::new((i64::MIN, HeaderValue::from_static(""))) };
    }
    let second = millis.div_euclid(1000);
    LAST.with_borrow_mut(|last| {
        if last.0 != second {
            let text = crate::world::Moment(millis).http_date();
            let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
            *last = (second, value);
        }
        last.1.clone()
    })
}
