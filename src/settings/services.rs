//! The calling services that are on for a person
//! (`/telephony/config/people/{personId}/services`): told from the settings that stand (DEC-94).

use serde::Serialize;
use utoipa::ToSchema;

use super::families as f;
use super::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use crate::refusal::Refusal;

/// A service: its name, as wxc_sdk lists them, and whether it is on.
type Service = (&'static str, fn(&Step<'_>) -> bool);

macro_rules! on {
    ($family:ty, $value:ident => $is_on:expr) => {
        |step| {
            let $value = step.value::<$family>();
            $is_on
        }
    };
}

type Forwarding = f::call_forwarding::CallForwarding;

/// The services of which hubsim keeps the settings.
#[rustfmt::skip]
static SERVICES: &[Service] = &[
    ("Anonymous Call Rejection", on!(f::anonymous_call_reject::AnonymousCallReject, it => it.enabled)),
    ("Call Forwarding Always", on!(Forwarding, it => it.call_forwarding.always.enabled)),
    ("Call Forwarding Busy", on!(Forwarding, it => it.call_forwarding.busy.enabled)),
    ("Call Forwarding No Answer", on!(Forwarding, it => it.call_forwarding.no_answer.enabled)),
    ("Call Forwarding Not Reachable", on!(Forwarding, it => it.business_continuity.enabled)),
    ("Do Not Disturb", on!(f::do_not_disturb::DoNotDisturb, it => it.enabled)),
    ("Intercept User", on!(f::intercept::Intercept, it => it.enabled)),
    ("Voice Messaging User", on!(f::voicemail::Voicemail, it => it.enabled)),
    ("Fax Messaging", on!(f::voicemail::Voicemail, it => it.fax_message.enabled)),
    ("Alternate Numbers", |step| !step.calling.alternates.is_empty()),
    ("Shared Call Appearance 35", shares_a_line),
    ("Directed Call Pickup with Barge-in", on!(f::barge_in::BargeIn, it => it.enabled)),
    ("Call Waiting", on!(f::call_waiting::CallWaiting, it => it.enabled)),
    ("Push to Talk", on!(f::push_to_talk::PushToTalk, it => it.allow_auto_answer)),
    ("Hoteling Host", on!(f::hoteling::Hoteling, it => it.enabled)),
    ("Busy Lamp Field", on!(f::monitoring::Monitoring, it => !it.monitored_elements.is_empty())),
    ("Privacy", on!(f::privacy::Privacy, it => it.enable_phone_status_directory_privacy
        || it.enable_phone_status_pickup_barge_in_privacy)),
    ("Call Recording", on!(f::call_recording::CallRecording, it => it.enabled)),
    ("Flexible Seating Guest",
        on!(f::hot_desking_guest::HotDeskingGuest, it => it.voice_portal_hot_desk_sign_in_enabled)),
    ("Personal Assistant", on!(f::personal_assistant::PersonalAssistant, it => it.enabled)),
];

/// Whether the line appears elsewhere too.
fn shares_a_line(step: &Step<'_>) -> bool {
    let id = step.holder.id();
    let mut apps = step.world.naming::<f::shared_lines::SharedLines>(id);
    let mut desks = step
        .world
        .naming::<f::hot_desking_members::HotDeskingMembers>(id);
    apps.next().or_else(|| desks.next()).is_some()
}

/// What is on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Services {
    /// The names.
    pub services: Vec<&'static str>,
}

fn read(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let on = SERVICES.iter().filter(|(_, is_on)| is_on(step));
    to_json(&Services {
        services: on.map(|(name, _)| *name).collect(),
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/services"],
    workspace: &[],
};

/// The routes, which belong to no family.
pub static ROUTES: &[FamilyRoute] =
    &[FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(read)).answering::<Services>()];
