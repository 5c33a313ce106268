//! The places in which settings of *other* holders name a holder: monitoring, privacy agents and
//! push-to-talk lists. Losing Calling takes the holder out of them.

use serde_json::Value;
use uuid::Uuid;

use super::lost;
use crate::model::{Holder, Person, Workspace};
use crate::settings::families::monitoring::Monitoring;
use crate::settings::families::privacy::Privacy;
use crate::settings::families::push_to_talk::PushToTalk;
use crate::settings::family::keep;
use crate::settings::members::MemberList;
use crate::world::{Bystander, Lost, Object, Tx, World};

/// Whom a setting names, and in which field; nothing of a setting without such a list.
#[must_use]
pub fn named(object: &Object) -> Option<(&'static str, Vec<Holder>)> {
    named_in::<Monitoring>(object)
        .or_else(|| named_in::<Privacy>(object))
        .or_else(|| named_in::<PushToTalk>(object))
}

fn named_in<T: MemberList>(object: &Object) -> Option<(&'static str, Vec<Holder>)> {
    let members = object.downcast::<T>()?.members().iter();
    Some((T::FIELD, members.map(|member| member.0).collect()))
}

/// Everybody else whose list names the holder.
fn owners<T: MemberList>(world: &World, holder: Holder) -> impl Iterator<Item = Uuid> {
    let naming = world.naming::<T>(holder.id());
    naming.filter(move |id| *id != holder.id())
}

fn list_in<T: MemberList>(world: &World, holder: Holder, found: &mut Vec<Lost>) {
    let name = holder.webex_id();
    found.extend(owners::<T>(world, holder).map(|owner| {
        let field = Some(format!("{}.{name}", T::FIELD));
        let entry = lost(owner, T::KEY, field, name.as_str().into(), Value::Null);
        Lost {
            bystander: Some(bystander(world, owner)),
            ..entry
        }
    }));
}

fn bystander(world: &World, owner: Uuid) -> Bystander {
    let (kind, name) = match holder_of(world, owner) {
        Holder::Person(id) => ("person", world.get::<Person>(id).map(|it| &it.display_name)),
        Holder::Workspace(id) => {
            let room = world.get::<Workspace>(id);
            ("workspace", room.map(|it| &it.display_name))
        }
    };
    Bystander {
        kind: kind.into(),
        id: holder_of(world, owner).webex_id(),
        name: name.cloned().unwrap_or_default(),
    }
}

fn holder_of(world: &World, id: Uuid) -> Holder {
    match world.get::<Person>(id) {
        Some(_) => Holder::Person(id),
        None => Holder::Workspace(id),
    }
}

/// What others lose, under their own ids.
pub(super) fn list(world: &World, holder: Holder) -> Vec<Lost> {
    let mut found = Vec::new();
    // Most people are in nobody's list, and one look tells it.
    if !world.is_named(holder.id()) {
        return found;
    }
    list_in::<Monitoring>(world, holder, &mut found);
    list_in::<Privacy>(world, holder, &mut found);
    list_in::<PushToTalk>(world, holder, &mut found);
    found
}

fn remove_from<T: MemberList>(tx: &mut Tx, holder: Holder) {
    let owners: Vec<Uuid> = owners::<T>(tx, holder).collect();
    for owner in owners {
        let Some(mut list) = tx.get::<T>(owner).cloned() else {
            continue;
        };
        list.members_mut().retain(|member| member.0 != holder);
        let owner = holder_of(tx, owner);
        // These families have no unique values, so nothing can stand in the way.
        keep(tx, owner, list).unwrap_or_default();
    }
}

/// Takes the holder out of the lists of others.
pub(super) fn remove(tx: &mut Tx, holder: Holder) {
    if !tx.is_named(holder.id()) {
        return;
    }
    remove_from::<Monitoring>(tx, holder);
    remove_from::<Privacy>(tx, holder);
    remove_from::<PushToTalk>(tx, holder);
}
