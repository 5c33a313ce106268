//! The body of another request within a body: it is bounded, and what means nothing in it is noted,
//! when that request is read.

use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

/// The name by which the reader knows it.
pub(super) const ENCLOSED: &str = "Enclosed";

/// The body of another request, or what stands for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed<T>(pub T);

struct Wrapped<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Wrapped<T> {
    type Value = Enclosed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a body")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Enclosed<T>, D::Error> {
        T::deserialize(inner).map(Enclosed)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Enclosed<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_newtype_struct(ENCLOSED, Wrapped(PhantomData))
    }
}
