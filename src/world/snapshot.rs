//! A world as one JSON document, and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use super::clock::{Clock, ClockMode, MAX_SCALE, Moment};
use super::object::{Kind, KindDef};
use super::timers::Timer;
use super::tx::Tx;
use super::{Engine, World, ids, weight};

/// The version of the document's form.
pub const VERSION: u32 = 1;
/// The most that a counter of a document may have counted: enough for ever, and far from the end
/// of its numbers.
const COUNT_MAX: u64 = 1 << 48;

/// A world as a document that was read.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Marks the document as ours, and says in which form it is.
    pub hubsim_snapshot: u32,
    /// What somebody called it.
    #[serde(default)]
    pub name: Option<String>,
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

/// A world as a document that is written: object by object, so that it needs no memory.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Written<'a> {
    hubsim_snapshot: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    revision: u64,
    seed: u64,
    clock: ClockDocument,
    counters: Vec<(&'static str, u64)>,
    timers: Vec<(Moment, &'a Timer)>,
    choices: Vec<(&'a str, &'a str)>,
    objects: Objects<'a>,
}

impl<'a> Written<'a> {
    /// The same document with a name.
    #[must_use]
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// How many bytes it has as JSON. They are counted and not kept.
    #[must_use]
    pub fn length(&self) -> usize {
        weight::of(self)
    }
}

#[derive(Debug)]
struct Objects<'a>(&'a World);

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let objects = self.0.objects();
        serializer.collect_seq(objects.map(|((_, id), o)| (o.kind_name(), *id, o.to_json())))
    }
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
    #[error(
        "this is a snapshot of version {0}, and this hubsim reads version {VERSION}: load it with \
         the hubsim that wrote it"
    )]
    Version(u64),
    /// The document does not say what it is.
    #[error(
        "the document has no \"hubsimSnapshot\", the version of its form: bring in a document as a \
         snapshot's GET, or --snapshot-on-exit, wrote it"
    )]
    Unmarked,
    /// The text is no document of ours.
    #[error("the snapshot cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A clock that cannot run.
    #[error("clock: a scaled clock needs a scale above 0, up to {MAX_SCALE}, and no other has one")]
    Clock,
    /// A timer that nobody would hear.
    #[error("unknown timer \"{0}\"")]
    Timer(String),
    /// The same object twice.
    #[error("{0} {1} stands twice in the document")]
    Twice(String, Uuid),
    /// A timer that concerns nothing there is.
    #[error("the timer \"{0}\" concerns {1}, and there is no such {2}")]
    Subject(String, Uuid, &'static str),
    /// A number that cannot have been counted.
    #[error("{0}")]
    Count(String),
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

/// A world to be written down, with the clock as it shows at the real time `real`.
#[must_use]
pub fn take<'a>(world: &'a World, engine: &Engine, real: Moment) -> Written<'a> {
    // Every kind has a definition: `restore` would refuse the document else.
    let name = |kind: Kind| name_of(engine, kind);
    let counters = world.counters.iter();
    Written {
        hubsim_snapshot: VERSION,
        name: None,
        revision: world.revision,
        seed: world.seed,
        clock: ClockDocument {
            mode: world.clock.mode,
            now: world.clock.now(real),
            scale: world.clock.scale,
        },
        counters: counters
            .map(|(kind, count)| (name(*kind), *count))
            .collect(),
        timers: world.timers().collect(),
        choices: world.choices().collect(),
        objects: Objects(world),
    }
}

/// Reads a document. Its version comes first: another form is refused as such, however much of it
/// looks like this one.
///
/// # Errors
/// [`RestoreError`] when it has another version or cannot be read.
pub fn read(text: &[u8]) -> Result<Document, RestoreError> {
    let mark: Mark = serde_json::from_slice(text)?;
    match mark.hubsim_snapshot {
        None => Err(RestoreError::Unmarked),
        Some(version) if version == u64::from(VERSION) => Ok(serde_json::from_slice(text)?),
        Some(other) => Err(RestoreError::Version(other)),
    }
}

/// The one field that every version has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mark {
    hubsim_snapshot: Option<u64>,
}

/// Whether a JSON text is a snapshot document, of whatever version; a text that cannot be read to
/// its end is one when it says so.
#[must_use]
pub fn is_document(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"hubsimSnapshot\"")
}

/// Whether a JSON text looks like a snapshot document that does not say what it is.
#[must_use]
pub fn is_unmarked(text: &str) -> bool {
    !is_document(text) && text.trim_start().starts_with('{') && text.contains("\"objects\"")
}

/// Makes a world of a document; its clock goes on from what it showed.
///
/// # Errors
/// [`RestoreError`] when the document is not of this version or breaks an invariant.
pub fn restore(document: Document, engine: &Engine, real: Moment) -> Result<World, RestoreError> {
    if document.hubsim_snapshot != VERSION {
        return Err(RestoreError::Version(document.hubsim_snapshot.into()));
    }
    let clock = Clock {
        mode: document.clock.mode,
        shown: document.clock.now,
        anchor: real,
        scale: document.clock.scale,
    };
    if !clock.is_sound() {
        return Err(RestoreError::Clock);
    }
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
        if tx.object((def.kind, id)).is_some() {
            return Err(RestoreError::Twice(name, id));
        }
        tx.put_object(id, object)
            .map_err(|taken| RestoreError::Broken(taken.to_string()))?;
    }
    for (at, timer) in document.timers {
        let mut known = engine.timers.iter().flat_map(|defs| defs.iter());
        let Some(def) = known.find(|def| def.kind == timer.kind) else {
            return Err(RestoreError::Timer(timer.kind));
        };
        if tx.object((def.subject, timer.subject)).is_none() {
            let kind = name_of(engine, def.subject);
            return Err(RestoreError::Subject(timer.kind, timer.subject, kind));
        }
        tx.arm(at, &timer.kind, timer.subject);
    }
    for (name, value) in &document.choices {
        tx.choose(name, Some(value));
    }
    let mut world = tx.finish().0;
    if document.revision > COUNT_MAX {
        let detail = format!("revision: {} is above {COUNT_MAX}", document.revision);
        return Err(RestoreError::Count(detail));
    }
    world.revision = document.revision;
    for (name, count) in document.counters {
        let kind = find(&name)?.kind;
        if count > COUNT_MAX {
            let detail = format!("counters: {name} {count} is above {COUNT_MAX}");
            return Err(RestoreError::Count(detail));
        }
        if world.counters.insert(kind, count).is_some() {
            let detail = format!("counters: {name} stands there twice");
            return Err(RestoreError::Count(detail));
        }
    }
    check_counters(&world)?;
    let violations = super::check::check(&world, engine.checks);
    match violations.first() {
        Some(first) => Err(RestoreError::Broken(first.clone())),
        None => Ok(world),
    }
}

/// No object of a kind has an id that is still to be given. As many further ids are looked at as
/// there are objects, so that a counter that was left out is found.
fn check_counters(world: &World) -> Result<(), RestoreError> {
    let mut kinds: BTreeMap<Kind, (&'static str, u64)> = BTreeMap::new();
    for (key, object) in world.objects() {
        kinds.entry(key.0).or_insert((object.kind_name(), 0)).1 += 1;
    }
    for (kind, (name, objects)) in kinds {
        let count = world.counters.get(&kind).copied().unwrap_or(0);
        for number in count + 1..=count + objects {
            let id = ids::id(world.seed, name, number);
            if world.object((kind, id)).is_some() {
                return Err(RestoreError::Count(format!(
                    "counters: {name} is {count}, but {name} {id} is number {number}: the next \
                     ids must be free"
                )));
            }
        }
    }
    Ok(())
}

fn name_of(engine: &Engine, kind: Kind) -> &'static str {
    let found = (engine.kinds)().iter().find(|def| def.kind == kind);
    found.map_or("", |def| def.name)
}
