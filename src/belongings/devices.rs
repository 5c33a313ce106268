//! Phones of holders: they come with Calling and go with it. Collaboration devices stay, because
//! they need no Calling. A device or a code that goes, goes through here, whoever takes it away.

use serde_json::{Value, json};
use uuid::Uuid;

use super::lost;
use super::numbers::calling;
use crate::model::device::{ActivationCode, Device};
use crate::model::{Holder, kinds, spaces};
use crate::settings::Family;
use crate::settings::families::answer_settings::{self, AnswerSettings};
use crate::settings::family::stored;
use crate::world::check::Violation;
use crate::world::{Change, Check, Lost, Moment, Object, TimerDef, Tx, World};

/// The name of what is lost.
const FAMILY: &str = "devices";
/// An activation code comes to its end.
const CODE_EXPIRES: &str = "activationCode.expires";

/// What happens to devices by themselves.
pub const TIMERS: &[TimerDef] = &[TimerDef {
    kind: CODE_EXPIRES,
    subject: kinds::ACTIVATION_CODE,
    fire: |tx, id| drop(tx.delete(kinds::ACTIVATION_CODE, id)),
    moved: |tx, id, at| {
        // The code itself stays, so nothing can stand in its way.
        tx.update::<ActivationCode>(id, |code| code.expires = at)
            .unwrap_or_default();
    },
}];

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

/// What goes of the settings that are kept when the phones go: the choice of one of them.
pub(super) fn choice(world: &World, holder: Holder) -> Option<Lost> {
    let chosen = stored::<AnswerSettings>(world, holder).preferred_answer_endpoint_id?;
    let mut phones = phones(world, holder);
    let is_phone = phones.any(|(id, _)| chosen == answer_settings::Endpoint::Device(id));
    let field = Some("preferredAnswerEndpointId".to_owned());
    let before = json!(String::from(chosen));
    is_phone.then(|| lost(holder.id(), AnswerSettings::KEY, field, before, Value::Null))
}

/// Deletes the phones of a holder, and the codes with which others were to come.
pub fn remove(tx: &mut Tx, holder: Holder) {
    let phones: Vec<Uuid> = phones(tx, holder).map(|(id, _)| id).collect();
    for id in phones {
        delete(tx, id);
    }
    let codes = codes_of(tx, holder).filter(|(_, code)| code.model.is_some());
    let codes: Vec<Uuid> = codes.map(|(id, _)| id).collect();
    for id in codes {
        delete_code(tx, id);
    }
}

/// Deletes a device, which is nobody's choice any more.
pub fn delete(tx: &mut Tx, id: Uuid) {
    leave(tx, id);
    tx.delete(kinds::DEVICE, id);
}

/// Lets a device be another holder's.
pub fn hand_over(tx: &mut Tx, id: Uuid, to: Holder) {
    leave(tx, id);
    // The address stays, so nothing can stand in its way.
    tx.update::<Device>(id, |device| device.holder = to)
        .unwrap_or_default();
}

/// A device that leaves its holder does not answer the holder's calls any more.
fn leave(tx: &mut Tx, id: Uuid) {
    if let Some(holder) = tx.get::<Device>(id).map(|device| device.holder) {
        answer_settings::forget(tx, holder, id);
    }
}

/// Lets an activation code come to its end at its time.
pub fn arm_code(tx: &mut Tx, id: Uuid, expires: Moment) {
    tx.arm(expires, CODE_EXPIRES, id);
}

/// Deletes an activation code, whose end need not come any more.
pub fn delete_code(tx: &mut Tx, id: Uuid) {
    tx.delete(kinds::ACTIVATION_CODE, id);
    tx.disarm(CODE_EXPIRES, id);
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
                let left = change.before.as_ref().and_then(Object::downcast::<Device>);
                found.extend(left.and_then(|device| check_choice(world, device.holder)));
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

/// A device that left is not still what its holder chose; of a whole world the family tells it.
fn check_choice(world: &World, holder: Holder) -> Option<Violation> {
    let dangling = stored::<AnswerSettings>(world, holder).dangling(world, holder);
    dangling.map(|wrong| format!("answerSettings of {}: {wrong}", holder.id()))
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
