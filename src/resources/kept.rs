//! What must hold: what is kept of some kinds is what a request could have said, also where a
//! snapshot brings it.

use uuid::Uuid;

use super::device_settings;
use super::reports::templates;
use crate::model::{DeviceSettings, Report};
use crate::world::{Check, Object, Violation};

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
    let wrong = if let Some(settings) = object.downcast::<DeviceSettings>() {
        device_settings::wrong(id, settings)
    } else if let Some(report) = object.downcast::<Report>() {
        let template = templates::find(report.template);
        template.err().map(|refusal| refusal.to_string())
    } else {
        None
    };
    wrong.map(|wrong| format!("{} {id}: {wrong}", object.kind_name()))
}
