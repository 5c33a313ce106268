//! What happens while time passes: timers, and what webhooks are told then, each at its own moment.

use std::sync::Arc;
use std::time::Duration;

use super::{ClockChange, on_course, settle};
use crate::events::webhooks::look;
use crate::http::Call;
use crate::http::deliveries::{Courier, Sending, carry};
use crate::model::Webhook;
use crate::refusal::Refusal;
use crate::tasks::Task;
use crate::world::sandbox::Passage;
use crate::world::{Actor, Clock, Context, Fired, Moment};

/// How long a call waits for a delivery that is on its way. A target that moves the clock before it
/// answers is not kept from answering: what comes due meanwhile is sent after it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Something that came due.
pub(super) enum Happened {
    /// A timer.
    Timer(Fired),
    /// An attempt at a delivery of a webhook.
    Delivery {
        /// When.
        at: Moment,
        /// Its number.
        number: u64,
    },
}

/// The time from one moment to another, and what happens in it.
pub(super) struct Flow<'a> {
    call: &'a Call<'a>,
    began: Moment,
    from: Moment,
    target: Moment,
    passage: Passage,
    /// What happened, in order.
    pub(super) happened: Vec<Happened>,
}

impl<'a> Flow<'a> {
    /// From a moment to another, in a passage that began before the clock was read. `began` is the
    /// real time at which the call came: it sends no longer than it may, waiting included.
    pub(super) fn new(
        call: &'a Call<'a>,
        (began, passage): (Moment, Passage),
        (from, target): (Moment, Moment),
    ) -> Self {
        Self {
            call,
            began,
            from,
            target,
            passage,
            happened: Vec::new(),
        }
    }

    /// Lets everything happen that is due by the target.
    pub(super) fn run(&mut self) -> Result<(), Refusal> {
        let tenant = &self.call.tenant;
        let context = Context {
            now: self.from,
            actor: Actor::simulator(),
            operation: self.call.operation.id,
            tracking_id: Arc::clone(&self.call.tracking_id),
        };
        let has_webhooks = tenant.sandbox.peek().list::<Webhook>().next().is_some();
        let courier = self.call.app.courier.as_deref();
        let courier = courier.filter(|_| has_webhooks || tenant.deliveries.any_waits());
        let Some(courier) = courier else {
            self.run_alone(&context);
            return Ok(());
        };
        if let Some(_sending) = Sending::within(tenant, PATIENCE) {
            return self.run_and_tell(&context, courier);
        }
        self.run_alone(&context);
        look(tenant);
        Ok(())
    }

    /// Lets the timers fire, and nothing be sent.
    fn run_alone(&mut self, context: &Context) {
        let sandbox = &self.call.tenant.sandbox;
        let (target, passage) = (self.target, &mut self.passage);
        let fired = std::iter::from_fn(|| sandbox.fire_in(passage, target, context));
        self.happened.extend(fired.map(Happened::Timer));
    }

    /// The same where webhooks are told of it: in the order of time, and of what is due at the same
    /// moment the timers first.
    fn run_and_tell(&mut self, context: &Context, courier: &dyn Courier) -> Result<(), Refusal> {
        let tenant = &self.call.tenant;
        look(tenant);
        loop {
            self.check()?;
            let timer = self.next_timer();
            if timer.is_none() {
                look(tenant);
            }
            let may_send = !tenant.is_closed() && courier.has_time(self.began);
            let delivery = match may_send && tenant.deliveries.any_waits() {
                true => tenant.deliveries.next_moment(self.target),
                false => None,
            };
            match (timer, delivery) {
                (Some(at), delivery) if delivery.is_none_or(|due| at <= due) => {
                    if tenant.sandbox.is_full(&self.passage) {
                        return Ok(());
                    }
                    self.fire(at, context);
                }
                (_, Some(due)) => self.deliver(due, courier)?,
                (_, None) => return Ok(()),
            }
        }
    }

    /// Refuses to go on where somebody put another world in the place of this one meanwhile.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        on_course(self.call, &self.passage)
    }

    /// Moves the clock as a change says.
    pub(super) fn settle(&self, change: &ClockChange, at: Moment) -> Result<Clock, Refusal> {
        settle(self.call, &self.passage, change, at)
    }

    fn next_timer(&self) -> Option<Moment> {
        let world = self.call.tenant.sandbox.peek();
        let next = world.timers().next().map(|(at, _)| at);
        next.filter(|at| *at <= self.target)
    }

    fn fire(&mut self, at: Moment, context: &Context) {
        let tenant = &self.call.tenant;
        let fired = tenant.sandbox.fire_in(&mut self.passage, at, context);
        let Some(fired) = fired else {
            // The clock runs, and its thread was quicker.
            return;
        };
        // Webhooks are told of tasks alone, whose timers are theirs.
        if tenant.sandbox.peek().get::<Task>(fired.subject).is_some() {
            look(tenant);
        }
        self.happened.push(Happened::Timer(fired));
    }

    /// Attempts the delivery that is due first, while the clock shows that moment: whoever is told
    /// may ask. What was due before the call is attempted as it begins.
    fn deliver(&mut self, due: Moment, courier: &dyn Courier) -> Result<(), Refusal> {
        let tenant = &self.call.tenant;
        let Some(delivery) = tenant.deliveries.next_due(due) else {
            return Ok(());
        };
        let at = due.max(self.from);
        if at > tenant.time() {
            self.settle(&ClockChange::default(), at)?;
        }
        carry(tenant, courier, &delivery, &mut self.passage, || at);
        let number = delivery.number;
        self.happened.push(Happened::Delivery { at, number });
        Ok(())
    }

    /// How far it came, when so much came due before the target that one call does not run it.
    pub(super) fn stopped_at(&self) -> Option<Moment> {
        let sandbox = &self.call.tenant.sandbox;
        let is_full = sandbox.is_full(&self.passage) && self.next_timer().is_some();
        let last = self.happened.last().filter(|_| is_full)?;
        let at = match last {
            Happened::Timer(fired) => fired.at,
            Happened::Delivery { at, .. } => *at,
        };
        Some(at.max(self.from))
    }
}
