//! The snapshots of a sandbox: named worlds that one can come back to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, Object, World, diff};

/// Snapshots kept for each sandbox.
const KEPT: usize = 100;
/// Bytes of objects that the snapshots of a sandbox hold and do not share, about.
const KEPT_BYTES: usize = 256 << 20;

/// A world with a name. Its clock stands as it did when the world was taken.
#[derive(Debug)]
pub struct Snapshot {
    /// The name.
    pub name: String,
    /// What the clock showed then.
    pub at: Moment,
    /// About how many bytes it holds that the one before it does not.
    pub bytes: usize,
    world: Arc<World>,
}

impl Snapshot {
    /// The world as it was taken, with its clock as it stood at that real time.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// The world with a clock that goes on from where it stood.
    #[must_use]
    pub fn resumed(&self, real: Moment) -> World {
        let clock = self.world.clock;
        World::clone(&self.world).with_clock(clock.resumed(clock.anchor, real))
    }
}

/// The snapshots of a sandbox by name. They survive a reset: they are there to come back to.
#[derive(Debug, Default)]
pub struct Snapshots {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_name: BTreeMap<String, Arc<Snapshot>>,
    newest: Option<Arc<World>>,
}

impl Snapshots {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a world under a name. `baseline` is what the sandbox keeps anyhow.
    ///
    /// # Errors
    /// 400 for a bad name, 409 for one that is taken and when there is no room.
    pub fn add(
        &self,
        name: &str,
        world: &World,
        baseline: Arc<World>,
        real: Moment,
    ) -> Result<Arc<Snapshot>, Refusal> {
        check_name(name)?;
        let mut kept = self.kept();
        if kept.by_name.contains_key(name) {
            let detail = format!(
                "A snapshot \"{name}\" exists already: delete it first, or choose another name."
            );
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        if kept.by_name.len() >= KEPT {
            let detail = format!("A sandbox keeps {KEPT} snapshots, and so many exist.");
            return Err(Refusal::new(ErrorKind::SnapshotsFull, detail));
        }
        let clock = world.clock.resumed(real, real);
        let world = world.clone().with_clock(clock);
        let bytes = own_bytes(kept.newest.as_ref().unwrap_or(&baseline), &world);
        let held: usize = kept.by_name.values().map(|snapshot| snapshot.bytes).sum();
        if held + bytes > KEPT_BYTES {
            let detail = format!(
                "The snapshots of a sandbox hold {KEPT_BYTES} bytes that they do not share; there \
                 are {held}, and this one has {bytes}."
            );
            return Err(Refusal::new(ErrorKind::SnapshotsFull, detail));
        }
        let snapshot = Arc::new(Snapshot {
            name: name.to_owned(),
            at: clock.shown,
            bytes,
            world: Arc::new(world),
        });
        kept.newest = Some(Arc::clone(&snapshot.world));
        kept.by_name.insert(name.to_owned(), Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// The snapshots in the order of their names.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<Snapshot>> {
        self.kept().by_name.values().map(Arc::clone).collect()
    }

    /// The snapshot of a name.
    ///
    /// # Errors
    /// 404, with the nearest name.
    pub fn get(&self, name: &str) -> Result<Arc<Snapshot>, Refusal> {
        let kept = self.kept();
        let found = kept.by_name.get(name).map(Arc::clone);
        found.ok_or_else(|| {
            let known = kept.by_name.keys().map(String::as_str);
            let hint = crate::model::nearest::nearest(name, known)
                .map_or_else(String::new, |nearest| format!(" Did you mean {nearest}?"));
            let shown = crate::model::number::shorten(name);
            let detail = format!("This sandbox has no snapshot \"{shown}\".{hint}");
            Refusal::new(ErrorKind::NotFound, detail)
        })
    }

    /// Forgets a snapshot.
    ///
    /// # Errors
    /// 404.
    pub fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.get(name)?;
        let mut kept = self.kept();
        kept.by_name.remove(name);
        if kept.by_name.is_empty() {
            kept.newest = None;
        }
        Ok(())
    }
}

/// About how many bytes of a world are not shared with another. Quick: what they share is not
/// looked at.
fn own_bytes(other: &World, world: &World) -> usize {
    let changes = diff::changes(other, world).into_iter();
    let own = changes.filter_map(|change| change.after);
    own.map(|object| Object::weight(&object)).sum()
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let begins = name
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    if begins && name.len() <= 63 && name.bytes().all(plain) {
        return Ok(());
    }
    let detail = format!(
        "\"{}\" is no name of a snapshot: letters, digits, points, hyphens and underscores, at \
         most 63, the first a letter or a digit.",
        crate::model::number::shorten(name)
    );
    Err(Refusal::bad_request(detail))
}
