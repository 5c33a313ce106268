//! The calling services that are on for a person
//! (`/telephony/config/people/{personId}/services`): told by the families from the settings that
//! stand (DEC-94).

use serde::Serialize;
use utoipa::ToSchema;

use super::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use super::table::FAMILIES;
use crate::refusal::Refusal;

/// A calling service by the name that callers know (wxc_sdk: `ServicesEnum`), in the order in which
/// they are listed. That list has more: services that no setting of a person turns on or off here
/// are not told of, because nobody could change what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum CallingService {
    /// Callers who hide their number are turned away.
    #[serde(rename = "Anonymous Call Rejection")]
    AnonymousCallRejection,
    /// All calls are forwarded.
    #[serde(rename = "Call Forwarding Always")]
    CallForwardingAlways,
    /// Calls are forwarded while the line is busy.
    #[serde(rename = "Call Forwarding Busy")]
    CallForwardingBusy,
    /// Calls that nobody takes are forwarded.
    #[serde(rename = "Call Forwarding No Answer")]
    CallForwardingNoAnswer,
    /// Calls are forwarded while no device can be reached.
    #[serde(rename = "Call Forwarding Not Reachable")]
    CallForwardingNotReachable,
    /// No call rings.
    #[serde(rename = "Do Not Disturb")]
    DoNotDisturb,
    /// Calls are intercepted.
    #[serde(rename = "Intercept User")]
    InterceptUser,
    /// Only some calls are taken.
    #[serde(rename = "Selective Call Acceptance")]
    SelectiveCallAcceptance,
    /// Some calls are forwarded.
    #[serde(rename = "Call Forwarding Selective")]
    CallForwardingSelective,
    /// Some calls are not taken.
    #[serde(rename = "Selective Call Rejection")]
    SelectiveCallRejection,
    /// Other phones ring along.
    #[serde(rename = "Simultaneous Ring Personal")]
    SimultaneousRingPersonal,
    /// Callers leave messages.
    #[serde(rename = "Voice Messaging User")]
    VoiceMessagingUser,
    /// Faxes become messages.
    #[serde(rename = "Fax Messaging")]
    FaxMessaging,
    /// There are numbers beside the primary one.
    #[serde(rename = "Alternate Numbers")]
    AlternateNumbers,
    /// The line appears elsewhere too.
    #[serde(rename = "Shared Call Appearance 35")]
    SharedCallAppearance35,
    /// Others' calls can be taken or joined by a code.
    #[serde(rename = "Directed Call Pickup with Barge-in")]
    DirectedCallPickupWithBargeIn,
    /// A second call is told of during the first.
    #[serde(rename = "Call Waiting")]
    CallWaiting,
    /// Some callers are answered without ringing.
    #[serde(rename = "Push to Talk")]
    PushToTalk,
    /// Guests may use the phone.
    #[serde(rename = "Hoteling Host")]
    HotelingHost,
    /// The state of others' lines is shown.
    #[serde(rename = "Busy Lamp Field")]
    BusyLampField,
    /// The state of the line is not shown to everybody.
    #[serde(rename = "Privacy")]
    Privacy,
    /// Calls reach other phones, too: the contract calls those of single number reach `Anywhere`
    /// (`alertAnywhereLocationEnabled`).
    #[serde(rename = "BroadWorks Anywhere")]
    BroadWorksAnywhere,
    /// Callers who wait hear music.
    #[serde(rename = "Music On Hold User")]
    MusicOnHoldUser,
    /// Calls are recorded.
    #[serde(rename = "Call Recording")]
    CallRecording,
    /// The person has assistants.
    #[serde(rename = "Executive")]
    Executive,
    /// The person may sign in to a hot desk by the voice portal.
    #[serde(rename = "Flexible Seating Guest")]
    FlexibleSeatingGuest,
    /// Callers are told where the person is.
    #[serde(rename = "Personal Assistant")]
    PersonalAssistant,
    /// The person takes calls of executives.
    #[serde(rename = "Executive-Assistant")]
    ExecutiveAssistant,
}

/// A service, and what tells whether it is on.
pub type ServiceRow = (CallingService, fn(&Step<'_>) -> bool);

/// What is on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Services {
    /// The names.
    #[schema(value_type = Vec<String>)]
    pub services: Vec<CallingService>,
}

fn read(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let told = FAMILIES.iter().flat_map(|family| family.services);
    let on = told.filter(|(_, is_on)| is_on(step));
    let mut services: Vec<CallingService> = on.map(|(service, _)| *service).collect();
    services.sort_unstable();
    to_json(&Services { services })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/services"],
    workspace: &[],
};

/// The routes, which belong to no family.
pub static ROUTES: &[FamilyRoute] =
    &[FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(read)).answering::<Services>()];
