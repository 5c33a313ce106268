//! The lines of the profile with which a person sits down at a hot desk
//! (`/telephony/config/people/{personId}/features/hotDesking/members`); people only.

use super::kinds;
use super::lines::{Endpoint, Lines, LinesWrite};
use crate::settings::family::{FamilyDef, FamilyRoute, Paths};
use crate::world::Kind;

/// The hot-desking profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HotDesk;

impl Endpoint for HotDesk {
    const KIND: Kind = kinds::HOT_DESKING_MEMBERS;
    const KEY: &'static str = "hotDeskingMembers";
    // No stored document names it (DEC-90).
    const MODEL: &'static str = "Hot Desking Guest";
    const IS_APP: bool = false;
}

/// The lines of a person's hot-desking profile.
pub type HotDeskingMembers = Lines<HotDesk>;

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/features/hotDesking/members"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<HotDeskingMembers>(&[
    FamilyRoute::get::<HotDeskingMembers>(PATHS),
    FamilyRoute::put::<HotDeskingMembers>(PATHS).taking::<LinesWrite>(),
]);
