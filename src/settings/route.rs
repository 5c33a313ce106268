//! The routes of a family: verb, paths for each kind of holder, and what they do.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use super::family::{Setting, Step, change};
use crate::json::{self, PassedOver, Required};
use crate::model::license::Service;
use crate::model::{Holder, License};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Tx;

/// What a caller asks of a family's route, beside whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The request's body.
    pub body: &'a [u8],
    /// Path parameters after the holder's, in order.
    pub items: &'a [&'a str],
    /// Query parameters, decoded.
    pub query: &'a [(String, String)],
    /// The uploaded file of a multipart request.
    pub upload: Option<Upload<'a>>,
    /// The fields that the body must have.
    pub required: Required,
    /// Where it is noted what of the body means nothing.
    pub passed_over: Option<&'a PassedOver>,
}

/// A form with one file.
#[derive(Debug, ToSchema)]
pub struct FileBody {
    /// The file.
    #[schema(format = Binary)]
    pub file: String,
}

/// An uploaded file.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// Its name.
    pub file_name: &'a str,
    /// Its media type.
    pub content_type: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> Asked<'a> {
    /// A body alone, of which nothing is required: a scenario says what differs.
    #[must_use]
    pub fn of(body: &'a [u8]) -> Self {
        Self {
            body,
            items: &[],
            query: &[],
            upload: None,
            required: Required::NOTHING,
            passed_over: None,
        }
    }

    /// The body as a value, with the fields that the route requires.
    ///
    /// # Errors
    /// 400 that names the first wrong or missing field.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let read = json::object_noting(self.body, self.required, self.passed_over);
        read.map_err(|problem| problem.of_calling())
    }

    /// A path parameter after the holder's.
    #[must_use]
    pub fn item(&self, position: usize) -> &str {
        self.items.get(position).copied().unwrap_or_default()
    }

    /// A query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The verbs of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Merges or replaces.
    Put,
    /// Creates, uploads or invokes.
    Post,
    /// Removes.
    Delete,
}

/// Changes, and answers a JSON document or nothing.
pub type WriteFn = fn(&mut Tx, Holder, &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal>;

/// Looks, and gives the items of a list that the filters leave.
pub type ListFn = fn(&Step<'_>, &Asked<'_>) -> Result<Vec<Box<RawValue>>, Refusal>;

/// What a route does.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Looks, and answers a JSON document.
    Read(fn(&Step<'_>, &Asked<'_>) -> Result<Vec<u8>, Refusal>),
    /// Looks, and answers a page of a list under a name.
    List(&'static str, ListFn),
    /// Changes, and answers a JSON document or nothing.
    Write(WriteFn),
}

/// The paths of a route below `/v1`, for each kind of holder. The first is the documented one,
/// the others are what SDKs call (api-surface.md 2.4). The first parameter is the holder.
#[derive(Debug, Clone, Copy)]
pub struct Paths {
    /// For people.
    pub person: &'static [&'static str],
    /// For workspaces.
    pub workspace: &'static [&'static str],
}

impl Paths {
    /// Those of people alone, where a route differs.
    #[must_use]
    pub const fn of_people(self) -> Self {
        Self {
            workspace: &[],
            ..self
        }
    }

    /// Those of workspaces alone, where a route differs.
    #[must_use]
    pub const fn of_workspaces(self) -> Self {
        Self {
            person: &[],
            ..self
        }
    }
}

/// A type's schema, with those of the types it consists of.
pub struct Described {
    /// The type's name.
    pub name: std::borrow::Cow<'static, str>,
    /// Its schema, which refers to parts by their names.
    pub schema: RefOr<Schema>,
    /// The parts.
    pub parts: Vec<(String, RefOr<Schema>)>,
}

/// A schema, made when asked for.
pub type SchemaFn = fn() -> Described;

/// The schema of a type.
#[must_use]
pub fn described<T: ToSchema>() -> Described {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    Described {
        name: T::name(),
        schema: T::schema(),
        parts,
    }
}

/// One route of a family.
#[derive(Debug, Clone, Copy)]
pub struct FamilyRoute {
    /// The verb.
    pub verb: Verb,
    /// The paths.
    pub paths: Paths,
    /// The status of success.
    pub status: u16,
    /// What it does.
    pub run: Run,
    /// What it answers.
    pub answers: Option<SchemaFn>,
    /// What it takes.
    pub takes: Option<SchemaFn>,
    /// The fields that its body must have. Webex's schema requires them; inside a field, what is
    /// left out keeps its value.
    pub requires: Required,
    /// The query parameters it knows: name and what it does.
    pub queries: &'static [(&'static str, &'static str)],
    /// The media type of what it takes.
    pub media_type: &'static str,
    /// Whether a workspace needs a Professional licence for it (SET-06).
    pub professional: bool,
}

impl FamilyRoute {
    /// The GET of a *value* family.
    #[must_use]
    pub const fn get<T: Setting>(paths: Paths) -> Self {
        Self {
            verb: Verb::Get,
            paths,
            status: 200,
            run: Run::Read(read::<T>),
            answers: Some(described::<T::View>),
            takes: None,
            requires: Required::NOTHING,
            queries: &[],
            media_type: "application/json",
            professional: false,
        }
    }

    /// The PUT of a *value* family, which answers 204.
    #[must_use]
    pub const fn put<T: Setting>(paths: Paths) -> Self {
        Self {
            verb: Verb::Put,
            paths,
            status: 204,
            run: Run::Write(write::<T>),
            answers: None,
            takes: Some(described::<T::View>),
            requires: Required::NOTHING,
            queries: &[],
            media_type: "application/json",
            professional: false,
        }
    }

    /// The PUT of a *value* family that answers 200.
    #[must_use]
    pub const fn put_ok<T: Setting>(paths: Paths) -> Self {
        let mut route = Self::put::<T>(paths);
        route.status = 200;
        route
    }

    /// The same route with the shape of what it takes.
    #[must_use]
    pub const fn taking<S: ToSchema>(mut self) -> Self {
        self.takes = Some(described::<S>);
        self
    }

    /// The same route with the query parameters it knows.
    #[must_use]
    pub const fn queried(mut self, queries: &'static [(&'static str, &'static str)]) -> Self {
        self.queries = queries;
        self
    }

    /// The same route, which takes a file.
    #[must_use]
    pub const fn uploading(mut self) -> Self {
        self.media_type = "multipart/form-data";
        self.taking::<FileBody>()
    }

    /// The same route with the fields that its body must have.
    #[must_use]
    pub const fn requiring(mut self, fields: &'static [&'static str]) -> Self {
        self.requires.filled = fields;
        self
    }

    /// The same route with fields that its body must have, even if they are null.
    #[must_use]
    pub const fn naming(mut self, fields: &'static [&'static str]) -> Self {
        self.requires.nullable = fields;
        self
    }

    /// The same route, for workspaces only with a Professional licence (SET-06).
    #[must_use]
    pub const fn professional(mut self) -> Self {
        self.professional = true;
        self
    }

    /// Refuses a workspace whose licence does not bring this route.
    ///
    /// # Errors
    /// 400 that names the licence it would need.
    pub fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        if !self.professional || step.is_person() {
            return Ok(());
        }
        let offer = step.calling_license().map(License::offer);
        if offer.is_some_and(|offer| offer.service == Service::CallingProfessional) {
            return Ok(());
        }
        let held = offer.map_or("no Calling licence", |offer| offer.api_name);
        let detail = format!(
            "Only workspaces with Webex Calling - Professional have this setting; {} has {held}.",
            step.name(),
        );
        Err(Refusal::new(ErrorKind::CallingNotAssigned, detail).by("SET-06"))
    }

    /// The same route at other paths.
    #[must_use]
    pub const fn at(mut self, paths: Paths) -> Self {
        self.paths = paths;
        self
    }

    /// The same route with another status of success.
    #[must_use]
    pub const fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same route with the shape of what it answers.
    #[must_use]
    pub const fn answering<S: ToSchema>(mut self) -> Self {
        self.answers = Some(described::<S>);
        self
    }

    /// Another route.
    #[must_use]
    pub const fn new(verb: Verb, paths: Paths, status: u16, run: Run) -> Self {
        Self {
            verb,
            paths,
            status,
            run,
            answers: None,
            takes: None,
            requires: Required::NOTHING,
            queries: &[],
            media_type: "application/json",
            professional: false,
        }
    }
}

fn read<T: Setting>(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&step.value::<T>().view(step))
}

/// Merges a request into a holder's value: the PUT of a *value* family.
///
/// # Errors
/// The refusal that the caller sees.
pub fn write<T: Setting>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    // Whose it is comes before what is said: an unknown person is 404, whatever the body.
    Step::new(tx, holder)?;
    let request = asked.json::<T::Write>()?;
    change::<T, ()>(tx, holder, |value, step| value.merge(request, step))?;
    Ok(None)
}

/// An id that stands alone: of what is new, of what a request gave another one, of a reference.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemId {
    /// The id.
    pub id: String,
}

/// A document's bytes.
///
/// # Errors
/// 500 when a value cannot be written as JSON, which would be a defect.
pub fn to_json<T: Serialize>(value: &T) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(value).map_err(|e| Refusal::new(ErrorKind::Internal, e.to_string()))
}

/// A document as a value, of which parts can be chosen.
///
/// # Errors
/// 500 when a value cannot be written as JSON, which would be a defect.
pub fn to_value<T: Serialize>(value: &T) -> Result<Value, Refusal> {
    serde_json::to_value(value).map_err(|e| Refusal::new(ErrorKind::Internal, e.to_string()))
}

/// An item of a list, as JSON.
///
/// # Errors
/// 500 when a value cannot be written as JSON, which would be a defect.
pub fn to_raw<T: Serialize>(value: &T) -> Result<Box<RawValue>, Refusal> {
    let written = serde_json::value::to_raw_value(value);
    written.map_err(|e| Refusal::new(ErrorKind::Internal, e.to_string()))
}
