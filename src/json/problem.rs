//! What is wrong with a JSON text: where, what was found, and what is expected.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::model::nearest::nearest;
use crate::model::number::shorten;

/// The first thing that is wrong with a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path of the value, such as `callForwarding.always.enabled`; empty for the body itself,
    /// none while it is not known.
    pub place: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The text is no JSON.
    Syntax(String),
    /// A value of another type is expected.
    Type {
        /// What is expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// Another value of the same type is expected.
    Value {
        /// What is expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A field is missing.
    Missing(String),
    /// A field is not known.
    Unknown {
        /// Its name.
        field: String,
        /// The fields that are.
        known: &'static [&'static str],
    },
    /// A field is given twice.
    Twice(String),
    /// What the value's own reader says.
    Other(String),
}

impl Problem {
    fn new(fault: Fault) -> Self {
        Self { place: None, fault }
    }

    pub(super) fn syntax(error: &dyn fmt::Display) -> Self {
        Self {
            place: Some(String::new()),
            fault: Fault::Syntax(error.to_string()),
        }
    }

    /// The path of a field of the place.
    pub(super) fn field(&self, name: &str) -> String {
        match self.place.as_deref() {
            None | Some("") => name.to_owned(),
            Some(place) => format!("{place}.{name}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place.as_deref() {
            None | Some("") => "The body",
            Some(place) => place,
        };
        match &self.fault {
            Fault::Syntax(error) => write!(f, "The body is not valid JSON: {error}."),
            Fault::Type { expected, found } | Fault::Value { expected, found } => {
                write!(f, "{place} must be {expected}, but it is {found}.")
            }
            Fault::Missing(name) => write!(f, "{} is required.", self.field(name)),
            Fault::Unknown { field, known } => {
                let name = self.field(&shorten(field));
                let meant = nearest(field, known.iter().copied());
                let meant = meant.map_or(String::new(), |near| format!("did you mean {near}? "));
                write!(
                    f,
                    "{name} is no field; {meant}known are {}.",
                    known.join(", ")
                )
            }
            Fault::Twice(name) => write!(f, "{} is given twice.", self.field(name)),
            Fault::Other(text) => write!(f, "{place}: {}.", text.trim_end_matches('.')),
        }
    }
}

impl std::error::Error for Problem {}

/// What a JSON value is, in words.
pub(super) fn found(value: Unexpected<'_>) -> String {
    match value {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(value) => format!("the number {value}"),
        Unexpected::Signed(value) => format!("the number {value}"),
        Unexpected::Float(value) => format!("the number {value}"),
        Unexpected::Str(text) => format!("the string \"{}\"", shorten(text)),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other => other.to_string(),
    }
}

/// A choice, in words.
pub(super) fn one_of(choices: &[&str]) -> String {
    match choices {
        [only] => (*only).to_owned(),
        _ => format!("one of {}", choices.join(", ")),
    }
}

impl Error for Problem {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::new(Fault::Other(text.to_string()))
    }

    fn invalid_type(value: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Fault::Type {
            expected: expected.to_string(),
            found: found(value),
        })
    }

    fn invalid_value(value: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Fault::Value {
            expected: expected.to_string(),
            found: found(value),
        })
    }

    fn unknown_variant(variant: &str, choices: &'static [&'static str]) -> Self {
        Self::new(Fault::Value {
            expected: one_of(choices),
            found: found(Unexpected::Str(variant)),
        })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(Fault::Unknown {
            field: field.to_owned(),
            known,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Fault::Missing(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Fault::Twice(field.to_owned()))
    }
}
