//! Who had which package from when to when: what wholesale is billed by. The oldest that have
//! ended go when there are too many.

use uuid::Uuid;

use crate::model::billing::PackageUse;
use crate::model::wholesale::{Customer, Package};
use crate::model::{Person, kinds, spaces};
use crate::refusal::Refusal;
use crate::world::{Moment, Tx, World};

/// The most uses that a sandbox keeps, beside those that go on.
const USES_MAX: u64 = 100_000;

/// The uses of a person that go on.
fn open(world: &World, person: Uuid) -> Vec<(Uuid, Package)> {
    let all = world.within(spaces::PACKAGE_USE, person);
    let all = all.filter_map(|id| Some((id, world.get::<PackageUse>(id)?.package)));
    all.collect()
}

/// Notes which packages a person has from now on: others end, new ones begin.
///
/// # Errors
/// None: a person begins the use of a package once.
pub(super) fn note(
    tx: &mut Tx,
    customer: Uuid,
    person: Uuid,
    packages: &[Package],
) -> Result<(), Refusal> {
    end(tx, person, packages)?;
    let goes_on = open(tx, person);
    let owner = tx.get::<Customer>(customer).map(|it| it.partner);
    let (Some(known), Some(partner)) = (tx.get::<Person>(person), owner) else {
        return Ok(());
    };
    let (email, name) = (known.email.to_string(), known.display_name.clone());
    let is_new = |package: &&Package| goes_on.iter().all(|(_, own)| own != *package);
    for package in packages.iter().filter(is_new) {
        let id = tx.new_id::<PackageUse>();
        let begun = PackageUse {
            partner,
            customer,
            person,
            email: email.clone(),
            name: name.clone(),
            package: *package,
            from: tx.now(),
            until: None,
        };
        tx.put(id, begun)?;
        drop_old(tx);
    }
    Ok(())
}

/// Ends the use of all packages of a person but these.
///
/// # Errors
/// None: what has ended is in no index.
pub(super) fn end(tx: &mut Tx, person: Uuid, kept: &[Package]) -> Result<(), Refusal> {
    let now = tx.now();
    for (id, package) in open(tx, person) {
        if !kept.contains(&package) {
            tx.update::<PackageUse>(id, |it| it.until = Some(now))?;
        }
    }
    Ok(())
}

/// Lets the packages of a person have begun earlier, as a scenario tells of a customer that has
/// been there for long.
///
/// # Errors
/// None: the index does not know of times.
pub fn begin_at(tx: &mut Tx, person: Uuid, since: Moment) -> Result<(), Refusal> {
    for (id, _) in open(tx, person) {
        tx.update::<PackageUse>(id, |it| it.from = it.from.min(since))?;
    }
    Ok(())
}

/// Drops the use that is too old to be kept, unless it still goes on.
fn drop_old(tx: &mut Tx) {
    let Some(number) = tx.given::<PackageUse>().checked_sub(USES_MAX) else {
        return;
    };
    let old = tx.given_id::<PackageUse>(number);
    if tx
        .get::<PackageUse>(old)
        .is_some_and(|it| it.until.is_some())
    {
        tx.delete(kinds::PACKAGE_USE, old);
    }
}
