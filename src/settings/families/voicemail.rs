//! Voicemail: when calls go there, what callers hear, and who is told
//! (`/people/{personId}/features/voicemail`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::{self, MAX_RINGS};
use super::{AudioFile, Destination, Greeting, Switch, kinds, missing, tidy};
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
    /// Voicemail.
    pub struct Voicemail by VoicemailPatch {
        /// Whether it is on.
        enabled: bool,
        /// Every call.
        send_all_calls: Switch,
        /// Calls while the line is busy.
        send_busy_calls: BusyCalls,
        /// Calls that nobody answers.
        send_unanswered_calls: UnansweredCalls,
        /// Who is told about a new message.
        notifications: Destination,
        /// Where a caller goes who presses zero.
        transfer_to_number: Destination,
        /// Where a copy of the message goes.
        email_copy_of_message: EmailCopy,
        /// Where messages are kept.
        message_storage: MessageStorage,
        /// Fax messages.
        fax_message: FaxMessage,
        /// Whether messages can be forwarded; read-only.
        voice_message_forwarding_enabled: bool,
    }
}

patched! {
    /// Calls go to voicemail while the line is busy.
    #[derive(Default)]
    pub struct BusyCalls by BusyCallsPatch {
        /// Whether it is on.
        enabled: bool,
        /// Which greeting callers hear.
        greeting: Greeting,
        /// Whether a greeting was uploaded; read-only.
        greeting_uploaded: bool,
        /// The uploaded greeting; read-only.
        #[serde(skip_serializing_if = "Option::is_none")]
        audio_file: Option<AudioFile>,
    }
}

patched! {
    /// Calls that nobody answers go to voicemail.
    pub struct UnansweredCalls by UnansweredCallsPatch {
        /// Whether it is on.
        enabled: bool,
        /// Which greeting callers hear.
        greeting: Greeting,
        /// Whether a greeting was uploaded; read-only.
        greeting_uploaded: bool,
        /// The uploaded greeting; read-only.
        #[serde(skip_serializing_if = "Option::is_none")]
        audio_file: Option<AudioFile>,
        /// Rings before a call counts as unanswered, 2 to 20.
        number_of_rings: u32,
        /// The most rings that can be set; read-only.
        system_max_number_of_rings: u32,
    }
}

patched! {
    /// A copy of each message goes to an address.
    #[derive(Default)]
    pub struct EmailCopy by EmailCopyPatch {
        /// Whether it is on.
        enabled: bool,
        /// The address.
        #[serde(skip_serializing_if = "Option::is_none")]
        email_id: Option<String>,
    }
}

patched! {
    /// Where messages are kept.
    pub struct MessageStorage by MessageStoragePatch {
        /// Whether the phone shows that messages wait.
        mwi_enabled: bool,
        /// Within Webex, or at an address.
        storage_type: StorageType,
        /// The address, for `EXTERNAL`.
        #[serde(skip_serializing_if = "Option::is_none")]
        external_email: Option<String>,
    }
}

patched! {
    /// Fax messages.
    #[derive(Default)]
    pub struct FaxMessage by FaxMessagePatch {
        /// Whether it is on.
        enabled: bool,
        /// The fax number.
        #[serde(skip_serializing_if = "Option::is_none")]
        phone_number: Option<String>,
        /// The fax extension.
        #[serde(skip_serializing_if = "Option::is_none")]
        extension: Option<String>,
    }
}

/// Where messages are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StorageType {
    /// Within Webex.
    #[default]
    Internal,
    /// At an address.
    External,
}

replaced!(StorageType);

impl Default for Voicemail {
    fn default() -> Self {
        Self {
            enabled: true,
            send_all_calls: Switch::default(),
            send_busy_calls: BusyCalls::default(),
            send_unanswered_calls: UnansweredCalls::default(),
            notifications: Destination::default(),
            transfer_to_number: Destination::default(),
            email_copy_of_message: EmailCopy::default(),
            message_storage: MessageStorage::default(),
            fax_message: FaxMessage::default(),
            voice_message_forwarding_enabled: false,
        }
    }
}

impl Default for UnansweredCalls {
    fn default() -> Self {
        Self {
            enabled: true,
            greeting: Greeting::Default,
            greeting_uploaded: false,
            audio_file: None,
            number_of_rings: 3,
            system_max_number_of_rings: MAX_RINGS,
        }
    }
}

impl Default for MessageStorage {
    fn default() -> Self {
        Self {
            mwi_enabled: true,
            storage_type: StorageType::Internal,
            external_email: None,
        }
    }
}

impl Family for Voicemail {
    const KIND: Kind = kinds::VOICEMAIL;
    const KEY: &'static str = "voicemail";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        let (told, zero) = (&self.notifications, &self.transfer_to_number);
        let (copy, storage) = (&self.email_copy_of_message, &self.message_storage);
        let (fax, busy) = (&self.fax_message, &self.send_busy_calls);
        let unanswered = &self.send_unanswered_calls;
        told.check("notifications")?;
        values::email("notifications.destination", told.destination.as_deref())?;
        zero.check_number("transferToNumber")?;
        let address = copy.email_id.as_deref();
        let (switch, field) = ("emailCopyOfMessage.enabled", "emailCopyOfMessage.emailId");
        values::goal(copy.enabled, switch, field, address)?;
        values::email(field, address)?;
        let address = storage.external_email.as_deref();
        if storage.storage_type == StorageType::External && address.is_none() {
            return Err(missing(
                "messageStorage.externalEmail is required for EXTERNAL.",
            ));
        }
        values::email("messageStorage.externalEmail", address)?;
        let (switch, field) = ("faxMessage.enabled", "faxMessage.phoneNumber");
        values::goal(fax.enabled, switch, field, fax.phone_number.as_deref())?;
        values::phone(field, fax.phone_number.as_deref())?;
        values::phone("faxMessage.extension", fax.extension.as_deref())?;
        let (greeting, field) = (busy.greeting, "sendBusyCalls.greeting");
        values::greeting(field, greeting, busy.greeting_uploaded)?;
        let (greeting, field) = (unanswered.greeting, "sendUnansweredCalls.greeting");
        values::greeting(field, greeting, unanswered.greeting_uploaded)?;
        let rings = unanswered.number_of_rings;
        values::rings("sendUnansweredCalls.numberOfRings", rings)
    }
}

impl Setting for Voicemail {
    type View = Self;
    type Write = VoicemailPatch;

    fn view(&self, _step: &Step<'_>) -> Self {
        self.clone()
    }

    fn merge(&mut self, write: VoicemailPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        let before = self.clone();
        self.apply(write);
        self.send_busy_calls.greeting_uploaded = before.send_busy_calls.greeting_uploaded;
        self.send_busy_calls.audio_file = before.send_busy_calls.audio_file;
        let unanswered = before.send_unanswered_calls;
        self.send_unanswered_calls.greeting_uploaded = unanswered.greeting_uploaded;
        self.send_unanswered_calls.audio_file = unanswered.audio_file;
        self.send_unanswered_calls.system_max_number_of_rings = MAX_RINGS;
        self.voice_message_forwarding_enabled = before.voice_message_forwarding_enabled;
        self.notifications.tidy();
        self.transfer_to_number.tidy();
        tidy(&mut self.email_copy_of_message.email_id);
        tidy(&mut self.message_storage.external_email);
        tidy(&mut self.fax_message.phone_number);
        tidy(&mut self.fax_message.extension);
        Ok(())
    }
}

impl Voicemail {
    fn set_busy_greeting(&mut self, file: AudioFile) {
        self.send_busy_calls.greeting_uploaded = true;
        self.send_busy_calls.audio_file = Some(file);
    }

    fn set_no_answer_greeting(&mut self, file: AudioFile) {
        self.send_unanswered_calls.greeting_uploaded = true;
        self.send_unanswered_calls.audio_file = Some(file);
    }
}

fn upload_busy(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let file = super::uploaded_wav(asked)?;
    change(tx, holder, |voicemail: &mut Voicemail, _| {
        voicemail.set_busy_greeting(file);
        Ok(None)
    })
}

fn upload_no_answer(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let file = super::uploaded_wav(asked)?;
    change(tx, holder, |voicemail: &mut Voicemail, _| {
        voicemail.set_no_answer_greeting(file);
        Ok(None)
    })
}

/// File names of greetings that a scenario gives beside the settings.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Greetings {
    busy_greeting: Option<String>,
    no_answer_greeting: Option<String>,
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let asked = Asked::of(body);
    let greetings: Greetings = asked.json()?;
    let file = |name| AudioFile {
        name,
        media_type: "audio/wav".to_owned(),
    };
    // The greetings come first: a setting may say that they are played.
    change(tx, holder, |voicemail: &mut Voicemail, _| {
        if let Some(name) = greetings.busy_greeting {
            voicemail.set_busy_greeting(file(name));
        }
        if let Some(name) = greetings.no_answer_greeting {
            voicemail.set_no_answer_greeting(file(name));
        }
        Ok(())
    })?;
    write::<Voicemail>(tx, holder, &asked).map(drop)
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/voicemail"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/voicemail"],
};

const BUSY_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/voicemail/actions/uploadBusyGreeting/invoke"],
    workspace: &[
        "/telephony/config/workspaces/{workspaceId}/voicemail/actions/uploadBusyGreeting/invoke",
    ],
};

const NO_ANSWER_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/voicemail/actions/uploadNoAnswerGreeting/invoke"],
    workspace: &[
        "/telephony/config/workspaces/{workspaceId}/voicemail/actions/uploadNoAnswerGreeting/\
         invoke",
    ],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Voicemail>(&[
    FamilyRoute::get::<Voicemail>(PATHS).professional(),
    FamilyRoute::put::<Voicemail>(PATHS)
        .professional()
        .requiring(&["notifications", "transferToNumber"]),
    FamilyRoute::new(Verb::Post, BUSY_PATHS, 201, Run::Write(upload_busy))
        .uploading()
        .professional(),
    FamilyRoute::new(
        Verb::Post,
        NO_ANSWER_PATHS,
        201,
        Run::Write(upload_no_answer),
    )
    .uploading()
    .professional(),
])
.configured(configure)
.telling(&[
    (CallingService::VoiceMessagingUser, |step| {
        step.value::<Voicemail>().enabled
    }),
    (CallingService::FaxMessaging, |step| {
        step.value::<Voicemail>().fax_message.enabled
    }),
]);
