//! What was done to a sandbox, step by step, with the world before each. Undo, redo and reading
//! the past are made of it.
//!
//! One step is one operation, however many commits it made, or one whole task. Steps that were
//! done while another one went on are joined to it: they are undone together. An undo is a step
//! too, but none that is undone again: redo is its inverse, until a new write takes its place.

mod bounds;
mod past;
mod step;

use std::collections::VecDeque;
use std::sync::Arc;

pub use past::Unkept;
pub(super) use step::Baselines;
pub use step::{Step, StepState, Tally};

use super::World;
use super::clock::{Clock, Moment};
use super::ledger::Entry;

/// Which commit of an operation one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The only one, or the first.
    First,
    /// The world was replaced, and the ledger does not tell how.
    Whole,
    /// A further one of the task that signed an earlier one.
    OfTask,
    /// One of those that began with the commit of this revision: time passed, and several things
    /// came due.
    Since(u64),
}

/// The way through history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Back.
    Undo,
    /// Forth again.
    Redo,
}

/// Steps that are undone or redone together, and the world that this leads to.
#[derive(Debug)]
pub(super) struct Journey {
    steps: Vec<usize>,
    pub(super) target: Arc<World>,
    /// When the target stood last.
    pub(super) since: Moment,
    /// What a reset leads back to then, when that differs.
    pub(super) baseline: Option<Arc<World>>,
    /// The clocks of the worlds that come back after they were replaced.
    pub(super) clocks: Vec<Clock>,
}

/// The bounded list of a sandbox's steps, oldest first.
#[derive(Debug, Default)]
pub struct History {
    steps: VecDeque<Step>,
    began: Moment,
    changes: usize,
    bytes: usize,
    travels: bounds::Travels,
    /// How many steps were dropped to stay within the bounds; undos and redos do not count.
    pub evicted: u64,
}

impl History {
    /// Forgets everything: the sandbox begins at a moment.
    pub fn begin(&mut self, at: Moment) {
        *self = Self {
            began: at,
            ..Self::default()
        };
    }

    /// The steps, oldest first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter()
    }

    /// Whether what a commit did was undone, and not redone; no, when that is no longer known.
    #[must_use]
    pub fn is_undone(&self, revision: u64) -> bool {
        let mut steps = self.steps.iter().rev();
        let step = steps.find(|step| (step.first..=step.revision).contains(&revision));
        step.is_some_and(|step| matches!(step.state, StepState::Undone | StepState::Dropped))
    }

    /// Whether what a call did was undone, and not redone; of calls that share a tracking id, the
    /// newest.
    #[must_use]
    pub fn is_call_undone(&self, tracking_id: &str) -> bool {
        let mut steps = self.steps.iter().rev();
        let step =
            steps.find(|step| &*step.tracking_id == tracking_id && step.state != StepState::Travel);
        step.is_some_and(|step| matches!(step.state, StepState::Undone | StepState::Dropped))
    }

    /// Takes a commit in: as a step of its own, or as a part of one that goes on.
    pub fn note(&mut self, entry: &Entry, weight: usize, before: Arc<World>, part: Part) {
        let start = match part {
            Part::First | Part::Whole => None,
            Part::OfTask => Some(self.start_of(entry)),
            Part::Since(revision) => {
                let found = self.find(|step| (step.first..=step.revision).contains(&revision));
                found.map(Some)
            }
        };
        let last = self.steps.len().checked_sub(1);
        self.changes += entry.changes.len();
        if part == Part::OfTask
            && last.is_some()
            && start == Some(last)
            && let Some(step) = self.steps.back_mut()
            && step.is_of(entry)
        {
            step.go_on(entry, weight);
            self.bytes += weight;
            return;
        }
        self.drop_undone();
        let mut step = Step::new(entry, weight, before, StepState::Done);
        step.replaces = part == Part::Whole;
        self.push(step);
        match start {
            None => {}
            // What began before all that is kept can no longer be undone as a whole.
            Some(None) => self.join_after(None),
            Some(index) => self.join_after(index),
        }
    }

    /// Notes that the newest step changed what a reset leads back to. `weight` is what that keeps
    /// from being freed.
    pub(super) fn note_baselines(&mut self, baselines: Baselines, weight: usize) {
        if let Some(step) = self.steps.back_mut() {
            step.baselines = Some(baselines);
            step.bytes += weight;
            self.bytes += weight;
        }
    }

    /// Takes further commits in that belong to the newest step.
    pub fn note_rest(&mut self, entries: &[(&Arc<Entry>, usize)]) {
        let Some(step) = self.steps.back_mut() else {
            return;
        };
        for (entry, weight) in entries {
            self.changes += entry.changes.len();
            self.bytes += weight;
            step.go_on(entry, *weight);
        }
    }

    /// Notes that the steps hold something alone from now on: the newest of them holds it last.
    pub(super) fn burden(&mut self, bytes: usize) {
        if let Some(step) = self.steps.back_mut() {
            step.bytes += bytes;
            self.bytes += bytes;
        }
    }

    fn push(&mut self, step: Step) {
        self.bytes += step.bytes;
        self.steps.push_back(step);
    }

    /// About how many bytes the steps keep from being freed.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn find(&self, is_it: impl Fn(&Step) -> bool) -> Option<usize> {
        let is_it = |step: &Step| step.state == StepState::Done && is_it(step);
        self.steps.iter().rposition(is_it)
    }

    /// The step with which a task began that goes on. When the world was replaced since, it goes on
    /// from there: what was done before is complete without it.
    fn start_of(&self, entry: &Entry) -> Option<usize> {
        let began = self.find(|step| step.is_of(entry));
        let replaced = self.find(|step| step.replaces && step.tally.objects() > 0);
        began.max(replaced)
    }

    /// What was undone can no longer be redone.
    fn drop_undone(&mut self) {
        let undone = |step: &&mut Step| step.state == StepState::Undone;
        for step in self.steps.iter_mut().filter(undone) {
            step.state = StepState::Dropped;
            step.after = None;
        }
    }

    /// Joins everything behind a step to it; everything there is when there is no such step.
    fn join_after(&mut self, index: Option<usize>) {
        let from = index.map_or(0, |index| index + 1);
        for step in self.steps.iter_mut().skip(from) {
            step.joined = true;
        }
    }

    /// Groups of steps that go together, in the order in which they are undone or redone.
    fn groups(&self, direction: Direction) -> Vec<Vec<usize>> {
        let wanted = match direction {
            Direction::Undo => StepState::Done,
            Direction::Redo => StepState::Undone,
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            if step.state != wanted {
                continue;
            }
            match groups.last_mut() {
                Some(group) if step.joined => group.push(index),
                // Its first step is no longer kept.
                None if step.joined => {}
                _ => groups.push(vec![index]),
            }
        }
        if direction == Direction::Undo {
            groups.reverse();
        }
        groups
    }

    /// How many times one can go on in a direction.
    #[must_use]
    pub fn possible(&self, direction: Direction) -> usize {
        self.groups(direction).len()
    }

    /// The way by a number of steps; how many are possible when that is less.
    pub(super) fn way(&self, direction: Direction, steps: usize) -> Result<Journey, usize> {
        let mut groups = self.groups(direction);
        if steps == 0 || groups.len() < steps {
            return Err(groups.len());
        }
        groups.truncate(steps);
        let mut chosen: Vec<usize> = groups.into_iter().flatten().collect();
        chosen.sort_unstable();
        let step = |index: Option<&usize>| index.and_then(|index| self.steps.get(*index));
        let target = match direction {
            Direction::Undo => step(chosen.first()).map(|step| (Arc::clone(&step.before), step.at)),
            Direction::Redo => {
                step(chosen.last()).and_then(|step| Some((step.after.clone()?, step.until)))
            }
        };
        let (target, since) = target.ok_or(0_usize)?;
        let chosen_steps = || chosen.iter().filter_map(|index| self.steps.get(*index));
        let mut baselines = chosen_steps().filter_map(|step| step.baselines.as_ref());
        let (baseline, clocks) = match direction {
            Direction::Undo => {
                let replaced = chosen_steps().filter(|step| step.replaces);
                (
                    baselines.next().map(|both| Arc::clone(&both.before)),
                    replaced.map(|step| step.before.clock).collect(),
                )
            }
            Direction::Redo => {
                let last = baselines.next_back();
                (last.map(|both| Arc::clone(&both.after)), Vec::new())
            }
        };
        Ok(Journey {
            target,
            since,
            baseline,
            clocks,
            steps: chosen,
        })
    }

    /// Notes a way that was gone. Answers the steps it led over, oldest first.
    pub(super) fn travelled(
        &mut self,
        direction: Direction,
        journey: &Journey,
        entry: &Entry,
        weight: usize,
        before: Arc<World>,
    ) -> Vec<Step> {
        let mut after = Some(Arc::clone(&before));
        for index in journey.steps.iter().rev() {
            let Some(step) = self.steps.get_mut(*index) else {
                continue;
            };
            match direction {
                Direction::Undo => {
                    step.state = StepState::Undone;
                    step.after = after.replace(Arc::clone(&step.before));
                }
                Direction::Redo => {
                    step.state = StepState::Done;
                    step.after = None;
                }
            }
        }
        let steps = journey.steps.iter();
        let steps = steps.filter_map(|index| self.steps.get(*index).cloned());
        let steps = steps.collect();
        self.travels.add(entry.changes.len());
        self.push(Step::new(entry, weight, before, StepState::Travel));
        steps
    }
}
