//! The three OpenAPI documents, made of the operation table: what is simulated, nothing else.

mod components;
mod headers;

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    AllOfBuilder, Components, ComponentsBuilder, ContentBuilder, Info, License, ObjectBuilder,
    OpenApiBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Schema, SecurityRequirement,
    Server, Type,
};

use self::components::Schemas;
use super::operation::{Access, Handler, Method, Operation, Space};
use super::queries;
use super::table::Table;
use crate::settings::Described;

/// One of the documents.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// Its name: `webex`, `hub` or `sim`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    description: &'static str,
    space: Space,
}

/// All of them.
pub const DOCUMENTS: [Document; 3] = [
    Document {
        name: "webex",
        title: "hubsim: the public Webex API",
        description: "What hubsim simulates of the public Webex REST API. Operations that are not \
                      listed answer 501 and name themselves. The header parameters that begin \
                      with `X-Sim-` are the simulator's own, and no parameters of Webex.",
        space: Space::Webex,
    },
    Document {
        name: "hub",
        title: "hubsim: Control Hub",
        description: "What an administrator does in Control Hub's pages and no public API offers.",
        space: Space::Hub,
    },
    Document {
        name: "sim",
        title: "hubsim: the simulator's control",
        description: "Sandboxes, clock, ledger and everything else that controls the simulator.",
        space: Space::Sim,
    },
];

/// The media type of problems.
const PROBLEM: &str = "application/problem+json";

impl Document {
    /// The document of a table, in JSON.
    #[must_use]
    pub fn render(&self, table: &Table) -> Value {
        let mut schemas = Schemas::default();
        let own = table.operations.iter().filter(|own| self.holds(own));
        let described = own.map(|own| (own, describe(own, &mut schemas)));
        let described: Vec<_> = described.collect();
        let plan = match self.space {
            Space::Webex | Space::Hub => headers::plan(table, &mut schemas),
            _ => None,
        };
        let mut paths = Map::new();
        for (operation, mut described) in described {
            headers::add(operation, &mut described, plan.as_ref());
            let item = paths
                .entry(operation.path.to_owned())
                .or_insert_with(|| json!({}));
            item[operation.method.name().to_lowercase()] = described;
        }
        paths.sort_keys();
        let info = Info::builder()
            .title(self.title)
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(self.description))
            .license(Some(License::new("MIT OR Apache-2.0")))
            .build();
        let document = OpenApiBuilder::new()
            .info(info)
            .servers(Some([Server::new("/")]))
            .components(Some(self.components()))
            .build();
        let mut document = serde_json::to_value(document).unwrap_or_default();
        document["paths"] = Value::Object(paths);
        document["components"]["schemas"] = schemas.into_json();
        document["components"]["parameters"] = headers::parameters(self.space);
        document
    }

    fn holds(&self, operation: &Operation) -> bool {
        operation.space == self.space && !matches!(operation.handler, Handler::NotSimulated)
    }

    fn components(&self) -> Components {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let whole = || ObjectBuilder::new().schema_type(Type::Integer);
        let (media_type, schema) = if self.space == Space::Sim {
            let problem = ["type", "title", "detail", "remedy", "trackingId"]
                .iter()
                .fold(ObjectBuilder::new(), |o, name| o.property(*name, text()));
            (PROBLEM, problem.property("status", whole()))
        } else {
            let one = ObjectBuilder::new()
                .property("description", text())
                .property("errorCode", whole());
            let all = ObjectBuilder::new()
                .property("message", text())
                .property("errors", utoipa::openapi::Array::new(one))
                .property("trackingId", text());
            ("application/json", all)
        };
        let error = ResponseBuilder::new()
            .description("A refusal; /_sim/v1/errors lists them all.")
            .content(
                media_type,
                ContentBuilder::new().schema(Some(schema)).build(),
            );
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("`full-admin`, or another token of the sandbox"));
        let components = ComponentsBuilder::new()
            .response("Error", error.build())
            .security_scheme("bearer", SecurityScheme::Http(bearer.build()));
        match self.space {
            Space::Sim => components.security_scheme("adminToken", headers::admin_token()),
            _ => components,
        }
        .build()
    }
}

/// A document whose fields are told elsewhere: another API's answer, a snapshot, a schema.
#[derive(Debug, ToSchema)]
#[schema(value_type = Object)]
pub struct AnyDocument(pub Value);

fn describe(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut builder = OperationBuilder::new()
        .operation_id(Some(operation_id(operation)))
        .summary((!operation.title.is_empty()).then_some(operation.title))
        .tag(tag(operation.path));
    for name in &operation.params {
        let text = ObjectBuilder::new().schema_type(Type::String);
        builder = builder.parameter(parameter(name, ParameterIn::Path).schema(Some(text)));
    }
    for (name, does) in operation.queries {
        let schema = queries::schema(operation.path, name);
        let described = parameter(name, ParameterIn::Query).description(Some(*does));
        builder = builder.parameter(described.schema(Some(schema)));
    }
    let mut renamed = components::Renamed::default();
    if let Some(takes) = operation.takes {
        let described = takes();
        let content = content(&described, operation.handler.requires());
        schemas.add(described, &mut renamed);
        let body = RequestBodyBuilder::new().content(operation.media_type, content);
        builder = builder.request_body(Some(body.build()));
    }
    for status in std::iter::once(&operation.status).chain(operation.also) {
        let response = success(operation, *status, schemas, &mut renamed);
        builder = builder.response(status.to_string(), response);
    }
    for status in refusals(operation) {
        builder = builder.response(status.to_string(), Ref::from_response_name("Error"));
    }
    builder = match operation.access {
        Access::Open => builder.securities(Some(Vec::new())),
        // On this machine no token is needed while authentication is open.
        Access::Control => builder.securities(Some([
            SecurityRequirement::default(),
            bearer(),
            SecurityRequirement::new("adminToken", Vec::<String>::new()),
        ])),
        Access::Token | Access::Viewer | Access::Administrator => builder.security(bearer()),
    };
    let mut value = serde_json::to_value(builder.build()).unwrap_or_default();
    renamed.apply(&mut value);
    value["x-hubsim-fidelity"] = operation.fidelity.name().into();
    if matches!(operation.access, Access::Viewer | Access::Administrator) {
        let roles = operation.roles.iter().map(|role| role.token);
        value["x-hubsim-roles"] = roles.collect::<Vec<_>>().into();
    }
    if !operation.scopes.text.is_empty() {
        value["x-hubsim-scopes"] = operation.scopes.text.into();
        let source = match operation.scopes.is_documented {
            true => "documented",
            false => "inferred",
        };
        value["x-hubsim-scopes-source"] = source.into();
    }
    if operation.tier > 0 {
        value["x-hubsim-tier"] = operation.tier.into();
    }
    value
}

/// What an operation may answer beside success: what the edge may say of any request, and what a
/// body, a write or a past can bring about. 500 is a defect, and a fault that somebody set may
/// answer anything.
fn refusals(operation: &Operation) -> impl Iterator<Item = u16> {
    let is_write = operation.method != Method::Get;
    let has_token = operation.access != Access::Open;
    let has_past = matches!(operation.space, Space::Webex | Space::Hub) && !is_write;
    let all = [
        (400, true),
        (401, has_token),
        (403, true),
        (404, true),
        (408, is_write),
        (409, is_write || operation.conflicts),
        (410, has_past || operation.space == Space::Sim),
        (413, is_write),
        (415, operation.takes.is_some()),
        (429, true),
        (501, is_write && has_token),
    ];
    all.into_iter()
        .filter_map(|(status, can_be)| can_be.then_some(status))
        .filter(|status| !operation.also.contains(status))
}

fn bearer() -> SecurityRequirement {
    SecurityRequirement::new("bearer", Vec::<String>::new())
}

fn success(
    operation: &Operation,
    status: u16,
    schemas: &mut Schemas,
    renamed: &mut components::Renamed,
) -> Response {
    let text = match status {
        201 => "It was created.",
        202 => "It was accepted.",
        204 => "It was done.",
        206 => "It was done in part.",
        _ => "The answer.",
    };
    let is_empty = operation.answers.is_none() && !matches!(operation.handler, Handler::Family(..));
    let text = match is_empty && status != 204 {
        true => format!("{text} There is no body."),
        false => text.to_owned(),
    };
    let mut response = ResponseBuilder::new().description(text);
    if let Some(answers) = operation.answers.filter(|_| status != 204) {
        let described = answers();
        response = response.content(
            operation.answer_type,
            content(&described, crate::json::Required::NOTHING),
        );
        schemas.add(described, renamed);
    } else if matches!(operation.handler, Handler::Family(..)) && status == 200 {
        // What has nothing to say answers an empty object.
        let nothing = ContentBuilder::new().schema(Some(ObjectBuilder::new()));
        response = response.content(operation.answer_type, nothing.build());
    }
    response.build()
}

/// A body of a schema; `requires` names what this body must have beside what its schema says.
fn content(described: &Described, requires: crate::json::Required) -> utoipa::openapi::Content {
    let schema = components::is_named(described)
        .then(|| Ref::from_schema_name(described.name.as_ref()).into());
    let mut schema = schema.unwrap_or_else(|| described.schema.clone());
    if requires.names().next().is_some() {
        let fields = requires
            .names()
            .fold(ObjectBuilder::new(), ObjectBuilder::required);
        let both = AllOfBuilder::new().item(schema).item(fields);
        schema = RefOr::T(Schema::AllOf(both.build()));
    }
    ContentBuilder::new().schema(Some(schema)).build()
}

fn parameter(name: &str, place: ParameterIn) -> ParameterBuilder {
    let parameter = ParameterBuilder::new().name(name).parameter_in(place);
    parameter.required(Required::False)
}

/// The operation's own id or, for paths that only some clients use, one made of the path.
fn operation_id(operation: &Operation) -> String {
    if !operation.id.is_empty() {
        return operation.id.to_owned();
    }
    let words = operation
        .path
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut id = operation.method.name().to_lowercase();
    for word in words {
        let mut letters = word.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.extend(letters);
    }
    id
}

/// The first word of a path that says what it is about.
fn tag(path: &str) -> &str {
    let mut words = path.split('/').filter(|word| {
        !["", "v1", "_sim", "_hub", "organizations", "config"].contains(word)
            && !word.starts_with('{')
    });
    words.next().unwrap_or("organizations")
}

impl From<Method> for HttpMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::Get,
            Method::Post => Self::Post,
            Method::Put => Self::Put,
            Method::Patch => Self::Patch,
            Method::Delete => Self::Delete,
        }
    }
}
