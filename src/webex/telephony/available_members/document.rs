//! What the `availableMembers` lists show of a member.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Holder, WebexId};
use crate::resources::candidates::Candidate;
use crate::settings::families::lines::LineType;
use crate::settings::families::numbers::IdAndName;
use crate::settings::members::national;

/// The envelope of members whose lines may be shared, for its schema.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LineMembers<'a> {
    /// The members.
    members: Vec<LineMember<'a>>,
}

/// A member whose line may be shared.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LineMember<'a> {
    /// The id.
    id: String,
    /// First name; the name of a workspace.
    first_name: &'a str,
    /// Last name; a dot for workspaces.
    last_name: &'a str,
    /// The number, not in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    /// The prefix of the location.
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<&'a str>,
    /// Prefix and extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    /// `SHARED_CALL_APPEARANCE`
    line_type: LineType,
    /// `PEOPLE` or `PLACE`; of hot desking alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    member_type: Option<&'static str>,
    /// Where the line is.
    location: IdAndName,
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Count {
    /// How many.
    pub(super) total_count: usize,
}

/// The envelope of members who may be monitored, for its schema.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MonitoringMembers<'a> {
    /// The members.
    members: Vec<MonitoringMember<'a>>,
}

/// A member who may be monitored or dialled.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MonitoringMember<'a> {
    /// The id.
    id: String,
    /// First name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    /// Last name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    /// The name people see.
    display_name: &'a str,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    /// `PEOPLE` or `PLACE`
    r#type: &'static str,
    /// Where the line is.
    location: IdAndName,
}

fn location(candidate: &Candidate<'_>) -> IdAndName {
    IdAndName {
        id: WebexId::Location.encode(candidate.calling.location),
        name: candidate.location.name.clone(),
    }
}

pub(super) fn line_member<'a>(candidate: &Candidate<'a>, shows_type: bool) -> LineMember<'a> {
    let (first_name, last_name) = match candidate.holder {
        Holder::Person(_) => (candidate.first_name, candidate.last_name),
        Holder::Workspace(_) => (candidate.display_name, "."),
    };
    let calling = candidate.calling;
    let extension = calling.extension.as_ref().map(|own| own.as_str());
    LineMember {
        id: candidate.holder.webex_id(),
        first_name,
        last_name,
        phone_number: calling.number.as_ref().map(|own| national(own.as_str())),
        extension,
        routing_prefix: extension.and(candidate.location.routing_prefix()),
        esn: extension.map(|own| candidate.location.esn(own)),
        line_type: LineType::SharedCallAppearance,
        member_type: shows_type.then(|| candidate.holder.type_name()),
        location: location(candidate),
    }
}

pub(super) fn monitoring_member<'a>(candidate: &Candidate<'a>) -> MonitoringMember<'a> {
    let calling = candidate.calling;
    let of_person = |name| matches!(candidate.holder, Holder::Person(_)).then_some(name);
    MonitoringMember {
        id: candidate.holder.webex_id(),
        first_name: of_person(candidate.first_name),
        last_name: of_person(candidate.last_name),
        display_name: candidate.display_name,
        phone_number: calling.number.as_ref().map(|own| own.as_str()),
        extension: calling.extension.as_ref().map(|own| own.as_str()),
        r#type: candidate.holder.type_name(),
        location: location(candidate),
    }
}
