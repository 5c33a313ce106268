//! The sandbox clock: read it, set it, and let time pass.

mod flow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use flow::{Flow, Happened};

use super::webhooks::delivery_id;
use crate::http::app::real_time;
use crate::http::{Access, Call, Reply, Row};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::clock::MAX_SCALE;
use crate::world::sandbox::Passage;
use crate::world::{Clock, ClockMode, Moment, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/clock", get)
        .named("getClock", "Read the clock")
        .access(Access::Control)
        .answers::<ClockBody>(),
    Row::put("/_sim/v1/clock", put)
        .named(
            "updateClock",
            "Set the clock; forward, with everything that is due until then",
        )
        .access(Access::Control)
        .heavy()
        .takes::<ClockChange>()
        .answers::<ClockBody>(),
    Row::post("/_sim/v1/clock/advance", advance)
        .named(
            "advanceClock",
            "Let time pass, and everything that is due then",
        )
        .access(Access::Control)
        .heavy()
        .takes::<Advance>()
        .answers::<Advanced>(),
];

/// A clock as callers see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockBody {
    /// `auto`, `frozen` or `scaled`
    #[schema(value_type = String)]
    mode: ClockMode,
    /// What it shows.
    #[schema(value_type = String, format = DateTime)]
    now: Moment,
    /// The factor of a scaled clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<f64>,
}

impl ClockBody {
    /// What a clock shows at a real time.
    #[must_use]
    pub fn of(clock: &Clock, real: Moment) -> Self {
        let scaled = clock.mode == ClockMode::Scaled;
        Self {
            mode: clock.mode,
            now: clock.now(real),
            scale: scaled.then_some(clock.scale),
        }
    }
}

/// How a clock shall run; what is not said stays.
#[derive(Debug, Default, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClockChange {
    /// `auto`, `frozen` or `scaled`
    #[schema(value_type = Option<String>)]
    pub mode: Option<ClockMode>,
    /// What it shall show.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub now: Option<Moment>,
    /// The factor of a scaled clock.
    pub scale: Option<f64>,
}

impl ClockChange {
    /// The clock that comes of it.
    ///
    /// # Errors
    /// 400 when factor and mode do not fit.
    pub fn apply(&self, clock: Clock, real: Moment) -> Result<Clock, Refusal> {
        let mode = match (self.mode, self.scale) {
            (Some(mode), _) => mode,
            (None, Some(_)) => ClockMode::Scaled,
            (None, None) => clock.mode,
        };
        let scale = match (mode, self.scale) {
            (ClockMode::Scaled, None) if clock.mode == ClockMode::Scaled => clock.scale,
            // None is no factor that a scaled clock may have.
            (ClockMode::Scaled, scale) => scale.unwrap_or_default(),
            (_, None) => 1.0,
            (_, Some(_)) => {
                let detail = "Only a scaled clock has a scale.";
                return Err(Refusal::bad_request(detail));
            }
        };
        let changed = Clock {
            mode,
            shown: self.now.unwrap_or_else(|| clock.now(real)),
            anchor: real,
            scale,
        };
        if changed.is_sound() {
            return Ok(changed);
        }
        let detail = format!("A scaled clock needs a scale above 0, up to {MAX_SCALE}.");
        Err(Refusal::bad_request(detail))
    }
}

/// How far time shall pass: by a duration or to a moment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    /// An ISO 8601 duration such as `PT72H` or `P40D`.
    by: Option<String>,
    /// A moment that is not past.
    #[schema(value_type = Option<String>, format = DateTime)]
    to: Option<Moment>,
}

/// What happened while time passed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Advanced {
    /// What the clock shows now.
    #[schema(value_type = String, format = DateTime)]
    now: Moment,
    /// What came due, in order: timers, and deliveries of webhooks (`webhook.delivery`).
    fired: Vec<FiredBody>,
    /// How many deliveries of webhooks are still to be sent, because targets took too long: they
    /// are sent after this call, at the time that the clock shows then.
    #[serde(skip_serializing_if = "is_none")]
    unsent_deliveries: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Something that came due.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FiredBody {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// What.
    kind: String,
    /// Whom it concerned.
    id: String,
}

fn show(clock: &Clock, real: Moment) -> Result<Reply, Refusal> {
    Reply::json(200, &ClockBody::of(clock, real))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(&call.tenant.sandbox.peek().clock, real_time())
}

fn put(call: &Call<'_>) -> Result<Reply, Refusal> {
    let change: ClockChange = call.json()?;
    let began = real_time();
    let _turn = call.tenant.take_clock()?;
    let real = real_time();
    let passage = call.tenant.sandbox.passage();
    let before = call.tenant.sandbox.peek().clock;
    let clock = change.apply(before, real)?;
    let from = before.now(real);
    if clock.shown < from {
        let to = clock.shown;
        let detail = format!(
            "The clock shows {from}; it does not run backwards to {to}. Reset the sandbox \
             (scope=clock), or make one that starts then."
        );
        return Err(Refusal::bad_request(detail));
    }
    if clock.shown > from {
        // The time between is passed: what is due by then happens, each at its moment.
        pass(call, (began, passage), (from, clock.shown), &change)?;
        return get(call);
    }
    let clock = settle(call, &passage, &change, clock.shown)?;
    show(&clock, real_time())
}

/// Sets the clock as a change says, to no earlier moment than this one, nor to one that the clock
/// has passed by itself in the meantime. Answers the clock.
///
/// # Errors
/// 409 where the passage is over.
fn settle(
    call: &Call<'_>,
    passage: &Passage,
    change: &ClockChange,
    at: Moment,
) -> Result<Clock, Refusal> {
    call.tenant.sandbox.change_clock(|clock| {
        on_course(call, passage)?;
        let real = real_time();
        let now = Some(clock.now(real).max(at));
        ClockChange { now, ..*change }.apply(*clock, real)
    })
}

/// Refuses a passage that is over: what it moved is not there any more.
fn on_course(call: &Call<'_>, passage: &Passage) -> Result<(), Refusal> {
    if call.tenant.is_closed() {
        let detail = "The sandbox was deleted while its clock was moved.";
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    if call.tenant.sandbox.is_on_course(passage) {
        return Ok(());
    }
    let detail = "The sandbox was reset or loaded, or a step of it undone or redone, while this \
                  call moved the clock: the call moves nothing any more. Ask for the clock, and \
                  send it again if time is still to pass.";
    Err(Refusal::new(ErrorKind::Conflict, detail))
}

/// Lets time pass, and everything due by then. A clock that comes to the target goes on as `then`
/// says, from that moment on: one that is to stand there must not run in between. Answers what
/// happened.
///
/// # Errors
/// 429 when more came due than one call runs: the clock stands at the last of it. 409 when another
/// world came meanwhile, which keeps its own clock.
fn pass(
    call: &Call<'_>,
    begun: (Moment, Passage),
    (from, target): (Moment, Moment),
    then: &ClockChange,
) -> Result<Vec<Happened>, Refusal> {
    let mut flow = Flow::new(call, begun, (from, target));
    flow.run()?;
    let Some(reached) = flow.stopped_at() else {
        flow.settle(then, target)?;
        return Ok(flow.happened);
    };
    flow.settle(&ClockChange::default(), reached)?;
    let detail = format!(
        "{} events came due by {reached}, the most that one call runs; send it again.",
        flow.happened.len()
    );
    Err(Refusal::new(ErrorKind::LimitReached, detail))
}

fn advance(call: &Call<'_>) -> Result<Reply, Refusal> {
    let asked: Advance = call.json()?;
    let began = real_time();
    // Two that let an hour pass at the same time let two hours pass.
    let _turn = call.tenant.take_clock()?;
    let sandbox = &call.tenant.sandbox;
    let passage = sandbox.passage();
    let before = sandbox.read();
    let from = before.clock.now(real_time());
    let target = match (&asked.by, asked.to) {
        (Some(by), None) => from.plus_duration(by).map_err(Refusal::bad_request)?,
        (None, Some(to)) => to,
        _ => {
            let detail = "Say either how far (by) or where to (to).";
            return Err(Refusal::bad_request(detail));
        }
    };
    if target < from {
        let detail = format!("The clock shows {from}; it does not run backwards to {target}.");
        return Err(Refusal::bad_request(detail));
    }
    let happened = pass(
        call,
        (began, passage),
        (from, target),
        &ClockChange::default(),
    )?;
    let world = sandbox.read();
    let body = Advanced {
        now: target,
        fired: happened
            .iter()
            .map(|one| fired_body(&[&world, &before], one))
            .collect(),
        unsent_deliveries: call.tenant.deliveries.count_due(target),
    };
    Reply::json(200, &body)
}

/// What fired. A timer that removed its object is told by the id that this had: `worlds` are asked
/// in order.
fn fired_body(worlds: &[&World], happened: &Happened) -> FiredBody {
    match happened {
        Happened::Timer(fired) => FiredBody {
            at: fired.at,
            kind: fired.kind.clone(),
            id: subject_id(worlds, fired.subject),
        },
        Happened::Delivery { at, number } => FiredBody {
            at: *at,
            kind: "webhook.delivery".to_owned(),
            id: delivery_id(*number),
        },
    }
}

/// The id of whatever object of the world has this uuid.
fn subject_id(worlds: &[&World], subject: Uuid) -> String {
    let mut worlds = worlds.iter();
    let found = worlds.find_map(|world| super::naming::find(world, subject));
    found.map_or_else(|| subject.to_string(), |named| named.id)
}
