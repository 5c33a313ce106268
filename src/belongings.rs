//! What a holder has through Calling: settings, memberships in settings of others, numbers,
//! phones. Each is listed, so that a loss can be foretold and reported, and wiped (LOSS-01).
//!
//! Schedules, events, access codes and digit patterns are settings families like any other.

pub mod callbacks;
pub mod devices;
pub mod memberships;
pub mod numbers;
pub mod routes;
pub mod settings;

mod check;

#[cfg(test)]
mod tests;

pub use check::CHECK;
pub use routes::ROUTES;

use serde_json::Value;
use uuid::Uuid;

use crate::model::{E164, Holder};
use crate::refusal::Refusal;
use crate::settings::families::numbers::Numbers;
use crate::settings::family::{Asked, FamilyRoute, Step};
use crate::settings::{Family, FamilyDef, table};
use crate::world::{Lost, Tx, World};

/// The rule by which everything here is lost.
pub const RULE: &str = "LOSS-01";

/// What a wipe destroyed. The caller notes it in the ledger and shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wiped {
    /// Every value, with the family and the field.
    pub lost: Vec<Lost>,
    /// The numbers that stand in their locations' inventories again (LOSS-03).
    pub freed_numbers: Vec<String>,
}

/// Destroys everything that a holder has through Calling and leaves the rest alone (LOSS-04).
/// It works whatever the state of the holder's subscription, and on a holder without Calling it
/// does nothing.
pub fn wipe(tx: &mut Tx, holder: Holder) -> Wiped {
    let stored = settings::stored(tx, holder);
    let lost = list_with(tx, holder, &stored);
    memberships::remove(tx, holder);
    settings::remove(tx, holder, &stored);
    devices::remove(tx, holder);
    let freed = numbers::return_numbers(tx, holder);
    numbers::clear_work_numbers(tx, holder, &freed);
    numbers::set_calling(tx, holder, None);
    Wiped {
        lost,
        freed_numbers: freed.iter().map(ToString::to_string).collect(),
    }
}

/// What a release of numbers and devices took (SUB-04).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Released {
    /// Every value, with the family and the field.
    pub lost: Vec<Lost>,
    /// The numbers that nobody uses any more.
    pub numbers: Vec<E164>,
}

/// Takes numbers, extensions and phones from a holder, who keeps the location and the settings.
pub fn release(tx: &mut Tx, holder: Holder) -> Released {
    let mut lost = numbers::list(tx, holder);
    lost.retain(|one| one.family != "location");
    lost.extend(devices::list(tx, holder));
    lost.extend(devices::choice(tx, holder));
    let before = numbers::calling(tx, holder).cloned();
    let numbers = numbers::release_all(tx, holder);
    lost.extend(before.map_or_else(Vec::new, |before| callbacks::follow(tx, holder, &before)));
    devices::remove(tx, holder);
    Released { lost, numbers }
}

/// Takes some settings families from a holder, who keeps the rest, and answers what that destroys.
pub fn leave_behind(tx: &mut Tx, holder: Holder, families: &[&str], rule: &str) -> Vec<Lost> {
    let mut stored = settings::stored(tx, holder);
    stored.retain(|def| families.contains(&def.key));
    let mut lost = settings::list(tx, holder, &stored);
    lost.iter_mut()
        .for_each(|one| rule.clone_into(&mut one.rule));
    settings::remove(tx, holder, &stored);
    lost
}

/// What nobody can set up again from memory, dearest first; everything else comes after it.
const DEAREST: [&str; 5] = [
    "voicemail",
    "voicemailPasscode",
    "numbers",
    "extension",
    "location",
];

/// What a wipe would destroy: the holder's own, dearest first, then what others lose by it.
#[must_use]
pub fn list(world: &World, holder: Holder) -> Vec<Lost> {
    list_with(world, holder, &settings::stored(world, holder))
}

/// The same, of a holder whose stored families are known.
fn list_with(world: &World, holder: Holder, stored: &[&'static FamilyDef]) -> Vec<Lost> {
    let mut lost = settings::list(world, holder, stored);
    lost.extend(numbers::list(world, holder));
    lost.extend(devices::list(world, holder));
    lost.extend(memberships::list(world, holder));
    lost.sort_by_key(|one| (one.bystander.is_some(), dearness(one)));
    lost
}

/// What a holder has beside settings, as losses name it.
const BESIDE_SETTINGS: [&str; 4] = ["numbers", "extension", "location", "devices"];

/// The names that a loss may have: settings families and what a holder has beside them.
pub fn families() -> impl Iterator<Item = &'static str> {
    let settings = table::FAMILIES.iter().map(|def| def.key);
    settings.chain(BESIDE_SETTINGS)
}

/// How hard a lost value is to set up again; the hardest is 0.
#[must_use]
pub fn dearness(lost: &Lost) -> usize {
    let place = DEAREST.iter().position(|family| *family == lost.family);
    place.unwrap_or(DEAREST.len())
}

/// The names of what a holder has and keeps: families that differ from their default, `numbers`
/// and `extension`.
#[must_use]
pub fn kept(world: &World, holder: Holder) -> Vec<&'static str> {
    let mut names = numbers::kept(world, holder);
    names.extend(devices::kept(world, holder));
    for name in settings::kept(world, holder) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Sets a family of a holder from a document, as scenarios do: the same rules as the routes.
///
/// # Errors
/// The family's refusal, or 404 when no family has this name.
pub fn configure(tx: &mut Tx, holder: Holder, family: &str, body: &[u8]) -> Result<(), Refusal> {
    if family == Numbers::KEY {
        // The numbers of a holder are no setting, though their PUT stands beside one.
        check(ROUTES, tx, holder)?;
        return routes::put(tx, holder, &Asked::of(body)).map(drop);
    }
    let unknown = || Refusal::not_found("Settings family", family);
    let def = table::family(family).ok_or_else(unknown)?;
    let configure = def.configure.ok_or_else(unknown)?;
    check(def.routes, tx, holder)?;
    configure(tx, holder, body)
}

/// Refuses a workspace whose licence does not bring these routes.
fn check(routes: &[FamilyRoute], world: &World, holder: Holder) -> Result<(), Refusal> {
    let step = Step::new(world, holder)?;
    routes.iter().try_for_each(|route| route.check(&step))
}

/// One lost value.
fn lost(holder: Uuid, family: &str, field: Option<String>, before: Value, after: Value) -> Lost {
    debug_assert!(families().any(|known| known == family), "{family}");
    Lost {
        holder,
        bystander: None,
        family: family.to_owned(),
        field,
        before,
        after,
        reversible: false,
        rule: RULE.to_owned(),
    }
}
