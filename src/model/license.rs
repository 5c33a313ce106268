//! Licences: units of a service within a subscription, and the table of services.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ids, kinds, owned};
use crate::world::{Entity, Kind, World};

/// What kind of service a licence gives; combination rules speak of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Webex Calling Professional, for people and workspaces.
    CallingProfessional,
    /// Webex Calling Standard (the API's `Basic`).
    CallingStandard,
    /// Webex Calling for common areas.
    CallingWorkspace,
    /// Webex Calling for workspaces that are for hot desking only.
    CallingHotDesk,
    /// Customer Assist, which includes Calling (formerly Customer Experience Essentials).
    CustomerAssist,
    /// Webex Attendant Console, an addition to Professional.
    AttendantConsole,
    /// Paid messaging.
    Messaging,
    /// Free messaging.
    FreeMessaging,
    /// Paid meetings.
    Meetings,
    /// Free meetings in spaces.
    FreeMeetings,
    /// Screen Share, implicitly assigned.
    ScreenShare,
    /// Calls between Webex apps.
    CallOnWebex,
    /// Jabber Messenger, which cannot be managed for each user.
    Messenger,
    /// Contact Center Standard agent.
    ContactCenterStandard,
    /// Contact Center Premium agent.
    ContactCenterPremium,
    /// Cisco Calling Plan.
    CallingPlan,
    /// Calling of a wholesale package, which comes with a number or an extension.
    PackageCalling,
    /// Calling of the wholesale package Webex Voice, which may do without both.
    PackageVoice,
    /// A wholesale package without Calling, or an addition to one.
    Package,
    /// Anything else that can simply be held.
    Other,
}

/// One row of the table of services.
#[derive(Debug, PartialEq, Eq)]
pub struct Offer {
    /// The code within licence ids.
    pub code: &'static str,
    /// What it gives.
    pub service: Service,
    /// `License.name` of the public API (api-surface.md 4.2).
    pub api_name: &'static str,
    /// The CSV column's name (behaviour.md C3).
    pub csv_name: &'static str,
    /// Other spellings that are accepted.
    pub aliases: &'static [&'static str],
}

const fn offer(
    code: &'static str,
    service: Service,
    api_name: &'static str,
    csv_name: &'static str,
    aliases: &'static [&'static str],
) -> Offer {
    Offer {
        code,
        service,
        api_name,
        csv_name,
        aliases,
    }
}

/// The table of services.
#[rustfmt::skip]
pub static OFFERS: &[Offer] = &[
    offer("BCSTD", Service::CallingProfessional, "Webex Calling - Professional", "Webex Calling VAR Professional", &["Webex Calling Professional"]),
    offer("BCBAS", Service::CallingStandard, "Webex Calling - Standard", "Webex Calling VAR Basic", &["Webex Calling Standard", "Webex Calling Basic", "Webex Calling - Basic"]),
    offer("BCCA", Service::CallingWorkspace, "Webex Calling - Workspaces", "Webex Calling Workspace", &["Webex Calling Workspaces"]),
    offer("BCHDO", Service::CallingHotDesk, "Webex Calling - Hot desk only", "Webex Calling Hot desk only", &["Hot desk only"]),
    offer("CXE", Service::CustomerAssist, "Customer Experience - Essential", "Customer Assist", &["Customer Experience Essentials"]),
    offer("AA", Service::AttendantConsole, "Webex Attendant Console", "Webex Attendant Console", &["Attendant Console"]),
    offer("MS", Service::Messaging, "Messaging", "Webex Teams", &[]),
    offer("FMS", Service::FreeMessaging, "Basic Messaging", "Basic Messaging", &["Free Messaging"]),
    offer("EE", Service::Meetings, "Meeting - Webex Enterprise Edition", "WebEx Enterprise Edition", &["Webex Enterprise Edition"]),
    offer("MC", Service::Meetings, "Meeting - Webex Meeting Center", "Webex Meeting Center", &[]),
    offer("FTM", Service::FreeMeetings, "Basic Space Meetings", "Basic Space Meetings", &["Free Meetings"]),
    offer("CF", Service::ScreenShare, "Screen Share", "Screen Share", &[]),
    offer("COW", Service::CallOnWebex, "Call on Webex (1:1 call, non-PSTN)", "Call on Webex", &[]),
    offer("JM", Service::Messenger, "Webex Messenger", "Webex Messenger", &[]),
    offer("CJPSTD", Service::ContactCenterStandard, "Contact Center Standard Agent", "Webex Contact Center Standard", &[]),
    offer("CJPPRM", Service::ContactCenterPremium, "Contact Center Premium Agent", "Webex Contact Center Premium", &[]),
    offer("BCPLAN", Service::CallingPlan, "Cisco Calling Plan", "Calling Plan", &[]),
    offer("UCM", Service::Other, "Unified Communication Manager (UCM)", "Unified Communication Manager", &[]),
    offer("RMK", Service::Other, "Webex Room Kit", "Webex Room Kit", &[]),
    // Wholesale packages are one licence each, by the names of 2026 (PKG-22). The codes are
    // inferred, but for SLWCA, which an example of the contract has.
    offer("SLCA", Service::CallingWorkspace, "Common Area Calling", "Common Area Calling", &["Single License - Common Area Calling"]),
    offer("SLWCA", Service::PackageCalling, "Webex Calling", "Webex Calling", &["Single License - Webex Calling"]),
    offer("SLWCS", Service::PackageCalling, "Webex Calling Standard", "Webex Calling Standard", &["Single License - Webex Calling Standard"]),
    offer("SLSTE", Service::PackageCalling, "Webex Suite", "Webex Suite", &["Single License - Webex Suite"]),
    offer("SLVOI", Service::PackageVoice, "Webex Voice", "Webex Voice", &["Single License - Webex Voice"]),
    offer("SLMTG", Service::Package, "Webex Meetings", "Webex Meetings", &["Single License - Webex Meetings"]),
    offer("SLCXE", Service::PackageCalling, "Customer Assist", "Customer Assist", &["Single License - Customer Experience Essentials"]),
    offer("SLAC", Service::Package, "Attendant Console", "Attendant Console", &[]),
    offer("SLCXVP", Service::Package, "Contact Center Voice Ports", "Contact Center Voice Ports", &[]),
    offer("SLCXAI", Service::Package, "Contact Center AI Assistant", "Contact Center AI Assistant", &[]),
    offer("SLAIA", Service::Package, "Webex AI Agent", "Webex AI Agent", &[]),
];

/// What a licence is whose code nobody knows.
static UNKNOWN: Offer = offer(
    "",
    Service::Other,
    "Unknown license",
    "Unknown license",
    &[],
);

impl Offer {
    /// The offer with a name of the API, of a CSV column, or an accepted other spelling.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim();
        OFFERS.iter().find(|offer| offer.is_named(name))
    }

    /// Whether it has this name: of the API, of a CSV column, or an accepted other spelling.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let names = [self.api_name, self.csv_name];
        let mut names = names.iter().chain(self.aliases);
        names.any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The offer with a code.
    #[must_use]
    pub fn coded(code: &str) -> Option<&'static Self> {
        OFFERS.iter().find(|offer| offer.code == code)
    }

    /// Whether it is a licence that gives Calling, of which a holder has at most one.
    #[must_use]
    pub fn is_calling(&self) -> bool {
        matches!(
            self.service,
            Service::CallingProfessional
                | Service::CallingStandard
                | Service::CallingWorkspace
                | Service::CallingHotDesk
                | Service::CustomerAssist
                | Service::PackageCalling
                | Service::PackageVoice
        )
    }

    /// Whether it makes somebody an agent of Contact Center; people hold one of those at most.
    #[must_use]
    pub fn is_agent(&self) -> bool {
        matches!(
            self.service,
            Service::ContactCenterStandard | Service::ContactCenterPremium
        )
    }

    /// Whether people can hold it.
    #[must_use]
    pub fn for_people(&self) -> bool {
        !matches!(
            self.service,
            Service::CallingWorkspace | Service::CallingHotDesk
        )
    }

    /// Whether workspaces can hold it.
    #[must_use]
    pub fn for_workspaces(&self) -> bool {
        matches!(
            self.service,
            Service::CallingWorkspace | Service::CallingHotDesk | Service::CallingProfessional
        ) || self.code == "RMK"
    }
}

/// A licence: units of one service in one subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    /// Whose it is.
    pub organization: Uuid,
    /// The subscription that sells it.
    pub subscription: Uuid,
    /// The code of its offer.
    pub offer: String,
    /// The meetings site, for meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_url: Option<String>,
    /// Units bought; -1 is unlimited.
    pub total_units: i64,
    /// Units that people hold.
    pub consumed_by_users: i64,
    /// Units that workspaces hold.
    pub consumed_by_workspaces: i64,
}

impl License {
    /// The row of the table of services.
    #[must_use]
    pub fn offer(&self) -> &'static Offer {
        Offer::coded(&self.offer).unwrap_or(&UNKNOWN)
    }

    /// Units held altogether.
    #[must_use]
    pub fn consumed_units(&self) -> i64 {
        self.consumed_by_users + self.consumed_by_workspaces
    }

    /// Whether a unit is free.
    #[must_use]
    pub fn has_free_unit(&self) -> bool {
        self.total_units < 0 || self.consumed_units() < self.total_units
    }

    /// The licence id of the public API, `<org>:<offer>_<uuid>[_<site>]` as the key.
    #[must_use]
    pub fn webex_id(&self, id: Uuid) -> String {
        let key = match &self.site_url {
            Some(site) => format!("{}:{}_{id}_{site}", self.organization, self.offer),
            None => format!("{}:{}_{id}", self.organization, self.offer),
        };
        ids::encode("LICENSE", &key)
    }
}

/// The licence of an organisation with this id; a bare uuid is accepted too.
#[must_use]
pub fn find_by_id(world: &World, organization: Uuid, text: &str) -> Option<Uuid> {
    let id = decode(text)?;
    let license = owned::get::<License>(world, organization, id)?;
    let exact = text.len() == uuid::fmt::Hyphenated::LENGTH
        || license.webex_id(id) == text.trim_end_matches('=');
    exact.then_some(id)
}

fn decode(text: &str) -> Option<Uuid> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Some(id);
    }
    let key = ids::decode("LICENSE", text)?;
    let (_organization, rest) = key.split_once(':')?;
    let (_offer, rest) = rest.split_once('_')?;
    Uuid::try_parse(rest.get(..uuid::fmt::Hyphenated::LENGTH)?).ok()
}

impl Entity for License {
    const KIND: Kind = kinds::LICENSE;
    const NAME: &'static str = "license";

    fn label(&self) -> String {
        self.offer().api_name.to_owned()
    }
}
