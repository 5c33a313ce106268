//! The body of a large answer: sent piece by piece as its reader takes it, and counted until then.
//!
//! The listener copies what it is given before it sends it. In one piece each reader who does not
//! read would hold a whole copy; in pieces all who read the same bytes hold them once.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;

use crate::http::answers;
use crate::http::app::App;
use crate::http::budget::Share;
use crate::http::edge::Outgoing;

/// How much is handed over at a time.
const PIECE: usize = 64 * 1024;

/// What is left to send of an answer.
pub(super) struct Pieces {
    rest: Bytes,
    /// How much there was at first.
    length: u64,
    _room: Option<Share>,
}

impl Pieces {
    /// A body that gives its room back when its last piece is taken, or nobody wants it any more.
    pub(super) fn of(body: Bytes, room: Option<Share>) -> Self {
        Self {
            length: body.len() as u64,
            rest: body,
            _room: room,
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

/// The room that a large answer takes. The operations have taken it; what is answered without one
/// is there already, whatever room there is.
pub(super) fn room(app: &App, outgoing: &mut Outgoing) -> Option<Share> {
    let length = outgoing.reply.body.len();
    let taken = outgoing.room.take();
    (length > answers::FREE).then(|| taken.unwrap_or_else(|| answers::insisted(app, length)))
}
