//! What can answer a call: the devices of a holder, and the application of a person (DEC-95).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::number::shorten;
use crate::model::{Device, WebexId, spaces};
use crate::settings::families::applications::{Applications, Client};
use crate::settings::family::Step;

/// Something that can answer a call, written as its Webex id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Endpoint {
    /// A device.
    Device(Uuid),
    /// The Webex Calling app of a person on a desktop.
    Application(Uuid),
}

/// What the id of an endpoint names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndpointKind {
    /// A device.
    CallingDevice,
    /// An application.
    Application,
}

impl Endpoint {
    /// Whether it is a device.
    #[must_use]
    pub fn is_device(self) -> bool {
        matches!(self, Self::Device(_))
    }

    /// What its id names.
    #[must_use]
    pub fn kind(self) -> EndpointKind {
        match self {
            Self::Device(_) => EndpointKind::CallingDevice,
            Self::Application(_) => EndpointKind::Application,
        }
    }

    /// Whether an id is its own. A device has two: one among all devices, one for Calling.
    pub(super) fn is_named(self, text: &str) -> bool {
        let (types, own): (&[WebexId], Uuid) = match self {
            Self::Device(id) => (&[WebexId::CallingDevice, WebexId::Device], id),
            Self::Application(id) => (&[WebexId::Application], id),
        };
        types.iter().any(|kind| kind.decode(text) == Some(own))
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::Device(id) => WebexId::CallingDevice.encode(id),
            Endpoint::Application(id) => WebexId::Application.encode(id),
        }
    }
}

impl TryFrom<String> for Endpoint {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bare = Uuid::try_parse(&text).is_ok();
        let device = WebexId::CallingDevice.decode(&text).map(Self::Device);
        let found = device.or_else(|| Some(Self::Application(WebexId::Application.decode(&text)?)));
        let found = found.filter(|_| !bare);
        found.ok_or_else(|| format!("\"{}\" is no device or application", shorten(&text)))
    }
}

/// An endpoint that can be chosen.
pub(super) struct Available {
    pub endpoint: Endpoint,
    pub name: String,
}

/// What can answer the calls of a holder: its devices, the oldest first, then the desktop
/// application of a person who may use it.
pub(super) fn available(step: &Step<'_>) -> Vec<Available> {
    let held = step.world.within(spaces::DEVICE_OF, step.holder.id());
    let held = held.filter_map(|id| Some((id, step.world.get::<Device>(id)?)));
    let mut devices: Vec<(Uuid, &Device)> = held.collect();
    devices.sort_by_key(|(id, device)| (device.created, *id));
    let devices = devices.into_iter().map(|(id, device)| Available {
        endpoint: Endpoint::Device(id),
        name: named(device),
    });
    let has_application = step.is_person() && step.value::<Applications>().desktop_client_enabled;
    let application = has_application.then(|| Available {
        endpoint: Endpoint::Application(Client::Desktop.id(step.holder)),
        name: "Webex Desktop Application".to_owned(),
    });
    devices.chain(application).collect()
}

/// The product, and what the tag `name=…` calls it.
fn named(device: &Device) -> String {
    let mut tags = device.tags.iter();
    match tags.find_map(|tag| tag.strip_prefix("name=")) {
        Some(name) => format!("{} ({name})", device.product),
        None => device.product.clone(),
    }
}
