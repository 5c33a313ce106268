//! What must hold: what is kept of some kinds is what a request could have said, also where a
//! snapshot brings it.

use uuid::Uuid;

use super::people::texts;
use super::reports::templates;
use super::{device_settings, locations, organizations, webhooks};
use crate::model::{DeviceSettings, Report};
use crate::refusal::Refusal;
use crate::world::{Check, Entity, Object, Violation};

/// Nothing is kept that could not have been asked for.
pub const CHECK: Check = Check {
    name: "what is kept could have been asked for",
    on_change: |_, changes| {
        let after = changes.iter();
        let after = after.filter_map(|change| Some((change.key.1, change.after.as_ref()?)));
        after.filter_map(|(id, object)| look(id, object)).collect()
    },
    on_world: |world| {
        let objects = world.objects();
        let found = objects.filter_map(|((_, id), object)| look(*id, object));
        found.collect()
    },
};

/// What is wrong with one object.
fn look(id: Uuid, object: &Object) -> Option<Violation> {
    let settings = object.downcast::<DeviceSettings>();
    let wrong = settings.and_then(|it| device_settings::wrong(id, it));
    let refused = || {
        of(object, |report: &Report| {
            templates::find(report.template).err()
        })
        .or_else(|| of(object, texts::wrong))
        .or_else(|| of(object, locations::wrong))
        .or_else(|| of(object, organizations::wrong))
        .or_else(|| of(object, webhooks::wrong))
        .map(|refusal| refusal.to_string())
    };
    let wrong = wrong.or_else(refused);
    wrong.map(|wrong| format!("{} {id}: {wrong}", object.kind_name()))
}

/// What is wrong with an object of a kind.
fn of<T: Entity>(object: &Object, wrong: impl FnOnce(&T) -> Option<Refusal>) -> Option<Refusal> {
    object.downcast::<T>().and_then(wrong)
}
