//! The events of a sandbox as a stream of server-sent events.
//!
//! A feed has no queue. It knows what its reader was told, and when the sandbox's bell rings it
//! tells what is different now: commits from the ledger, which is bounded; tasks and the clock as
//! they stand. So a reader who is slow costs no memory: what the ledger has dropped before it was
//! read is told as a gap, and the states of a task between two looks are one event.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::Stream;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::told::{self, Told};
use crate::http::Tenant;
use crate::http::app::real_time;
use crate::http::bell::Ear;
use crate::http::expiry::Held;
use crate::refusal::Refusal;
use crate::tasks::{Task, TaskStatus};
use crate::world::sandbox::Replaced;
use crate::world::{Clock, Entry, Moment, World};

/// A comment is sent when nothing else was for so long, so that both ends notice when the
/// connection is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Commits told in one piece.
const PIECE: usize = 100;

/// What a stream may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A commit of the ledger.
    Commit,
    /// A bulk task that began, went on or ended.
    Task,
    /// The clock was set or moved.
    Clock,
    /// The world was replaced by a reset or a load.
    Reset,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Commit, Self::Task, Self::Clock, Self::Reset];

    /// The name of its events.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["commit", "task", "clock", "reset"][self as usize]
    }
}

/// The events that one reader wants of one sandbox.
#[derive(Debug)]
pub struct Feed {
    tenant: Held,
    kinds: Vec<Kind>,
    since: Option<u64>,
    ear: Ear,
    _permit: OwnedSemaphorePermit,
}

/// What a reader knows.
#[derive(Debug)]
struct Known {
    revision: u64,
    tasks: BTreeMap<Uuid, (TaskStatus, u32)>,
    clock: Option<Clock>,
}

impl Feed {
    /// The events of some kinds from now on or, when somebody comes back, since a revision.
    ///
    /// # Errors
    /// 429 when too many listen already.
    pub fn new(
        tenant: &Arc<Tenant>,
        permit: OwnedSemaphorePermit,
        kinds: Vec<Kind>,
        since: Option<u64>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            ear: tenant.changed.listen()?,
            _permit: permit,
            tenant: Held::new(tenant),
            kinds,
            since,
        })
    }

    /// The stream. It ends when the sandbox is deleted or the server stops.
    pub fn stream(self: Arc<Self>) -> impl Stream<Item = Result<Bytes, Infallible>> {
        let known = self.known();
        let first = told::opening();
        futures::stream::unfold(
            (self, known, Some(first)),
            |(feed, mut known, first)| async {
                let piece = match first {
                    Some(first) => first,
                    None => feed.wait(&mut known).await?,
                };
                Some((Ok(Bytes::from(piece)), (feed, known, None)))
            },
        )
    }

    /// Waits until there is something to tell; nothing when it is over.
    async fn wait(&self, known: &mut Known) -> Option<String> {
        loop {
            let mut rung = pin!(self.ear.rung());
            // Before the look, or what happens between look and wait would be missed.
            rung.as_mut().enable();
            if self.tenant.is_closed() {
                return None;
            }
            let news = self.news(known);
            if !news.is_empty() {
                return Some(news);
            }
            if tokio::time::timeout(HEARTBEAT, rung).await.is_err() {
                return Some(told::heartbeat());
            }
        }
    }

    /// What a reader knows at first: everything there is or, when they come back, what they were
    /// told until then.
    fn known(&self) -> Known {
        let world = self.tenant.sandbox.read();
        let Some(since) = self.since else {
            return Known {
                revision: world.revision,
                tasks: tasks(&world).map(|(id, task)| (id, state(task))).collect(),
                clock: Some(world.clock),
            };
        };
        // Tasks have no number in the stream: whatever may have ended since is told once more.
        let seen = self.time_of(since);
        let ended = |task: &Task| {
            task.finished_at
                .is_some_and(|at| seen.is_some_and(|s| at < s))
        };
        Known {
            revision: since,
            tasks: tasks(&world)
                .filter(|(_, task)| ended(task))
                .map(|(id, task)| (id, state(task)))
                .collect(),
            clock: None,
        }
    }

    /// When a revision was committed, if the ledger still knows.
    fn time_of(&self, revision: u64) -> Option<Moment> {
        self.tenant.sandbox.ledger(|ledger| {
            let mut entries = ledger.entries().rev();
            let entry = entries.find(|entry| entry.revision <= revision)?;
            Some(entry.at)
        })
    }

    /// What is to be told now, which the reader knows afterwards.
    fn news(&self, known: &mut Known) -> String {
        let mut told = Told::default();
        if !self.tell_commits(known, &mut told) {
            return told.text;
        }
        let world = self.tenant.sandbox.peek();
        let mut present = BTreeMap::new();
        for (id, task) in tasks(&world) {
            let state = state(task);
            if known.tasks.get(&id) != Some(&state) && self.wants(Kind::Task) {
                told.task(id, task);
            }
            present.insert(id, state);
        }
        known.tasks = present;
        if known.clock != Some(world.clock) {
            known.clock = Some(world.clock);
            if self.wants(Kind::Clock) {
                told.clock(&world.clock, real_time());
            }
        }
        told.text
    }

    /// Tells the next commits; answers whether they are all told.
    fn tell_commits(&self, known: &mut Known, told: &mut Told) -> bool {
        let sandbox = &self.tenant.sandbox;
        let world = sandbox.read();
        let replaced = sandbox.replaced();
        let (gone_until, newer) = sandbox.ledger(|ledger| {
            let newer = ledger.entries().rev();
            let newer = newer.take_while(|entry| entry.revision > known.revision);
            let newer: Vec<Arc<Entry>> = newer.map(Arc::clone).collect();
            (ledger.dropped_until, newer)
        });
        let newest = newer.first().map_or(0, |entry| entry.revision);
        if known.revision > world.revision.max(newest) {
            // Somebody comes back with the number of another sandbox, or of an earlier server.
            told.gap(known.revision, world.revision);
            known.revision = world.revision;
        } else if gone_until > known.revision {
            if self.wants(Kind::Commit) {
                told.gap(known.revision, gone_until);
            }
            known.revision = gone_until;
        }
        let all = newer.len() <= PIECE;
        for entry in newer.iter().rev().take(PIECE) {
            self.tell_reset(known, replaced, entry.revision, told);
            known.revision = entry.revision;
            if self.wants(Kind::Commit) {
                told.commit(entry, &world);
            }
        }
        if all {
            self.tell_reset(known, replaced, u64::MAX, told);
        }
        all
    }

    /// Tells that the world was replaced, when that was before a revision and is not known.
    fn tell_reset(&self, known: &mut Known, replaced: Replaced, before: u64, told: &mut Told) {
        let revision = replaced.revision;
        if known.revision < revision && revision < before {
            known.revision = revision;
            if self.wants(Kind::Reset) {
                told.reset(replaced);
            }
        }
    }

    fn wants(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// The tasks in the order in which they were started.
fn tasks(world: &World) -> impl Iterator<Item = (Uuid, &Task)> {
    let mut tasks: Vec<_> = world.list::<Task>().collect();
    tasks.sort_by_key(|(_, task)| task.number);
    tasks.into_iter()
}

fn state(task: &Task) -> (TaskStatus, u32) {
    (task.status, task.done())
}
