//! Pages of other origins: nothing tells a browser that they may call, unless `--cors` does.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::Space;
use crate::options::Options;

/// What a page may read beside the headers that browsers always show.
const EXPOSED: &str = "Date, Link, Location, Retry-After, TrackingID, x-hubsim-explain, \
                       x-hubsim-fault, x-hubsim-fidelity, x-hubsim-version, x-hubsim-warning, \
                       x-sim-at, x-sim-dry-run";

/// The headers for a page, when its origin may call: its own, or `*`.
pub(super) fn allowed(options: &Options, request: &HttpRequest) -> Option<HeaderValue> {
    if options.cors.is_empty() {
        return None;
    }
    let origin = request.headers().get(ORIGIN)?;
    let named = origin.to_str().ok()?;
    if options.cors.iter().any(|allowed| allowed == named) {
        return Some(origin.clone());
    }
    let is_public = Space::of(request.path()) == Space::Webex;
    let any = options.cors.iter().any(|allowed| allowed == "*");
    (any && is_public).then(|| HeaderValue::from_static("*"))
}

/// The answer to a browser that asks before it calls.
pub(super) fn preflight(request: &HttpRequest, origin: &HeaderValue) -> Option<HttpResponse> {
    if request.method() != "OPTIONS" {
        return None;
    }
    let mut response = HttpResponse::NoContent().finish();
    let headers = response.headers_mut();
    let asked = request.headers().get("access-control-request-headers");
    let wanted = asked.cloned().unwrap_or(HeaderValue::from_static("*"));
    add(headers, "access-control-allow-headers", wanted);
    let methods = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
    add(headers, "access-control-allow-methods", methods);
    let age = HeaderValue::from_static("600");
    add(headers, "access-control-max-age", age);
    show(&mut response, origin);
    Some(response)
}

/// Lets a page read an answer.
pub(super) fn show(response: &mut HttpResponse, origin: &HeaderValue) {
    let headers = response.headers_mut();
    add(headers, "access-control-allow-origin", origin.clone());
    let exposed = HeaderValue::from_static(EXPOSED);
    add(headers, "access-control-expose-headers", exposed);
    headers.append(VARY, HeaderValue::from_static("Origin"));
}

fn add(headers: &mut HeaderMap, name: &'static str, value: HeaderValue) {
    headers.insert(HeaderName::from_static(name), value);
}
