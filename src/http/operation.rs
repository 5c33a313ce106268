//! The operation table: every operation is one row. Dispatch, 404, 405 and 501, roles, fidelity,
//! OpenAPI and coverage all come from it.

use std::collections::HashMap;

use utoipa::ToSchema;

use super::call::Call;
use super::reply::Reply;
use super::upstream;
use crate::refusal::Refusal;
use crate::settings::family::Verb;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
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

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Open,
    /// Anybody with a token.
    Token,
    /// Administrators whose role may change things (ROLE-01 to ROLE-04).
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

/// A row as the rooms write it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    method: Method,
    path: &'static str,
    handler: Handler,
    access: Access,
    fidelity: Fidelity,
    heavy: bool,
    id: &'static str,
    title: &'static str,
    takes: Option<SchemaFn>,
    answers: Option<SchemaFn>,
    status: u16,
    queries: Queries,
}

/// Query parameters: name and what it does.
pub type Queries = &'static [(&'static str, &'static str)];

type RowFn = fn(&Call<'_>) -> Result<Reply, Refusal>;

impl Row {
    const fn new(method: Method, path: &'static str, run: RowFn) -> Self {
        let access = match method {
            Method::Get => Access::Token,
            _ => Access::Administrator,
        };
        Self {
            method,
            path,
            handler: Handler::Row(run),
            access,
            fidelity: Fidelity::F3,
            heavy: false,
            id: "",
            title: "",
            takes: None,
            answers: None,
            status: 200,
            queries: &[],
        }
    }

    /// A GET for anybody with a token.
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

    /// The schema of the request's body.
    #[must_use]
    pub const fn takes<T: ToSchema>(mut self) -> Self {
        self.takes = Some(described::<T>);
        self
    }

    /// The schema of the answer's body.
    #[must_use]
    pub const fn answers<T: ToSchema>(mut self) -> Self {
        self.answers = Some(described::<T>);
        self
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
    /// Whether it runs on a thread of its own.
    pub heavy: bool,
    /// What it does.
    pub handler: Handler,
    /// The schema of the request's body.
    pub takes: Option<SchemaFn>,
    /// The schema of the answer's body.
    pub answers: Option<SchemaFn>,
    /// The status of success.
    pub status: u16,
    /// The query parameters it knows.
    pub queries: Queries,
    /// The names of the path's parameters, in order.
    pub params: Vec<&'static str>,
}

/// The finished table, with its one look-up.
#[derive(Debug)]
pub struct Table {
    /// Every operation, in the order of the rooms and then of the upstream list.
    pub operations: Vec<Operation>,
    router: matchit::Router<usize>,
    shapes: Vec<Vec<usize>>,
}

/// What a path leads to.
#[derive(Debug)]
pub enum Found<'t, 'p> {
    /// An operation with its parameters, still percent-encoded.
    Operation(&'t Operation, Vec<&'p str>),
    /// A path without this method; the methods it has.
    OtherMethods(Vec<Method>),
    /// No path.
    Nothing,
}

impl Table {
    /// Builds the table of the rooms' rows, the settings families' routes, and every upstream
    /// operation that nothing simulates yet.
    #[must_use]
    pub fn build(rows: &[&[Row]]) -> Self {
        let upstream = upstream::operations();
        let mut known: HashMap<(Method, String), &upstream::Upstream> = HashMap::new();
        for operation in upstream {
            known
                .entry((operation.method, shape(operation.path)))
                .or_insert(operation);
        }
        let mut table = Self {
            operations: Vec::new(),
            router: matchit::Router::new(),
            shapes: Vec::new(),
        };
        let mut shapes: HashMap<String, usize> = HashMap::new();
        let families = family_rows();
        for row in rows.iter().flat_map(|rows| rows.iter()).chain(&families) {
            let listed = known.get(&(row.method, shape(row.path))).copied();
            table.insert(row, listed, &mut shapes);
        }
        for operation in upstream {
            let row = Row {
                handler: Handler::NotSimulated,
                fidelity: Fidelity::F0,
                access: Access::Token,
                ..Row::new(operation.method, operation.path, |_| Ok(Reply::empty(501)))
            };
            table.insert(&row, Some(operation), &mut shapes);
        }
        table
    }

    fn insert(
        &mut self,
        row: &Row,
        listed: Option<&upstream::Upstream>,
        shapes: &mut HashMap<String, usize>,
    ) {
        let shape = shape(row.path);
        let position = *shapes.entry(shape.clone()).or_insert_with(|| {
            self.shapes.push(Vec::new());
            self.shapes.len() - 1
        });
        let methods = &self.shapes[position];
        if methods
            .iter()
            .any(|index| self.operations[*index].method == row.method)
        {
            return;
        }
        if methods.is_empty() && self.router.insert(shape, position).is_err() {
            return;
        }
        self.shapes[position].push(self.operations.len());
        let (id, title, tier) = match listed {
            Some(listed) => (listed.id, listed.title, listed.tier),
            None => (row.id, row.title, 0),
        };
        self.operations.push(Operation {
            method: row.method,
            path: row.path,
            id,
            title,
            tier,
            fidelity: row.fidelity,
            space: Space::of(row.path),
            access: row.access,
            heavy: row.heavy,
            handler: row.handler,
            takes: row.takes,
            answers: row.answers,
            status: row.status,
            queries: row.queries,
            params: params(row.path),
        });
    }

    /// The operation of a method and a path.
    #[must_use]
    pub fn find<'t, 'p>(&'t self, method: Option<Method>, path: &'p str) -> Found<'t, 'p> {
        let Ok(matched) = self.router.at(path) else {
            return Found::Nothing;
        };
        let operations = self.shapes[*matched.value]
            .iter()
            .map(|index| &self.operations[*index]);
        for operation in operations.clone() {
            if Some(operation.method) == method {
                let values = matched.params.iter().map(|(_, value)| value).collect();
                return Found::Operation(operation, values);
            }
        }
        Found::OtherMethods(operations.map(|operation| operation.method).collect())
    }
}

/// The rows of the settings families, for people and workspaces, aliases included.
fn family_rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for route in crate::settings::table::FAMILIES
        .iter()
        .flat_map(|family| family.routes)
        .chain(crate::belongings::ROUTES)
    {
        let method = match route.verb {
            Verb::Get => Method::Get,
            Verb::Put => Method::Put,
            Verb::Post => Method::Post,
            Verb::Delete => Method::Delete,
        };
        let people = route.paths.person.iter().map(|path| (*path, true));
        let workspaces = route.paths.workspace.iter().map(|path| (*path, false));
        for (path, is_person) in people.chain(workspaces) {
            let path: &'static str = format!("/v1{path}").leak();
            rows.push(Row {
                handler: Handler::Family(route, is_person),
                fidelity: Fidelity::F3,
                takes: route.takes,
                answers: route.answers,
                status: route.status,
                ..Row::new(method, path, |_| Ok(Reply::empty(500)))
            });
        }
    }
    rows
}

/// A path with its parameters named by position, so that paths of one shape are one.
fn shape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut number = 0;
    for segment in path.split('/').skip(1) {
        out.push('/');
        if segment.starts_with('{') {
            out.push_str(&format!("{{p{number}}}"));
            number += 1;
        } else {
            out.push_str(segment);
        }
    }
    out
}

fn params(path: &'static str) -> Vec<&'static str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .collect()
}
