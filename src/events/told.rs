//! Events as text: `id`, `event` and one line of JSON each.

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Kind;
use crate::control::history;
use crate::control::naming;
use crate::control::requests::ActorBody;
use crate::model::WebexId;
use crate::tasks::Task;
use crate::world::history::Tally;
use crate::world::sandbox::Replaced;
use crate::world::{Clock, ClockMode, Entry, Moment, World};

/// Holders that a commit names; a step of a bulk task concerns many more.
const NAMED: usize = 20;

/// Events that are told.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Their text.
    pub text: String,
}

/// What a stream begins with, so that its reader knows that it is open. After a broken connection
/// a second is soon enough.
pub(super) fn opening() -> String {
    "retry: 1000\n: open\n\n".to_owned()
}

/// What a stream says when there is nothing to say.
pub(super) fn heartbeat() -> String {
    ": still here\n\n".to_owned()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Commit<'a> {
    revision: u64,
    at: Moment,
    actor: ActorBody,
    operation: &'static str,
    tracking_id: &'a str,
    summary: String,
    holders: Vec<naming::Named>,
    changes: usize,
    lost: usize,
    rules: &'a [&'static str],
}

impl Told {
    fn event(&mut self, id: Option<u64>, name: &str, data: &Value) {
        if let Some(id) = id {
            self.text.push_str(&format!("id: {id}\n"));
        }
        self.text
            .push_str(&format!("event: {name}\ndata: {data}\n\n"));
    }

    pub fn commit(&mut self, entry: &Entry, world: &World) {
        let mut subjects: Vec<Uuid> = Vec::new();
        let touched = entry.changes.iter().map(naming::subject);
        for subject in touched.chain(entry.lost.iter().map(|lost| lost.holder)) {
            if subjects.len() < NAMED && !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        // Who was deleted stands in the commit alone.
        let gone = entry.changes.iter().filter(|change| change.after.is_none());
        let gone = gone.filter_map(|change| Some((change.key, change.before.clone()?)));
        let gone = World::of_objects(world.clock, gone);
        let named = |subject: &Uuid| {
            let present = naming::holder(world, *subject);
            present.or_else(|| naming::holder(&gone, *subject))
        };
        let commit = Commit {
            revision: entry.revision,
            at: entry.at,
            actor: ActorBody::from(&entry.actor),
            operation: entry.operation,
            tracking_id: &entry.tracking_id,
            summary: history::summary(&Tally::of(&entry.changes), &[world, &gone]),
            holders: subjects.iter().filter_map(named).collect(),
            changes: entry.changes.len(),
            lost: entry.lost.len(),
            rules: &entry.rules,
        };
        let data = serde_json::to_value(&commit).unwrap_or_default();
        self.event(Some(entry.revision), Kind::Commit.name(), &data);
    }

    pub fn task(&mut self, id: Uuid, task: &Task) {
        let data = json!({
            "id": WebexId::Task.encode(id),
            "orgId": WebexId::Organization.encode(task.organization),
            "kind": task.job.row().name,
            "status": task.status,
            "percent": task.percent(),
            "total": task.total,
            "succeeded": task.succeeded,
            "failed": task.failed,
            "lost": task.lost,
            "trackingId": task.author.tracking_id,
        });
        self.event(None, Kind::Task.name(), &data);
    }

    /// The clock as it stands at the real time `real`.
    pub fn clock(&mut self, clock: &Clock, real: Moment) {
        let mut data = json!({"mode": clock.mode, "now": clock.now(real)});
        if clock.mode == ClockMode::Scaled {
            data["scale"] = clock.scale.into();
        }
        self.event(None, Kind::Clock.name(), &data);
    }

    pub fn reset(&mut self, replaced: Replaced) {
        let data = json!({"revision": replaced.revision, "at": replaced.at});
        self.event(Some(replaced.revision), Kind::Reset.name(), &data);
    }

    /// Commits that can no longer be told, and what the reader can do about it.
    pub fn gap(&mut self, known: u64, until: u64) {
        let data = json!({
            "after": known,
            "until": until,
            "message": "The commits between are no longer kept here: read the state anew.",
        });
        self.event(Some(until), "gap", &data);
    }
}
