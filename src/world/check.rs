//! Invariants: what must hold after each write, given by the rooms that own the data.

use super::World;
use super::ledger::Change;

/// A broken invariant, in words.
pub type Violation = String;

/// One invariant.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What it says.
    pub name: &'static str,
    /// Looks at what a write changed.
    pub on_change: fn(&World, &[Change]) -> Vec<Violation>,
    /// Looks at a whole world.
    pub on_world: fn(&World) -> Vec<Violation>,
}

/// Every violation in a whole world: the engine's own (the index is exactly what the objects say)
/// and those of the given checks.
#[must_use]
pub fn check(world: &World, checks: &[Check]) -> Vec<Violation> {
    let mut found = check_index(world);
    for check in checks {
        let violations = (check.on_world)(world);
        found.extend(
            violations
                .into_iter()
                .map(|text| format!("{}: {text}", check.name)),
        );
    }
    found
}

fn check_index(world: &World) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut expected = 0;
    for ((_, id), object) in &world.objects {
        for key in object.index(*id) {
            expected += 1;
            if world.index.get(&key) != Some(id) {
                found.push(format!("index: {key:?} does not lead to {id}"));
            }
        }
    }
    if expected != world.index.len() {
        found.push(format!(
            "index: {} keys for {expected} values",
            world.index.len()
        ));
    }
    found
}
