//! Injected faults: rules of a sandbox that answer, delay or cut what would have been answered.
//!
//! They stand beside the world, like the journal: undo, plans and forks know nothing of them. While
//! none stands, a request pays one relaxed load.

mod answer;
mod backend;
mod matching;
mod profiles;
mod reach;
mod rule;
mod standing;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use self::answer::documented_reply;
pub use self::profiles::{PROFILES, Profile};
pub use self::rule::{Backend, Cut, Effect, Match, Rule};
pub use self::standing::Standing;

use super::edge::Outgoing;
use super::ended::Arrival;
use super::operation::Access;
use super::target::Target;
use super::throttle;
use crate::refusal::{ErrorKind, Refusal};

/// The most rules of a sandbox.
const RULES_MAX: usize = 100;

/// The rules of a sandbox, in order.
#[derive(Debug)]
pub struct Faults {
    stands: AtomicBool,
    rules: ArcSwap<Vec<Arc<Standing>>>,
    changing: Mutex<()>,
    numbers: AtomicU64,
    seed: u64,
}

/// What became of a reply on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fate {
    /// How long it waits.
    pub delay_ms: u32,
    /// Where the connection is closed.
    pub cut: Option<Cut>,
}

/// What was simulated about an answer, as the journal tells it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Simulated {
    /// The rule: `fault-1`, or `rate-limit`.
    #[schema(value_type = String)]
    pub id: Arc<str>,
    /// What it did.
    pub effect: Told,
}

/// What a fault did to one request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// The status that was answered in place of the operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How long the answer waited, jitter included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u32>,
    /// Where the connection was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<Cut>,
    /// Which system behind Webex failed inside the operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend: Option<Backend>,
}

/// A rule that strikes a request.
#[derive(Debug, Clone)]
pub struct Hit {
    /// What the journal tells.
    pub simulated: Simulated,
    effect: Arc<Rule>,
}

impl Hit {
    /// A hit of what is no rule.
    pub(super) fn of(simulated: Simulated) -> Self {
        Self {
            simulated,
            effect: Arc::default(),
        }
    }

    /// What becomes of the reply on its way.
    #[must_use]
    pub fn fate(&self) -> Fate {
        Fate {
            delay_ms: self.simulated.effect.delay_ms.unwrap_or(0),
            cut: self.simulated.effect.drop,
        }
    }

    /// The header that tells a reply of a fault from one of the operation.
    #[must_use]
    pub fn header(&self) -> (&'static str, String) {
        ("x-hubsim-fault", self.simulated.id.to_string())
    }
}

impl Faults {
    /// No rules.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            stands: AtomicBool::new(false),
            rules: ArcSwap::default(),
            changing: Mutex::default(),
            numbers: AtomicU64::new(0),
            seed,
        }
    }

    /// The rules, in the order in which they are asked.
    #[must_use]
    pub fn list(&self) -> Arc<Vec<Arc<Standing>>> {
        self.rules.load_full()
    }

    /// Adds rules behind those that stand: all, or none.
    ///
    /// # Errors
    /// 409 when they would be too many.
    pub fn add(&self, rules: Vec<Rule>) -> Result<Vec<Arc<Standing>>, Refusal> {
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::clone(&self.rules.load());
        if all.len() + rules.len() > RULES_MAX {
            let detail = format!(
                "{} fault rules stand and {} more were sent; a sandbox holds at most {RULES_MAX}. \
                 DELETE those that are no longer needed.",
                all.len(),
                rules.len()
            );
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        let added: Vec<Arc<Standing>> = rules
            .into_iter()
            .map(|rule| {
                let number = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
                Arc::new(Standing::new(number, self.seed, rule))
            })
            .collect();
        all.extend(added.iter().map(Arc::clone));
        self.publish(all);
        Ok(added)
    }

    /// Takes one rule away.
    ///
    /// # Errors
    /// 404 when there is none with this id.
    pub fn remove(&self, id: &str) -> Result<(), Refusal> {
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::clone(&self.rules.load());
        let before = all.len();
        all.retain(|rule| &*rule.id != id);
        if all.len() == before {
            return Err(Refusal::not_found("Fault rule", id));
        }
        self.publish(all);
        Ok(())
    }

    /// Takes all rules away. Their numbers are not given again.
    pub fn clear(&self) {
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.publish(Vec::new());
    }

    /// Takes all rules away and begins to count anew, so that a run after a reset repeats the one
    /// before it.
    pub fn reset(&self) {
        self.clear();
        self.numbers.store(0, Ordering::Relaxed);
    }

    fn publish(&self, rules: Vec<Arc<Standing>>) {
        self.stands.store(!rules.is_empty(), Ordering::Relaxed);
        self.rules.store(Arc::new(rules));
    }

    /// Whether any rule stands: one relaxed load.
    fn stands(&self) -> bool {
        self.stands.load(Ordering::Relaxed)
    }

    /// The first rule that strikes.
    fn strike(&self, arrival: &Arrival<'_>, found: &Target) -> Option<Hit> {
        if !self.stands() {
            return None;
        }
        let rules = self.rules.load();
        rules.iter().find_map(|rule| rule.strike(arrival, found))
    }
}

/// Lets a rule strike a request, and the rate limit stop it.
///
/// # Errors
/// The answer, when the request ends here. Then nothing was done.
pub(super) fn disturb(arrival: &Arrival<'_>, found: &Target) -> Result<Option<Hit>, Box<Outgoing>> {
    let Some(hit) = arrival.tenant.faults.strike(arrival, found) else {
        throttle::check(arrival, found.operation())?;
        return Ok(None);
    };
    // What hands out tokens cannot be tried on a fork, so it is cut before it begins.
    let is_open = found
        .operation()
        .is_some_and(|operation| operation.access == Access::Open);
    match (hit.simulated.effect.status, hit.fate().cut) {
        (Some(status), _) => {
            let path = &arrival.incoming.path;
            let reply = answer::reply(status, &hit.effect.effect, path, arrival.tracking_id);
            Err(arrival.answer(reply, found.operation(), None, Some(hit)))
        }
        (None, Some(cut)) if cut == Cut::BeforeResponse || is_open => {
            let reply = super::Reply::empty(0);
            Err(arrival.answer(reply, found.operation(), None, Some(hit)))
        }
        _ => {
            throttle::check(arrival, found.operation())?;
            Ok(Some(hit))
        }
    }
}

impl Simulated {
    /// Whether the request came to nothing.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.effect.status.is_some() || self.effect.drop.is_some()
    }

    /// What was simulated, in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Told {
            status,
            delay_ms,
            drop,
            backend,
        } = &self.effect;
        let id = &self.id;
        let mut deeds = Vec::new();
        if let Some(millis) = delay_ms {
            deeds.push(format!("let the request wait for {millis} ms"));
        }
        if let Some(status) = status {
            deeds.push(format!("answered {status} in place of the operation"));
        }
        match drop {
            Some(Cut::BeforeResponse) => {
                deeds.push("closed the connection before the first byte".to_owned());
            }
            Some(Cut::MidBody) => {
                deeds.push("closed the connection amid the body of the answer".to_owned());
            }
            None => {}
        }
        if let Some(backend) = backend {
            deeds.push(format!("let {} fail inside the operation", backend.name()));
        }
        let nothing = match self.ends() {
            true => " Nothing was done.",
            false => "",
        };
        let deeds = deeds.join(" and ");
        match &**id {
            throttle::ID => format!("This is simulated: the rate limit {deeds}.{nothing}"),
            _ => format!("This is simulated: the fault rule {id} {deeds}.{nothing}"),
        }
    }

    /// How to be rid of it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match &*self.id {
            throttle::ID => "Wait for the seconds of Retry-After on the sandbox clock (advance it \
                             where it is frozen), or start the server with --rate-limit off."
                .to_owned(),
            id => format!(
                "GET /_sim/v1/faults shows the rule, DELETE /_sim/v1/faults/{id} takes it away."
            ),
        }
    }
}
