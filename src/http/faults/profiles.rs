//! Ready-made faults: each is a list of ordinary rules.

use super::rule::{Effect, Rule};

/// A ready-made list of rules.
#[derive(Debug)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// What it is like.
    pub sentence: &'static str,
    rules: &'static [Part],
}

/// One rule of a profile.
#[derive(Debug)]
struct Part {
    status: Option<u16>,
    retry_after_seconds: Option<u32>,
    delay_ms: Option<u32>,
    jitter_ms: Option<u32>,
    probability: Option<f64>,
}

const NOTHING: Part = Part {
    status: None,
    retry_after_seconds: None,
    delay_ms: None,
    jitter_ms: None,
    probability: None,
};

/// Every profile.
pub static PROFILES: &[Profile] = &[
    Profile {
        name: "flaky",
        sentence: "One request in ten fails with 503, one in twenty with 429 or 502, and one in \
                   five of the others is slow.",
        rules: &[
            Part {
                status: Some(503),
                probability: Some(0.1),
                ..NOTHING
            },
            Part {
                status: Some(429),
                retry_after_seconds: Some(1),
                probability: Some(0.05),
                ..NOTHING
            },
            Part {
                status: Some(502),
                probability: Some(0.05),
                ..NOTHING
            },
            Part {
                delay_ms: Some(200),
                jitter_ms: Some(800),
                probability: Some(0.2),
                ..NOTHING
            },
        ],
    },
    Profile {
        name: "rate-limited",
        sentence: "Every second request, by the draw, is answered 429 with Retry-After: 1.",
        rules: &[Part {
            status: Some(429),
            retry_after_seconds: Some(1),
            probability: Some(0.5),
            ..NOTHING
        }],
    },
    Profile {
        name: "outage",
        sentence: "Everything is answered 503.",
        rules: &[Part {
            status: Some(503),
            ..NOTHING
        }],
    },
];

impl Profile {
    /// The profile's rules; what the template says of requests and time holds for each.
    #[must_use]
    pub fn rules(&self, template: &Rule) -> Vec<Rule> {
        let rule = |part: &Part| Rule {
            effect: Effect {
                status: part.status,
                retry_after_seconds: part.retry_after_seconds,
                delay_ms: part.delay_ms,
                jitter_ms: part.jitter_ms,
                ..Effect::default()
            },
            probability: part.probability,
            ..template.clone()
        };
        self.rules.iter().map(rule).collect()
    }
}
