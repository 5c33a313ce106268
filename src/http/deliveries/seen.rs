//! Which changes were told, so that none is told twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use uuid::Uuid;

use crate::tasks::Task;
use crate::world::World;

/// How far each task had come when somebody looked last.
#[derive(Debug, Default)]
pub struct Seen {
    world: Weak<World>,
    /// The revision of the world that came in last; there is none of an earlier one any more.
    since: u64,
    /// How far each task had come.
    pub stages: BTreeMap<Uuid, u8>,
    /// The world that was looked at last, while it has no webhook.
    unheard: Option<Arc<World>>,
}

impl Seen {
    /// Begins with a world: what it brings was told where it happened.
    pub fn begin(&mut self, world: &World) {
        let tasks = world.list::<Task>();
        self.stages = tasks.map(|(id, task)| (id, task.status.stage())).collect();
        self.since = world.revision;
    }

    /// Whether this world is to be looked at: it is not the one that was looked at last, and none
    /// that has been replaced. What a weak one names is not another world, even when that one is
    /// gone.
    #[must_use]
    pub fn is_news(&self, world: &Arc<World>) -> bool {
        self.world.as_ptr() != Arc::as_ptr(world) && world.revision >= self.since
    }

    /// Notes a world without a webhook: nobody is told how far tasks come there.
    pub fn pass_over(&mut self, world: Arc<World>) {
        self.unheard = Some(world);
    }

    /// Begins with the last world that had no webhook. One that comes after it knows itself how
    /// far tasks had come; one that comes back by an undo does not.
    pub fn hear(&mut self) {
        if let Some(world) = self.unheard.take()
            && world.revision >= self.since
        {
            self.begin(&world);
        }
    }

    /// Notes the world that is looked at.
    pub fn learn(&mut self, world: &Arc<World>) {
        self.world = Arc::downgrade(world);
    }
}
