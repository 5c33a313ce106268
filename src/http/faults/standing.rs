//! A rule that stands: how often it was asked and struck, and its draws.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::rule::{Effect, Rule};
use super::{Hit, Simulated, Told, matching};
use crate::http::ended::Arrival;
use crate::http::target::Target;
use crate::http::tenant::mix;
use crate::world::Moment;

/// A rule that stands.
#[derive(Debug)]
pub struct Standing {
    /// Its id: `fault-1`.
    pub id: Arc<str>,
    /// What it says.
    pub rule: Arc<Rule>,
    seed: u64,
    asked: AtomicU64,
    hits: AtomicU64,
}

/// What a draw is for, so that the draws of one request differ.
#[derive(Clone, Copy)]
enum Draw {
    Probability = 1,
    Jitter = 2,
}

impl Standing {
    /// A rule that has not been asked yet.
    #[must_use]
    pub fn new(number: u64, seed: u64, rule: Rule) -> Self {
        Self {
            id: format!("fault-{number}").into(),
            rule: Arc::new(rule),
            seed: mix(seed ^ mix(number)),
            asked: AtomicU64::new(0),
            hits: AtomicU64::new(0),
        }
    }

    /// How often it struck.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// How often it can still strike, where that is limited.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        let times = self.rule.times?;
        Some(times.saturating_sub(self.hits()))
    }

    /// Strikes a request, when it concerns it, its time has come and the draw says so.
    pub(in crate::http) fn strike(&self, arrival: &Arrival<'_>, found: &Target) -> Option<Hit> {
        // What fails inside an operation is asked for there.
        let is_inside = self.rule.effect.backend.is_some();
        if is_inside || !matching::concerns(&self.rule.r#match, arrival, found) {
            return None;
        }
        let turn = self.takes_turn(arrival.now)?;
        let Effect { status, drop, .. } = self.rule.effect;
        Some(Hit {
            simulated: Simulated {
                id: Arc::clone(&self.id),
                effect: Told {
                    status,
                    delay_ms: self.delay(turn),
                    drop,
                    backend: None,
                },
            },
            effect: Arc::clone(&self.rule),
        })
    }

    /// Counts a hit, when the rule's time has come and the draw says so. Answers which turn it was.
    pub(super) fn takes_turn(&self, now: Moment) -> Option<u64> {
        if !self.is_in_time(now) || self.remaining() == Some(0) {
            return None;
        }
        let turn = self.asked.fetch_add(1, Ordering::Relaxed);
        (self.is_drawn(turn) && self.count()).then_some(turn)
    }

    fn is_in_time(&self, now: Moment) -> bool {
        self.rule.from.is_none_or(|from| now >= from)
            && self.rule.until.is_none_or(|until| now < until)
    }

    /// Counts a hit, unless all were used in the meantime.
    fn count(&self) -> bool {
        let times = self.rule.times.unwrap_or(u64::MAX);
        let counted = |hits: u64| (hits < times).then(|| hits.saturating_add(1));
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.hits.fetch_update(set, fetch, counted).is_ok()
    }

    /// A number from 0 to below 1, the same for the same turn in every run.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are what a float holds exactly"
    )]
    fn draw(&self, turn: u64, what: Draw) -> f64 {
        let bits = mix(self.seed ^ mix(turn ^ ((what as u64) << 56)));
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn is_drawn(&self, turn: u64) -> bool {
        let probability = self.rule.probability;
        probability.is_none_or(|probability| self.draw(turn, Draw::Probability) < probability)
    }

    /// The delay of a turn, jitter included.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a draw below 1 of at most 60000"
    )]
    fn delay(&self, turn: u64) -> Option<u32> {
        let Effect {
            delay_ms,
            jitter_ms,
            ..
        } = self.rule.effect;
        if delay_ms.is_none() && jitter_ms.is_none() {
            return None;
        }
        let span = f64::from(jitter_ms.unwrap_or(0)) + 1.0;
        let jitter = (self.draw(turn, Draw::Jitter) * span) as u32;
        Some(delay_ms.unwrap_or(0) + jitter)
    }
}
