//! The receptionist client: whose lines somebody at a front desk watches
//! (`/people/{personId}/features/reception`); people only.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::members::{Member, MemberList, MemberView};
use crate::world::Kind;

/// Whose lines somebody at a front desk watches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reception {
    /// Whether it is on.
    pub reception_enabled: bool,
    /// Whose lines; nobody's while it is off.
    pub monitored_members: Vec<Member>,
}

/// The most members of one holder (inferred: no stored document says it).
const MAX_MEMBERS: usize = 200;

/// What reading shows of the receptionist client.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceptionView {
    /// Whether it is on.
    pub reception_enabled: bool,
    /// Whose lines.
    pub monitored_members: Vec<MemberView>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ReceptionWrite {
    /// Whether it is on; who turns it off loses the members.
    pub reception_enabled: Option<bool>,
    /// Ids of people and workspaces; replaces the list.
    pub monitored_members: Option<Vec<String>>,
}

impl Family for Reception {
    const KIND: Kind = kinds::RECEPTION;
    const KEY: &'static str = "reception";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        if !self.reception_enabled && !self.monitored_members.is_empty() {
            let detail = "monitoredMembers must be empty unless receptionEnabled is true.";
            return Err(invalid(detail));
        }
        Member::check_all("monitoredMembers", &self.monitored_members, MAX_MEMBERS)
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.monitored_members.iter().copied()
    }
}

impl MemberList for Reception {
    const FIELD: &'static str = "monitoredMembers";

    fn forget(&mut self, member: Member) {
        self.monitored_members.retain(|one| *one != member);
    }
}

impl Setting for Reception {
    type View = ReceptionView;
    type Write = ReceptionWrite;

    fn view(&self, step: &Step<'_>) -> ReceptionView {
        let members = self.monitored_members.iter();
        ReceptionView {
            reception_enabled: self.reception_enabled,
            monitored_members: members.filter_map(|it| it.view(step.world)).collect(),
        }
    }

    fn merge(&mut self, write: ReceptionWrite, step: &Step<'_>) -> Result<(), Refusal> {
        self.reception_enabled = write.reception_enabled.unwrap_or(self.reception_enabled);
        if let Some(ids) = write.monitored_members {
            self.monitored_members = Member::find_all(step, "monitoredMembers", &ids, MAX_MEMBERS)?;
        } else if !self.reception_enabled {
            self.monitored_members.clear();
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/reception"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Reception>(&[
    FamilyRoute::get::<Reception>(PATHS),
    FamilyRoute::put::<Reception>(PATHS)
        .taking::<ReceptionWrite>()
        .requiring(&["receptionEnabled"]),
]);
