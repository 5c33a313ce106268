//! Call recording (`/people/{personId}/features/callRecording`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{kinds, values};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::settings::services::CallingService;
use crate::world::Kind;
use crate::{patched, replaced};

patched! {
    /// Which calls are recorded, and what callers hear about it.
    #[derive(Default)]
    pub struct CallRecording by CallRecordingPatch {
        /// Whether it is on.
        enabled: bool,
        /// Which calls.
        record: Record,
        /// Whether voicemail is recorded too.
        record_voicemail_enabled: bool,
        /// Whether an announcement is played at start and end.
        start_stop_announcement_enabled: bool,
        /// What is heard when recording pauses.
        notification: RecordingNotification,
        /// A tone while recording.
        repeat: RecordingTone,
        /// For which calls start and end are announced.
        start_stop_announcement: StartStopAnnouncement,
    }
}

patched! {
    /// What is heard when recording pauses or goes on.
    #[derive(Default)]
    pub struct RecordingNotification by RecordingNotificationPatch {
        /// The sound.
        #[serde(rename = "type")]
        kind: NotificationType,
        /// Whether it is played.
        enabled: bool,
    }
}

patched! {
    /// A tone while recording.
    pub struct RecordingTone by RecordingTonePatch {
        /// Seconds between two tones, 10 to 1800.
        interval: u32,
        /// Whether it is played.
        enabled: bool,
    }
}

patched! {
    /// For which calls start and end of recording are announced.
    #[derive(Default)]
    pub struct StartStopAnnouncement by StartStopAnnouncementPatch {
        /// Calls inside the organisation.
        internal_calls_enabled: bool,
        /// Calls through the telephone network.
        pstn_calls_enabled: bool,
    }
}

/// Which calls are recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Record {
    /// All of them.
    Always,
    /// None.
    #[default]
    Never,
    /// All, and people may pause.
    #[serde(rename = "Always with Pause/Resume")]
    AlwaysWithPauseResume,
    /// When people start it.
    #[serde(rename = "On Demand with User Initiated Start")]
    OnDemand,
}

/// What is heard when recording pauses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum NotificationType {
    /// Nothing.
    #[default]
    None,
    /// A tone.
    Beep,
    /// A voice.
    #[serde(rename = "Play Announcement")]
    PlayAnnouncement,
}

replaced!(Record, NotificationType);

impl Default for RecordingTone {
    fn default() -> Self {
        Self {
            interval: 15,
            enabled: false,
        }
    }
}

/// What reading shows of call recording.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallRecordingView {
    /// The settings.
    #[serde(flatten)]
    pub settings: CallRecording,
    /// Who records; read-only.
    pub service_provider: &'static str,
    /// The group at the recording service; read-only.
    pub external_group: String,
    /// The line at the recording service; read-only.
    pub external_identifier: String,
}

impl Family for CallRecording {
    const KIND: Kind = kinds::CALL_RECORDING;
    const KEY: &'static str = "callRecording";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        values::number("repeat.interval", self.repeat.interval, 10, 1800)
    }
}

impl Setting for CallRecording {
    type View = CallRecordingView;
    type Write = CallRecordingPatch;

    fn view(&self, step: &Step<'_>) -> CallRecordingView {
        CallRecordingView {
            settings: self.clone(),
            service_provider: "Webex",
            external_group: step.organization.to_string(),
            external_identifier: step.holder.id().to_string(),
        }
    }

    fn merge(&mut self, write: CallRecordingPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        if self.notification.enabled && self.notification.kind == NotificationType::None {
            // A notification that is on without a type beeps (the PUT's description).
            self.notification.kind = NotificationType::Beep;
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/callRecording"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/features/callRecordings"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallRecording>(&[
    FamilyRoute::get::<CallRecording>(PATHS),
    FamilyRoute::put::<CallRecording>(PATHS).taking::<CallRecording>(),
])
.telling(&[(CallingService::CallRecording, |step| {
    step.value::<CallRecording>().enabled
})]);
