//! Monitoring: whose lines a phone watches, and its speed dials
//! (`/people/{personId}/features/monitoring`). Reading says `callParkNotificationEnabled`, writing
//! says `enableCallParkNotification`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, missing, values};
use crate::json::{BesideText, TextOr};
use crate::model::Holder;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::members::{Member, MemberList, named_twice, too_many};
use crate::settings::services::CallingService;
use crate::world::Kind;

mod view;

pub use view::MonitoringView;

/// Whose lines a phone watches, and whom it dials by a key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Monitoring {
    /// Whether parked calls are announced.
    pub call_park_notification_enabled: bool,
    /// Whose lines, and the speed dials among them.
    pub monitored_elements: Vec<Watched>,
}

/// What stands on a key of the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Watched {
    /// The line of a person or workspace.
    Line(Member),
    /// A number to dial.
    SpeedDial(SpeedDial),
}

/// A number to dial: that of a person or workspace, or any other (DEC-171).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SpeedDial {
    /// Whose number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Member>,
    /// The number, where it is nobody's here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// What the key says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_key_label: Option<String>,
}

impl Watched {
    /// The person or workspace that it names.
    #[must_use]
    pub fn member(&self) -> Option<Member> {
        match self {
            Self::Line(member) => Some(*member),
            Self::SpeedDial(dial) => dial.id,
        }
    }

    /// Whether both name the same, to watch it or to dial it, whatever the key says.
    fn is_again(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Line(one), Self::Line(other)) => one == other,
            (Self::SpeedDial(one), Self::SpeedDial(other)) => {
                (one.id, &one.phone_number) == (other.id, &other.phone_number)
            }
            _ => false,
        }
    }
}

impl SpeedDial {
    fn check(&self, at: &str) -> Result<(), Refusal> {
        let label = self.line_key_label.as_deref().unwrap_or_default();
        values::length(&format!("{at}.lineKeyLabel"), label, MAX_LABEL)?;
        match (self.id, &self.phone_number) {
            (Some(_), None) => Ok(()),
            (None, Some(number)) => values::number_needed(&format!("{at}.phoneNumber"), number),
            _ => Err(missing(format!(
                "{at} is a speed dial: either id or phoneNumber is required."
            ))),
        }
    }
}

/// The most elements of one holder.
const MAX_ELEMENTS: usize = 50;
/// Longest label of a key (hubsim's own bound).
const MAX_LABEL: usize = 255;

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringWrite {
    /// Whether parked calls are announced.
    #[schema(value_type = Option<bool>)]
    pub enable_call_park_notification: Option<TextOr<bool>>,
    /// Ids of people and workspaces, or speed dials; replaces the list.
    pub monitored_elements: Option<Vec<TextOr<Element>>>,
}

/// The object that wxc_sdk sends: `{"id": …, "type": "MEMBER"}`, or one for a speed dial.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Element {
    /// The id.
    pub id: Option<String>,
    /// What it is; a member, unless said.
    #[serde(rename = "type")]
    pub kind: Option<ElementType>,
    /// The number of a speed dial that is nobody's here.
    pub phone_number: Option<String>,
    /// What the key of a speed dial says.
    pub line_key_label: Option<String>,
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ElementType {
    /// A person or workspace.
    Member,
    /// An extension where calls are parked.
    CallParkExtension,
    /// A speed dial.
    SpeedDial,
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

/// What a caller puts on a key. Of a speed dial with an id the number is that person's: clients
/// send back what they read.
fn watched(position: usize, sent: TextOr<Element>, step: &Step<'_>) -> Result<Watched, Refusal> {
    let element = match sent {
        TextOr::Text(id) => Element {
            id: Some(id),
            ..Element::default()
        },
        TextOr::Other(element) => element,
    };
    let at = format!("monitoredElements[{position}]");
    match element.kind.unwrap_or(ElementType::Member) {
        ElementType::Member => match element.id {
            Some(id) => Member::find(step, &id).map(Watched::Line),
            None => Err(missing(format!("{at}.id is required."))),
        },
        ElementType::CallParkExtension => Err(invalid(format!(
            "{at}.type: call park extensions are not simulated. Name people and workspaces."
        ))),
        ElementType::SpeedDial => {
            let id = element.id.filter(|id| !id.is_empty());
            let id = id.map(|id| Member::find(step, &id)).transpose()?;
            let label = element.line_key_label;
            Ok(Watched::SpeedDial(SpeedDial {
                id,
                phone_number: element.phone_number.filter(|_| id.is_none()),
                line_key_label: label.filter(|label| !label.is_empty()),
            }))
        }
    }
}

impl Monitoring {
    /// Whose lines are watched.
    pub fn lines(&self) -> impl Iterator<Item = Holder> {
        let all = self.monitored_elements.iter();
        all.filter_map(|one| match one {
            Watched::Line(member) => Some(member.0),
            Watched::SpeedDial(_) => None,
        })
    }

    /// Who is dialled by a key.
    pub fn dialled(&self) -> impl Iterator<Item = Holder> {
        let all = self.monitored_elements.iter();
        all.filter_map(|one| match one {
            Watched::Line(_) => None,
            Watched::SpeedDial(dial) => dial.id.map(|member| member.0),
        })
    }
}

impl Family for Monitoring {
    const KIND: Kind = kinds::MONITORING;
    const KEY: &'static str = "monitoring";

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        let (field, all) = (Self::FIELD, &self.monitored_elements);
        if all.len() > MAX_ELEMENTS {
            return Err(too_many(field, all.len(), MAX_ELEMENTS));
        }
        for (position, one) in all.iter().enumerate() {
            let at = format!("{field}[{position}]");
            if let Watched::SpeedDial(dial) = one {
                dial.check(&at)?;
            }
            if all[..position].iter().any(|other| other.is_again(one)) {
                let number = match one {
                    Watched::SpeedDial(dial) => dial.phone_number.clone(),
                    Watched::Line(_) => None,
                };
                let named = one.member().map(|member| member.0.webex_id());
                return Err(named_twice(&at, &named.or(number).unwrap_or_default()));
            }
        }
        match self.members().any(|member| member == Member(holder)) {
            true => {
                let detail = format!("{field}: nobody monitors their own line.");
                Err(Refusal::new(ErrorKind::MemberNotAllowed, detail))
            }
            false => Ok(()),
        }
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.monitored_elements.iter().filter_map(Watched::member)
    }
}

impl MemberList for Monitoring {
    const FIELD: &'static str = "monitoredElements";

    fn forget(&mut self, member: Member) {
        self.monitored_elements
            .retain(|one| one.member() != Some(member));
    }
}

impl Setting for Monitoring {
    type View = MonitoringView;
    type Write = MonitoringWrite;

    fn view(&self, step: &Step<'_>) -> MonitoringView {
        let elements = self.monitored_elements.iter();
        MonitoringView {
            call_park_notification_enabled: self.call_park_notification_enabled,
            monitored_elements: elements.filter_map(|one| one.view(step)).collect(),
        }
    }

    fn merge(&mut self, write: MonitoringWrite, step: &Step<'_>) -> Result<(), Refusal> {
        if let Some(enabled) = write.enable_call_park_notification {
            self.call_park_notification_enabled = is_on(&enabled)?;
        }
        if let Some(sent) = write.monitored_elements {
            if sent.len() > MAX_ELEMENTS {
                return Err(too_many(Self::FIELD, sent.len(), MAX_ELEMENTS));
            }
            let sent = sent.into_iter().enumerate();
            let found = sent.map(|(position, one)| watched(position, one, step));
            self.monitored_elements = found.collect::<Result<_, _>>()?;
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
    step.value::<Monitoring>().lines().next().is_some()
})]);
