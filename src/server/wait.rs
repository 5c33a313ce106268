//! An answer that may change soon: asked for again whenever something happened, without a thread
//! that waits.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use futures::future::poll_immediate;
use tokio::time::Instant;

use crate::http::app::App;
use crate::http::edge::{self, Outgoing};
use crate::http::prepared::Prepared;
use crate::http::reply::{GoesOn, Patience};

/// How long it rests after it was woken: what happens at once is looked at once.
const REST: Duration = Duration::from_millis(5);

/// Runs a row that may take its time on a thread for such rows, until its answer is final or its
/// patience is over. Nothing when the thread is gone.
pub(super) async fn run(app: web::Data<App>, prepared: Prepared) -> Option<Outgoing> {
    let prepared = Arc::new(prepared);
    let begun = tokio::time::sleep(Duration::ZERO).deadline();
    let first = once(&app, &prepared).await?;
    let Some(GoesOn::Patience(patience)) = &first.reply.goes_on else {
        return Some(first);
    };
    let patience = Arc::clone(patience);
    // Its ears are needed no longer than it listens.
    drop(first);
    listen(&app, &prepared, &patience, begun + patience.wait).await
}

async fn listen(
    app: &web::Data<App>,
    prepared: &Arc<Prepared>,
    patience: &Patience,
    end: Instant,
) -> Option<Outgoing> {
    let [changes, requests] = &patience.ears;
    let mut end = pin!(tokio::time::sleep_until(end));
    let mut is_over = false;
    loop {
        let (mut changed, mut requested) = (pin!(changes.rung()), pin!(requests.rung()));
        changed.as_mut().enable();
        requested.as_mut().enable();
        let answer = once(app, &Arc::new(Prepared::clone(prepared).resumed())).await?;
        let may_change = matches!(&answer.reply.goes_on, Some(GoesOn::Patience(_)));
        // Looking may take its time as well; it is not done once more when that is over.
        let is_late = poll_immediate(end.as_mut()).await.is_some();
        if is_over || is_late || !may_change || prepared.is_closed() {
            return Some(answer);
        }
        drop(answer);
        tokio::select! {
            () = changed => tokio::time::sleep(REST).await,
            () = requested => tokio::time::sleep(REST).await,
            () = &mut end => is_over = true,
        }
    }
}

async fn once(app: &web::Data<App>, prepared: &Arc<Prepared>) -> Option<Outgoing> {
    let (app, prepared) = (app.clone(), Arc::clone(prepared));
    web::block(move || edge::run(&app, &prepared)).await.ok()
}
