//! What the headers of the simulator ask of a call of `/v1` or `/_hub`: to try it only, or to
//! limit what it destroys.

use super::incoming::Incoming;
use super::operation::{Access, Operation, Space};
use super::past::{self, BRANCH};
use crate::model::number::shorten;
use crate::refusal::Refusal;

/// What the headers ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Controls {
    /// Try the call and tell what it would do, instead of doing it.
    pub dry_run: bool,
    /// How many values the call, or the task that it starts, may destroy.
    pub max_loss: Option<u64>,
}

impl Controls {
    /// The controls of a request. One that only reads does nothing that could be tried or limited.
    ///
    /// # Errors
    /// 400 for a value that is not understood, and where nothing can be tried: acting all the same
    /// could lose data.
    pub(super) fn of(incoming: &Incoming, space: Space) -> Result<Self, Refusal> {
        let dry_run = incoming
            .dry_run
            .as_deref()
            .map_or(Ok(false), parse_switch)?;
        let max_loss = incoming.max_loss.as_deref().map(parse_limit).transpose()?;
        if matches!(incoming.method.as_str(), "GET" | "HEAD") {
            return Ok(Self::default());
        }
        if (dry_run || max_loss.is_some()) && !matches!(space, Space::Webex | Space::Hub) {
            let detail = "X-Sim-Dry-Run and X-Sim-Max-Loss are for calls of /v1 and /_hub; \
                          nothing was done.";
            return Err(Refusal::bad_request(detail));
        }
        if dry_run && incoming.at.is_some() {
            return Err(Refusal::bad_request(format!(
                "{} and X-Sim-Dry-Run do not go together: what is tried is tried on the present. \
                 {BRANCH}; nothing was done.",
                past::HEADER
            )));
        }
        Ok(Self { dry_run, max_loss })
    }

    /// Refuses to try what does not happen in the sandbox's world, so that it could not be taken
    /// back.
    pub(super) fn check(self, operation: &Operation) -> Result<(), Refusal> {
        match self.dry_run {
            true => refuse_tokens(operation, "planned"),
            false => Ok(()),
        }
    }
}

/// Refuses of what hands out tokens that it be done elsewhere than in the sandbox itself.
pub(super) fn refuse_tokens(operation: &Operation, done: &str) -> Result<(), Refusal> {
    if operation.access != Access::Open {
        return Ok(());
    }
    let detail = format!(
        "{} {} hands out codes and tokens, which are no part of the sandbox's world: it cannot be \
         {done}.",
        operation.method.name(),
        operation.path
    );
    Err(Refusal::bad_request(detail))
}

fn parse_switch(text: &str) -> Result<bool, Refusal> {
    match text.trim() {
        text if text.eq_ignore_ascii_case("true") => Ok(true),
        text if text.eq_ignore_ascii_case("false") => Ok(false),
        text => {
            let shown = shorten(text);
            let detail =
                format!("X-Sim-Dry-Run must be true or false, not \"{shown}\"; nothing was done.");
            Err(Refusal::bad_request(detail))
        }
    }
}

fn parse_limit(text: &str) -> Result<u64, Refusal> {
    let digits = text.trim();
    let number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.then(|| digits.parse().ok()).flatten();
    number.ok_or_else(|| {
        let shown = shorten(text);
        Refusal::bad_request(format!(
            "X-Sim-Max-Loss must be a whole number of at least 0, not \"{shown}\"; nothing was done."
        ))
    })
}
