//! The lines of an endpoint without buttons of its own: a person's Webex Calling app and the
//! profile with which a person sits down at a hot desk. The owner's line is always there (DEC-90);
//! lines of others are shared with it, each on ports of its own.

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::numbers::IdAndName;
use crate::json::TextOr;
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::{Family, Setting, Step};
use crate::settings::members::{Member, MemberList, national, numbers};
use crate::world::{Kind, World};

mod write;

pub(super) use write::required;
pub use write::{LineWrite, LinesWrite};

/// The most ports (`maxLineCount` of the contract's example).
pub const MAX_LINES: u32 = 10;

/// What differs between the endpoints that have lines.
pub trait Endpoint: Default + Clone + PartialEq + Debug + Send + Sync + 'static {
    /// The family's kind code.
    const KIND: Kind;
    /// The family's name.
    const KEY: &'static str;
    /// The model's name.
    const MODEL: &'static str;
    /// Whether it is the Webex Calling app: that writes `primaryOwner` as a text, has labels, and
    /// asks for each field of a line.
    const IS_APP: bool;
}

/// Where a line stands and how it behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Place {
    /// Its first port.
    pub port: u32,
    /// How many ports it takes.
    pub line_weight: u32,
    /// Whether a declined call is declined everywhere.
    pub allow_call_decline_enabled: bool,
    /// What stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_label: Option<String>,
    /// Whether it dials one number alone.
    pub hotline_enabled: bool,
    /// That number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hotline_destination: Option<String>,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            port: 1,
            line_weight: 1,
            allow_call_decline_enabled: true,
            line_label: None,
            hotline_enabled: false,
            hotline_destination: None,
        }
    }
}

/// A line of somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedLine {
    /// Whose it is.
    pub id: Member,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
}

/// The lines of an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound = "", rename_all = "camelCase", default)]
pub struct Lines<E: Endpoint> {
    /// The owner's.
    pub own: Place,
    /// Those of others, by their ports.
    pub members: Vec<SharedLine>,
    #[serde(skip)]
    endpoint: PhantomData<E>,
}

/// What a line is to its endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LineType {
    /// The owner's.
    Primary,
    /// Somebody else's.
    SharedCallAppearance,
    /// A mobile phone's; no endpoint here has one.
    Mobility,
    /// A guest's at a hot desk; no endpoint here has one.
    HotdeskingGuest,
}

/// What reading shows of an endpoint.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinesView {
    /// The model's name.
    pub model: &'static str,
    /// Its lines, by their ports.
    pub members: Vec<LineView>,
    /// How many ports there are.
    pub max_line_count: u32,
}

/// What reading shows of a line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineView {
    /// Whose it is.
    pub id: String,
    /// First name; the name of a workspace.
    pub first_name: String,
    /// Last name; a dot for workspaces.
    pub last_name: String,
    /// The number, not in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The prefix of the line's location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<String>,
    /// Prefix and extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub esn: Option<String>,
    /// Its first port.
    pub port: u32,
    /// Whether it is the owner's.
    pub primary_owner: TextOr<bool>,
    /// What it is to the endpoint.
    pub line_type: LineType,
    /// How many ports it takes.
    pub line_weight: u32,
    /// Whether it dials one number alone.
    pub hotline_enabled: bool,
    /// That number; empty without one.
    pub hotline_destination: String,
    /// Whether a declined call is declined everywhere.
    pub allow_call_decline_enabled: bool,
    /// What stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_label: Option<String>,
    /// `PEOPLE` or `PLACE`.
    pub member_type: &'static str,
    /// Where it is.
    pub location: IdAndName,
}

impl<E: Endpoint> Family for Lines<E> {
    const KIND: Kind = E::KIND;
    const KEY: &'static str = E::KEY;

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        write::check(self, Member(holder))
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.members.iter().map(|line| line.id)
    }
}

impl<E: Endpoint> MemberList for Lines<E> {
    const FIELD: &'static str = "members";

    fn forget(&mut self, member: Member) {
        self.members.retain(|line| line.id != member);
    }
}

impl<E: Endpoint> Setting for Lines<E> {
    type View = LinesView;
    type Write = LinesWrite;

    fn view(&self, step: &Step<'_>) -> LinesView {
        let own = Member(step.holder);
        let shared = self.members.iter().map(|line| (line.id, &line.place));
        let lines = std::iter::once((own, &self.own)).chain(shared);
        let shown = lines
            .filter_map(|(member, place)| line_view::<E>(step.world, member, place, member == own));
        let mut members: Vec<LineView> = shown.collect();
        members.sort_by_key(|line| line.port);
        LinesView {
            model: E::MODEL,
            members,
            max_line_count: MAX_LINES,
        }
    }

    fn merge(&mut self, write: LinesWrite, step: &Step<'_>) -> Result<(), Refusal> {
        *self = write::merged(self, write, step)?;
        Ok(())
    }
}

fn line_view<E: Endpoint>(
    world: &World,
    member: Member,
    place: &Place,
    is_own: bool,
) -> Option<LineView> {
    let (first_name, last_name) = member.names(world)?;
    let (location_id, location) = member.location(world)?;
    let number = numbers(world, member.calling(world)?).into_iter().next();
    let number = number.as_ref();
    let external = number.and_then(|number| number.external.as_deref());
    Some(LineView {
        id: member.0.webex_id(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        phone_number: external.map(|external| national(external).to_owned()),
        extension: number.and_then(|number| number.extension.clone()),
        routing_prefix: number.and_then(|number| number.routing_prefix.clone()),
        esn: number.and_then(|number| number.esn.clone()),
        port: place.port,
        primary_owner: match E::IS_APP {
            true => TextOr::Text(is_own.to_string()),
            false => TextOr::Other(is_own),
        },
        line_type: match is_own {
            true => LineType::Primary,
            false => LineType::SharedCallAppearance,
        },
        line_weight: place.line_weight,
        hotline_enabled: place.hotline_enabled,
        hotline_destination: place.hotline_destination.clone().unwrap_or_default(),
        allow_call_decline_enabled: place.allow_call_decline_enabled,
        line_label: place.line_label.clone(),
        member_type: member.0.type_name(),
        location: IdAndName {
            id: WebexId::Location.encode(location_id),
            name: location.name.clone(),
        },
    })
}
