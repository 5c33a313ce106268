//! The operation table, a row each: dispatch, refusals, roles, OpenAPI and coverage come from it.

use utoipa::ToSchema;

use super::call::Call;
use super::reply::Reply;
use super::roles::Roles;
use super::scopes::Scopes;
use crate::refusal::Refusal;
use crate::settings::{FamilyRoute, SchemaFn, described};

/// HTTP methods of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    /// The method of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "GET" => Self::Get,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How faithful an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, ToSchema)]
pub enum Fidelity {
    /// Listed: answers 501 and names itself.
    F0,
    /// The right shape.
    F1,
    /// Stateful.
    F2,
    /// With side effects: audit, licences, numbers.
    F3,
    /// With the documented errors.
    F4,
}

impl Fidelity {
    /// The name in the `x-hubsim-fidelity` header.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["F0", "F1", "F2", "F3", "F4"][self as usize]
    }
}

/// The address spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Space {
    /// The public Webex REST API.
    Webex,
    /// What an administrator does in Control Hub's pages.
    Hub,
    /// The simulator's own control.
    Sim,
    /// Pages.
    Page,
}

impl Space {
    /// The space of a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path.starts_with("/_hub/") {
            Self::Hub
        } else if path.starts_with("/_sim/") {
            Self::Sim
        } else if ["/v1/", "/identity/", "/organization/"]
            .iter()
            .any(|p| path.starts_with(p))
        {
            Self::Webex
        } else {
            Self::Page
        }
    }
}

/// Who may call an operation. A row that says nothing is for administrators: GET for those who
/// may look, everything else for those who may change things, as the column of roles (`roles.rs`)
/// says. Without an administrator role a person reads nothing of `/_hub` (ROLE-01), and of `/v1`
/// what scopes of a user reach: the directory without administrative fields, and one's own settings
/// (`contract`: List People; the rest is inferred).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Open,
    /// Anybody with a token; the row itself shows a person without an administrator role less.
    Token,
    /// Administrators who may look.
    Viewer,
    /// Administrators who may change things.
    Administrator,
    /// The simulator's control.
    Control,
}

/// What a row does.
#[derive(Debug, Clone, Copy)]
pub enum Handler {
    /// Its own function.
    Row(fn(&Call<'_>) -> Result<Reply, Refusal>),
    /// A route of a settings family, for people or for workspaces.
    Family(&'static FamilyRoute, bool),
    /// Nothing yet.
    NotSimulated,
}

impl Handler {
    /// The fields that a body must have beside what its type insists on.
    #[must_use]
    pub fn requires(&self) -> crate::json::Required {
        match self {
            Self::Family(route, _) => route.requires,
            _ => crate::json::Required::NOTHING,
        }
    }
}

/// A row as the rooms write it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) handler: Handler,
    pub(super) access: Access,
    pub(super) fidelity: Fidelity,
    pub(super) heavy: bool,
    pub(super) walks: bool,
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) takes: Option<SchemaFn>,
    pub(super) answers: Option<SchemaFn>,
    pub(super) status: u16,
    pub(super) queries: Queries,
    pub(super) media_type: &'static str,
    pub(super) answer_type: &'static str,
    pub(super) also: &'static [u16],
    pub(super) conflicts: bool,
}

/// Query parameters: name and what it does.
pub type Queries = &'static [Query];

/// A query parameter: its name and what it does.
pub type Query = (&'static str, &'static str);

/// The organisation a call acts in.
pub const ORG: Query = ("orgId", "The organization; the caller's own when left out.");
/// How long a page is.
pub const MAX: Query = ("max", "The most items on a page.");
/// Where a page begins.
pub const START: Query = ("start", "How many items to pass over.");
/// What most calls on one thing know.
pub const OF_ORG: Queries = &[ORG];

/// The media type of a body of which nothing else is said.
pub(super) const JSON_BODY: &str = "application/json";

type RowFn = fn(&Call<'_>) -> Result<Reply, Refusal>;

impl Row {
    pub(super) const fn new(method: Method, path: &'static str, run: RowFn) -> Self {
        let access = match method {
            Method::Get => Access::Viewer,
            _ => Access::Administrator,
        };
        Self {
            method,
            path,
            handler: Handler::Row(run),
            access,
            fidelity: Fidelity::F3,
            heavy: false,
            walks: false,
            id: "",
            title: "",
            takes: None,
            answers: None,
            status: 200,
            queries: &[],
            media_type: JSON_BODY,
            answer_type: JSON_BODY,
            also: &[],
            conflicts: false,
        }
    }

    /// A GET for administrators of any role.
    #[must_use]
    pub const fn get(path: &'static str, run: RowFn) -> Self {
        Self::new(Method::Get, path, run)
    }

    /// A POST for administrators.
    #[must_use]
    pub const fn post(path: &'static str, run: RowFn) -> Self {
        Self::new(Method::Post, path, run)
    }

    /// A PUT for administrators.
    #[must_use]
    pub const fn put(path: &'static str, run: RowFn) -> Self {
        Self::new(Method::Put, path, run)
    }

    /// A PATCH for administrators.
    #[must_use]
    pub const fn patch(path: &'static str, run: RowFn) -> Self {
        Self::new(Method::Patch, path, run)
    }

    /// A DELETE for administrators.
    #[must_use]
    pub const fn delete(path: &'static str, run: RowFn) -> Self {
        Self::new(Method::Delete, path, run).status(204)
    }

    /// The same row at another path.
    #[must_use]
    pub const fn at(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// Names the operation, where no upstream list does.
    #[must_use]
    pub const fn named(mut self, id: &'static str, title: &'static str) -> Self {
        self.id = id;
        self.title = title;
        self
    }

    /// Who may call it.
    #[must_use]
    pub const fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// How faithful it is; F3 unless said.
    #[must_use]
    pub const fn fidelity(mut self, fidelity: Fidelity) -> Self {
        self.fidelity = fidelity;
        self
    }

    /// Runs on a thread where it may take its time.
    #[must_use]
    pub const fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }

    /// Walks the whole organisation: runs on such a thread where that is large.
    #[must_use]
    pub const fn walks(mut self) -> Self {
        self.walks = true;
        self
    }

    /// The schema of the request's body.
    #[must_use]
    pub const fn takes<T: ToSchema>(mut self) -> Self {
        self.takes = Some(described::<T>);
        self
    }

    /// The schema of a request's body of another media type than JSON.
    #[must_use]
    pub const fn takes_as<T: ToSchema>(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self.takes::<T>()
    }

    /// Further statuses of success, for calls that do less or more than usual.
    #[must_use]
    pub const fn also(mut self, statuses: &'static [u16]) -> Self {
        self.also = statuses;
        self
    }

    /// A GET that may come too early (409); a write may meet that status anyway.
    #[must_use]
    pub const fn conflicts(mut self) -> Self {
        self.conflicts = true;
        self
    }

    /// The schema of the answer's body.
    #[must_use]
    pub const fn answers<T: ToSchema>(mut self) -> Self {
        self.answers = Some(described::<T>);
        self
    }

    /// The schema of an answer of another media type than JSON.
    #[must_use]
    pub const fn answers_as<T: ToSchema>(mut self, media_type: &'static str) -> Self {
        self.answer_type = media_type;
        self.answers::<T>()
    }

    /// The query parameters it knows.
    #[must_use]
    pub const fn queries(mut self, queries: Queries) -> Self {
        self.queries = queries;
        self
    }

    /// The status of success; 200 unless said, 204 for DELETE.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// A finished row of the table.
#[derive(Debug)]
pub struct Operation {
    /// Its place in the table.
    pub place: usize,
    /// The method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The operation's id.
    pub id: &'static str,
    /// What it does, in a few words.
    pub title: &'static str,
    /// Tier 1 to 3 for upstream operations, 0 for our own.
    pub tier: u8,
    /// How faithful it is.
    pub fidelity: Fidelity,
    /// Its address space.
    pub space: Space,
    /// Who may call it.
    pub access: Access,
    /// The administrators who may, where a role decides.
    pub roles: Roles,
    /// The scopes that a token needs.
    pub scopes: Scopes,
    /// Whether it runs on a thread of its own.
    pub heavy: bool,
    /// Whether it runs there in a large sandbox.
    pub walks: bool,
    /// What it does.
    pub handler: Handler,
    /// The schema of the request's body.
    pub takes: Option<SchemaFn>,
    /// The schema of the answer's body.
    pub answers: Option<SchemaFn>,
    /// The status of success.
    pub status: u16,
    /// The media type of the request's body.
    pub media_type: &'static str,
    /// The media type of the answer's body.
    pub answer_type: &'static str,
    /// Further statuses of success.
    pub also: &'static [u16],
    /// Whether a GET of it may be refused because of what is still on the way.
    pub conflicts: bool,
    /// The query parameters it knows.
    pub queries: Queries,
    /// The names of the path's parameters, in order.
    pub params: Vec<&'static str>,
}
