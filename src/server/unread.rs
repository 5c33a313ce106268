//! An answer that came before its request was there to the end.

use std::net::TcpListener;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

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

/// Ends connections whose client takes nothing of what is sent to it for so long: whoever asks for
/// a large answer, or for a stream, and does not read would else hold both for ever. Every
/// connection of the listener gets this from it. The listener's own software has no such bound,
/// and other systems no such option.
pub(super) fn bound(listener: &TcpListener, patience: Duration) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        let millis = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
        rustix::net::sockopt::set_tcp_user_timeout(listener, millis)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (listener, patience);
    Ok(())
}
