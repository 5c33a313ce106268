//! A deserializer around serde_json's that knows where it is and takes an object for an object.
//!
//! Serde's derived readers accept a list where an object belongs, and `{"NAME": null}` for a
//! choice. Here the reader says what it wants before the value is looked at, and the value is
//! offered in that form alone.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

use super::Required;
use super::passed::PassedOver;
use super::problem::{Problem, one_of};
use crate::model::number::shorten;

mod bounds;
mod enclosed;
mod guard;

pub use enclosed::Enclosed;

use enclosed::ENCLOSED;
use guard::Guard;

/// Where a value stands: the steps from the body to it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'p> {
    /// The body, and where it is noted what its reader passes over.
    Body(Option<&'p PassedOver>),
    /// A body that carries the body of another request, which is bounded when that is read.
    Carrier,
    /// The body of another request in the place above.
    Enclosed(&'p Place<'p>),
    /// A field of the object above.
    Field(&'p Place<'p>, &'p str),
    /// An item of the list above.
    Item(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(_) | Self::Carrier => Ok(()),
            Self::Enclosed(place) => write!(f, "{place}"),
            Self::Field(Place::Body(_) | Place::Carrier, name) => write!(f, "{name}"),
            Self::Field(above, name) => write!(f, "{above}.{name}"),
            Self::Item(above, position) => write!(f, "{above}[{position}]"),
        }
    }
}

impl Place<'_> {
    /// Whether a text or a list here has the bounds of every field.
    fn is_bounded(&self) -> bool {
        match self {
            Self::Body(_) => true,
            Self::Carrier | Self::Enclosed(_) => false,
            Self::Field(above, _) | Self::Item(above, _) => above.is_bounded(),
        }
    }

    /// Where it is noted what is passed over.
    fn passed(&self) -> Option<&PassedOver> {
        match self {
            Self::Body(passed) => *passed,
            Self::Carrier | Self::Enclosed(_) => None,
            Self::Field(above, _) | Self::Item(above, _) => above.passed(),
        }
    }

    /// Notes that a field of an object with these fields is passed over.
    fn pass_over(&self, known: &'static [&'static str]) {
        if let (Self::Field(above, name), Some(passed)) = (self, self.passed()) {
            let path = |name: &str| Place::Field(above, name).to_string();
            passed.note(shorten(name), known, path);
        }
    }
}

/// What the reader wants.
#[derive(Debug, Clone, Copy)]
enum Want {
    /// Whatever its visitor takes.
    Any,
    /// An object with these fields; of a map, whatever they are.
    Object(&'static [&'static str]),
    List,
    Choice(&'static [&'static str]),
    /// Another value, in words.
    Plain(&'static str),
}

impl Want {
    fn words(self) -> Option<Cow<'static, str>> {
        match self {
            Self::Any => None,
            Self::Object(_) => Some("an object".into()),
            Self::List => Some("a list".into()),
            Self::Choice(choices) => Some(one_of(choices).into()),
            Self::Plain(words) => Some(words.into()),
        }
    }
}

/// What went wrong below, while the error of the layer between cannot carry it.
type Carried = Cell<Option<Problem>>;

fn carry<E: Error>(carried: &Carried, problem: Problem) -> E {
    carried.set(Some(problem));
    E::custom("")
}

/// The problem that was carried, or else what the text's own reader says.
fn arrived(carried: &Carried, error: &dyn fmt::Display) -> Problem {
    carried.take().unwrap_or_else(|| Problem::syntax(error))
}

fn placed(mut problem: Problem, place: &Place<'_>) -> Problem {
    problem.place.get_or_insert_with(|| place.to_string());
    problem
}

/// A value of the text, to be read as what its reader wants.
pub(super) struct Strict<'p, D> {
    inner: D,
    place: Place<'p>,
    required: Required,
    /// Whether the object above must have it, and not null.
    is_needed: bool,
    /// The fields of the object above.
    siblings: &'static [&'static str],
}

impl<'p, D> Strict<'p, D> {
    /// The body.
    pub(super) fn new(inner: D, required: Required, passed: Option<&'p PassedOver>) -> Self {
        Self {
            inner,
            place: Place::Body(passed),
            required,
            is_needed: false,
            siblings: &[],
        }
    }

    /// A body that carries another.
    pub(super) fn carrier(inner: D) -> Self {
        Self {
            place: Place::Carrier,
            ..Self::new(inner, Required::NOTHING, None)
        }
    }
}

impl<'de, D: Deserializer<'de>> Strict<'_, D> {
    fn read<V: Visitor<'de>>(self, want: Want, visitor: V) -> Result<V::Value, Problem> {
        let carried = Carried::default();
        let guard = Guard {
            visitor,
            want,
            place: &self.place,
            required: self.required,
            is_needed: self.is_needed,
            carried: &carried,
        };
        let read = self.inner.deserialize_any(guard);
        read.map_err(|error| arrived(&carried, &error))
    }
}

macro_rules! plain {
    ($($method:ident = $words:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            self.read(Want::Plain($words), visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = Problem;

    plain! {
        deserialize_bool = "true or false";
        deserialize_i8 = "a whole number within the bounds of the field";
        deserialize_i16 = "a whole number within the bounds of the field";
        deserialize_i32 = "a whole number within the bounds of the field";
        deserialize_i64 = "a whole number";
        deserialize_u8 = "a whole number of at least 0 within the bounds of the field";
        deserialize_u16 = "a whole number of at least 0 within the bounds of the field";
        deserialize_u32 = "a whole number of at least 0 within the bounds of the field";
        deserialize_u64 = "a whole number of at least 0";
        deserialize_f32 = "a number";
        deserialize_f64 = "a number";
        deserialize_char = "a string of one character";
        deserialize_str = "a string";
        deserialize_string = "a string";
        deserialize_bytes = "a string";
        deserialize_byte_buf = "a string";
        deserialize_identifier = "a string";
        deserialize_unit = "null";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.read(Want::Any, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let carried = Carried::default();
        let guard = Guard {
            visitor,
            want: Want::Any,
            place: &self.place,
            required: self.required,
            is_needed: self.is_needed,
            carried: &carried,
        };
        let read = self.inner.deserialize_option(guard);
        read.map_err(|error| arrived(&carried, &error))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let above = self.place;
        let place = match name {
            ENCLOSED => Place::Enclosed(&above),
            _ => above,
        };
        visitor.visit_newtype_struct(Strict { place, ..self })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.read(Want::List, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.read(Want::List, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.read(Want::List, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.read(Want::Object(&[]), visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.read(Want::Object(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.read(Want::Choice(variants), visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.place.pass_over(self.siblings);
        let read = self.inner.deserialize_ignored_any(visitor);
        read.map_err(|error| Problem::syntax(&error))
    }
}
