//! `/identity/scim/{orgId}/v2/Bulk` (RFC 7644, 3.7, as the contract narrows it): up to 100
//! operations, each done or refused by itself, in one write.

mod references;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Doer, groups, users, version};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::json::Enclosed;
use crate::licensing::outcome::Outcome;
use crate::model::{Group, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Object, Tx, World};

use references::{Made, Plan, resolve};

const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
const WEBEX_ERROR: &str = "urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error";

/// The most operations, and the most errors that can be asked for (contract: User bulk API).
const OPERATIONS_MAX: usize = 100;

/// The row.
pub const ROWS: &[Row] = &[Row::post("/identity/scim/{orgId}/v2/Bulk", bulk)
    .fidelity(Fidelity::F2)
    .takes::<BulkRequest>()
    .answers::<BulkBody<'_>>()
    .heavy()];

/// Several operations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkRequest {
    /// Must name the schema of bulk requests.
    schemas: Vec<String>,
    /// After how many errors the rest is left undone, 1 to 100; without it nothing is.
    fail_on_errors: Option<i64>,
    /// What is done.
    #[serde(alias = "Operations")]
    operations: Vec<OperationRequest>,
}

/// One operation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OperationRequest {
    /// `POST`, `PATCH` or `DELETE`
    method: String,
    /// `/Users` or `/Groups`, and for what is there an id behind it.
    path: String,
    /// What the single request would carry: an object, or its JSON as a text.
    #[schema(value_type = Option<Object>)]
    data: Option<Enclosed<Value>>,
    /// What the request calls a new one: `bulkId:` and this stand for its id.
    bulk_id: Option<String>,
}

/// What came of them.
#[derive(Debug, Serialize, ToSchema)]
struct BulkBody<'a> {
    /// The schema of bulk responses.
    schemas: [&'static str; 1],
    /// One for each operation that was tried, in the order in which it was. The contract's example
    /// spells the name with a capital letter, its schema and clients do not.
    operations: Vec<DoneBody<'a>>,
}

/// What came of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DoneBody<'a> {
    /// Where the user or the group is read; none where none was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    /// The method.
    method: &'static str,
    /// What the request calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bulk_id: Option<&'a str>,
    /// The version that came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// The status that the single request would have had.
    status: String,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<ErrorBody>,
}

/// Why an operation was refused. The documents do not show it; these are the fields that clients
/// of Webex read (inferred).
#[derive(Debug, Serialize, ToSchema)]
struct ErrorBody {
    /// The schemas of errors.
    schemas: [&'static str; 2],
    /// The status.
    status: String,
    /// What Webex adds.
    #[serde(rename = "urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error")]
    error: DetailBody,
}

/// The particulars.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DetailBody {
    /// The tracking id of the request.
    tracking_id: String,
    /// The error code, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    /// What was wrong, where, and what to do.
    details: String,
}

/// What is done to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Post,
    Patch,
    Delete,
}

/// Users or groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resource {
    Users,
    Groups,
}

impl Resource {
    fn name(self) -> &'static str {
        match self {
            Self::Users => "Users",
            Self::Groups => "Groups",
        }
    }
}

/// An operation that is well formed.
#[derive(Debug)]
struct Operation<'a> {
    method: Method,
    resource: Resource,
    /// What stands behind the resource: an id, or `bulkId:` and a name.
    target: Option<&'a str>,
    data: Value,
    bulk_id: Option<&'a str>,
}

impl BulkRequest {
    fn check(&self) -> Result<(), Refusal> {
        if !self.schemas.iter().any(|schema| schema == REQUEST) {
            return Err(Refusal::bad_request(format!(
                "schemas must contain {REQUEST}."
            )));
        }
        if self
            .fail_on_errors
            .is_some_and(|most| !(1..=100).contains(&most))
        {
            return Err(Refusal::bad_request(
                "failOnErrors must be between 1 and 100.",
            ));
        }
        let count = self.operations.len();
        if count > OPERATIONS_MAX {
            let detail = format!("A request has at most {OPERATIONS_MAX} operations, not {count}.");
            return Err(Refusal::new(ErrorKind::ScimTooMany, detail));
        }
        match count {
            0 => Err(Refusal::bad_request("operations must not be empty.")),
            _ => Ok(()),
        }
    }
}

impl OperationRequest {
    fn parse(&self, position: usize) -> Result<Operation<'_>, Refusal> {
        let wrong = |why: &str| Refusal::bad_request(format!("operations[{position}].{why}"));
        let method = match self.method.as_str() {
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            _ => return Err(wrong("method must be POST, PATCH or DELETE.")),
        };
        let path = self.path.trim_start_matches('/');
        let (resource, target) = match path.split_once('/') {
            Some((resource, target)) => (resource, Some(target)),
            None => (path, None),
        };
        let resource = match resource {
            "Users" => Resource::Users,
            "Groups" => Resource::Groups,
            _ => return Err(wrong("path must begin with /Users or /Groups.")),
        };
        match (method, target) {
            (Method::Post, Some(_)) => {
                return Err(wrong("path of a POST must be /Users or /Groups alone."));
            }
            (Method::Patch | Method::Delete, None | Some("")) => {
                return Err(wrong("path must name one of them, such as Users/{userId}."));
            }
            _ => {}
        }
        if method == Method::Post && self.bulk_id.as_deref().is_none_or(str::is_empty) {
            return Err(wrong("bulkId is required with POST."));
        }
        let data = match &self.data {
            Some(Enclosed(Value::String(text))) => serde_json::from_str(text)
                .map_err(|error| wrong(&format!("data is not valid JSON: {error}.")))?,
            Some(Enclosed(data)) => data.clone(),
            None => Value::Null,
        };
        if method != Method::Delete && !data.is_object() {
            return Err(wrong("data must be an object with POST and PATCH."));
        }
        Ok(Operation {
            method,
            resource,
            target,
            data,
            bulk_id: self.bulk_id.as_deref(),
        })
    }
}

fn bulk(call: &Call<'_>) -> Result<Reply, Refusal> {
    let doer = Doer::of(call)?;
    let request = call.json::<BulkRequest>()?;
    request.check()?;
    let operations = request.operations.iter().enumerate();
    let operations = operations.map(|(position, operation)| operation.parse(position));
    let operations = operations.collect::<Result<Vec<_>, _>>()?;
    let order = Plan::of(&operations)?;
    let most = request
        .fail_on_errors
        .map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(1));
    let (done, outcomes) = call.write(|tx| {
        let mut made = Made::default();
        let (mut done, mut outcomes, mut failed) = (Vec::new(), Vec::new(), 0);
        for operation in order.iter().filter_map(|position| operations.get(position)) {
            let result = tx.attempt(|tx| {
                let (target, data) = resolve(operation, &made)?;
                perform(tx, &doer, operation, &target, &data)
            });
            doer.work.check()?;
            failed += usize::from(result.is_err());
            // The name of another operation is by what its answer is found, not of what is made.
            let named = operation.bulk_id;
            let named = named.filter(|_| operation.method == Method::Post);
            if let (Ok((id, _)), Some(name)) = (&result, named) {
                made.note(name, *id);
            }
            let result = result.map(|(id, outcome)| {
                outcomes.extend(outcome);
                id
            });
            done.push((operation, result.map(|id| (id, now(tx, operation, id)))));
            if failed >= most {
                break;
            }
        }
        Ok((done, outcomes))
    })?;
    let done = done.into_iter();
    let done = done.map(|(operation, result)| told(&doer, operation, result, &call.tracking_id));
    let done = done.collect();
    outcomes.into_iter().for_each(|outcome| call.tell(outcome));
    let body = BulkBody {
        schemas: [RESPONSE],
        operations: done,
    };
    Reply::json(200, &body)
}

/// Does one operation, and answers whom or what it was about.
fn perform(
    tx: &mut Tx,
    doer: &Doer<'_>,
    operation: &Operation<'_>,
    target: &str,
    data: &Value,
) -> Result<(Uuid, Option<Outcome>), Refusal> {
    let body = serde_json::to_vec(data).unwrap_or_default();
    let target = || match operation.resource {
        Resource::Users => super::user_id(target),
        Resource::Groups => super::group_id(target),
    };
    if operation.resource == Resource::Groups {
        if !doer.is_full {
            let detail = "Groups are changed by full administrators.";
            return Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-03"));
        }
        let id = match operation.method {
            Method::Post => groups::write::create(tx, doer, &body)?,
            Method::Patch => {
                let id = target()?;
                groups::write::patch(tx, doer, id, &body)?;
                id
            }
            Method::Delete => {
                let id = target()?;
                groups::write::delete(tx, doer, id)?;
                id
            }
        };
        return Ok((id, None));
    }
    Ok(match operation.method {
        Method::Post => {
            let (id, outcome) = users::write::create(tx, doer, &body)?;
            (id, Some(outcome))
        }
        Method::Patch => {
            let id = target()?;
            (id, Some(users::write::patch(tx, doer, id, &body)?))
        }
        Method::Delete => {
            let id = target()?;
            (id, Some(users::write::delete(tx, doer, id)?))
        }
    })
}

/// What an operation was about, as it left it. Its version is found when nobody waits any more.
fn now(world: &World, operation: &Operation<'_>, id: Uuid) -> Option<Object> {
    let kind = match operation.resource {
        Resource::Users => kinds::PERSON,
        Resource::Groups => kinds::GROUP,
    };
    world.object((kind, id)).cloned()
}

fn version_of(object: &Object) -> Option<String> {
    let person = object.downcast::<Person>().map(version);
    person.or_else(|| object.downcast::<Group>().map(version))
}

fn told<'a>(
    doer: &Doer<'_>,
    operation: &Operation<'a>,
    result: Result<(Uuid, Option<Object>), Refusal>,
    tracking_id: &str,
) -> DoneBody<'a> {
    let (method, status) = match operation.method {
        Method::Post => ("POST", 201),
        Method::Patch => ("PATCH", 200),
        Method::Delete => ("DELETE", 204),
    };
    let resource = operation.resource;
    let named = operation
        .target
        .and_then(|target| Uuid::try_parse(target).ok());
    let (id, left, refusal) = match result {
        Ok((id, left)) => (Some(id), left, None),
        Err(refusal) => (named, None, Some(refusal)),
    };
    let row = refusal.as_ref().map(|refusal| refusal.kind.row());
    let status = row.map_or(status, |row| row.status).to_string();
    DoneBody {
        location: id.map(|id| doer.location(resource.name(), id)),
        method,
        bulk_id: operation.bulk_id,
        version: left.as_ref().and_then(version_of),
        response: refusal.map(|refusal| ErrorBody {
            schemas: [ERROR, WEBEX_ERROR],
            status: status.clone(),
            error: DetailBody {
                tracking_id: tracking_id.to_owned(),
                error_code: refusal.kind.row().code,
                details: refusal.description(),
            },
        }),
        status,
    }
}
