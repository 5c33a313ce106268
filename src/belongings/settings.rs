//! The settings families of a holder, by the table.

use serde_json::Value;

use super::lost;
use super::numbers::calling;
use crate::model::Holder;
use crate::settings::FamilyDef;
use crate::settings::family::Step;
use crate::settings::table::FAMILIES;
use crate::world::diff::{self, FieldChange};
use crate::world::{Lost, Tx, World};

/// The families of which the holder has more than the default. Without Calling there are none.
/// To ask for each family is dear: whoever lists and removes asks once.
pub(super) fn stored(world: &World, holder: Holder) -> Vec<&'static FamilyDef> {
    let families = calling(world, holder).map_or(&[][..], |_| FAMILIES);
    let has = |def: &&FamilyDef| world.object((def.kind.kind, holder.id())).is_some();
    families.iter().copied().filter(has).collect()
}

/// The names of these families.
pub(super) fn kept(world: &World, holder: Holder) -> Vec<&'static str> {
    stored(world, holder).iter().map(|def| def.key).collect()
}

/// One entry for each leaf that differs from the default; a secret shows that it was set.
pub(super) fn list(world: &World, holder: Holder, stored: &[&'static FamilyDef]) -> Vec<Lost> {
    let mut found = Vec::new();
    for def in stored {
        let Some(object) = world.object((def.kind.kind, holder.id())) else {
            continue;
        };
        if def.secret {
            found.push(lost(
                holder.id(),
                def.key,
                None,
                "set".into(),
                "unset".into(),
            ));
            continue;
        }
        for change in diff::fields(&def.document(object), &(def.default)()) {
            match (&change.before, &change.after) {
                (Value::Array(items), Value::Array(none)) if none.is_empty() => {
                    found.extend(items.iter().enumerate().map(|(position, item)| {
                        let field = format!("{}.{}", change.path, step(item, position));
                        lost(holder.id(), def.key, Some(field), item.clone(), Value::Null)
                    }));
                }
                _ => {
                    let after = after(world, holder, def, &change);
                    let field = Some(change.path);
                    found.push(lost(holder.id(), def.key, field, change.before, after));
                }
            }
        }
    }
    found
}

/// What stands in a field once it is back at its default. Where nothing is stored for a default
/// that follows from the holder, it is what reading shows; null where nothing stands there.
fn after(world: &World, holder: Holder, def: &FamilyDef, change: &FieldChange) -> Value {
    if !change.after.is_null() {
        return change.after.clone();
    }
    let shown = def.shown_default.zip(Step::lenient(world, holder).ok());
    let Some(shown) = shown.map(|(show, step)| show(&step)) else {
        return Value::Null;
    };
    let mut steps = change.path.split('.');
    let found = steps.try_fold(&shown, |value, step| value.get(step));
    found.cloned().unwrap_or_default()
}

/// What names an item of a list: its name, its code, its id, itself, or else its position.
fn step(item: &Value, position: usize) -> String {
    let named = |key: &str| item.get(key).and_then(Value::as_str);
    let name = named("name")
        .or_else(|| named("code"))
        .or_else(|| named("id"))
        .or_else(|| item.as_str());
    name.map_or_else(|| position.to_string(), str::to_owned)
}

/// Back to the defaults. To delete what is not there would copy its branch of the tree for
/// nothing.
pub(super) fn remove(tx: &mut Tx, holder: Holder, stored: &[&'static FamilyDef]) {
    for def in stored {
        tx.delete(def.kind.kind, holder.id());
    }
}
