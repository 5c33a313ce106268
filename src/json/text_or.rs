//! A text, or a value of another kind: fields of which clients send both.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, Unexpected, Visitor, value};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A text, or a value of another kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TextOr<T> {
    /// A text.
    Text(String),
    /// The other.
    Other(T),
}

/// What stands beside a text in [`TextOr`].
pub trait BesideText {
    /// What a caller may send, as it stands after "must be".
    const EXPECTED: &'static str;
    /// Whether it is an object.
    const IS_OBJECT: bool = false;
}

impl BesideText for bool {
    const EXPECTED: &'static str = "true or false";
}

impl BesideText for f64 {
    const EXPECTED: &'static str = "a number or a string";
}

struct Either<T>(PhantomData<T>);

macro_rules! scalars {
    ($($visit:ident($ty:ty) = $found:ident;)*) => {$(
        fn $visit<E: Error>(self, value: $ty) -> Result<TextOr<T>, E> {
            let source = IntoDeserializer::<value::Error>::into_deserializer(value);
            let wrong = |_| E::invalid_type(Unexpected::$found(value), &self);
            T::deserialize(source).map(TextOr::Other).map_err(wrong)
        }
    )*};
}

impl<'de, T: Deserialize<'de> + BesideText> Visitor<'de> for Either<T> {
    type Value = TextOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TextOr<T>, E> {
        Ok(TextOr::Text(text.to_owned()))
    }

    scalars! {
        visit_bool(bool) = Bool;
        visit_u64(u64) = Unsigned;
        visit_i64(i64) = Signed;
        visit_f64(f64) = Float;
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TextOr<T>, A::Error> {
        if !T::IS_OBJECT {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        }
        T::deserialize(MapAccessDeserializer::new(map)).map(TextOr::Other)
    }
}

impl<'de, T: Deserialize<'de> + BesideText> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}
