//! The finished table: the rows of every room, the routes of the settings families, and every
//! upstream operation that nothing simulates yet, with one look-up.

use std::collections::{BTreeMap, HashMap};

use super::app::App;
use super::call::Call;
use super::edge::Outgoing;
use super::operation::{Access, Fidelity, Handler, Method, OF_ORG, Operation, Queries, Row, Space};
use super::rehearsal::{Asked, Tried};
use super::reply::Reply;
use super::roles::roles;
use super::scopes::scopes;
use super::upstream::{self, Upstream};
use crate::refusal::Refusal;
use crate::settings::FamilyRoute;
use crate::settings::family::Verb;

/// The finished table, with its one look-up.
#[derive(Debug)]
pub struct Table {
    /// What rooms do for many rows at once.
    pub rooms: Rooms,
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

/// What rooms do for many rows at once; the catalog names it.
#[derive(Debug, Clone, Copy)]
pub struct Rooms {
    /// Runs a route of a settings family for the holder that the path names: a person, or else a
    /// workspace.
    pub family: fn(&Call<'_>, &FamilyRoute, bool) -> Result<Reply, Refusal>,
    /// The answer of a call that was only tried.
    pub planned: fn(&App, &Asked<'_>, Tried) -> Outgoing,
}

impl Table {
    /// Builds the table of the rooms' rows, the settings families' routes, and every upstream
    /// operation that nothing simulates yet.
    #[must_use]
    pub fn build(rows: &[&[Row]], rooms: Rooms) -> Self {
        let upstream: Vec<(String, &Upstream)> = upstream::operations()
            .iter()
            .map(|operation| (shape(operation.path), operation))
            .collect();
        let mut known: HashMap<(Method, &str), &Upstream> = HashMap::new();
        for (shape, operation) in &upstream {
            known.entry((operation.method, shape)).or_insert(operation);
        }
        let mut table = Self {
            rooms,
            operations: Vec::new(),
            router: matchit::Router::new(),
            shapes: Vec::new(),
        };
        let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
        let families = family_rows();
        for row in rows.iter().flat_map(|rows| rows.iter()).chain(&families) {
            let shape = shape(row.path);
            let listed = known.get(&(row.method, shape.as_str())).copied();
            table.insert(row, shape, listed, &mut shapes);
        }
        for (shape, operation) in &upstream {
            let row = Row {
                handler: Handler::NotSimulated,
                fidelity: Fidelity::F0,
                access: Access::Token,
                ..Row::new(operation.method, operation.path, |_| Ok(Reply::empty(501)))
            };
            table.insert(&row, shape.clone(), Some(operation), &mut shapes);
        }
        for (shape, position) in &shapes {
            table.alias(shape, *position);
        }
        table
    }

    /// Leads the other spelling of a path to the same operations (api-surface.md 1.1, 2.4).
    fn alias(&mut self, shape: &str, position: usize) {
        let other = match shape.strip_suffix("/members") {
            Some(groups) if shape.starts_with("/v1/groups/") => format!("{groups}/Members"),
            _ if shape.starts_with("/identity/") => format!("/v1{shape}"),
            _ => return,
        };
        // A path of its own goes before the spelling of another.
        drop(self.router.insert(other, position));
    }

    fn insert(
        &mut self,
        row: &Row,
        shape: String,
        listed: Option<&Upstream>,
        shapes: &mut BTreeMap<String, usize>,
    ) {
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
        let (id, title, tier, documented, needed) = match listed {
            Some(listed) => (
                listed.id,
                listed.title,
                listed.tier,
                listed.roles,
                listed.scopes,
            ),
            None => (row.id, row.title, 0, "", ""),
        };
        let space = Space::of(row.path);
        // What is not simulated is refused before anybody asks who may call it.
        let is_simulated = !matches!(row.handler, Handler::NotSimulated);
        let asked = if is_simulated { space } else { Space::Page };
        self.operations.push(Operation {
            place: self.operations.len(),
            method: row.method,
            path: row.path,
            id,
            title,
            tier,
            fidelity: row.fidelity,
            space,
            access: row.access,
            roles: roles(asked, row.method, row.path, documented),
            scopes: scopes(asked, row.method, row.path, needed),
            heavy: row.heavy,
            walks: row.walks,
            handler: row.handler,
            takes: row.takes,
            answers: row.answers,
            status: row.status,
            queries: row.queries,
            media_type: row.media_type,
            answer_type: row.answer_type,
            also: row.also,
            conflicts: row.conflicts,
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
        .chain(crate::settings::services::ROUTES)
        .chain(crate::settings::group_features::ROUTES)
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
                access: own_access(method, is_person),
                takes: route.takes,
                answers: route.answers,
                status: route.status,
                queries: family_queries(route.queries),
                media_type: route.media_type,
                ..Row::new(method, path, |_| Ok(Reply::empty(500)))
            });
        }
    }
    rows
}

/// What a route knows, and the organization, which every one of them may be given.
fn family_queries(own: Queries) -> Queries {
    match own {
        [] => OF_ORG,
        own => [own, OF_ORG].concat().leak(),
    }
}

/// The names of parameters by position; no path has more.
const POSITIONS: [&str; 6] = ["{p0}", "{p1}", "{p2}", "{p3}", "{p4}", "{p5}"];

/// Everybody may read their own settings; the row sees to it that they are one's own.
fn own_access(method: Method, is_person: bool) -> Access {
    match (method, is_person) {
        (Method::Get, true) => Access::Token,
        (Method::Get, false) => Access::Viewer,
        _ => Access::Administrator,
    }
}

/// A path with its parameters named by position, so that paths of one shape are one.
fn shape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut number = 0;
    for segment in path.split('/').skip(1) {
        out.push('/');
        if segment.starts_with('{') {
            out.push_str(POSITIONS.get(number).copied().unwrap_or("{more}"));
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
