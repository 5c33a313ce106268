//! Music on hold: what callers hear who wait
//! (`/telephony/config/people/{personId}/musicOnHold`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Greeting, invalid, kinds, missing};
use crate::model::number::shorten;
use crate::model::organization::Announcement;
use crate::model::{Holder, Organization, Person, WebexId, Workspace};
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Maybe;
use crate::settings::services::CallingService;
use crate::world::{Kind, World};

/// What callers hear who wait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MusicOnHold {
    /// Whether it plays.
    pub moh_enabled: bool,
    /// The location's music, or an announcement.
    pub greeting: Greeting,
    /// The announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_announcement_file: Option<FileId>,
}

/// The id of an announcement file, written as its Webex id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileId(pub Uuid);

impl From<FileId> for String {
    fn from(file: FileId) -> Self {
        WebexId::Announcement.encode(file.0)
    }
}

impl TryFrom<String> for FileId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let id = WebexId::Announcement.decode(&text).map(Self);
        id.ok_or_else(|| format!("\"{}\" is no announcement", shorten(&text)))
    }
}

/// What reading shows of music on hold.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MusicOnHoldView {
    /// Whether it plays.
    pub moh_enabled: bool,
    /// Whether the location plays music on hold at all; read-only.
    pub moh_location_enabled: bool,
    /// The location's music, or an announcement.
    pub greeting: Greeting,
    /// The announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_announcement_file: Option<FileView>,
}

/// What reading shows of an announcement file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub file_name: String,
    /// Its type.
    pub media_file_type: MediaType,
    /// Whose it is.
    pub level: Level,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MusicOnHoldWrite {
    /// Whether it plays.
    pub moh_enabled: Option<bool>,
    /// The location's music, or an announcement.
    pub greeting: Option<Greeting>,
    /// The announcement: its id, or else name, type and level.
    #[serde(default)]
    #[schema(value_type = Option<FileWrite>)]
    pub audio_announcement_file: Maybe<FileWrite>,
}

/// An announcement file as a request names it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct FileWrite {
    /// Its id; the other fields mean nothing beside it.
    pub id: Option<String>,
    /// Its name.
    pub file_name: Option<String>,
    /// Its type.
    pub media_file_type: Option<MediaType>,
    /// Whose it is.
    pub level: Option<Level>,
}

/// Types of announcement files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MediaType {
    /// A WAV file.
    Wav,
}

/// Whose an announcement file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Every location's.
    Organization,
    /// One location's.
    Location,
}

impl Default for MusicOnHold {
    fn default() -> Self {
        Self {
            moh_enabled: true,
            greeting: Greeting::Default,
            audio_announcement_file: None,
        }
    }
}

impl Family for MusicOnHold {
    const KIND: Kind = kinds::MUSIC_ON_HOLD;
    const KEY: &'static str = "musicOnHold";

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        match step.location() {
            Some(place) if !plays(step) => Err(invalid(format!(
                "Music on hold is turned off for the location {}; it must be enabled there first.",
                place.name
            ))),
            _ => Ok(()),
        }
    }

    fn dangling(&self, world: &World, holder: Holder) -> Option<String> {
        let FileId(id) = self.audio_announcement_file?;
        let organization = match holder {
            Holder::Person(id) => world.get::<Person>(id)?.organization,
            Holder::Workspace(id) => world.get::<Workspace>(id)?.organization,
        };
        let mut known = files(world, organization).iter();
        let missing = !known.any(|file| file.id == id);
        missing.then(|| format!("audioAnnouncementFile names {id}, which is not there"))
    }

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        match (self.greeting, self.audio_announcement_file) {
            (Greeting::Custom, None) => Err(missing(
                "audioAnnouncementFile is required while greeting is CUSTOM.",
            )
            .by("SET-03")),
            _ => Ok(()),
        }
    }
}

/// Whether the holder's location plays music on hold.
fn plays(step: &Step<'_>) -> bool {
    let calling = step.location().and_then(|place| place.calling.as_ref());
    calling.is_none_or(|calling| !calling.music_on_hold_disabled)
}

/// The announcement files of an organisation.
fn files(world: &World, organization: Uuid) -> &[Announcement] {
    let organization = world.get::<Organization>(organization);
    organization.map_or(&[], |organization| &organization.announcements)
}

impl FileWrite {
    /// The file that is meant, which must be there already.
    fn find(self, step: &Step<'_>) -> Result<FileId, Refusal> {
        let usable = |file: &&Announcement| {
            file.location
                .is_none_or(|place| place == step.calling.location)
        };
        let mut known = files(step.world, step.organization).iter().filter(usable);
        if let Some(id) = self.id {
            let key = WebexId::Announcement.decode(&id);
            let found = known.find(|file| Some(file.id) == key);
            return found.map(|file| FileId(file.id)).ok_or_else(|| {
                let id = shorten(&id);
                invalid(format!(
                    "audioAnnouncementFile.id: there is no announcement {id} that this holder may \
                     use."
                ))
            });
        }
        let needs = |field: &str| {
            missing(format!(
                "audioAnnouncementFile.{field} is required where audioAnnouncementFile.id is not \
                 sent."
            ))
        };
        let name = self.file_name.ok_or_else(|| needs("fileName"))?;
        self.media_file_type.ok_or_else(|| needs("mediaFileType"))?;
        let level = self.level.ok_or_else(|| needs("level"))?;
        let of_level = |file: &Announcement| match level {
            Level::Organization => file.location.is_none(),
            Level::Location => file.location.is_some(),
        };
        let found = known.find(|file| of_level(file) && file.file_name == name);
        found.map(|file| FileId(file.id)).ok_or_else(|| {
            let name = shorten(&name);
            invalid(format!(
                "audioAnnouncementFile.fileName: there is no announcement \"{name}\" of that \
                 level; it must be uploaded first."
            ))
        })
    }
}

impl Setting for MusicOnHold {
    type View = MusicOnHoldView;
    type Write = MusicOnHoldWrite;

    fn view(&self, step: &Step<'_>) -> MusicOnHoldView {
        let mut known = files(step.world, step.organization).iter();
        let chosen = self.audio_announcement_file;
        let file = chosen.and_then(|FileId(id)| known.find(|file| file.id == id));
        MusicOnHoldView {
            moh_enabled: self.moh_enabled,
            moh_location_enabled: plays(step),
            greeting: self.greeting,
            audio_announcement_file: file.map(|file| FileView {
                id: WebexId::Announcement.encode(file.id),
                file_name: file.file_name.clone(),
                media_file_type: MediaType::Wav,
                level: match file.location {
                    None => Level::Organization,
                    Some(_) => Level::Location,
                },
            }),
        }
    }

    fn merge(&mut self, write: MusicOnHoldWrite, step: &Step<'_>) -> Result<(), Refusal> {
        self.moh_enabled = write.moh_enabled.unwrap_or(self.moh_enabled);
        self.greeting = write.greeting.unwrap_or(self.greeting);
        match write.audio_announcement_file {
            Maybe::Keep => {}
            Maybe::Clear => self.audio_announcement_file = None,
            Maybe::Set(file) => self.audio_announcement_file = Some(file.find(step)?),
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/musicOnHold"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/musicOnHold"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<MusicOnHold>(&[
    FamilyRoute::get::<MusicOnHold>(PATHS),
    FamilyRoute::put::<MusicOnHold>(PATHS).taking::<MusicOnHoldWrite>(),
])
.telling(&[(CallingService::MusicOnHoldUser, |step| {
    step.value::<MusicOnHold>().moh_enabled
})]);
