//! From a request on the wire to the edge, and back.

use std::cell::RefCell;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures::StreamExt;

use super::cut::cut;
use super::{PATIENCE, wait};
use crate::http::app::{App, real_time};
use crate::http::edge::{self, Incoming, Outgoing, USER_AGENT_MAX};
use crate::http::faults::Fate;
use crate::http::reply::GoesOn;
use crate::http::{Space, problem};
use crate::refusal::{ErrorKind, Refusal};

/// Answers one request.
pub(super) async fn serve(
    request: HttpRequest,
    payload: Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let body = match read_body(payload, app.options.max_body).await {
        Ok(body) => body,
        Err(refusal) => return early(&request, &app, &refusal),
    };
    let incoming = incoming(&request, body);
    if incoming.method == "OPTIONS" {
        return preflight();
    }
    let mut prepared = match edge::prepare(&app, incoming) {
        Ok(prepared) => prepared,
        Err(outgoing) => return respond_late(*outgoing).await,
    };
    if let Some(delay) = prepared.delay() {
        actix_web::rt::time::sleep(delay).await;
        prepared = prepared.resumed();
    }
    if !prepared.is_heavy() {
        let mut outgoing = edge::run(&app, &prepared);
        if prepared.is_head() {
            // Nothing goes on after what has no body.
            outgoing.reply.goes_on = None;
        }
        return respond(outgoing);
    }
    let heavy = wait::run(app, prepared).await;
    heavy.map_or_else(|| HttpResponse::InternalServerError().finish(), respond)
}

async fn read_body(mut payload: Payload, limit: usize) -> Result<Bytes, Refusal> {
    let too_large = || {
        let detail = format!("The body is larger than {limit} bytes (--max-body).");
        Refusal::new(ErrorKind::TooLarge, detail)
    };
    let slow = |_| {
        let detail = "The body did not arrive within 30 seconds.";
        Refusal::new(ErrorKind::RequestTimeout, detail)
    };
    let reading = async {
        let mut first = Bytes::new();
        let mut rest: Vec<u8> = Vec::new();
        while let Some(chunk) = payload.next().await {
            let chunk =
                chunk.map_err(|error| Refusal::bad_request(format!("The body: {error}.")))?;
            if first.len() + rest.len() + chunk.len() > limit {
                return Err(too_large());
            }
            if first.is_empty() && rest.is_empty() {
                first = chunk;
            } else {
                if rest.is_empty() {
                    rest.extend_from_slice(&first);
                    first = Bytes::new();
                }
                rest.extend_from_slice(&chunk);
            }
        }
        Ok(if rest.is_empty() { first } else { rest.into() })
    };
    actix_web::rt::time::timeout(PATIENCE, reading)
        .await
        .map_err(slow)?
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
        host: text("host"),
        forwarded_proto: text("x-forwarded-proto"),
        forwarded_host: text("x-forwarded-host"),
        tracking_id: text("trackingid"),
        content_type: text("content-type"),
        browser_origin: text("origin"),
        fetch_site: text("sec-fetch-site"),
        sandbox: text("x-sim-sandbox"),
        admin_token: text("x-sim-admin-token"),
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

fn early(request: &HttpRequest, app: &App, refusal: &Refusal) -> HttpResponse {
    let tracking_id = app.default.next_tracking_id();
    let reply = problem::reply(refusal, Space::of(request.path()), &tracking_id);
    respond(Outgoing {
        reply,
        now: real_time(),
        tracking_id,
        fidelity: "F0",
        fate: Fate::default(),
    })
}

/// Browsers may call the public API from any page, as they may call Webex.
fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header(("access-control-allow-origin", "*"))
        .insert_header((
            "access-control-allow-methods",
            "GET, POST, PUT, PATCH, DELETE",
        ))
        .insert_header(("access-control-allow-headers", "*, Authorization"))
        .insert_header(("access-control-max-age", "600"))
        .finish()
}

/// Responds when the delay of a simulated fault is over.
async fn respond_late(outgoing: Outgoing) -> HttpResponse {
    let millis = u64::from(outgoing.fate.delay_ms);
    if millis > 0 {
        actix_web::rt::time::sleep(Duration::from_millis(millis)).await;
    }
    respond(outgoing)
}

fn respond(outgoing: Outgoing) -> HttpResponse {
    let status = StatusCode::from_u16(outgoing.reply.status);
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    let mut response = match outgoing.reply.goes_on {
        Some(GoesOn::Events(feed)) => response.streaming(feed.stream()),
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
    add(
        "x-hubsim-fidelity",
        HeaderValue::from_static(outgoing.fidelity),
    );
    for (name, value) in outgoing.reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    match outgoing.fate.cut {
        Some(place) => cut(response, place),
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
