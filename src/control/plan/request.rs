//! The call that is to be planned, as the body of another one describes it. A body within the body
//! is never unfolded: what reads it is the operation that it is for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::incoming::{Incoming, merge_slashes};
use crate::http::{Call, Method, Space};
use crate::json;
use crate::model::number::shorten;
use crate::refusal::Refusal;

/// The longest query, in bytes of its JSON: that of a request line.
const QUERY_MAX: usize = 16 * 1024;

/// What is to be planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanRequest {
    /// The call.
    operation: PlannedCall,
}

/// A call of `/v1` or `/_hub`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PlannedCall {
    /// `POST`, `PUT`, `PATCH` or `DELETE`.
    method: String,
    /// The path, from `/v1` or `/_hub` on.
    path: String,
    /// The query, as text or by names.
    #[serde(default, rename = "query")]
    #[schema(value_type = Option<Object>)]
    _query: IgnoredAny,
    /// The body's media type: JSON, or CSV where the body is a text, unless said.
    #[serde(default)]
    content_type: Option<String>,
    /// A JSON document, or the text of a file.
    #[serde(default, rename = "body")]
    #[schema(value_type = Option<Object>)]
    _body: IgnoredAny,
}

/// The parts that may be anything, as they were written.
#[derive(Debug, Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    operation: WrittenCall<'a>,
}

#[derive(Debug, Deserialize)]
struct WrittenCall<'a> {
    #[serde(borrow)]
    query: Option<&'a RawValue>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
}

/// The request that a planned call describes.
///
/// # Errors
/// 400 that names what is wrong.
pub(super) fn incoming(call: &Call<'_>) -> Result<Incoming, Refusal> {
    let PlanRequest { operation: planned } = json::carrier(call.body)?;
    // What was just read strictly can be read.
    let written: Written<'_> = serde_json::from_slice(call.body).map_err(unreadable)?;
    let method = planned.method.to_ascii_uppercase();
    if !matches!(
        Method::parse(&method),
        Some(Method::Post | Method::Put | Method::Patch | Method::Delete)
    ) {
        let shown = shorten(&planned.method);
        let detail = format!(
            "operation.method must be POST, PUT, PATCH or DELETE, not \"{shown}\": other calls \
             change nothing."
        );
        return Err(Refusal::bad_request(detail));
    }
    let (path, in_path) = match planned.path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (planned.path.as_str(), None),
    };
    let mut path = path.to_owned();
    merge_slashes(&mut path);
    if !matches!(Space::of(&path), Space::Webex | Space::Hub) {
        let shown = shorten(&path);
        let detail = format!(
            "operation.path must begin with /v1/ or /_hub/v1/, not \"{shown}\": only such calls \
             can be planned. The sandbox is that of this request."
        );
        return Err(Refusal::bad_request(detail));
    }
    let query = query(in_path, written.operation.query)?;
    let (body, of_body) = body(call.body, written.operation.body)?;
    let (scheme, rest) = call.origin.split_once("://").unwrap_or(("http", ""));
    Ok(Incoming {
        method,
        path,
        query,
        body,
        content_type: planned.content_type.or(of_body.map(str::to_owned)),
        address: call.address.to_owned(),
        user_agent: call.user_agent.to_owned(),
        host: rest.split('/').next().map(str::to_owned),
        forwarded_proto: Some(scheme.to_owned()),
        ..Incoming::default()
    })
}

fn unreadable(error: serde_json::Error) -> Refusal {
    Refusal::bad_request(format!("The body: {error}."))
}

/// The bytes of a body, and the media type that they have by themselves. Those of a JSON document
/// are a part of the whole, as it was written.
fn body(
    whole: &Bytes,
    written: Option<&RawValue>,
) -> Result<(Bytes, Option<&'static str>), Refusal> {
    let text = written.map_or("null", RawValue::get);
    match text.as_bytes().first() {
        _ if text == "null" => Ok((Bytes::new(), None)),
        Some(b'"') => {
            let text: String = serde_json::from_str(text).map_err(unreadable)?;
            Ok((text.into(), Some("text/csv")))
        }
        _ => Ok((whole.slice_ref(text.as_bytes()), Some("application/json"))),
    }
}

/// The query string: that of the path, or the member `query`.
fn query(in_path: Option<&str>, written: Option<&RawValue>) -> Result<String, Refusal> {
    let wrong = || {
        let detail = "operation.query must be a text such as behavior=addOnly, or an object of \
                      texts, numbers and truth values.";
        Refusal::bad_request(detail)
    };
    let written = written.map_or("null", RawValue::get);
    if written.len() > QUERY_MAX {
        let detail = format!("operation.query may have {QUERY_MAX} bytes.");
        return Err(Refusal::bad_request(detail));
    }
    let query: Value = serde_json::from_str(written).map_err(unreadable)?;
    match (in_path, &query) {
        (Some(text), Value::Null) => Ok(text.to_owned()),
        (Some(_), _) => Err(Refusal::bad_request(
            "operation.path and operation.query both hold a query: write one of them.",
        )),
        (None, Value::Null) => Ok(String::new()),
        (None, Value::String(text)) => Ok(text.trim_start_matches('?').to_owned()),
        (None, Value::Object(members)) => {
            let mut pairs: BTreeMap<&str, Cow<'_, str>> = BTreeMap::new();
            for (name, value) in members {
                let text = match value {
                    Value::String(text) => Cow::Borrowed(text.as_str()),
                    Value::Number(_) | Value::Bool(_) => Cow::Owned(value.to_string()),
                    _ => return Err(wrong()),
                };
                pairs.insert(name, text);
            }
            let mut form = form_urlencoded::Serializer::new(String::new());
            Ok(form.extend_pairs(pairs).finish())
        }
        _ => Err(wrong()),
    }
}
