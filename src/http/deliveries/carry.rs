//! One attempt at a delivery, whoever makes it: a thread of its own, or a clock that is moved.

use std::fmt::Debug;

use super::{Attempt, Delivery, Message, State};
use crate::http::Tenant;
use crate::http::app::real_time;
use crate::model::Webhook;
use crate::resources::webhooks;
use crate::world::Moment;
use crate::world::sandbox::Passage;

/// How long targets may take of a call that moves the clock, together: what is due after that is
/// sent when the call is over (DEC-112).
const CALL_MILLIS: i64 = 10_000;

/// Why a message was not taken.
#[derive(Debug)]
pub enum Untaken {
    /// The target is not one that hubsim calls.
    Refused(String),
    /// Nobody answered.
    Unanswered(String),
}

/// Who takes messages to their targets. That is I/O, so the server brings it along.
pub trait Courier: Debug + Send + Sync {
    /// Sends a message. Answers the status, and the beginning of the answer.
    ///
    /// # Errors
    /// Why nobody took it.
    fn send(&self, message: &Message) -> Result<(u16, String), Untaken>;

    /// Whether a call that began to send at a real time may go on.
    fn has_time(&self, began: Moment) -> bool {
        real_time() < began.plus_millis(CALL_MILLIS)
    }
}

/// Attempts a delivery and notes what came of it at `now`, which is asked once that is known. A
/// webhook that has failed too often becomes inactive, as a part of the passage.
pub fn carry(
    tenant: &Tenant,
    courier: &dyn Courier,
    delivery: &Delivery,
    passage: &mut Passage,
    now: impl Fn() -> Moment,
) {
    let message = &delivery.message;
    let give_up = |state: State, why: &str| {
        tenant.deliveries.give_up(delivery, state, now(), why);
    };
    let is_active = {
        let world = tenant.sandbox.peek();
        let hook = world.get::<Webhook>(message.webhook);
        hook.map(|hook| hook.active)
    };
    let (status, answer, error) = match is_active {
        None => return give_up(State::Failed, "The webhook is gone."),
        Some(false) => return give_up(State::Failed, "The webhook is inactive."),
        Some(true) => match courier.send(message) {
            Ok((status, answer)) => (Some(status), answer, None),
            Err(Untaken::Unanswered(why)) => (None, String::new(), Some(why)),
            Err(Untaken::Refused(why)) => return give_up(State::Refused, &why),
        },
    };
    let at = now();
    let attempt = Attempt {
        at,
        status,
        answer,
        error,
    };
    if tenant.deliveries.note(delivery, attempt) {
        let context = tenant.own_context("deactivateWebhook", at);
        let work = |tx: &mut _| webhooks::deactivate(tx, message.webhook);
        if let Err(refusal) = tenant.sandbox.write_in(passage, &context, work) {
            tracing::warn!(%refusal, "a webhook could not be deactivated");
        }
    }
}
