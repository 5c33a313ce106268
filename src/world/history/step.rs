//! One step of history, and how much it changed.

use std::sync::Arc;

use crate::world::clock::Moment;
use crate::world::ledger::{Actor, Change, Entry};
use crate::world::{Object, World};

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It holds.
    Done,
    /// It was undone and can be redone.
    Undone,
    /// It was undone, and something else was done in its place.
    Dropped,
    /// It is an undo or a redo itself.
    Travel,
}

/// How much a step changed.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// New objects.
    pub created: usize,
    /// Objects that differ.
    pub updated: usize,
    /// Objects that are gone.
    pub deleted: usize,
    /// Values that were lost.
    pub lost: usize,
    /// The change that tells most of what happened.
    pub telling: Option<Change>,
}

impl Tally {
    /// How many objects changed.
    #[must_use]
    pub fn objects(&self) -> usize {
        self.created + self.updated + self.deleted
    }

    /// How much some changes are.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        let mut tally = Self::default();
        tally.add(changes);
        tally
    }

    fn add(&mut self, changes: &[Change]) {
        for change in changes {
            match (&change.before, &change.after) {
                (None, _) => self.created += 1,
                (_, None) => self.deleted += 1,
                _ => self.updated += 1,
            }
        }
        // What came or went tells more than what was changed beside it.
        let told = changes.iter().rev().max_by_key(|change| telling(change));
        let told = told.filter(|told| self.telling.as_ref().map(telling) < Some(telling(told)));
        if let Some(told) = told {
            self.telling = Some(told.clone());
        }
    }
}

/// How much a change tells.
fn telling(change: &Change) -> (u8, bool) {
    let object = change.after.as_ref().or(change.before.as_ref());
    let came_or_went = change.before.is_none() || change.after.is_none();
    (object.map_or(0, Object::telling), came_or_went)
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The revision after its first commit.
    pub first: u64,
    /// The revision after its last commit.
    pub revision: u64,
    /// When it began.
    pub at: Moment,
    /// When its last commit was made.
    pub until: Moment,
    /// Who did it.
    pub actor: Actor,
    /// The operation's id.
    pub operation: &'static str,
    /// The request's tracking id.
    pub tracking_id: Arc<str>,
    /// The rules that decided.
    pub rules: Vec<&'static str>,
    /// How much it changed.
    pub tally: Tally,
    /// What it brought in, where that tells more than what changed by it.
    pub brought: Option<String>,
    /// What became of it.
    pub state: StepState,
    /// Whether it is undone together with the step before it.
    pub joined: bool,
    /// The world before it.
    pub before: Arc<World>,
    pub(super) after: Option<Arc<World>>,
    /// Where the undos and redos led that followed and whose records are no longer kept.
    pub(super) through: Option<(u64, Moment)>,
    pub(super) replaces: bool,
    pub(super) baselines: Option<Baselines>,
    pub(super) bytes: usize,
}

/// The worlds a reset led back to before a step, and since.
#[derive(Debug, Clone)]
pub(in crate::world) struct Baselines {
    pub(in crate::world) before: Arc<World>,
    pub(in crate::world) after: Arc<World>,
}

/// About how many bytes a step takes beside what it changed: itself, and the branches of the trees
/// that lead to it.
const STEP_BYTES: usize = 4096;

impl Step {
    pub(super) fn new(entry: &Entry, weight: usize, before: Arc<World>, state: StepState) -> Self {
        let tally = Tally {
            lost: entry.lost.len(),
            ..Tally::of(&entry.changes)
        };
        Self {
            first: entry.revision,
            revision: entry.revision,
            at: entry.at,
            until: entry.at,
            actor: entry.actor.clone(),
            operation: entry.operation,
            tracking_id: Arc::clone(&entry.tracking_id),
            rules: entry.rules.clone(),
            tally,
            brought: entry.brought.clone(),
            state,
            joined: false,
            before,
            after: None,
            through: None,
            replaces: false,
            baselines: None,
            bytes: STEP_BYTES + weight,
        }
    }

    /// The revision and the moment since which the state stood that the next step found.
    pub(super) fn end(&self) -> (u64, Moment) {
        self.through.unwrap_or((self.revision, self.until))
    }

    /// Whether it is a part of the same operation as a commit.
    pub(super) fn is_of(&self, entry: &Entry) -> bool {
        self.operation == entry.operation && self.tracking_id == entry.tracking_id
    }

    pub(super) fn go_on(&mut self, entry: &Entry, weight: usize) {
        self.bytes += weight;
        self.revision = entry.revision;
        self.until = entry.at;
        self.tally.add(&entry.changes);
        self.tally.lost += entry.lost.len();
        for rule in &entry.rules {
            if !self.rules.contains(rule) {
                self.rules.push(rule);
            }
        }
    }
}
