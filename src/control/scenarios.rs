//! Scenarios over HTTP: which there are, their text, checking one and loading one
//! (`/_sim/v1/scenarios`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::app::real_time;
use crate::http::openapi::AnyDocument;
use crate::http::operation::Queries;
use crate::http::page::{self, WHOLE};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::model::{Organization, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::scenario::schema::schema as scenario_schema;
use crate::scenario::source::Source;
use crate::scenario::{Document, ScenarioError, library, load, parse, start};
use crate::world::{Context, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/scenarios", list)
        .named("listScenarios", "List the built-in scenarios")
        .access(Access::Control)
        .queries(&[MAX, START])
        .answers::<page::Items<ScenarioEntry>>(),
    Row::post("/_sim/v1/scenarios", load_sent)
        .named(
            "loadScenario",
            "Load a scenario or a snapshot document into the sandbox",
        )
        .access(Access::Control)
        .heavy()
        .queries(MODES)
        .takes_as::<AnyDocument>("application/yaml")
        .answers::<LoadedScenario>(),
    Row::get("/_sim/v1/scenarios/schema.json", schema)
        .named("getScenarioSchema", "Get the JSON Schema of scenarios")
        .access(Access::Control)
        .answers_as::<AnyDocument>("application/schema+json"),
    Row::get("/_sim/v1/scenarios/{name}", get)
        .named("getScenario", "Get the text of a built-in scenario")
        .access(Access::Control)
        .answers_as::<AnyDocument>("application/yaml"),
    Row::post("/_sim/v1/scenarios/check", check)
        .named("checkScenario", "Check a scenario without loading it")
        .access(Access::Control)
        .heavy()
        .queries(MODES)
        .takes_as::<AnyDocument>("application/yaml")
        .answers::<Checked>(),
];

const MODES: Queries = &[(
    "mode",
    "`replace` (the default): the scenario is all there is. `merge`: it comes on top of what the \
     sandbox holds; what it names is added or changed, and nothing is taken away.",
)];

/// The media type of scenario texts.
const YAML: &str = "application/yaml;charset=utf-8";

/// A built-in scenario.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScenarioEntry {
    /// What `--scenario` takes.
    name: &'static str,
    /// What it is good for.
    description: String,
    /// Whether a server without `--scenario` starts with it.
    default: bool,
}

static ENTRIES: LazyLock<Vec<ScenarioEntry>> = LazyLock::new(|| {
    let entry = |built_in: &library::BuiltIn| {
        let document = parse(built_in.name, built_in.text).ok()?;
        Some(ScenarioEntry {
            name: built_in.name,
            description: document.description,
            default: built_in.name == library::DEFAULT,
        })
    };
    library::BUILT_IN.iter().filter_map(entry).collect()
});

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    page::list(call, WHOLE, "items", ENTRIES.iter())
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let name = call.value("name");
    let found = library::find(name).ok_or_else(|| Refusal::not_found("Scenario", name))?;
    Ok(Reply::document(YAML, found.text))
}

fn schema(_call: &Call<'_>) -> Result<Reply, Refusal> {
    static SCHEMA: LazyLock<String> = LazyLock::new(|| scenario_schema().to_string());
    Ok(Reply::document("application/schema+json", SCHEMA.as_str()))
}

/// What is wrong with a scenario.
#[derive(Debug, Serialize, ToSchema)]
struct Checked {
    /// Whether it can be loaded.
    valid: bool,
    /// Everything that is wrong.
    errors: Vec<CheckedError>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
struct CheckedError {
    /// The line, from 1.
    line: u64,
    /// The column, from 1.
    column: u64,
    /// Where in the document; empty for what concerns it as a whole.
    path: String,
    /// What is wrong.
    message: String,
}

impl From<ScenarioError> for CheckedError {
    fn from(error: ScenarioError) -> Self {
        Self {
            line: error.line,
            column: error.column,
            path: error.path,
            message: error.message,
        }
    }
}

fn check(call: &Call<'_>) -> Result<Reply, Refusal> {
    let source = sent(call)?;
    let errors = match mode(call)? {
        Mode::Replace => start::check(&source),
        Mode::Merge => start::check_on(&source, call.read(), call.now),
    };
    let errors: Vec<CheckedError> = errors.into_iter().map(CheckedError::from).collect();
    let valid = errors.is_empty();
    Reply::json(200, &Checked { valid, errors })
}

/// What was loaded.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LoadedScenario {
    /// The scenario's own name.
    name: String,
    /// Its organisations.
    organizations: Vec<LoadedOrganization>,
    /// The sandbox's revision.
    revision: u64,
    /// How many objects of each kind came in, by kind.
    created: BTreeMap<&'static str, usize>,
    /// How many objects of each kind are different now, by kind.
    updated: BTreeMap<&'static str, usize>,
    /// What the document says but a merge leaves as it is, such as the clock.
    ignored: Vec<Ignored>,
}

/// A part of a document that a merge leaves as it is.
#[derive(Debug, Serialize, ToSchema)]
struct Ignored {
    /// Where in the document.
    path: String,
    /// Why.
    message: String,
}

/// An organisation that was loaded.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LoadedOrganization {
    /// Its id.
    org_id: String,
    /// Its name.
    name: String,
}

/// What happens to what there is.
#[derive(Debug, Clone, Copy)]
enum Mode {
    Replace,
    Merge,
}

fn mode(call: &Call<'_>) -> Result<Mode, Refusal> {
    match call.query("mode").as_deref() {
        None | Some("replace") => Ok(Mode::Replace),
        Some("merge") => Ok(Mode::Merge),
        Some(_) => Err(Refusal::bad_request("mode must be replace or merge.")),
    }
}

fn load_sent(call: &Call<'_>) -> Result<Reply, Refusal> {
    let source = sent(call)?;
    match mode(call)? {
        Mode::Replace => replace(call, &source),
        Mode::Merge => merge(call, &source),
    }
}

/// The scenario becomes all there is, and what a reset leads back to.
fn replace(call: &Call<'_>, source: &Source) -> Result<Reply, Refusal> {
    let before = call.read();
    let (name, own_clock) = match source.is_snapshot() {
        true => ("snapshot".to_owned(), true),
        false => {
            let document = read(source)?;
            (document.name, document.clock.is_some())
        }
    };
    let clock = (!own_clock).then_some(before.clock);
    let world = start::make(source, before.seed, clock).map_err(|errors| refuse(&errors))?;
    let context = Context {
        now: world.clock.now(real_time()),
        ..call.context()
    };
    let world = call.tenant.sandbox.rebase(&context, &world);
    let mut created: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, object) in world.objects() {
        *created.entry(object.kind_name()).or_default() += 1;
    }
    let loaded: Vec<Uuid> = world.list::<Organization>().map(|(id, _)| id).collect();
    let answer = LoadedScenario {
        organizations: named(&world, &loaded),
        name,
        revision: world.revision,
        created,
        updated: BTreeMap::new(),
        ignored: Vec::new(),
    };
    Reply::json(200, &answer)
}

/// The scenario comes on top of what there is.
fn merge(call: &Call<'_>, source: &Source) -> Result<Reply, Refusal> {
    let document = read(source)?;
    let written = call.write_noted(|tx| {
        let loaded = load::load(tx, &document);
        loaded.map_err(|failures| refuse(&start::located(source, failures)))
    })?;
    let (mut created, mut updated) = (BTreeMap::new(), BTreeMap::new());
    let changes = written.entry.iter().flat_map(|entry| &entry.changes);
    for change in changes {
        let (counts, object) = match (&change.before, &change.after) {
            (None, Some(object)) => (&mut created, object),
            (_, Some(object)) => (&mut updated, object),
            _ => continue,
        };
        *counts.entry(object.kind_name()).or_default() += 1;
    }
    let world = call.read();
    let mut ignored = unmergeable(&document);
    let left = written.value.ignored.into_iter();
    ignored.extend(left.map(|left| Ignored {
        path: left.path,
        message: left.message,
    }));
    let answer = LoadedScenario {
        organizations: named(&world, &written.value.organizations),
        name: document.name,
        revision: world.revision,
        created,
        updated,
        ignored,
    };
    Reply::json(200, &answer)
}

/// What a document says of the sandbox as a whole, which a merge leaves alone.
fn unmergeable(document: &Document) -> Vec<Ignored> {
    let parts = [
        ("clock", document.clock.is_some()),
        ("seed", document.seed.is_some()),
    ];
    let said = parts.into_iter().filter(|(_, said)| *said);
    said.map(|(path, _)| Ignored {
        path: path.to_owned(),
        message: format!("a merge leaves the sandbox's {path} as it is"),
    })
    .collect()
}

fn named(world: &World, loaded: &[Uuid]) -> Vec<LoadedOrganization> {
    let organizations = loaded.iter().filter_map(|id| {
        Some(LoadedOrganization {
            org_id: WebexId::Organization.encode(*id),
            name: world.get::<Organization>(*id)?.name.clone(),
        })
    });
    organizations.collect()
}

fn sent(call: &Call<'_>) -> Result<Source, Refusal> {
    let text = std::str::from_utf8(call.body);
    let text = text.map_err(|_| Refusal::bad_request("The scenario is not text in UTF-8."))?;
    Ok(Source::sent(text))
}

fn read(source: &Source) -> Result<Document, Refusal> {
    source.document().map_err(|error| refuse(&[error]))
}

fn refuse(errors: &[ScenarioError]) -> Refusal {
    Refusal::new(ErrorKind::ScenarioInvalid, start::listed(errors))
}
