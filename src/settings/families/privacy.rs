//! Privacy: who may reach and watch a line (`/people/{personId}/features/privacy`). The PUT
//! answers 200 for people and 204 for workspaces.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::members::{Member, MemberList, MemberView};
use crate::settings::services::CallingService;
use crate::world::Kind;

/// Who may reach and watch a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Privacy {
    /// Whether auto attendants may dial the extension.
    pub aa_extension_dialing_enabled: bool,
    /// Whether auto attendants may dial the name.
    pub aa_naming_dialing_enabled: bool,
    /// Whether the line's status is hidden.
    pub enable_phone_status_directory_privacy: bool,
    /// Whether only agents may pick up and barge in.
    pub enable_phone_status_pickup_barge_in_privacy: bool,
    /// Who may watch all the same.
    pub monitoring_agents: Vec<Member>,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            aa_extension_dialing_enabled: true,
            aa_naming_dialing_enabled: true,
            enable_phone_status_directory_privacy: false,
            enable_phone_status_pickup_barge_in_privacy: false,
            monitoring_agents: Vec::new(),
        }
    }
}

/// The most agents of one holder.
const MAX_AGENTS: usize = 50;

/// What reading shows of privacy.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrivacyView {
    /// Whether auto attendants may dial the extension.
    pub aa_extension_dialing_enabled: bool,
    /// Whether auto attendants may dial the name.
    pub aa_naming_dialing_enabled: bool,
    /// Whether the line's status is hidden.
    pub enable_phone_status_directory_privacy: bool,
    /// Whether only agents may pick up and barge in.
    pub enable_phone_status_pickup_barge_in_privacy: bool,
    /// Who may watch all the same.
    pub monitoring_agents: Vec<MemberView>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PrivacyWrite {
    /// Whether auto attendants may dial the extension.
    pub aa_extension_dialing_enabled: Option<bool>,
    /// Whether auto attendants may dial the name.
    pub aa_naming_dialing_enabled: Option<bool>,
    /// Whether the line's status is hidden.
    pub enable_phone_status_directory_privacy: Option<bool>,
    /// Whether only agents may pick up and barge in.
    pub enable_phone_status_pickup_barge_in_privacy: Option<bool>,
    /// Ids of people and workspaces; replaces the list.
    pub monitoring_agents: Option<Vec<String>>,
}

impl Family for Privacy {
    const KIND: Kind = kinds::PRIVACY;
    const KEY: &'static str = "privacy";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        Member::check_all("monitoringAgents", &self.monitoring_agents, MAX_AGENTS)
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.monitoring_agents.iter().copied()
    }
}

impl MemberList for Privacy {
    const FIELD: &'static str = "monitoringAgents";

    fn forget(&mut self, member: Member) {
        self.monitoring_agents.retain(|one| *one != member);
    }
}

impl Setting for Privacy {
    type View = PrivacyView;
    type Write = PrivacyWrite;

    fn view(&self, step: &Step<'_>) -> PrivacyView {
        let agents = self
            .monitoring_agents
            .iter()
            .filter_map(|agent| agent.view(step.world));
        PrivacyView {
            aa_extension_dialing_enabled: self.aa_extension_dialing_enabled,
            aa_naming_dialing_enabled: self.aa_naming_dialing_enabled,
            enable_phone_status_directory_privacy: self.enable_phone_status_directory_privacy,
            enable_phone_status_pickup_barge_in_privacy: self
                .enable_phone_status_pickup_barge_in_privacy,
            monitoring_agents: agents.collect(),
        }
    }

    fn merge(&mut self, write: PrivacyWrite, step: &Step<'_>) -> Result<(), Refusal> {
        let set = |target: &mut bool, value: Option<bool>| *target = value.unwrap_or(*target);
        set(
            &mut self.aa_extension_dialing_enabled,
            write.aa_extension_dialing_enabled,
        );
        set(
            &mut self.aa_naming_dialing_enabled,
            write.aa_naming_dialing_enabled,
        );
        set(
            &mut self.enable_phone_status_directory_privacy,
            write.enable_phone_status_directory_privacy,
        );
        set(
            &mut self.enable_phone_status_pickup_barge_in_privacy,
            write.enable_phone_status_pickup_barge_in_privacy,
        );
        if let Some(ids) = write.monitoring_agents {
            self.monitoring_agents = Member::find_all(step, "monitoringAgents", &ids, MAX_AGENTS)?;
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/privacy"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/privacy"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Privacy>(&[
    FamilyRoute::get::<Privacy>(PATHS).professional(),
    FamilyRoute::put_ok::<Privacy>(PATHS.of_people()).taking::<PrivacyWrite>(),
    FamilyRoute::put::<Privacy>(PATHS.of_workspaces())
        .professional()
        .taking::<PrivacyWrite>(),
])
.telling(&[(CallingService::Privacy, |step| {
    let value = step.value::<Privacy>();
    value.enable_phone_status_directory_privacy || value.enable_phone_status_pickup_barge_in_privacy
})]);
