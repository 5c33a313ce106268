//! What a request started: the tasks in its name, how far they are, and why items of them failed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::number::shorten;
use crate::refusal::ErrorKind;
use crate::tasks::Task;
use crate::tasks::task::ItemError;
use crate::world::World;

/// Items that are named with their failure; more are counted.
const NAMED_FAILURES: usize = 5;

/// Values that were replaced as asked and are named; more are counted.
const NAMED_CHANGES: usize = 5;

/// What is told of failures whose code stands for a status, which several reasons share.
const GENERAL: &str = "Correct what the failures name, then ask again for those alone.";

/// The tasks that a request started, as far as an explanation tells of them.
#[derive(Debug, Default)]
pub(super) struct Started {
    /// One sentence for each task, and one for each failure that is named.
    pub sentences: Vec<String>,
    /// The rules that the outcomes name.
    pub rules: Vec<String>,
    /// What can be done about the failures, each once.
    pub remedies: Vec<&'static str>,
    /// What deserves attention about the tasks as a whole.
    pub warnings: Vec<String>,
}

impl Started {
    /// The tasks in the name of a tracking id.
    pub fn of(world: &World, tracking_id: &str) -> Self {
        let mut started = Self::default();
        let mut tasks: Vec<&Task> = world
            .list::<Task>()
            .map(|(_, task)| task)
            .filter(|task| &*task.author.tracking_id == tracking_id)
            .collect();
        tasks.sort_by_key(|task| task.number);
        for task in tasks {
            started.add(task);
        }
        started
    }

    fn add(&mut self, task: &Task) {
        self.sentences.push(progress(task));
        self.warnings.extend(task.warnings.iter().cloned());
        let named = task.errors.iter().take(NAMED_FAILURES);
        self.sentences.extend(named.map(|error| failure(error)));
        self.sentences.extend(counted(task));
        self.sentences.extend(replaced(task));
        let mut seen: BTreeSet<String> = self.rules.iter().cloned().collect();
        for rule in task.outcomes.iter().flat_map(|outcome| &outcome.rules) {
            if !seen.contains(rule.as_ref()) {
                seen.insert(rule.to_string());
                self.rules.push(rule.to_string());
            }
        }
        for error in &task.errors {
            let text = remedy(error.code);
            if !self.remedies.contains(&text) {
                self.remedies.push(text);
            }
        }
    }
}

/// How far a task is, and how much of it failed.
fn progress(task: &Task) -> String {
    let (name, status) = (task.job.row().name, task.status.name());
    let (done, total, failed) = (task.done(), task.total, task.failed);
    let kept = match task.expired {
        true => " Why is no longer kept (TASK-04).",
        false => "",
    };
    match failed {
        0 => format!("Its task {name} is {status}: {done} of {total} items done."),
        _ => format!(
            "Its task {name} is {status}: {done} of {total} items done, {failed} of them \
             failed.{kept}"
        ),
    }
}

/// `Line 3, ann@firm.example: … (900004).`
fn failure(error: &ItemError) -> String {
    let line = error
        .row
        .map_or_else(String::new, |row| format!("Line {row}, "));
    let (user, code) = (shorten(&error.user), error.code);
    let reason = error.reason.trim_end_matches('.');
    format!("{line}{user}: {reason} ({code}).")
}

/// What a task put in the place of something else because it was asked to, which is no loss.
fn replaced(task: &Task) -> Vec<String> {
    let mut all = task.outcomes.iter().flat_map(|outcome| {
        let changed = outcome.changed.iter();
        changed.map(|changed| (&outcome.holder.name, changed))
    });
    let value = |value: &Value| match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => shorten(text),
        other => other.to_string(),
    };
    let named = all.by_ref().take(NAMED_CHANGES);
    let mut told: Vec<String> = named
        .map(|(name, changed)| {
            let (before, after) = (value(&changed.before), value(&changed.after));
            let (name, field) = (shorten(name), &changed.field);
            format!("{field} of {name} was {before} and is {after}, as asked.")
        })
        .collect();
    match all.count() {
        0 => {}
        1 => told.push("1 more value was replaced as asked.".to_owned()),
        more => told.push(format!("{more} more values were replaced as asked.")),
    }
    told
}

/// The failures that are not named, by their codes.
fn counted(task: &Task) -> Option<String> {
    let mut codes: BTreeMap<u32, usize> = BTreeMap::new();
    for error in task.errors.iter().skip(NAMED_FAILURES) {
        *codes.entry(error.code).or_default() += 1;
    }
    let all: usize = codes.values().sum();
    let parts = codes
        .iter()
        .map(|(code, count)| format!("{count} with {code}"));
    let parts: Vec<String> = parts.collect();
    (all > 0).then(|| format!("{all} more failed: {}.", parts.join(", ")))
}

/// What can be done about a failure of an item.
fn remedy(code: u32) -> &'static str {
    let mut kinds = ErrorKind::ALL.iter().map(|kind| kind.row());
    // A code below that is a status, and several reasons share it.
    let own = kinds.find(|row| code >= 1000 && row.code == Some(code));
    own.map_or(GENERAL, |row| row.remedy)
}
