//! Reading the body of a request: whole, within its bounds, and in time.
//!
//! Small bodies cost nothing. What is larger takes room of a budget that all connections share
//! ([`App::bodies`]), and gives it back when the last part of the body is dropped.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING, UPGRADE};
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Payload};
use futures::StreamExt;

use crate::http::app::{App, BODIES_TOGETHER};
use crate::http::budget::{Budget, Share};
use crate::refusal::{ErrorKind, Refusal};

/// A body of so many bytes takes no room of the budget.
const FREE: usize = 64 * 1024;
/// How much room is taken at a time.
const PIECE: usize = 1024 * 1024;
/// How long the rest of a body that is refused may take to arrive. Who still sends would else lose
/// the answer with the connection.
const LEAVING: Duration = Duration::from_secs(2);

/// Reads the body of a request. It is taken out when it was read to the end.
///
/// # Errors
/// 413 for one that is too large, 503 when all together are, 408 when it does not arrive.
pub(super) async fn read(
    request: &HttpRequest,
    payload: &mut Option<Payload>,
    app: &App,
) -> Result<Bytes, Refusal> {
    let patience = app.options.patience();
    let slow = |_| {
        let detail = format!(
            "The body did not arrive within {} seconds (--request-timeout).",
            patience.as_secs()
        );
        Refusal::new(ErrorKind::RequestTimeout, detail)
    };
    let end = upgrade_length(request);
    let Some(source) = payload else {
        return Ok(Bytes::new());
    };
    let mut body = Growing {
        told: told_length(request),
        limit: app.options.max_body,
        budget: &app.bodies,
        first: Bytes::new(),
        rest: Vec::new(),
        share: None,
    };
    let read = timeout(patience, body.read_from(source, end)).await;
    let read = read.map_err(slow)?;
    if let Err(refusal) = read {
        let is_too_much = matches!(refusal.kind, ErrorKind::TooLarge | ErrorKind::Overloaded);
        drop(body);
        if is_too_much && leave(source, app.options.max_body).await {
            *payload = None;
        }
        return Err(refusal);
    }
    // Of what would follow an upgrade nothing was read: the connection ends.
    if end.is_none() {
        *payload = None;
    }
    let mut body = body.finish();
    body.truncate(end.unwrap_or(usize::MAX));
    Ok(body)
}

/// A body as it comes in.
struct Growing<'a> {
    told: Option<usize>,
    limit: usize,
    budget: &'a Arc<Budget>,
    /// All of it, as long as it is one piece.
    first: Bytes,
    rest: Vec<u8>,
    share: Option<Share>,
}

impl Growing<'_> {
    fn len(&self) -> usize {
        self.first.len() + self.rest.len()
    }

    async fn read_from(&mut self, source: &mut Payload, end: Option<usize>) -> Result<(), Refusal> {
        if self.told.is_some_and(|told| told > self.limit) {
            return Err(self.too_large());
        }
        while end.is_none_or(|end| self.len() < end) {
            let Some(chunk) = source.next().await else {
                break;
            };
            let chunk =
                chunk.map_err(|error| Refusal::bad_request(format!("The body: {error}.")))?;
            self.take(chunk)?;
        }
        Ok(())
    }

    fn take(&mut self, chunk: Bytes) -> Result<(), Refusal> {
        let length = self.len() + chunk.len();
        if length > self.limit {
            return Err(self.too_large());
        }
        if self.first.is_empty() && self.rest.is_empty() {
            if length > FREE {
                self.hold(length)?;
            }
            self.first = chunk;
            return Ok(());
        }
        if length > self.rest.capacity() {
            self.make_room(length)?;
        }
        if length > FREE {
            self.hold(length.next_multiple_of(PIECE).min(self.rest.capacity()))?;
        }
        let first = std::mem::take(&mut self.first);
        self.rest.extend_from_slice(&first);
        self.rest.extend_from_slice(&chunk);
        Ok(())
    }

    /// Makes room for so many bytes: at once for all that were told of, once it is worth it. Room
    /// that nothing was written to takes no memory; what has to be copied does, twice.
    fn make_room(&mut self, length: usize) -> Result<(), Refusal> {
        let told = self.told.unwrap_or(0);
        let wanted = match length > FREE {
            true => told.max(length.next_power_of_two()).min(self.limit),
            false => told.clamp(length, FREE),
        };
        if self.told.is_none() && wanted > FREE {
            self.hold(wanted)?;
        }
        self.rest.reserve_exact(wanted - self.rest.len());
        Ok(())
    }

    fn hold(&mut self, bytes: usize) -> Result<(), Refusal> {
        let share = self.share.get_or_insert_with(|| self.budget.share());
        if bytes <= share.bytes() || share.hold(bytes) {
            return Ok(());
        }
        let detail = format!(
            "The large bodies of all requests together have more than {} bytes, which is \
             {BODIES_TOGETHER} times --max-body.",
            self.budget.most()
        );
        Err(Refusal::new(ErrorKind::Overloaded, detail))
    }

    fn too_large(&self) -> Refusal {
        let detail = format!("The body is larger than {} bytes (--max-body).", self.limit);
        Refusal::new(ErrorKind::TooLarge, detail)
    }

    fn finish(self) -> Bytes {
        let bytes = match self.rest.is_empty() {
            true => self.first,
            false => self.rest.into(),
        };
        match self.share {
            None => bytes,
            Some(share) => Bytes::from_owner(Counted {
                bytes,
                _share: share,
            }),
        }
    }
}

/// A body that counts as long as a part of it is used.
struct Counted {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Lets the rest of a body go by, unless it is long or slow; whether it came to its end.
async fn leave(source: &mut Payload, limit: usize) -> bool {
    let passing = async {
        let mut passed = 0_usize;
        while let Some(Ok(chunk)) = source.next().await {
            passed += chunk.len();
            if passed > limit.saturating_mul(2) {
                return false;
            }
        }
        true
    };
    timeout(LEAVING, passing).await.unwrap_or(false)
}

/// How long a body is, where the request says it.
fn told_length(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(CONTENT_LENGTH)?;
    length.to_str().ok()?.trim().parse().ok()
}

/// How long the body of a request is that asks for a web socket. There is none here, so it is
/// answered as if it had not asked; but to the listener all that comes is its body.
fn upgrade_length(request: &HttpRequest) -> Option<usize> {
    let headers = request.headers();
    let upgrade = headers.get(UPGRADE).map(HeaderValue::as_bytes)?;
    if !upgrade.trim_ascii().eq_ignore_ascii_case(b"websocket") {
        return None;
    }
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    Some(told_length(request).unwrap_or(0))
}
