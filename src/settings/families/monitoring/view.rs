//! What reading shows of monitoring.

use serde::Serialize;
use utoipa::ToSchema;

use super::Watched;
use crate::model::WebexId;
use crate::settings::family::Step;
use crate::settings::members::{Member, MemberView};

/// What reading shows of monitoring.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringView {
    /// Whether parked calls are announced.
    pub call_park_notification_enabled: bool,
    /// Whose lines.
    pub monitored_elements: Vec<MonitoredElement>,
}

/// What reading shows of one element: one of the two.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonitoredElement {
    /// The person or workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<MonitoredMember>,
    /// The speed dial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed_dial: Option<SpeedDialView>,
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

/// What reading shows of a speed dial.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpeedDialView {
    /// Whose number it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// First name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The name people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// `PEOPLE` or `PLACE`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What the key says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_key_label: Option<String>,
    /// The location's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The location's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
}

impl Watched {
    /// What reading shows; nothing of somebody who is gone.
    pub(super) fn view(&self, step: &Step<'_>) -> Option<MonitoredElement> {
        let located = |member: Member| {
            let (id, location) = member.location(step.world)?;
            Some((WebexId::Location.encode(id), location.name.clone()))
        };
        Some(match self {
            Self::Line(member) => {
                let (location_id, location) = located(*member)?;
                MonitoredElement {
                    member: Some(MonitoredMember {
                        member: member.view(step.world)?,
                        location,
                        location_id,
                    }),
                    speed_dial: None,
                }
            }
            Self::SpeedDial(dial) => {
                let mut view = SpeedDialView {
                    phone_number: dial.phone_number.clone(),
                    line_key_label: dial.line_key_label.clone(),
                    ..SpeedDialView::default()
                };
                if let Some(member) = dial.id {
                    let (location_id, location) = located(member)?;
                    view.dials(member.view(step.world)?);
                    (view.location_id, view.location) = (Some(location_id), Some(location));
                }
                MonitoredElement {
                    member: None,
                    speed_dial: Some(view),
                }
            }
        })
    }
}

impl SpeedDialView {
    /// Shows whose number it is. Only people have a first and a last name here.
    fn dials(&mut self, member: MemberView) {
        let is_person = member.email.is_some();
        self.id = Some(member.id);
        self.first_name = Some(member.first_name).filter(|_| is_person);
        self.last_name = Some(member.last_name).filter(|_| is_person);
        self.display_name = Some(member.display_name);
        self.kind = Some(member.kind);
        let primary = member.numbers.into_iter().find(|number| number.primary);
        if let Some(primary) = primary {
            self.phone_number = primary.external;
            self.extension = primary.extension;
        }
    }
}
