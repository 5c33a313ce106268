//! Call intercept: a line that is out of service
//! (`/people/{personId}/features/intercept`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Destination, Greeting, kinds, tidy, values};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Setting, Step, Verb, change, write,
};
use crate::settings::patch::Patch;
use crate::settings::services::CallingService;
use crate::world::{Kind, Tx};
use crate::{patched, replaced};

patched! {
    /// Calls to and from a line that is out of service.
    #[derive(Default)]
    pub struct Intercept by InterceptPatch {
        /// Whether it is on.
        enabled: bool,
        /// Calls to the line.
        incoming: InterceptIncoming,
        /// Calls from the line.
        outgoing: InterceptOutgoing,
    }
}

patched! {
    /// Calls to the line.
    #[derive(Default)]
    pub struct InterceptIncoming by InterceptIncomingPatch {
        /// Which ones.
        #[serde(rename = "type")]
        kind: IncomingType,
        /// Whether they go to voicemail.
        voicemail_enabled: bool,
        /// What callers hear.
        announcements: InterceptAnnouncements,
    }
}

patched! {
    /// What callers hear.
    #[derive(Default)]
    pub struct InterceptAnnouncements by InterceptAnnouncementsPatch {
        /// Which greeting.
        greeting: Greeting,
        /// The uploaded greeting's name, or nothing; read-only.
        file_name: String,
        /// A new number that is told.
        new_number: Destination,
        /// Where a caller goes who presses zero.
        zero_transfer: Destination,
    }
}

patched! {
    /// Calls from the line.
    #[derive(Default)]
    pub struct InterceptOutgoing by InterceptOutgoingPatch {
        /// Which ones.
        #[serde(rename = "type")]
        kind: OutgoingType,
        /// Whether they are sent to a destination.
        transfer_enabled: bool,
        /// The destination.
        #[serde(skip_serializing_if = "Option::is_none")]
        destination: Option<String>,
    }
}

/// Which calls to the line are intercepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IncomingType {
    /// All.
    #[default]
    InterceptAll,
    /// None.
    AllowAll,
}

/// Which calls from the line are intercepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OutgoingType {
    /// All.
    #[default]
    InterceptAll,
    /// All but those inside the location.
    AllowLocalOnly,
}

replaced!(IncomingType, OutgoingType);

/// What reading shows of call intercept.
#[derive(Debug, Serialize, ToSchema)]
pub struct InterceptView {
    /// Whether it is on.
    pub enabled: bool,
    /// Calls to the line.
    pub incoming: InterceptIncomingView,
    /// Calls from the line.
    pub outgoing: InterceptOutgoing,
}

/// What reading shows of calls to the line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterceptIncomingView {
    /// Which ones.
    #[serde(rename = "type")]
    pub kind: IncomingType,
    /// Whether they go to voicemail.
    pub voicemail_enabled: bool,
    /// What callers hear.
    pub announcements: InterceptAnnouncementsView,
}

/// What reading shows of announcements. The document says `filename`, its example and the SDKs
/// say `fileName`; reading answers both.
#[derive(Debug, Serialize, ToSchema)]
pub struct InterceptAnnouncementsView {
    /// The settings.
    #[serde(flatten)]
    pub announcements: InterceptAnnouncements,
    /// The uploaded greeting's name, or nothing.
    pub filename: String,
}

impl Family for Intercept {
    const KIND: Kind = kinds::INTERCEPT;
    const KEY: &'static str = "intercept";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        let said = &self.incoming.announcements;
        let uploaded = !said.file_name.is_empty();
        values::greeting("incoming.announcements.greeting", said.greeting, uploaded)?;
        said.new_number
            .check_number("incoming.announcements.newNumber")?;
        said.zero_transfer
            .check_number("incoming.announcements.zeroTransfer")?;
        let outgoing = &self.outgoing;
        values::goal(
            outgoing.transfer_enabled,
            "outgoing.transferEnabled",
            "outgoing.destination",
            outgoing.destination.as_deref(),
        )?;
        values::phone("outgoing.destination", outgoing.destination.as_deref())
    }
}

impl Setting for Intercept {
    type View = InterceptView;
    type Write = InterceptPatch;

    fn view(&self, _step: &Step<'_>) -> InterceptView {
        let announcements = self.incoming.announcements.clone();
        InterceptView {
            enabled: self.enabled,
            incoming: InterceptIncomingView {
                kind: self.incoming.kind,
                voicemail_enabled: self.incoming.voicemail_enabled,
                announcements: InterceptAnnouncementsView {
                    filename: announcements.file_name.clone(),
                    announcements,
                },
            },
            outgoing: self.outgoing.clone(),
        }
    }

    fn merge(&mut self, write: InterceptPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        let file_name = self.incoming.announcements.file_name.clone();
        self.apply(write);
        let announcements = &mut self.incoming.announcements;
        announcements.file_name = file_name;
        announcements.new_number.tidy();
        announcements.zero_transfer.tidy();
        tidy(&mut self.outgoing.destination);
        Ok(())
    }
}

fn upload(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let file = super::uploaded_wav(asked)?;
    change(tx, holder, |intercept: &mut Intercept, _| {
        intercept.incoming.announcements.file_name = file.name;
        Ok(None)
    })
}

/// The file name of a greeting that a scenario gives beside the settings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Announcement {
    announcement: Option<String>,
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let asked = Asked::of(body);
    let Announcement { announcement } = asked.json()?;
    // The greeting comes first: a setting may say that it is played.
    change(tx, holder, |intercept: &mut Intercept, _| {
        if let Some(name) = announcement {
            intercept.incoming.announcements.file_name = name;
        }
        Ok(())
    })?;
    write::<Intercept>(tx, holder, &asked).map(drop)
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/intercept"],
    workspace: &["/workspaces/{workspaceId}/features/intercept"],
};

const UPLOAD_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/intercept/actions/announcementUpload/invoke"],
    workspace: &[
        "/telephony/config/workspaces/{workspaceId}/features/intercept/actions/\
         announcementUpload/invoke",
        "/workspaces/{workspaceId}/features/intercept/actions/announcementUpload/invoke",
    ],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Intercept>(&[
    FamilyRoute::get::<Intercept>(PATHS),
    FamilyRoute::put::<Intercept>(PATHS).taking::<Intercept>(),
    FamilyRoute::new(Verb::Post, UPLOAD_PATHS, 201, Run::Write(upload)).uploading(),
])
.configured(configure)
.telling(&[(CallingService::InterceptUser, |step| {
    step.value::<Intercept>().enabled
})]);
