//! THE table of settings families.

use super::families;
use super::family::FamilyDef;

/// Every family.
pub static FAMILIES: &[&FamilyDef] = &[&families::call_forwarding::DEF];

/// The family with a name.
#[must_use]
pub fn family(key: &str) -> Option<&'static FamilyDef> {
    FAMILIES.iter().find(|def| def.key == key).copied()
}
