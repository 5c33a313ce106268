//! The body of a large answer: sent piece by piece as its reader takes it, and counted until then.
//!
//! The listener copies what it is given before it sends it. In one piece each reader who does not
//! read would hold a whole copy; in pieces all who read the same bytes hold them once.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpRequest;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::Method;
use actix_web::web::Bytes;

use crate::http::app::App;
use crate::http::budget::Share;
use crate::http::edge::Outgoing;
use crate::http::problem;
use crate::refusal::{ErrorKind, Refusal};

/// An answer of so many bytes is sent at once and takes no room of the budget.
pub(super) const FREE: usize = 64 * 1024;
/// How much is handed over at a time.
const PIECE: usize = 64 * 1024;

/// What is left to send of an answer.
pub(super) struct Pieces {
    rest: Bytes,
    /// How much there was at first.
    length: u64,
    _share: Option<Share>,
}

impl Pieces {
    /// A body that gives back its share when its last piece is taken, or nobody wants it any more.
    pub(super) fn of(body: Bytes, share: Option<Share>) -> Self {
        Self {
            length: body.len() as u64,
            rest: body,
            _share: share,
        }
    }
}

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let rest = &mut self.get_mut().rest;
        let length = rest.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(rest.split_to(length))))
    }
}

/// Takes room for a large answer, or makes a refusal of it. What a call has done is told in any
/// case: its answer is there already, and nobody would know of it else.
pub(super) fn admit(app: &App, asked: &HttpRequest, outgoing: &mut Outgoing) -> Option<Share> {
    let length = outgoing.reply.body.len();
    if length <= FREE {
        return None;
    }
    let mut share = app.bodies.share();
    if ![Method::GET, Method::HEAD].contains(asked.method()) {
        share.insist(length);
        return Some(share);
    }
    if share.hold(length) {
        return Some(share);
    }
    let detail = format!(
        "The large answers that were not read to their end, and large bodies, have more than {} \
         bytes together with this one of {length} bytes.",
        app.bodies.most()
    );
    let refusal = Refusal::new(ErrorKind::Overloaded, detail);
    outgoing.reply = problem::reply_at(asked.path(), &refusal, &outgoing.tracking_id);
    None
}
