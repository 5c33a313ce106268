//! Push-to-talk: the phone as an intercom (`/people/{personId}/features/pushToTalk`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::members::{Member, MemberList, MemberView};
use crate::settings::services::CallingService;
use crate::world::Kind;

/// The phone as an intercom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PushToTalk {
    /// Whether calls are answered by themselves.
    pub allow_auto_answer: bool,
    /// In one direction or both.
    pub connection_type: ConnectionType,
    /// What the list means.
    pub access_type: AccessType,
    /// The list.
    pub members: Vec<Member>,
}

impl Default for PushToTalk {
    fn default() -> Self {
        Self {
            allow_auto_answer: false,
            connection_type: ConnectionType::TwoWay,
            access_type: AccessType::AllowMembers,
            members: Vec::new(),
        }
    }
}

/// In one direction or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConnectionType {
    /// The callee only hears.
    OneWay,
    /// Both speak.
    TwoWay,
}

/// What the list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccessType {
    /// Its members may call.
    AllowMembers,
    /// Its members may not.
    BlockMembers,
}

/// The most members of one holder.
const MAX_MEMBERS: usize = 1000;

/// What reading shows of push-to-talk.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PushToTalkView {
    /// Whether calls are answered by themselves.
    pub allow_auto_answer: bool,
    /// In one direction or both.
    pub connection_type: ConnectionType,
    /// What the list means.
    pub access_type: AccessType,
    /// The list.
    pub members: Vec<MemberView>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PushToTalkWrite {
    /// Whether calls are answered by themselves.
    pub allow_auto_answer: Option<bool>,
    /// In one direction or both.
    pub connection_type: Option<ConnectionType>,
    /// What the list means.
    pub access_type: Option<AccessType>,
    /// Ids of people and workspaces; replaces the list.
    pub members: Option<Vec<String>>,
}

impl Family for PushToTalk {
    const KIND: Kind = kinds::PUSH_TO_TALK;
    const KEY: &'static str = "pushToTalk";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        Member::check_all("members", &self.members, MAX_MEMBERS)
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.members.iter().copied()
    }
}

impl MemberList for PushToTalk {
    const FIELD: &'static str = "members";

    fn forget(&mut self, member: Member) {
        self.members.retain(|one| *one != member);
    }
}

impl Setting for PushToTalk {
    type View = PushToTalkView;
    type Write = PushToTalkWrite;

    fn view(&self, step: &Step<'_>) -> PushToTalkView {
        PushToTalkView {
            allow_auto_answer: self.allow_auto_answer,
            connection_type: self.connection_type,
            access_type: self.access_type,
            members: self
                .members
                .iter()
                .filter_map(|member| member.view(step.world))
                .collect(),
        }
    }

    fn merge(&mut self, write: PushToTalkWrite, step: &Step<'_>) -> Result<(), Refusal> {
        self.allow_auto_answer = write.allow_auto_answer.unwrap_or(self.allow_auto_answer);
        self.connection_type = write.connection_type.unwrap_or(self.connection_type);
        self.access_type = write.access_type.unwrap_or(self.access_type);
        if let Some(ids) = write.members {
            self.members = Member::find_all(step, "members", &ids, MAX_MEMBERS)?;
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/pushToTalk"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/pushToTalk"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<PushToTalk>(&[
    FamilyRoute::get::<PushToTalk>(PATHS).professional(),
    FamilyRoute::put::<PushToTalk>(PATHS)
        .professional()
        .taking::<PushToTalkWrite>(),
])
.telling(&[(CallingService::PushToTalk, |step| {
    step.value::<PushToTalk>().allow_auto_answer
})]);
