//! THE table of settings families.

use super::families as f;
use super::family::FamilyDef;
use crate::world::Kind;

/// Every family.
pub static FAMILIES: &[&FamilyDef] = &[
    &f::voicemail::DEF,
    &f::voicemail_passcode::DEF,
    &f::call_forwarding::DEF,
    &f::call_waiting::DEF,
    &f::caller_id::DEF,
    &f::do_not_disturb::DEF,
    &f::intercept::DEF,
    &f::call_recording::DEF,
    &f::incoming_permission::DEF,
    &f::outgoing_permission::DEF,
    &f::transfer_numbers::DEF,
    &f::access_codes::DEF,
    &f::digit_patterns::DEF,
    &f::monitoring::DEF,
    &f::privacy::DEF,
    &f::push_to_talk::DEF,
    &f::barge_in::DEF,
    &f::hoteling::DEF,
    &f::numbers::DEF,
    &f::schedules::DEF,
    &f::anonymous_call_reject::DEF,
    &f::call_bridge::DEF,
    &f::call_policies::DEF,
    &f::hot_desking_guest::DEF,
    &f::outbound_billing_plan::DEF,
    &f::personal_assistant::DEF,
    &f::device_settings::DEF,
    &f::device_hoteling::DEF,
    &f::applications::DEF,
    &f::shared_lines::DEF,
    &f::hot_desking_members::DEF,
    &f::reception::DEF,
    &f::emergency_callback_number::DEF,
    &f::selective_accept::DEF,
    &f::selective_reject::DEF,
    &f::selective_forward::DEF,
    &f::simultaneous_ring::DEF,
    &f::sequential_ring::DEF,
    &f::priority_alert::DEF,
    &f::executive_assistant::DEF,
    &f::single_number_reach::DEF,
    &f::answer_settings::DEF,
    &f::call_captions::DEF,
    &f::calling_behavior::DEF,
    &f::feature_access::DEF,
    &f::language::DEF,
    &f::ms_teams::DEF,
    &f::music_on_hold::DEF,
];

/// The family with a name.
#[must_use]
pub fn family(key: &str) -> Option<&'static FamilyDef> {
    FAMILIES.iter().find(|def| def.key == key).copied()
}

/// The family of a kind.
#[must_use]
pub fn family_of(kind: Kind) -> Option<&'static FamilyDef> {
    FAMILIES.iter().find(|def| def.kind.kind == kind).copied()
}
