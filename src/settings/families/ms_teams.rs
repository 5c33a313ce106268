//! What Webex does beside Microsoft Teams (`/telephony/config/people/{personId}/settings/msTeams`).
//! A PUT says one setting by its name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::model::{Holder, Organization, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Step, Verb, change, to_json,
};
use crate::settings::patch::Maybe;
use crate::world::{Kind, Moment, Tx};

/// What was set for one person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MsTeams {
    /// Whether the windows of Webex are closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hide_webex_app: Option<SetAt>,
}

/// A value, and since when it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetAt {
    /// The value.
    pub value: bool,
    /// Since when.
    pub last_modified: Moment,
}

/// What reading shows of the settings for Microsoft Teams.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MsTeamsView {
    /// Whose they are.
    pub person_id: String,
    /// In which organisation.
    pub org_id: String,
    /// The settings.
    pub settings: Vec<TeamsSetting>,
}

/// What reading shows of one of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamsSetting {
    /// Its name.
    pub setting_name: &'static str,
    /// Where it was set.
    pub level: Level,
    /// Whether it is on.
    pub value: bool,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub last_modified: Moment,
}

/// Where a setting was set. The organisation's own settings for Microsoft Teams are not simulated,
/// so what nobody set for the person is as it is everywhere (DEC-97).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Nowhere.
    Global,
    /// For the person.
    People,
}

/// What a PUT says.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MsTeamsWrite {
    /// Which setting.
    #[serde(default)]
    pub setting_name: SettingName,
    /// Whether it is on; null takes it back.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub value: Maybe<bool>,
}

/// The settings that can be set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SettingName {
    /// The windows of Webex are closed.
    #[default]
    HideWebexApp,
}

impl Family for MsTeams {
    const KIND: Kind = kinds::MS_TEAMS;
    const KEY: &'static str = "msTeams";
}

fn read(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let organization = step.world.get::<Organization>(step.organization);
    let always = organization.map(|organization| organization.created);
    let shown = |setting_name, own: Option<SetAt>| TeamsSetting {
        setting_name,
        level: own.map_or(Level::Global, |_| Level::People),
        value: own.is_some_and(|own| own.value),
        last_modified: own
            .map(|own| own.last_modified)
            .or(always)
            .unwrap_or_default(),
    };
    to_json(&MsTeamsView {
        person_id: step.holder.webex_id(),
        org_id: WebexId::Organization.encode(step.organization),
        settings: vec![
            shown("HIDE_WEBEX_APP", step.value::<MsTeams>().hide_webex_app),
            shown("PRESENCE_SYNC", None),
        ],
    })
}

fn set(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let wanted: MsTeamsWrite = asked.json()?;
    let SettingName::HideWebexApp = wanted.setting_name;
    let now = tx.now();
    change(tx, holder, |stored: &mut MsTeams, _| {
        match wanted.value {
            Maybe::Keep => {}
            Maybe::Clear => stored.hide_webex_app = None,
            Maybe::Set(value) => {
                stored.hide_webex_app = Some(SetAt {
                    value,
                    last_modified: now,
                });
            }
        }
        Ok(None)
    })
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    set(tx, holder, &Asked::of(body)).map(drop)
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/settings/msTeams"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<MsTeams>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(read)).answering::<MsTeamsView>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(set))
            .taking::<MsTeamsWrite>()
            .requiring(&["settingName"])
            .naming(&["value"]),
    ],
    Some(configure),
);
