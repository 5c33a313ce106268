//! Pages of Contact Center: `page` counts from 0, and the totals stand in `meta`
//! (api-surface.md 1.7).

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{Array, ObjectBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use crate::http::page::inner_link;
use crate::http::{Call, Query, Reply};
use crate::refusal::Refusal;

/// Which page.
pub(super) const PAGE: Query = ("page", "Which page, the first being 0.");
/// How long a page is.
pub(super) const PAGE_SIZE: Query = ("pageSize", "The most items on a page; 100 at most.");
/// The length of a page of which nothing is said, and the most.
const MOST: usize = 100;

/// The envelope of a page, for its schema.
#[derive(Debug)]
pub(super) struct Paged<T>(std::marker::PhantomData<T>);

impl<T: ToSchema> PartialSchema for Paged<T> {
    fn schema() -> RefOr<Schema> {
        let data = Array::new(Ref::from_schema_name(T::name()));
        let meta = ObjectBuilder::new();
        let object = ObjectBuilder::new()
            .property("meta", meta)
            .property("data", data);
        object.required("meta").required("data").into()
    }
}

impl<T: ToSchema> ToSchema for Paged<T> {
    fn name() -> Cow<'static, str> {
        format!("Paged_{}", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}

/// An item of which a call may ask for some attributes alone, for its schema: none is required.
#[derive(Debug)]
pub(super) struct Chosen<T>(std::marker::PhantomData<T>);

impl<T: ToSchema> PartialSchema for Chosen<T> {
    fn schema() -> RefOr<Schema> {
        match T::schema() {
            RefOr::T(Schema::Object(mut object)) => {
                object.required.clear();
                object.into()
            }
            other => other,
        }
    }
}

impl<T: ToSchema> ToSchema for Chosen<T> {
    fn name() -> Cow<'static, str> {
        format!("Chosen_{}", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

/// A list of such items, for its schema.
#[derive(Debug)]
pub(super) struct ChosenList<T>(std::marker::PhantomData<T>);

impl<T: ToSchema> PartialSchema for ChosenList<T> {
    fn schema() -> RefOr<Schema> {
        Array::new(Ref::from_schema_name(Chosen::<T>::name())).into()
    }
}

impl<T: ToSchema> ToSchema for ChosenList<T> {
    fn name() -> Cow<'static, str> {
        format!("List_{}", Chosen::<T>::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Chosen::<T>::name().into_owned(), Chosen::<T>::schema()));
        T::schemas(schemas);
    }
}

fn asked(call: &Call<'_>) -> Result<(usize, usize), Refusal> {
    let page = call.query_number("page", 0)?.unwrap_or(0);
    let size = call.query_number("pageSize", 1)?.unwrap_or(MOST);
    Ok((page, size.min(MOST)))
}

/// The items of the page that a call asks for.
pub(super) fn slice<'a>(call: &Call<'_>, items: &'a [Value]) -> Result<&'a [Value], Refusal> {
    let (page, size) = asked(call)?;
    let from = page.saturating_mul(size).min(items.len());
    let to = from.saturating_add(size).min(items.len());
    Ok(items.get(from..to).unwrap_or_default())
}

/// Leaves the attributes that a call asks for.
pub(super) fn select(call: &Call<'_>, items: &mut [Value]) -> Result<(), Refusal> {
    let wanted = call.query_list("attributes");
    if wanted.is_empty() {
        return Ok(());
    }
    for item in items {
        if let Some(members) = item.as_object_mut() {
            members.retain(|name, _| wanted.iter().any(|wanted| wanted.trim() == name));
        }
    }
    Ok(())
}

/// Totals and links of a page of `total` items.
pub(super) fn meta(call: &Call<'_>, organization: Uuid, total: usize) -> Result<Value, Refusal> {
    let (page, size) = asked(call)?;
    let pages = total.div_ceil(size);
    let link = |page: usize| {
        let (page, size) = (page.to_string(), size.to_string());
        inner_link(call, &[("page", &page), ("pageSize", &size)])
    };
    let mut links = serde_json::Map::new();
    links.insert("self".to_owned(), link(page).into());
    if pages > 0 {
        links.insert("first".to_owned(), link(0).into());
        links.insert("last".to_owned(), link(pages - 1).into());
    }
    if page.saturating_add(1) < pages {
        links.insert("next".to_owned(), link(page + 1).into());
    }
    if page > 0 && pages > 0 {
        links.insert("prev".to_owned(), link((page - 1).min(pages - 1)).into());
    }
    Ok(json!({
        "orgid": organization.to_string(), "page": page, "pageSize": size, "totalPages": pages,
        "totalRecords": total, "links": links,
    }))
}

/// Answers a page with its totals and links.
pub(super) fn reply(
    call: &Call<'_>,
    organization: Uuid,
    items: &[Value],
) -> Result<Reply, Refusal> {
    reply_with(call, &meta(call, organization, items.len())?, items)
}

/// Answers a page with a `meta` of its own.
pub(super) fn reply_with(call: &Call<'_>, meta: &Value, items: &[Value]) -> Result<Reply, Refusal> {
    Reply::json(200, &json!({"meta": meta, "data": slice(call, items)?}))
}
