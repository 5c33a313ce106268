//! The snapshots of a sandbox: named worlds that one can come back to.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::budget::{Budget, Share};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::snapshot::{self, Written};
use crate::world::{Engine, Moment, World, diff};

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
    bytes: AtomicUsize,
    number: u64,
    world: Arc<World>,
    length: OnceLock<usize>,
}

impl Snapshot {
    /// About how many bytes it holds that the one before it does not.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The world as it was taken, with its clock as it stood at that real time.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// The document, and how many bytes it has: they are counted once.
    #[must_use]
    pub fn document(&self, engine: &Engine) -> (Written<'_>, usize) {
        let anchor = self.world.clock.anchor;
        let document = snapshot::take(&self.world, engine, anchor).named(&self.name);
        let length = *self.length.get_or_init(|| document.length());
        (document, length)
    }

    /// The world with a clock that goes on from where it stood.
    #[must_use]
    pub fn resumed(&self, real: Moment) -> World {
        let clock = self.world.clock;
        World::clone(&self.world).with_clock(clock.resumed(clock.anchor, real))
    }
}

/// The snapshots of a sandbox by name. They survive a reset: they are there to come back to.
#[derive(Debug)]
pub struct Snapshots {
    kept: Mutex<Kept>,
    room: usize,
}

impl Default for Snapshots {
    fn default() -> Self {
        Self::with_room(KEPT_BYTES)
    }
}

#[derive(Debug, Default)]
struct Kept {
    by_name: BTreeMap<String, (Arc<Snapshot>, Share)>,
    count: u64,
}

impl Kept {
    /// The world of the last snapshot that was taken before a number; else the baseline.
    fn before<'a>(&'a self, number: u64, baseline: &'a Arc<World>) -> &'a Arc<World> {
        let snapshots = self.by_name.values().map(|(snapshot, _)| snapshot);
        let earlier = snapshots.filter(|snapshot| snapshot.number < number);
        let last = earlier.max_by_key(|snapshot| snapshot.number);
        last.map_or(baseline, |snapshot| &snapshot.world)
    }

    /// The name of the first snapshot that was taken after a number.
    fn after(&self, number: u64) -> Option<String> {
        let snapshots = self.by_name.values().map(|(snapshot, _)| snapshot);
        let later = snapshots.filter(|snapshot| snapshot.number > number);
        let next = later.min_by_key(|snapshot| snapshot.number)?;
        Some(next.name.clone())
    }
}

impl Snapshots {
    /// Room for so many bytes that the snapshots do not share.
    fn with_room(room: usize) -> Self {
        Self {
            kept: Mutex::default(),
            room,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a world under a name. `baseline` is what the sandbox keeps anyhow; `budget` is what
    /// the snapshots of all sandboxes have together.
    ///
    /// # Errors
    /// 400 for a bad name, 409 for one that is taken and when there is no room.
    pub fn add(
        &self,
        name: &str,
        world: &World,
        baseline: &Arc<World>,
        budget: &Arc<Budget>,
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
        let number = kept.count + 1;
        let bytes = diff::own_bytes(kept.before(number, baseline), &world);
        let share = self.room_for(bytes, &kept, budget)?;
        let snapshot = Arc::new(Snapshot {
            name: name.to_owned(),
            at: clock.shown,
            bytes: AtomicUsize::new(bytes),
            number,
            world: Arc::new(world),
            length: OnceLock::new(),
        });
        kept.count = number;
        let held = (Arc::clone(&snapshot), share);
        kept.by_name.insert(name.to_owned(), held);
        Ok(snapshot)
    }

    /// Finds room for so many bytes.
    fn room_for(&self, bytes: usize, kept: &Kept, budget: &Arc<Budget>) -> Result<Share, Refusal> {
        let shares = kept.by_name.values();
        let held: usize = shares.map(|(_, share)| share.bytes()).sum();
        let full = |whose: &str, most: usize, held: usize| {
            let detail = format!(
                "The snapshots of {whose} hold at most {most} bytes that they do not share; there \
                 are {held}, and this one has {bytes}."
            );
            Refusal::new(ErrorKind::SnapshotsFull, detail)
        };
        if held + bytes > self.room {
            return Err(full("a sandbox", self.room, held));
        }
        let mut share = budget.share();
        if !share.hold(bytes) {
            let whose = "all sandboxes together (--max-snapshots)";
            return Err(full(whose, budget.most(), budget.held()));
        }
        Ok(share)
    }

    /// The snapshots in the order of their names.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<Snapshot>> {
        let kept = self.kept();
        let snapshots = kept.by_name.values();
        snapshots
            .map(|(snapshot, _)| Arc::clone(snapshot))
            .collect()
    }

    /// The snapshot of a name.
    ///
    /// # Errors
    /// 404, with the nearest name.
    pub fn get(&self, name: &str) -> Result<Arc<Snapshot>, Refusal> {
        let kept = self.kept();
        let found = kept.by_name.get(name);
        let found = found.map(|(snapshot, _)| Arc::clone(snapshot));
        found.ok_or_else(|| {
            let known = kept.by_name.keys().map(String::as_str);
            let hint = crate::model::nearest::nearest(name, known)
                .map_or_else(String::new, |nearest| format!(" Did you mean {nearest}?"));
            let shown = crate::model::number::shorten(name);
            let detail = format!("This sandbox has no snapshot \"{shown}\".{hint}");
            Refusal::new(ErrorKind::NotFound, detail)
        })
    }

    /// Forgets a snapshot. What the next one shared with it is that one's own from now on.
    ///
    /// # Errors
    /// 404.
    pub fn delete(&self, name: &str, baseline: &Arc<World>) -> Result<(), Refusal> {
        let number = self.get(name)?.number;
        let mut kept = self.kept();
        kept.by_name.remove(name);
        let Some(next) = kept.after(number) else {
            return Ok(());
        };
        let before = Arc::clone(kept.before(number, baseline));
        if let Some((snapshot, share)) = kept.by_name.get_mut(&next) {
            let bytes = diff::own_bytes(&before, &snapshot.world);
            snapshot.bytes.store(bytes, Ordering::Relaxed);
            share.insist(bytes);
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::catalog::ENGINE;
    use crate::model::{Group, Organization};
    use crate::world::{Actor, Clock, Context, Limits, Sandbox};

    /// A sandbox with nobody in it, and the same one with a group and with two.
    fn worlds() -> [Arc<World>; 3] {
        let clock = Clock::frozen(Moment(0));
        let sandbox = Sandbox::new(&ENGINE, Limits::default(), World::new(1, clock).into());
        let context = Context {
            now: Moment(0),
            actor: Actor::simulator(),
            operation: "test",
            tracking_id: "".into(),
        };
        let firm = Organization::new("Firm".to_owned(), "US".to_owned(), Moment(0));
        let founded = sandbox.write(&context, |tx| tx.put(Uuid::nil(), firm));
        founded.expect("a firm");
        let add = |number: u128| {
            let group = Group {
                organization: Uuid::nil(),
                display_name: format!("Group {number}"),
                description: None,
                external_id: None,
                usage: None,
                members: Vec::new(),
                created: Moment(0),
                last_modified: Moment(0),
            };
            let id = Uuid::from_u128(number);
            let written = sandbox.write(&context, |tx| tx.put(id, group));
            written.expect("a free name");
            sandbox.read()
        };
        [sandbox.read(), add(1), add(2)]
    }

    #[test]
    fn what_snapshots_do_not_share_is_bounded_and_deleting_makes_room() {
        let [empty, one, two] = worlds();
        let budget = Budget::of(usize::MAX);
        let add = |kept: &Snapshots, name: &str, world: &World| {
            kept.add(name, world, &empty, &budget, Moment(0))
        };
        let bytes = add(&Snapshots::default(), "one", &one)
            .expect("room")
            .bytes();
        assert!(bytes > 0);
        let kept = Snapshots::with_room(bytes);
        add(&kept, "one", &one).expect("room for it");
        let same = add(&kept, "same", &one).expect("room for what is shared");
        assert_eq!(same.bytes(), 0);
        let refused = add(&kept, "two", &two).expect_err("no room");
        assert_eq!(refused.kind, ErrorKind::SnapshotsFull);
        let held = format!("at most {bytes} bytes");
        assert!(refused.to_string().contains(&held), "{refused}");
        assert_eq!(kept.list().len(), 2);
        kept.delete("same", &empty).expect("it");
        kept.delete("one", &empty).expect("it");
        add(&kept, "one", &one).expect("room again");
    }

    #[test]
    fn the_length_of_a_document_is_told_before_it_is_rendered() {
        let [empty, one, _] = worlds();
        let budget = Budget::of(usize::MAX);
        let kept = Snapshots::default();
        let added = kept.add("one", &one, &empty, &budget, Moment(0));
        let added = added.expect("room");
        let (document, length) = added.document(&ENGINE);
        assert_eq!(serde_json::to_vec(&document).expect("JSON").len(), length);
    }

    #[test]
    fn what_a_deleted_snapshot_shared_counts_for_the_next_one_and_all_comes_back_at_the_end() {
        let [empty, one, two] = worlds();
        let budget = Budget::of(usize::MAX);
        let kept = Snapshots::default();
        let add = |name: &str, world: &World| {
            let added = kept.add(name, world, &empty, &budget, Moment(0));
            added.expect("room").bytes()
        };
        let (first, second) = (add("one", &one), add("two", &two));
        assert_eq!(add("same", &two), 0);
        assert_eq!(budget.held(), first + second);
        kept.delete("one", &empty).expect("it");
        assert_eq!(kept.get("two").expect("it").bytes(), first + second);
        kept.delete("two", &empty).expect("it");
        assert_eq!(kept.get("same").expect("it").bytes(), first + second);
        assert_eq!(budget.held(), first + second);
        kept.delete("same", &empty).expect("it");
        assert_eq!(budget.held(), 0);
    }
}
