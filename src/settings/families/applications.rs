//! Application services: which of a person's devices ring, and on which machines the Webex Calling
//! app may be used (`/people/{personId}/features/applications`); people only.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::hot_desking_members::HotDeskingMembers;
use super::kinds;
use super::shared_lines::SharedLines;
use crate::model::{Device, Holder, WebexId, spaces};
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;

patched! {
    /// Which devices ring, and where the app may be used.
    pub struct Applications by ApplicationsPatch {
        /// Whether devices ring for calls that are clicked.
        ring_devices_for_click_to_dial_calls_enabled: bool,
        /// Whether devices ring for pages to a group.
        ring_devices_for_group_page_enabled: bool,
        /// Whether devices ring for parked calls that come back.
        ring_devices_for_call_park_enabled: bool,
        /// Whether the app may be used in a browser.
        browser_client_enabled: bool,
        /// Whether the app may be used on a desktop.
        desktop_client_enabled: bool,
        /// Whether the app may be used on a tablet.
        tablet_client_enabled: bool,
        /// Whether the app may be used on a mobile phone.
        mobile_client_enabled: bool,
    }
}

impl Default for Applications {
    fn default() -> Self {
        Self {
            ring_devices_for_click_to_dial_calls_enabled: true,
            ring_devices_for_group_page_enabled: true,
            ring_devices_for_call_park_enabled: true,
            browser_client_enabled: true,
            desktop_client_enabled: true,
            tablet_client_enabled: true,
            mobile_client_enabled: true,
        }
    }
}

/// What reading shows of application services.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationsView {
    /// What can be set.
    #[serde(flatten)]
    pub settings: Applications,
    /// The app's id in a browser, while it may be used there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_client_id: Option<String>,
    /// The app's id on a desktop, while it may be used there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desktop_client_id: Option<String>,
    /// The app's id on a tablet, while it may be used there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tablet_client_id: Option<String>,
    /// The app's id on a mobile phone, while it may be used there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_client_id: Option<String>,
    /// On how many more devices and apps the line may appear.
    pub available_line_count: usize,
}

/// A person's app on one kind of machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// In a browser.
    Browser,
    /// On a desktop.
    Desktop,
    /// On a tablet.
    Tablet,
    /// On a mobile phone.
    Mobile,
}

impl Client {
    /// The id of the person's app of this kind: made of the person's own, because nobody adds it.
    #[must_use]
    pub fn id(self, holder: Holder) -> Uuid {
        let name = ["browser", "desktop", "tablet", "mobile"][self as usize];
        Uuid::new_v5(&holder.id(), name.as_bytes())
    }
}

/// On how many devices and apps a line may appear (the contract's example).
const MAX_APPEARANCES: usize = 35;

/// On how many devices and apps the line appears: phones of its own, and lists of others (DEC-91).
fn appearances(step: &Step<'_>) -> usize {
    let id = step.holder.id();
    let devices = step.world.within(spaces::DEVICE_OF, id);
    let devices = devices.filter_map(|id| step.world.get::<Device>(id));
    let phones = devices.filter(|device| device.is_phone).count();
    let apps = step.world.naming::<SharedLines>(id).count();
    phones + apps + step.world.naming::<HotDeskingMembers>(id).count()
}

impl Family for Applications {
    const KIND: Kind = kinds::APPLICATIONS;
    const KEY: &'static str = "applications";
}

impl Setting for Applications {
    type View = ApplicationsView;
    type Write = ApplicationsPatch;

    fn view(&self, step: &Step<'_>) -> ApplicationsView {
        let id = |client: Client, is_on: bool| {
            is_on.then(|| WebexId::Application.encode(client.id(step.holder)))
        };
        ApplicationsView {
            browser_client_id: id(Client::Browser, self.browser_client_enabled),
            desktop_client_id: id(Client::Desktop, self.desktop_client_enabled),
            tablet_client_id: id(Client::Tablet, self.tablet_client_enabled),
            mobile_client_id: id(Client::Mobile, self.mobile_client_enabled),
            available_line_count: MAX_APPEARANCES.saturating_sub(appearances(step)),
            settings: self.clone(),
        }
    }

    fn merge(&mut self, write: ApplicationsPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/applications"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<Applications>(&[
    FamilyRoute::get::<Applications>(PATHS),
    FamilyRoute::put::<Applications>(PATHS).taking::<Applications>(),
]);
