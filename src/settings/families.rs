//! The families, one file each.

pub mod call_forwarding;

use crate::refusal::{ErrorKind, Refusal};

/// The families' kind codes. A code is never used again for something else.
pub mod kinds {
    use crate::model::kinds::FAMILIES;
    use crate::world::Kind;

    /// Call forwarding.
    pub const CALL_FORWARDING: Kind = Kind(FAMILIES);
}

/// Refuses a number of rings outside 2 to 20.
fn check_rings(name: &str, rings: u32) -> Result<(), Refusal> {
    if (2..=20).contains(&rings) {
        return Ok(());
    }
    let detail = format!("{name} must be between 2 and 20.");
    Err(Refusal::new(ErrorKind::InvalidSetting, detail))
}
