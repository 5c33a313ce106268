//! What stands between the text and the reader: it offers a value in the form that is wanted, and
//! says where the reader refused.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};

use super::{Carried, Place, Strict, Want, arrived, bounds, carry, placed};
use crate::json::Required;
use crate::json::problem::{Fault, Problem, found};

/// Stands between the text and the reader's visitor: offers what the reader wants, places what
/// the reader refuses.
pub(super) struct Guard<'a, V> {
    pub(super) visitor: V,
    pub(super) want: Want,
    pub(super) place: &'a Place<'a>,
    pub(super) required: Required,
    pub(super) is_needed: bool,
    pub(super) carried: &'a Carried,
}

impl<'de, V: Visitor<'de>> Guard<'_, V> {
    fn give<E: Error>(
        self,
        value: Unexpected<'_>,
        visit: impl FnOnce(V) -> Result<V::Value, Problem>,
    ) -> Result<V::Value, E> {
        let (want, place, carried) = (self.want, self.place, self.carried);
        if matches!(want, Want::Object(_) | Want::List | Want::Choice(_)) {
            return Err(carry(carried, self.unfit(value)));
        }
        visit(self.visitor).map_err(|problem| carry(carried, refit(problem, want, place)))
    }

    /// What a string is to a reader: a choice by its name, or a text.
    fn give_text<E: Error>(
        self,
        text: &str,
        visit: impl FnOnce(V) -> Result<V::Value, Problem>,
    ) -> Result<V::Value, E> {
        if let Want::Choice(_) = self.want {
            let (want, place, carried) = (self.want, self.place, self.carried);
            let choice = self.visitor.visit_enum(text.into_deserializer());
            return choice.map_err(|problem| carry(carried, refit(problem, want, place)));
        }
        let fault = bounds::fault_of_text(text).filter(|_| self.place.is_bounded());
        if let Some(fault) = fault {
            let place = Some(self.place.to_string());
            return Err(carry(self.carried, Problem { place, fault }));
        }
        self.give(Unexpected::Str(text), visit)
    }

    /// A null; where the object above must have a value, that is none.
    fn give_null<E: Error>(
        self,
        visit: impl FnOnce(V) -> Result<V::Value, Problem>,
    ) -> Result<V::Value, E> {
        let Place::Field(within, name) = *self.place else {
            return self.give(Unexpected::Unit, visit);
        };
        if !self.is_needed {
            return self.give(Unexpected::Unit, visit);
        }
        let place = Some(within.to_string());
        let fault = Fault::Missing((*name).to_owned());
        Err(carry(self.carried, Problem { place, fault }))
    }

    fn unfit(&self, value: Unexpected<'_>) -> Problem {
        Problem {
            place: Some(self.place.to_string()),
            fault: Fault::Type {
                expected: self.want.words().unwrap_or_default().into_owned(),
                found: found(value),
            },
        }
    }
}

/// A reader's refusal in the words of what it wanted.
fn refit(mut problem: Problem, want: Want, place: &Place<'_>) -> Problem {
    if problem.place.is_none()
        && let Some(words) = want.words()
        && let Fault::Type { expected, .. } | Fault::Value { expected, .. } = &mut problem.fault
    {
        *expected = words.into_owned();
    }
    placed(problem, place)
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Guard<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.give(Unexpected::Bool(value), |v| v.visit_bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.give(Unexpected::Signed(value), |v| v.visit_i64(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.give(Unexpected::Unsigned(value), |v| v.visit_u64(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.give(Unexpected::Float(value), |v| v.visit_f64(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.give_text(text, |v| v.visit_str(text))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.give_text(text, |v| v.visit_borrowed_str(text))
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.give_null(Visitor::visit_unit)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.give_null(Visitor::visit_none)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let value = Strict {
            inner,
            place: *self.place,
            required: self.required,
            is_needed: self.is_needed,
            siblings: &[],
        };
        let read = self.visitor.visit_some(value);
        read.map_err(|problem| carry(self.carried, placed(problem, self.place)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        if !matches!(self.want, Want::Any | Want::List) {
            return Err(carry(self.carried, self.unfit(Unexpected::Seq)));
        }
        let items = Items {
            inner,
            place: self.place,
            position: 0,
        };
        let read = self.visitor.visit_seq(items);
        read.map_err(|problem| carry(self.carried, refit(problem, self.want, self.place)))
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let known: &[&str] = match self.want {
            Want::Any => &[],
            Want::Object(known) => known,
            _ => return Err(carry(self.carried, self.unfit(Unexpected::Map))),
        };
        let fields = Fields {
            inner,
            place: self.place,
            name: Cow::Borrowed(""),
            filled: self.required.filled,
            missing: self.required.names().collect(),
            known,
        };
        let read = self.visitor.visit_map(fields);
        read.map_err(|problem| carry(self.carried, refit(problem, self.want, self.place)))
    }
}

/// Reads a value at its place.
struct At<'a, S> {
    seed: S,
    place: Place<'a>,
    is_needed: bool,
    siblings: &'static [&'static str],
    carried: &'a Carried,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for At<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let value = Strict {
            inner,
            place: self.place,
            required: Required::NOTHING,
            is_needed: self.is_needed,
            siblings: self.siblings,
        };
        let read = self.seed.deserialize(value);
        read.map_err(|problem| carry(self.carried, placed(problem, &self.place)))
    }
}

struct Items<'a, A> {
    inner: A,
    place: &'a Place<'a>,
    position: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = Problem;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Problem> {
        let carried = Carried::default();
        if self.position == bounds::MAX_ITEMS && self.place.is_bounded() {
            let beyond = self.inner.next_element::<IgnoredAny>();
            return match beyond.map_err(|error| Problem::syntax(&error))? {
                Some(_) => Err(Problem {
                    place: Some(self.place.to_string()),
                    fault: bounds::fault_of_list(),
                }),
                None => Ok(None),
            };
        }
        let item = At {
            seed,
            place: Place::Item(self.place, self.position),
            is_needed: false,
            siblings: &[],
            carried: &carried,
        };
        self.position += 1;
        let read = self.inner.next_element_seed(item);
        read.map_err(|error| arrived(&carried, &error))
    }
}

struct Fields<'a, 'de, A> {
    inner: A,
    place: &'a Place<'a>,
    name: Cow<'de, str>,
    filled: &'static [&'static str],
    missing: Vec<&'static str>,
    known: &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'_, 'de, A> {
    type Error = Problem;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Problem> {
        let key = self.inner.next_key_seed(Name);
        let Some(name) = key.map_err(|error| Problem::syntax(&error))? else {
            return match self.missing.first() {
                Some(name) => Err(Problem::missing_field(name)),
                None => Ok(None),
            };
        };
        self.missing.retain(|missing| *missing != name);
        let read = seed.deserialize(CowStrDeserializer::<Problem>::new(name.clone()));
        self.name = name;
        read.map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Problem> {
        let carried = Carried::default();
        let value = At {
            seed,
            place: Place::Field(self.place, &self.name),
            is_needed: self.filled.contains(&self.name.as_ref()),
            siblings: self.known,
            carried: &carried,
        };
        let read = self.inner.next_value_seed(value);
        read.map_err(|error| arrived(&carried, &error))
    }
}

/// Reads the name of a field, borrowed where the text allows it.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Cow<'de, str>, D::Error> {
        inner.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
