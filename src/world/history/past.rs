//! Which of a sandbox's past states are kept.

use std::sync::Arc;

use super::History;
use crate::world::World;
use crate::world::clock::Moment;

/// A state that is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    /// It is still to come.
    Future,
    /// It is older than what is kept, which begins with this revision at this moment.
    Older(u64, Moment),
    /// It is within a task or another step, which leads from one revision to another.
    Within(u64, u64),
}

impl History {
    /// The worlds that a reset or a load replaced, the newest first.
    pub fn replaced(&self) -> impl Iterator<Item = &Arc<World>> {
        let steps = self.steps.iter().rev();
        steps.filter(|step| step.replaces).map(|step| &step.before)
    }

    /// Every kept state with the moment at which it began, newest first.
    fn kept(&self, head: &Arc<World>) -> impl Iterator<Item = (Moment, Arc<World>)> {
        let began = self.steps.iter().map(|step| step.end().1);
        let began = std::iter::once(self.began).chain(began);
        let worlds = self.steps.iter().map(|step| Arc::clone(&step.before));
        let worlds = worlds.chain([Arc::clone(head)]);
        let mut kept: Vec<_> = began.zip(worlds).collect();
        kept.reverse();
        kept.into_iter()
    }

    /// The world of a revision, and since when it stood.
    ///
    /// # Errors
    /// [`Unkept`]
    pub fn at_revision(
        &self,
        head: &Arc<World>,
        revision: u64,
    ) -> Result<(Moment, Arc<World>), Unkept> {
        if revision > head.revision {
            return Err(Unkept::Future);
        }
        let found = self
            .kept(head)
            .find(|(_, world)| world.revision <= revision);
        match found {
            Some((at, world)) if world.revision == revision => Ok((at, world)),
            Some((_, world)) => {
                let mut later = self.steps.iter().map(|step| step.end().0);
                let after = later.find(|later| *later > revision);
                Err(Unkept::Within(
                    world.revision,
                    after.unwrap_or(head.revision),
                ))
            }
            None => Err(self.older(head)),
        }
    }

    /// The world as it stood at a moment.
    ///
    /// # Errors
    /// [`Unkept`]; whether the moment is still to come is for the caller to say.
    pub fn at_moment(&self, head: &Arc<World>, at: Moment) -> Result<Arc<World>, Unkept> {
        let found = self.kept(head).find(|(began, _)| *began <= at);
        let (_, world) = found.ok_or_else(|| self.older(head))?;
        let mut steps = self.steps.iter();
        let within = steps.find(|step| {
            step.before.revision == world.revision && step.at <= at && at < step.end().1
        });
        match within {
            Some(step) => Err(Unkept::Within(world.revision, step.end().0)),
            None => Ok(world),
        }
    }

    fn older(&self, head: &Arc<World>) -> Unkept {
        let oldest = self.steps.front().map_or(head, |step| &step.before);
        Unkept::Older(oldest.revision, self.began)
    }
}
