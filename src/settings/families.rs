//! The families, one file each, and what several of them share.

pub mod access_codes;
pub mod anonymous_call_reject;
pub mod answer_settings;
pub mod applications;
pub mod barge_in;
pub mod call_bridge;
pub mod call_captions;
pub mod call_forwarding;
pub mod call_policies;
pub mod call_recording;
pub mod call_waiting;
pub mod caller_id;
pub mod calling_behavior;
pub mod device_hoteling;
pub mod device_settings;
pub mod digit_patterns;
pub mod do_not_disturb;
pub mod emergency_callback_number;
pub mod executive_assistant;
pub mod feature_access;
pub mod hot_desking_guest;
pub mod hot_desking_members;
pub mod hoteling;
pub mod incoming_permission;
pub mod intercept;
pub mod language;
pub mod lines;
pub mod monitoring;
pub mod ms_teams;
pub mod music_on_hold;
pub mod numbers;
pub mod outbound_billing_plan;
pub mod outgoing_permission;
pub mod personal_assistant;
pub mod priority_alert;
pub mod privacy;
pub mod push_to_talk;
pub mod reception;
pub mod schedules;
pub mod selective_accept;
pub mod selective_forward;
pub mod selective_reject;
pub mod sequential_ring;
pub mod shared_lines;
pub mod simultaneous_ring;
pub mod single_number_reach;
pub mod transfer_numbers;
pub(super) mod values;
pub mod voicemail;
pub mod voicemail_passcode;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::family::Asked;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::{patched, replaced};

/// The families' kind codes. A code is never used again for something else.
pub mod kinds {
    use crate::model::kinds::FAMILIES;
    use crate::world::Kind;

    /// Call forwarding.
    pub const CALL_FORWARDING: Kind = Kind(FAMILIES);
    /// Voicemail.
    pub const VOICEMAIL: Kind = Kind(FAMILIES + 1);
    /// The voicemail passcode.
    pub const VOICEMAIL_PASSCODE: Kind = Kind(FAMILIES + 2);
    /// Call waiting.
    pub const CALL_WAITING: Kind = Kind(FAMILIES + 3);
    /// Caller ID.
    pub const CALLER_ID: Kind = Kind(FAMILIES + 4);
    /// Do not disturb.
    pub const DO_NOT_DISTURB: Kind = Kind(FAMILIES + 5);
    /// Call intercept.
    pub const INTERCEPT: Kind = Kind(FAMILIES + 6);
    /// Call recording.
    pub const CALL_RECORDING: Kind = Kind(FAMILIES + 7);
    /// Incoming permission.
    pub const INCOMING_PERMISSION: Kind = Kind(FAMILIES + 8);
    /// Outgoing permission.
    pub const OUTGOING_PERMISSION: Kind = Kind(FAMILIES + 9);
    /// Transfer numbers of outgoing permission.
    pub const TRANSFER_NUMBERS: Kind = Kind(FAMILIES + 10);
    /// Access codes of outgoing permission.
    pub const ACCESS_CODES: Kind = Kind(FAMILIES + 11);
    /// Digit patterns of outgoing permission.
    pub const DIGIT_PATTERNS: Kind = Kind(FAMILIES + 12);
    /// Monitoring.
    pub const MONITORING: Kind = Kind(FAMILIES + 13);
    /// Privacy.
    pub const PRIVACY: Kind = Kind(FAMILIES + 14);
    /// Push-to-talk.
    pub const PUSH_TO_TALK: Kind = Kind(FAMILIES + 15);
    /// Barge-in.
    pub const BARGE_IN: Kind = Kind(FAMILIES + 16);
    /// Hoteling.
    pub const HOTELING: Kind = Kind(FAMILIES + 17);
    /// How numbers ring.
    pub const NUMBERS: Kind = Kind(FAMILIES + 18);
    /// Schedules.
    pub const SCHEDULES: Kind = Kind(FAMILIES + 19);
    /// Anonymous call rejection.
    pub const ANONYMOUS_CALL_REJECT: Kind = Kind(FAMILIES + 20);
    /// The warning tone of call bridge.
    pub const CALL_BRIDGE: Kind = Kind(FAMILIES + 21);
    /// Call policies.
    pub const CALL_POLICIES: Kind = Kind(FAMILIES + 22);
    /// Hot desking by the voice portal.
    pub const HOT_DESKING_GUEST: Kind = Kind(FAMILIES + 23);
    /// The outbound billing plan.
    pub const OUTBOUND_BILLING_PLAN: Kind = Kind(FAMILIES + 24);
    /// The personal assistant.
    pub const PERSONAL_ASSISTANT: Kind = Kind(FAMILIES + 25);
    /// Selective accept.
    pub const SELECTIVE_ACCEPT: Kind = Kind(FAMILIES + 26);
    /// Selective reject.
    pub const SELECTIVE_REJECT: Kind = Kind(FAMILIES + 27);
    /// Selective forward.
    pub const SELECTIVE_FORWARD: Kind = Kind(FAMILIES + 28);
    /// Simultaneous ring.
    pub const SIMULTANEOUS_RING: Kind = Kind(FAMILIES + 29);
    /// Sequential ring.
    pub const SEQUENTIAL_RING: Kind = Kind(FAMILIES + 30);
    /// Priority alert.
    pub const PRIORITY_ALERT: Kind = Kind(FAMILIES + 31);
    /// Executives and their assistants.
    pub const EXECUTIVE_ASSISTANT: Kind = Kind(FAMILIES + 32);
    /// Single number reach.
    pub const SINGLE_NUMBER_REACH: Kind = Kind(FAMILIES + 33);
    /// Compression of devices.
    pub const DEVICE_SETTINGS: Kind = Kind(FAMILIES + 75);
    /// Hoteling of devices.
    pub const DEVICE_HOTELING: Kind = Kind(FAMILIES + 76);
    /// Application services.
    pub const APPLICATIONS: Kind = Kind(FAMILIES + 40);
    /// Lines shared with the Webex Calling app.
    pub const SHARED_LINES: Kind = Kind(FAMILIES + 41);
    /// Lines of the hot-desking profile.
    pub const HOT_DESKING_MEMBERS: Kind = Kind(FAMILIES + 42);
    /// The receptionist client.
    pub const RECEPTION: Kind = Kind(FAMILIES + 43);
    /// The emergency callback number.
    pub const EMERGENCY_CALLBACK_NUMBER: Kind = Kind(FAMILIES + 44);
    /// Call captions.
    pub const CALL_CAPTIONS: Kind = Kind(FAMILIES + 55);
    /// Music on hold.
    pub const MUSIC_ON_HOLD: Kind = Kind(FAMILIES + 56);
    /// Answer settings and the preferred answer endpoint.
    pub const ANSWER_SETTINGS: Kind = Kind(FAMILIES + 57);
    /// Calling behavior.
    pub const CALLING_BEHAVIOR: Kind = Kind(FAMILIES + 58);
    /// Feature access.
    pub const FEATURE_ACCESS: Kind = Kind(FAMILIES + 59);
    /// Settings for Microsoft Teams.
    pub const MS_TEAMS: Kind = Kind(FAMILIES + 60);
    /// Announcement language and time zone.
    pub const LANGUAGE: Kind = Kind(FAMILIES + 61);
}

/// A value that Webex refuses.
pub(super) fn invalid(detail: impl Into<String>) -> Refusal {
    Refusal::new(ErrorKind::InvalidSetting, detail)
}

/// A field without which a setting makes no sense.
pub(super) fn missing(detail: impl Into<String>) -> Refusal {
    Refusal::new(ErrorKind::MandatoryField, detail)
}

patched! {
    /// Something that is on or off.
    #[derive(Default)]
    pub struct Switch by SwitchPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

patched! {
    /// Something that is on or off and goes to an address or a number.
    #[derive(Default)]
    pub struct Destination by DestinationPatch {
        /// Whether it is on.
        enabled: bool,
        /// The address or number.
        #[serde(skip_serializing_if = "Option::is_none")]
        destination: Option<String>,
    }
}

impl Destination {
    /// An empty text says the same as none.
    fn tidy(&mut self) {
        tidy(&mut self.destination);
    }

    /// Refuses what is on without a destination; `name` is the field's own.
    fn check(&self, name: &str) -> Result<(), Refusal> {
        let (switch, field) = (format!("{name}.enabled"), format!("{name}.destination"));
        values::goal(self.enabled, &switch, &field, self.destination.as_deref())
    }

    /// The same, and what nobody can dial.
    fn check_number(&self, name: &str) -> Result<(), Refusal> {
        self.check(name)?;
        values::phone(&format!("{name}.destination"), self.destination.as_deref())
    }
}

/// An empty text says the same as none.
fn tidy(text: &mut Option<String>) {
    if text.as_ref().is_some_and(String::is_empty) {
        *text = None;
    }
}

/// Which greeting callers hear.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Greeting {
    /// The system's.
    #[default]
    Default,
    /// The uploaded one.
    Custom,
}

/// An uploaded sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AudioFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
}

replaced!(Greeting, AudioFile);

/// Media types of WAV files in use among clients.
const WAV: &[&str] = &["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"];

/// Whether a file begins like a WAV file: `RIFF`, its length, `WAVE`.
fn is_wav(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE")
}

/// The sound of a greeting upload: multipart field `file`, a WAV file.
fn uploaded_wav(asked: &Asked<'_>) -> Result<AudioFile, Refusal> {
    let upload = asked.upload.ok_or_else(|| {
        Refusal::bad_request("The body must be multipart/form-data with a field named file.")
    })?;
    let media_type = upload
        .content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if !WAV
        .iter()
        .any(|known| known.eq_ignore_ascii_case(media_type))
    {
        let detail = format!(
            "The file must be audio/wav, but it is \"{}\".",
            shorten(media_type)
        );
        return Err(Refusal::new(ErrorKind::UnsupportedMediaType, detail));
    }
    if upload.bytes.is_empty() {
        return Err(Refusal::bad_request("The uploaded file is empty."));
    }
    if !is_wav(upload.bytes) {
        return Err(Refusal::bad_request(
            "The uploaded file is no WAV file: it must begin with a RIFF header of the form WAVE.",
        ));
    }
    values::length(
        "The name of the file",
        upload.file_name,
        values::MAX_FILE_NAME,
    )?;
    Ok(AudioFile {
        name: shorten(upload.file_name),
        media_type: "audio/wav".to_owned(),
    })
}
