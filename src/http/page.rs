//! The one paging: `max` and `start` (or an opaque cursor) in, a slice and a `Link` out
//! (api-surface.md 1.7).

use std::borrow::Cow;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::{Array, ObjectBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::call::Call;
use super::reply::Reply;
use crate::refusal::Refusal;
use crate::settings::family::to_json;

/// Which slice a caller wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many items to pass over.
    pub start: usize,
    /// How many items to show.
    pub max: usize,
}

/// The names of the two parameters of a family of lists, and its limits.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// `start` or `offset`.
    pub start: &'static str,
    /// `max` or `limit`.
    pub max: &'static str,
    /// Items when the caller does not say.
    pub default: usize,
    /// The most items; more is clamped.
    pub most: usize,
}

/// `start` and `max`, 100 up to 1000: workspaces, locations, devices, our own lists.
pub const ORDINARY: Paging = Paging {
    start: "start",
    max: "max",
    default: 100,
    most: 1000,
};
/// The lists below `/telephony/config`.
pub const TELEPHONY: Paging = Paging {
    start: "start",
    max: "max",
    default: 2000,
    most: 2000,
};
/// Tables of the simulator itself, which are shown whole unless somebody asks for less.
pub const WHOLE: Paging = Paging {
    start: "start",
    max: "max",
    default: 10_000,
    most: 10_000,
};
/// Audit events.
pub const AUDIT: Paging = Paging {
    start: "offset",
    max: "max",
    default: 100,
    most: 200,
};

/// Turns a sorted list round where `sortOrder` says `descending`.
///
/// # Errors
/// 400 when it says something else than that or `ascending`.
pub fn order<T>(call: &Call<'_>, found: &mut [T]) -> Result<(), Refusal> {
    if call.query_word("sortOrder")? == Some("descending") {
        found.reverse();
    }
    Ok(())
}

/// The envelope of a list whose items stand under `items`, for its schema.
#[derive(Debug, Serialize)]
pub struct Items<T> {
    /// The items.
    pub items: Vec<T>,
}

impl<T: ToSchema> PartialSchema for Items<T> {
    fn schema() -> RefOr<Schema> {
        let items = Array::new(Ref::from_schema_name(T::name()));
        let object = ObjectBuilder::new().property("items", items);
        object.required("items").into()
    }
}

// Derived, it would not bring along what its items are.
impl<T: ToSchema> ToSchema for Items<T> {
    fn name() -> Cow<'static, str> {
        format!("Items_{}", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}

impl Slice {
    /// How many items a call asks for.
    ///
    /// # Errors
    /// 400 when the parameter is not a whole number of at least 1.
    pub fn length(call: &Call<'_>, paging: Paging) -> Result<usize, Refusal> {
        let max = call.query_number(paging.max, 1)?;
        Ok(max.unwrap_or(paging.default).min(paging.most))
    }

    /// The slice that a call asks for.
    ///
    /// # Errors
    /// 400 when a parameter is not a whole number, or `max` is 0.
    pub fn of(call: &Call<'_>, paging: Paging) -> Result<Self, Refusal> {
        let start = call.query_number(paging.start, 0)?.unwrap_or(0);
        Ok(Self {
            start,
            max: Self::length(call, paging)?,
        })
    }
}

/// Answers one page of a list under the key `envelope`, with a `Link` to the next.
///
/// # Errors
/// 400 for bad paging parameters.
pub fn list<T: Serialize>(
    call: &Call<'_>,
    paging: Paging,
    envelope: &str,
    items: impl Iterator<Item = T>,
) -> Result<Reply, Refusal> {
    let slice = Slice::of(call, paging)?;
    let mut items = items.skip(slice.start);
    let shown: Vec<T> = items.by_ref().take(slice.max).collect();
    let reply = Reply::rendered(200, envelope_of(envelope, &to_json(&shown)?));
    if items.next().is_none() || shown.is_empty() {
        return Ok(reply);
    }
    let next = slice.start.saturating_add(slice.max).to_string();
    Ok(reply.header("Link", next_link(call, &[(paging.start, &next)])))
}

/// Answers one page of `items` with further members beside it, with a `Link` to the next.
///
/// # Errors
/// 400 for bad paging parameters.
pub fn list_beside<T: Serialize>(
    call: &Call<'_>,
    paging: Paging,
    items: impl Iterator<Item = T>,
    beside: &[(&str, Value)],
) -> Result<Reply, Refusal> {
    let mut reply = list(call, paging, "items", items)?;
    let mut body = reply.body.to_vec();
    body.pop();
    for (name, value) in beside {
        body.extend_from_slice(format!(",\"{name}\":{value}").as_bytes());
    }
    body.push(b'}');
    reply.body = body.into();
    Ok(reply)
}

/// A page of a list that counts from 1 by `startIndex` and `count`: groups and SCIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indexed {
    /// The number of the first item.
    pub start_index: usize,
    /// The most items.
    pub count: usize,
}

impl Indexed {
    /// The page that a call asks for; `most` items at most, `default` where it does not say. A
    /// number below 1 is the first, and a count below 0 is 0 (RFC 7644, 3.4.2.4).
    ///
    /// # Errors
    /// 400 when a parameter is not a whole number.
    pub fn of(call: &Call<'_>, default: usize, most: usize) -> Result<Self, Refusal> {
        let start = call.query_integer("startIndex")?.unwrap_or(1);
        let count = call.query_integer("count")?.unwrap_or(default);
        Ok(Self {
            start_index: start.max(1),
            count: count.min(most),
        })
    }

    /// The items of the page.
    #[must_use]
    pub fn slice<T>(self, items: &[T]) -> &[T] {
        let from = (self.start_index - 1).min(items.len());
        let to = from.saturating_add(self.count).min(items.len());
        items.get(from..to).unwrap_or_default()
    }

    /// The reply with a `Link` to the next page, where `total` items leave one.
    #[must_use]
    pub fn link(self, call: &Call<'_>, reply: Reply, total: usize) -> Reply {
        let next = self.start_index.saturating_add(self.count);
        if self.count == 0 || next > total {
            return reply;
        }
        let next = next.to_string();
        reply.header("Link", next_link(call, &[("startIndex", &next)]))
    }
}

/// `{"<envelope>":<items>}`.
fn envelope_of(envelope: &str, items: &[u8]) -> Bytes {
    let mut body = Vec::with_capacity(items.len() + envelope.len() + 6);
    body.extend_from_slice(b"{\"");
    body.extend_from_slice(envelope.as_bytes());
    body.extend_from_slice(b"\":");
    body.extend_from_slice(items);
    body.push(b'}');
    body.into()
}

/// A `Link` header to the same list with other values of some parameters: absolute, on the
/// request's own host, with every filter kept.
#[must_use]
pub fn next_link(call: &Call<'_>, replaced: &[(&str, &str)]) -> String {
    let page = path_with(call, replaced);
    format!("<{}{page}>; rel=\"next\"", call.origin)
}

/// A link within a document to the same list, with other values of some parameters: without the
/// host, in the sandbox that the caller named.
#[must_use]
pub fn inner_link(call: &Call<'_>, replaced: &[(&str, &str)]) -> String {
    format!("{}{}", call.origin_path(), path_with(call, replaced))
}

fn path_with(call: &Call<'_>, replaced: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in call.queries() {
        if !replaced.iter().any(|(replaced, _)| *replaced == name) {
            query.append_pair(&name, &value);
        }
    }
    for (name, value) in replaced {
        query.append_pair(name, value);
    }
    format!("{}?{}", call.path, query.finish())
}
