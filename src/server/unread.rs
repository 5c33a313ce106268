//! An answer that came before its request was there to the end.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::{Bytes, Payload};

/// The body of such an answer, with the rest of the request. As long as somebody holds the rest,
/// the listener knows that nobody read it, and closes the connection behind the answer; else it
/// would wait for the end of a body that may never come.
struct Unread {
    body: BoxBody,
    _rest: Payload,
}

/// Lets the connection end with an answer.
pub(super) fn end_with(response: HttpResponse, rest: Payload) -> HttpResponse {
    response.map_body(|_, body| BoxBody::new(Unread { body, _rest: rest }))
}

impl MessageBody for Unread {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_next(context)
    }
}
