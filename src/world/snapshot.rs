//! A world as one JSON document, and back.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::clock::{Clock, ClockMode, Moment};
use super::object::{Kind, KindDef};
use super::timers::Timer;
use super::tx::Tx;
use super::{Engine, World};

/// The version of the document's form.
pub const VERSION: u32 = 1;

/// A world as a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Marks the document as ours.
    pub hubsim_snapshot: u32,
    /// The revision when it was taken.
    pub revision: u64,
    /// The seed of ids.
    pub seed: u64,
    /// How the clock ran and what it showed.
    pub clock: ClockDocument,
    /// Id counters by kind name.
    pub counters: Vec<(String, u64)>,
    /// Waiting timers.
    pub timers: Vec<(Moment, Timer)>,
    /// Switches.
    pub choices: Vec<(String, String)>,
    /// Objects: kind name, id, stored document.
    pub objects: Vec<(String, Uuid, Value)>,
}

/// The clock in a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClockDocument {
    /// How it runs.
    pub mode: ClockMode,
    /// What it shows.
    pub now: Moment,
    /// The factor of a scaled clock.
    pub scale: f64,
}

/// A document could not become a world.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The document has another version.
    #[error("snapshot version {0} is not supported; this server reads version {VERSION}")]
    Version(u32),
    /// A kind nobody knows.
    #[error("unknown kind \"{0}\"")]
    Kind(String),
    /// A stored document that does not fit its kind.
    #[error("{kind} {id}: {source}")]
    Object {
        /// The kind's name.
        kind: String,
        /// The object's id.
        id: Uuid,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// Two objects hold the same unique value, or an invariant does not hold.
    #[error("{0}")]
    Broken(String),
}

/// Writes a world down, with the clock as it shows at the real time `real`.
#[must_use]
pub fn take(world: &World, engine: &Engine, real: Moment) -> Document {
    let name = |kind: Kind| {
        let found = (engine.kinds)().iter().find(|def| def.kind == kind);
        found.map_or_else(|| kind.0.to_string(), |def| def.name.to_owned())
    };
    Document {
        hubsim_snapshot: VERSION,
        revision: world.revision,
        seed: world.seed,
        clock: ClockDocument {
            mode: world.clock.mode,
            now: world.clock.now(real),
            scale: world.clock.scale,
        },
        counters: world
            .counters
            .iter()
            .map(|(kind, count)| (name(*kind), *count))
            .collect(),
        timers: world
            .timers()
            .map(|(at, timer)| (at, timer.clone()))
            .collect(),
        choices: world
            .choices
            .iter()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
        objects: world
            .objects()
            .map(|((_, id), object)| (object.kind_name().to_owned(), *id, object.to_json()))
            .collect(),
    }
}

/// Makes a world of a document; its clock goes on from what it showed.
///
/// # Errors
/// [`RestoreError`] when the document is not of this version or breaks an invariant.
pub fn restore(document: Document, engine: &Engine, real: Moment) -> Result<World, RestoreError> {
    if document.hubsim_snapshot != VERSION {
        return Err(RestoreError::Version(document.hubsim_snapshot));
    }
    let clock = Clock {
        mode: document.clock.mode,
        shown: document.clock.now,
        anchor: real,
        scale: document.clock.scale,
    };
    let find = |name: &str| -> Result<&KindDef, RestoreError> {
        let found = (engine.kinds)().iter().find(|def| def.name == name);
        found.ok_or_else(|| RestoreError::Kind(name.to_owned()))
    };
    let mut tx = Tx::new(World::new(document.seed, clock).into(), clock.now(real));
    for (name, id, value) in document.objects {
        let def = find(&name)?;
        let object = (def.decode)(value).map_err(|source| RestoreError::Object {
            kind: name.clone(),
            id,
            source,
        })?;
        tx.put_object(id, object)
            .map_err(|taken| RestoreError::Broken(taken.to_string()))?;
    }
    for (at, timer) in document.timers {
        tx.arm(at, &timer.kind, timer.subject);
    }
    for (name, value) in &document.choices {
        tx.choose(name, Some(value));
    }
    let mut counters = OrdMap::new();
    for (name, count) in document.counters {
        counters.insert(find(&name)?.kind, count);
    }
    let mut world = tx.finish().0;
    world.revision = document.revision;
    world.counters = counters;
    let violations = super::check::check(&world, engine.checks);
    match violations.first() {
        Some(first) => Err(RestoreError::Broken(first.clone())),
        None => Ok(world),
    }
}
