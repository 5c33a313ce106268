//! The places in which settings of *other* holders name a holder: lists such as monitoring, and
//! single members such as an emergency callback number. Losing Calling takes the holder out of
//! them.

use serde_json::Value;
use uuid::Uuid;

use super::lost;
use crate::model::{Holder, Person, Workspace};
use crate::settings::families as f;
use crate::settings::members::{MemberList, leave, owners};
use crate::world::{Bystander, Lost, Object, Tx, World};

/// A family that names others: whom, what they lose by it, and how somebody falls out.
struct Naming {
    named: fn(&Object) -> Option<(&'static str, Vec<Holder>)>,
    named_by: fn(&World, Holder) -> Vec<Membership>,
    list: fn(&World, Holder, &mut Vec<Lost>),
    remove: fn(&mut Tx, Holder),
}

impl Naming {
    const fn of<T: MemberList>() -> Self {
        Self {
            named: named_in::<T>,
            named_by: named_by_one::<T>,
            list: list_in::<T>,
            remove: leave::<T>,
        }
    }
}

/// Every family that names others.
static NAMING: &[Naming] = &[
    Naming::of::<f::monitoring::Monitoring>(),
    Naming::of::<f::privacy::Privacy>(),
    Naming::of::<f::push_to_talk::PushToTalk>(),
    Naming::of::<f::reception::Reception>(),
    Naming::of::<f::shared_lines::SharedLines>(),
    Naming::of::<f::hot_desking_members::HotDeskingMembers>(),
    Naming::of::<f::emergency_callback_number::EmergencyCallbackNumber>(),
    Naming::of::<f::executive_assistant::ExecutiveAssistant>(),
];

/// Whom a setting names, and in which field; nothing of a setting without such a list.
#[must_use]
pub fn named(object: &Object) -> Option<(&'static str, Vec<Holder>)> {
    NAMING.iter().find_map(|naming| (naming.named)(object))
}

fn named_in<T: MemberList>(object: &Object) -> Option<(&'static str, Vec<Holder>)> {
    let members = object.downcast::<T>()?.members();
    Some((T::FIELD, members.map(|member| member.0).collect()))
}

/// Somebody whom a setting names, and the key of its family.
pub type Membership = (&'static str, Holder);

/// Everybody whom the settings of a holder name.
#[must_use]
pub fn named_by(world: &World, holder: Holder) -> Vec<Membership> {
    let all = NAMING.iter();
    all.flat_map(|naming| (naming.named_by)(world, holder))
        .collect()
}

fn named_by_one<T: MemberList>(world: &World, holder: Holder) -> Vec<Membership> {
    let own = world.get::<T>(holder.id());
    let members = own.into_iter().flat_map(T::members);
    members.map(|member| (T::KEY, member.0)).collect()
}

fn list_in<T: MemberList>(world: &World, holder: Holder, found: &mut Vec<Lost>) {
    let name = holder.webex_id();
    found.extend(owners::<T>(world, holder).map(|owner| {
        let field = Some(format!("{}.{name}", T::FIELD));
        let entry = lost(owner, T::KEY, field, name.as_str().into(), Value::Null);
        Lost {
            bystander: bystander(world, owner),
            ..entry
        }
    }));
}

/// What others lose of one family, under their own ids.
pub(super) fn list_of<T: MemberList>(world: &World, holder: Holder) -> Vec<Lost> {
    let mut found = Vec::new();
    list_in::<T>(world, holder, &mut found);
    found
}

fn bystander(world: &World, owner: Uuid) -> Option<Bystander> {
    let holder = Holder::find(world, owner)?;
    let (kind, name) = match holder {
        Holder::Person(id) => ("person", &world.get::<Person>(id)?.display_name),
        Holder::Workspace(id) => ("workspace", &world.get::<Workspace>(id)?.display_name),
    };
    Some(Bystander {
        kind: kind.into(),
        id: holder.webex_id(),
        name: name.clone(),
    })
}

/// What others lose, under their own ids.
pub(super) fn list(world: &World, holder: Holder) -> Vec<Lost> {
    let mut found = Vec::new();
    // Most people are in nobody's list, and one look tells it.
    if world.is_named(holder.id()) {
        for naming in NAMING {
            (naming.list)(world, holder, &mut found);
        }
    }
    found
}

/// Takes the holder out of the lists of others.
pub(super) fn remove(tx: &mut Tx, holder: Holder) {
    if tx.is_named(holder.id()) {
        NAMING.iter().for_each(|naming| (naming.remove)(tx, holder));
    }
}
