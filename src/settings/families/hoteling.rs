//! Hoteling: guests may use the phone (`/people/{personId}/features/hoteling`); people only.

use super::kinds;
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;

patched! {
    /// Whether guests may use the phone.
    #[derive(Default)]
    pub struct Hoteling by HotelingPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Family for Hoteling {
    const KIND: Kind = kinds::HOTELING;
    const KEY: &'static str = "hoteling";
}

impl Setting for Hoteling {
    type View = Self;
    type Write = HotelingPatch;

    fn view(&self, _step: &Step<'_>) -> Self {
        self.clone()
    }

    fn merge(&mut self, write: HotelingPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/hoteling"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Hoteling>(&[
    FamilyRoute::get::<Hoteling>(PATHS),
    FamilyRoute::put::<Hoteling>(PATHS).requiring(&["enabled"]),
]);
