//! Reading the JSON that a caller sends: strictly, and with errors in the caller's terms.
//!
//! Serde alone would fill an object's fields from a list, by their position, and its errors name
//! the types of this program. Every body of `/v1`, `/_hub` and `/_sim` is read here instead: an
//! object must be an object, at every depth, and what is wrong is told by the path of the field,
//! what was found and what is expected.

use serde::de::DeserializeOwned;

use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

mod passed;
mod problem;
mod strict;
mod text_or;

pub use passed::{Passed, PassedOver};
pub use problem::{Fault, Problem};
pub use strict::Enclosed;
pub use text_or::{BesideText, TextOr};

use strict::Strict;

/// The fields that an object must have, beside those that its type insists on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Required {
    /// Those that have a value.
    pub filled: &'static [&'static str],
    /// Those that may be null, which says something else than leaving them out.
    pub nullable: &'static [&'static str],
}

impl Required {
    /// Nothing.
    pub const NOTHING: Self = Self {
        filled: &[],
        nullable: &[],
    };

    /// All of them.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.filled.iter().chain(self.nullable).copied()
    }
}

/// A JSON object as a value; an empty text is an empty object.
///
/// # Errors
/// The first thing that is wrong with the text.
pub fn object<T: DeserializeOwned>(text: &[u8], required: Required) -> Result<T, Problem> {
    object_noting(text, required, None)
}

/// The same, which also notes the fields that the reader knows nothing of and passes over: also
/// where the text is wrong, because a required field may stand there under such a name.
///
/// # Errors
/// The first thing that is wrong with the text.
pub fn object_noting<T: DeserializeOwned>(
    text: &[u8],
    required: Required,
    passed: Option<&PassedOver>,
) -> Result<T, Problem> {
    let text = if text.is_empty() { b"{}" } else { text };
    let mut source = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(Strict::new(&mut source, required, passed));
    let value = value.map_err(|problem| as_text(text, problem))?;
    source.end().map_err(|error| Problem::syntax(&error))?;
    Ok(value)
}

/// A JSON object that carries the body of another request, as a plan does. Texts and lists in it
/// are as long as the whole may be: the other request bounds its own.
///
/// # Errors
/// The first thing that is wrong with the text.
pub fn carrier<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    let mut source = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(Strict::carrier(&mut source));
    let value = value.map_err(|problem| as_text(text, problem))?;
    source.end().map_err(|error| Problem::syntax(&error))?;
    Ok(value)
}

/// What is wrong with the text as a text, where the reader stumbled over that.
fn as_text(text: &[u8], problem: Problem) -> Problem {
    if !matches!(problem.fault, Fault::Syntax(_)) {
        return problem;
    }
    if text.starts_with(b"\xef\xbb\xbf") {
        return Problem::syntax(&"it begins with a byte-order mark; send it without one");
    }
    match std::str::from_utf8(text) {
        Err(error) => Problem::syntax(&format!(
            "it is not text in UTF-8 from byte {} on",
            error.valid_up_to() + 1
        )),
        Ok(_) => problem,
    }
}

impl Problem {
    /// The refusal of a body of Webex Calling, whose errors have codes (api-surface.md 1.5).
    #[must_use]
    pub fn of_calling(&self) -> Refusal {
        let kind = match self.fault {
            Fault::Missing(_) => ErrorKind::MandatoryField,
            Fault::Value { .. } | Fault::Other(_) => ErrorKind::InvalidSetting,
            _ => ErrorKind::BadRequest,
        };
        self.telling_meant(Refusal::new(kind, self.to_string()))
    }
}

impl Problem {
    /// The refusal with the field that means nothing, when it is for that.
    fn telling_meant(&self, refusal: Refusal) -> Refusal {
        match &self.fault {
            Fault::Unknown { field, known } => {
                let nearest = nearest(field, known.iter().copied());
                let nearest = nearest.map(|name| self.field(name));
                refusal.meaning("field", self.field(&shorten(field)), nearest.as_deref())
            }
            _ => refusal,
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        problem.telling_meant(Self::bad_request(problem.to_string()))
    }
}

#[cfg(test)]
mod tests;
