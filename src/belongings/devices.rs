//! Phones of holders: they come with Calling and go with it. Collaboration devices stay, because
//! they need no Calling.

use serde_json::{Value, json};
use uuid::Uuid;

use super::lost;
use super::numbers::calling;
use crate::model::device::{ActivationCode, Device};
use crate::model::{Holder, kinds, spaces};
use crate::world::check::Violation;
use crate::world::{Change, Check, Lost, Object, Tx, World};

/// The name of what is lost.
const FAMILY: &str = "devices";

/// The devices of a holder, of both kinds.
pub fn of(world: &World, holder: Holder) -> impl Iterator<Item = (Uuid, &Device)> {
    let held = world.within(spaces::DEVICE_OF, holder.id());
    held.filter_map(|id| Some((id, world.get::<Device>(id)?)))
}

/// The activation codes of a holder that wait.
pub fn codes_of(world: &World, holder: Holder) -> impl Iterator<Item = (Uuid, &ActivationCode)> {
    let held = world.within(spaces::CODE_OF, holder.id());
    held.filter_map(|id| Some((id, world.get::<ActivationCode>(id)?)))
}

/// The phones of a holder.
pub fn phones(world: &World, holder: Holder) -> impl Iterator<Item = (Uuid, &Device)> {
    of(world, holder).filter(|(_, device)| device.is_phone)
}

/// What goes with Calling.
pub(super) fn list(world: &World, holder: Holder) -> Vec<Lost> {
    let phones = phones(world, holder);
    let phones = phones.map(|(_, phone)| {
        let before = json!({"model": phone.model, "mac": phone.mac.to_string()});
        let field = Some(phone.mac.to_string());
        lost(holder.id(), FAMILY, field, before, Value::Null)
    });
    phones.collect()
}

/// Deletes the phones of a holder, and the codes with which others were to come.
pub fn remove(tx: &mut Tx, holder: Holder) {
    let phones: Vec<Uuid> = phones(tx, holder).map(|(id, _)| id).collect();
    for id in phones {
        tx.delete(kinds::DEVICE, id);
    }
    let codes = codes_of(tx, holder).filter(|(_, code)| code.model.is_some());
    let codes: Vec<Uuid> = codes.map(|(id, _)| id).collect();
    for id in codes {
        tx.delete(kinds::ACTIVATION_CODE, id);
    }
}

/// `devices`, for those that have a phone.
pub(super) fn kept(world: &World, holder: Holder) -> Option<&'static str> {
    phones(world, holder).next().map(|_| FAMILY)
}

/// A device has a holder, and a phone one with Calling.
pub const CHECK: Check = Check {
    name: "a device has a holder, and a phone one with Calling",
    on_change,
    on_world,
};

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let mut found = Vec::new();
    for change in changes {
        let (kind, id) = change.key;
        match kind {
            kinds::DEVICE => {
                let device = change.after.as_ref().and_then(Object::downcast::<Device>);
                found.extend(device.and_then(|device| check(world, device)));
            }
            kinds::PERSON | kinds::WORKSPACE => {
                let own = world.within(spaces::DEVICE_OF, id);
                let own = own.filter_map(|id| world.get::<Device>(id));
                found.extend(own.filter_map(|device| check(world, device)));
            }
            _ => {}
        }
    }
    found
}

fn on_world(world: &World) -> Vec<Violation> {
    let devices = world.list::<Device>();
    devices
        .filter_map(|(_, device)| check(world, device))
        .collect()
}

fn check(world: &World, device: &Device) -> Option<Violation> {
    let (kind, id) = match device.holder {
        Holder::Person(id) => (kinds::PERSON, id),
        Holder::Workspace(id) => (kinds::WORKSPACE, id),
    };
    if world.object((kind, id)).is_none() {
        return Some(format!("{} belongs to {id}, who is gone", device.mac));
    }
    let is_cut_off = device.is_phone && calling(world, device.holder).is_none();
    is_cut_off.then(|| format!("{} belongs to {id}, who has no Calling", device.mac))
}
