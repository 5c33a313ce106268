//! How a field is compared with values: the operators of the syntax guide that the documents of
//! Contact Center name (rsql-jpa-specification).

use std::cmp::Ordering;

use serde_json::Value;

use super::fields::Kind;

/// How a field is compared. What is not so has the same operator and is not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// It is this: a star stands for any text, `^` in front lets case be.
    Equal,
    /// It is one of these, as they are written.
    In,
    /// It is more, or less, and perhaps the same.
    Than(Ordering, bool),
    /// It lies between the two, or is one of them.
    Between,
    /// There is none.
    Null,
    /// It holds this.
    Like,
    /// It is this, whatever the case.
    Alike,
    /// It holds this, whatever the case.
    HoldsAlike,
}

use Operator::{Alike, Between, Equal, HoldsAlike, In, Like, Null, Than};

/// The operators as they are spelled, and whether they must apply or must not.
pub(super) const OPERATORS: &[(&str, Operator, bool)] = &[
    ("==", Equal, true),
    ("!=", Equal, false),
    ("=in=", In, true),
    ("=out=", In, false),
    ("=gt=", Than(Ordering::Greater, false), true),
    (">", Than(Ordering::Greater, false), true),
    ("=ge=", Than(Ordering::Greater, true), true),
    (">=", Than(Ordering::Greater, true), true),
    ("=lt=", Than(Ordering::Less, false), true),
    ("<", Than(Ordering::Less, false), true),
    ("=le=", Than(Ordering::Less, true), true),
    ("<=", Than(Ordering::Less, true), true),
    ("=bt=", Between, true),
    ("=between=", Between, true),
    ("=nb=", Between, false),
    ("=notbetween=", Between, false),
    ("=na=", Null, true),
    ("=isnull=", Null, true),
    ("=null=", Null, true),
    ("=nn=", Null, false),
    ("=notnull=", Null, false),
    ("=isnotnull=", Null, false),
    ("=ke=", Like, true),
    ("=like=", Like, true),
    ("=nk=", Like, false),
    ("=notlike=", Like, false),
    ("=ic=", Alike, true),
    ("=icase=", Alike, true),
    ("=ik=", HoldsAlike, true),
    ("=ilike=", HoldsAlike, true),
    ("=ni=", HoldsAlike, false),
    ("=inotlike=", HoldsAlike, false),
];

impl Operator {
    /// The fewest and the most values, and whether they must stand in parentheses.
    pub(super) fn takes(self) -> (usize, usize, bool) {
        match self {
            In => (1, usize::MAX, true),
            Between => (2, 2, true),
            _ => (1, 1, false),
        }
    }

    /// Whether a value is one that a field of a kind is compared with.
    pub(super) fn suits(self, kind: Kind, value: &str) -> Result<(), &'static str> {
        let is_order = matches!(self, Than(..) | Between);
        let is_text = matches!(self, Like | Alike | HoldsAlike);
        match (self, kind) {
            (Null, _) => Ok(()),
            (_, Kind::Truth) if is_order => Err("true and false are compared by == and !="),
            (_, Kind::Truth | Kind::Number) if is_text => Err("only texts are compared so"),
            (_, Kind::Truth) if truth(value).is_none() => Err("its value must be true or false"),
            (_, Kind::Number) if number(value).is_none() => Err("its value must be a number"),
            _ => Ok(()),
        }
    }

    /// Whether one of the values found is as it is wanted.
    pub(super) fn holds(self, found: &[Value], wanted: &[String]) -> bool {
        let first = wanted.first().map(String::as_str).unwrap_or_default();
        let last = wanted.last().map(String::as_str).unwrap_or_default();
        if self == Null {
            return found.is_empty();
        }
        found.iter().any(|value| match self {
            Null => false,
            Equal => is(value, first),
            In => wanted.iter().any(|wanted| same(value, wanted)),
            Than(order, or_same) => {
                let found = compare(value, first);
                found == Some(order) || or_same && found == Some(Ordering::Equal)
            }
            Between => {
                let from = compare(value, first).is_some_and(Ordering::is_ge);
                from && compare(value, last).is_some_and(Ordering::is_le)
            }
            Like => text(value).is_some_and(|text| text.contains(first)),
            Alike => text(value).is_some_and(|text| lower(text) == lower(first)),
            HoldsAlike => text(value).is_some_and(|text| lower(text).contains(&lower(first))),
        })
    }
}

fn truth(text: &str) -> Option<bool> {
    let known = [("true", true), ("false", false)];
    let mut known = known.into_iter();
    let found = known.find(|(name, _)| text.eq_ignore_ascii_case(name));
    found.map(|(_, truth)| truth)
}

fn number(text: &str) -> Option<f64> {
    let found = text.parse::<f64>().ok();
    found.filter(|number| number.is_finite())
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// How a value compares with a text that stands for one.
fn compare(value: &Value, wanted: &str) -> Option<Ordering> {
    match value {
        Value::String(text) => Some(text.as_str().cmp(wanted)),
        Value::Number(own) => own.as_f64()?.partial_cmp(&number(wanted)?),
        Value::Bool(own) => Some(own.cmp(&truth(wanted)?)),
        _ => None,
    }
}

/// Whether a value is the one that a text stands for. Ids are the same in any case.
fn same(value: &Value, wanted: &str) -> bool {
    let is_id = |text: &str| uuid::Uuid::try_parse(text).is_ok();
    match value {
        Value::String(text) if is_id(text) => text.eq_ignore_ascii_case(wanted),
        value => compare(value, wanted) == Some(Ordering::Equal),
    }
}

/// The same, where the text may have stars and `^`.
fn is(value: &Value, wanted: &str) -> bool {
    let Value::String(text) = value else {
        return same(value, wanted);
    };
    match wanted.strip_prefix('^') {
        Some(wanted) => matches(&lower(text), &lower(wanted)),
        None if wanted.contains('*') => matches(text, wanted),
        None => same(value, wanted),
    }
}

/// Whether a text is a pattern's, in which each star stands for any text.
fn matches(text: &str, pattern: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    let within = text.strip_prefix(head);
    let Some(mut within) = within.and_then(|within| within.strip_suffix(tail)) else {
        return false;
    };
    for part in middle.split('*') {
        match within.split_once(part) {
            Some((_, rest)) => within = rest,
            None => return false,
        }
    }
    true
}
