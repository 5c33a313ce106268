//! Connections that a simulated fault closes: before the answer, or amid its body.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody, SizedStream};
use actix_web::web::Bytes;
use futures::stream::{self, Stream, StreamExt};

use crate::http::budget::Share;
use crate::http::faults::Cut;

/// How long the half of a body may take to leave before the connection is closed.
const LEAVING: Duration = Duration::from_millis(20);
/// How much of a body is handed over at once.
const PIECE: usize = 16 * 1024;

/// Why the body ends early: the listener closes the connection on any error of a body.
#[derive(Debug, thiserror::Error)]
#[error("a simulated fault closes the connection here")]
struct Closed;

/// The response whose connection is closed. A large one takes its room until then.
pub(super) fn cut(response: HttpResponse, place: Cut, room: Option<Share>) -> HttpResponse {
    let (head, body) = response.into_parts();
    // Bodies of the edge are whole texts, which are always at hand.
    let whole = body.try_into_bytes().unwrap_or_default();
    if place == Cut::BeforeResponse || whole.len() < 2 {
        // An error before the first byte of the body closes the connection before the headers,
        // which wait for company in the same buffer.
        let body = SizedStream::new(u64::MAX, stream::once(async { Err::<Bytes, _>(Closed) }));
        return head.set_body(BoxBody::new(body));
    }
    let length = whole.len() as u64;
    head.set_body(BoxBody::new(SizedStream::new(length, half(whole, room))))
}

/// The first half, which takes its room until it has left.
fn half(whole: Bytes, room: Option<Share>) -> impl Stream<Item = Result<Bytes, Closed>> {
    let half = whole.slice(..whole.len() / 2);
    let pieces: Vec<_> = half
        .chunks(PIECE)
        .map(|piece| Ok(half.slice_ref(piece)))
        .collect();
    let end = stream::once(async move {
        let _room = room;
        actix_web::rt::time::sleep(LEAVING).await;
        Err(Closed)
    });
    stream::iter(pieces).chain(end)
}
