//! Monitoring: whose lines a phone watches (`/people/{personId}/features/monitoring`). Reading
//! says `callParkNotificationEnabled`, writing says `enableCallParkNotification`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::json::{BesideText, TextOr};
use crate::model::number::shorten;
use crate::model::{Holder, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::members::{Member, MemberList, MemberView};
use crate::settings::services::CallingService;
use crate::world::Kind;

/// Whose lines a phone watches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Monitoring {
    /// Whether parked calls are announced.
    pub call_park_notification_enabled: bool,
    /// Whose lines.
    pub monitored_elements: Vec<Member>,
}

/// The most elements of one holder.
const MAX_ELEMENTS: usize = 50;

/// What reading shows of monitoring.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringView {
    /// Whether parked calls are announced.
    pub call_park_notification_enabled: bool,
    /// Whose lines.
    pub monitored_elements: Vec<MonitoredElement>,
}

/// What reading shows of one element.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoredElement {
    /// The person or workspace.
    pub member: MonitoredMember,
}

/// A watched person or workspace, with its location.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoredMember {
    /// Who it is.
    #[serde(flatten)]
    pub member: MemberView,
    /// The location's name.
    pub location: String,
    /// The location's id.
    pub location_id: String,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringWrite {
    /// Whether parked calls are announced.
    #[schema(value_type = Option<bool>)]
    pub enable_call_park_notification: Option<TextOr<bool>>,
    /// Ids of people and workspaces; replaces the list.
    #[schema(value_type = Option<Vec<String>>)]
    pub monitored_elements: Option<Vec<TextOr<Element>>>,
}

/// The object around an id that wxc_sdk sends: `{"id": …, "type": "MEMBER"}`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Element {
    /// The id.
    pub id: String,
}

impl BesideText for Element {
    const EXPECTED: &'static str = "an id, or an object with an id";
    const IS_OBJECT: bool = true;
}

/// Whether a switch is on, which wxc_sdk sends as a string in this family alone.
fn is_on(sent: &TextOr<bool>) -> Result<bool, Refusal> {
    match sent {
        TextOr::Other(on) => Ok(*on),
        TextOr::Text(text) => text.parse().map_err(|_| {
            let text = shorten(text);
            invalid(format!(
                "enableCallParkNotification must be true or false, but it is the string \"{text}\"."
            ))
        }),
    }
}

fn id_of(sent: TextOr<Element>) -> String {
    match sent {
        TextOr::Text(id) | TextOr::Other(Element { id }) => id,
    }
}

impl Family for Monitoring {
    const KIND: Kind = kinds::MONITORING;
    const KEY: &'static str = "monitoring";

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        let field = "monitoredElements";
        Member::check_all(field, &self.monitored_elements, MAX_ELEMENTS)?;
        match self.monitored_elements.contains(&Member(holder)) {
            true => {
                let detail = format!("{field}: nobody monitors their own line.");
                Err(Refusal::new(ErrorKind::MemberNotAllowed, detail))
            }
            false => Ok(()),
        }
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.monitored_elements.iter().copied()
    }
}

impl MemberList for Monitoring {
    const FIELD: &'static str = "monitoredElements";

    fn forget(&mut self, member: Member) {
        self.monitored_elements.retain(|one| *one != member);
    }
}

impl Setting for Monitoring {
    type View = MonitoringView;
    type Write = MonitoringWrite;

    fn view(&self, step: &Step<'_>) -> MonitoringView {
        let elements = self.monitored_elements.iter().filter_map(|member| {
            let (location_id, location) = member.location(step.world)?;
            Some(MonitoredElement {
                member: MonitoredMember {
                    member: member.view(step.world)?,
                    location: location.name.clone(),
                    location_id: WebexId::Location.encode(location_id),
                },
            })
        });
        MonitoringView {
            call_park_notification_enabled: self.call_park_notification_enabled,
            monitored_elements: elements.collect(),
        }
    }

    fn merge(&mut self, write: MonitoringWrite, step: &Step<'_>) -> Result<(), Refusal> {
        if let Some(enabled) = write.enable_call_park_notification {
            self.call_park_notification_enabled = is_on(&enabled)?;
        }
        if let Some(watched) = write.monitored_elements {
            let ids: Vec<String> = watched.into_iter().map(id_of).collect();
            let found = Member::find_all(step, "monitoredElements", &ids, MAX_ELEMENTS);
            self.monitored_elements = found?;
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/monitoring"],
    workspace: &["/workspaces/{workspaceId}/features/monitoring"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Monitoring>(&[
    FamilyRoute::get::<Monitoring>(PATHS),
    FamilyRoute::put::<Monitoring>(PATHS.of_people())
        .taking::<MonitoringWrite>()
        .requiring(&["enableCallParkNotification", "monitoredElements"]),
    FamilyRoute::put::<Monitoring>(PATHS.of_workspaces()).taking::<MonitoringWrite>(),
])
.telling(&[(CallingService::BusyLampField, |step| {
    !step.value::<Monitoring>().monitored_elements.is_empty()
})]);
