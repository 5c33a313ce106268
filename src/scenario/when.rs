//! A time of a scenario: fixed (`2026-03-01T09:00:00.000Z`) or relative to the start of the
//! sandbox clock (`-P400D`, `+PT12H`), so that a demo never grows old.

use serde::Deserialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::schema::text;
use crate::world::Moment;

/// A time as it is written in a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum When {
    /// The same moment in every sandbox.
    Fixed(Moment),
    /// So long before or after the start of the clock, as an ISO 8601 duration.
    Relative(String),
}

impl When {
    /// The moment that is meant when the clock starts at `start`.
    ///
    /// # Errors
    /// A sentence when the time leads out of the years that the clock can show.
    pub fn at(&self, start: Moment) -> Result<Moment, String> {
        match self {
            Self::Fixed(moment) => Ok(*moment),
            Self::Relative(duration) => start.plus_duration(duration),
        }
    }
}

impl TryFrom<String> for When {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let explain = || {
            format!(
                "`{text}` is neither a time such as 2026-03-01T09:00:00.000Z \
                 nor a distance from the start such as -P400D or +PT12H"
            )
        };
        if !text.starts_with(['+', '-', 'P']) {
            return text.parse().map(Self::Fixed).map_err(|_| explain());
        }
        let span: Result<jiff::Span, _> = text.parse();
        span.map_err(|_| explain())?;
        Ok(Self::Relative(text))
    }
}

impl PartialSchema for When {
    fn schema() -> RefOr<Schema> {
        let description = "A time, or a distance from the start of the clock.";
        text(description, "-P400D")
    }
}

impl ToSchema for When {}
