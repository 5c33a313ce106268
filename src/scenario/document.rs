//! The shape of a scenario document, unresolved. Unknown keys are errors, so no slip goes unseen.

mod administration;
mod contact_center;
mod groups;
mod integrations;
mod places;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use super::generate::Generate;
pub use super::wholesale::Wholesale;
use super::{reference::LicenseReference, when::When};
use crate::licensing::contact_center::AgentRole;
use crate::licensing::sale::SoldLicense;
use crate::model::feature_access::{self, FeatureChange};
use crate::model::subscription::Partner;
use crate::model::wholesale::Package;
use crate::model::{OutsideKind, SubscriptionStatus};
use crate::resources::organizations::SettingsChange;
use crate::world::ClockMode;

pub use administration::CustomRole;
pub use contact_center::{AgentSettings, Collection, ContactCenter, Team, UserProfile};
pub use groups::{Group, LicenseTemplate};
pub use integrations::{Report, Webhook};
pub use places::{Address, Floor, Location, LocationCalling};

/// Settings of a holder: the body that PUT takes, by the name of the settings family.
pub type Settings = BTreeMap<String, Value>;

/// A whole scenario.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Document)]
pub struct Document {
    /// A short name, as `--scenario` takes it.
    pub name: String,
    /// What the scenario is good for.
    #[serde(default)]
    pub description: String,
    /// Seed of the ids, where the server's own shall not be used.
    pub seed: Option<u64>,
    /// How the sandbox clock starts.
    pub clock: Option<Clock>,
    /// A set of quirks by name.
    pub edition: Option<String>,
    /// Single quirks and the choice for each.
    #[serde(default)]
    pub quirks: BTreeMap<String, String>,
    /// The organisations, the first of which the default tokens open.
    pub organizations: Vec<Organization>,
    /// Accounts elsewhere, which stand in the way of adding people or can be claimed.
    #[serde(default)]
    pub outside_accounts: Vec<OutsideAccount>,
}

/// An account that somebody has elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::OutsideAccount)]
pub struct OutsideAccount {
    /// The address.
    pub email: String,
    /// What kind of account it is.
    #[serde(rename = "type")]
    pub kind: OutsideKind,
    /// The organisation that it belongs to.
    pub organization: Option<String>,
}

/// How the sandbox clock starts.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Clock)]
pub struct Clock {
    /// Whether time passes.
    #[schema(value_type = String, example = "frozen")]
    pub mode: ClockMode,
    /// The first instant; the server's own start where it is missing.
    pub at: Option<When>,
    /// Simulated seconds for one real second, for the mode `scaled`.
    pub scale: Option<f64>,
}

/// One organisation with everything in it.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Organization)]
pub struct Organization {
    /// A short name for use inside the scenario.
    pub key: Option<String>,
    /// The organisation that a merge means, by its id; else the one of that name.
    pub org_id: Option<String>,
    /// The display name.
    pub name: String,
    /// The e-mail domain of its people.
    pub domain: String,
    /// Two letters.
    pub country: Option<String>,
    /// When the organisation was created.
    pub created_at: Option<When>,
    /// Whether it is a partner, who manages the organisations that name it.
    #[serde(default)]
    pub is_partner: bool,
    /// The partner that manages it: name or key of an organisation above.
    pub managed_by: Option<String>,
    /// Present where the partner sells to it by wholesale.
    pub wholesale: Option<Wholesale>,
    /// Settings of the organisation.
    #[serde(default)]
    pub settings: SettingsChange,
    /// Which of their own call settings people may change, where nothing is set for them.
    #[serde(default, deserialize_with = "feature_access::strict")]
    pub feature_access: FeatureChange,
    /// Names of sound files that were uploaded for all of it.
    #[serde(default)]
    pub announcements: Vec<String>,
    /// What it has bought, oldest first by `createdAt`.
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
    /// Where it works.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// Administrator roles of its own, beside those of Webex.
    #[serde(default)]
    pub custom_roles: Vec<CustomRole>,
    /// Names for licences that go together.
    #[serde(default)]
    pub license_sets: BTreeMap<String, Vec<LicenseReference>>,
    /// Names for settings that go together.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, BTreeMap<String, Object>>)]
    pub setting_sets: BTreeMap<String, Settings>,
    /// Who works there.
    #[serde(default)]
    pub people: Vec<Person>,
    /// More people, made up from a seed.
    pub generate: Option<Generate>,
    /// Rooms and common areas.
    #[serde(default)]
    pub workspaces: Vec<Workspace>,
    /// Groups of people.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// What Contact Center has of its own.
    #[serde(default)]
    pub contact_center: ContactCenter,
    /// Webhooks.
    #[serde(default)]
    pub webhooks: Vec<Webhook>,
    /// Reports that are done.
    #[serde(default)]
    pub reports: Vec<Report>,
    /// The automatic licence template for future users.
    pub license_template: Option<LicenseTemplate>,
}

/// What one contract sells.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Subscription)]
pub struct Subscription {
    /// The commercial id, such as `Sub119911`.
    pub id: String,
    /// A name for people.
    pub name: Option<String>,
    /// Where in its life it stands; active where it is not said.
    #[schema(value_type = Option<String>, example = "active")]
    pub status: Option<SubscriptionStatus>,
    /// Whether it is a trial.
    pub trial: Option<bool>,
    /// Who sold it, where Cisco did not.
    #[schema(value_type = Option<Object>, example = json!({"name": "Northgate Communications"}))]
    pub partner: Option<Partner>,
    /// When it began; among equal licences the oldest is used first (SUB-10).
    pub created_at: Option<When>,
    /// When it ends.
    pub end_date: Option<When>,
    /// What it holds.
    #[serde(default)]
    pub licenses: Vec<SoldLicense>,
}

/// Defines a holder: what is its own, and what people and workspaces have alike. (Serde cannot
/// refuse unknown keys of a flattened part, so the part is written into both.)
macro_rules! holder {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Debug, Clone, Default, PartialEq, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($own)*
            /// Name of the location.
            pub location: Option<String>,
            /// A number of the location.
            pub phone_number: Option<String>,
            /// Short number inside the location.
            pub extension: Option<String>,
            /// Licences, or names of licence sets.
            #[serde(default)]
            pub licenses: Vec<LicenseReference>,
            /// Names of setting sets, later ones win.
            #[serde(default)]
            pub setting_sets: Vec<String>,
            /// The holder's own settings, which win over the sets.
            #[serde(default)]
            #[schema(value_type = BTreeMap<String, Object>)]
            pub settings: Settings,
            /// Phones and collaboration devices.
            #[serde(default)]
            pub devices: Vec<Device>,
        }

        impl $name {
            /// What people and workspaces have alike.
            #[must_use]
            pub fn belongings(&self) -> Belongings<'_> {
                Belongings {
                    location: self.location.as_deref(),
                    phone_number: self.phone_number.as_deref(),
                    extension: self.extension.as_deref(),
                    licenses: &self.licenses,
                    setting_sets: &self.setting_sets,
                    settings: &self.settings,
                }
            }
        }
    };
}

/// What people and workspaces have alike, as the document says it.
#[derive(Debug, Clone, Copy)]
pub struct Belongings<'a> {
    /// Name of the location.
    pub location: Option<&'a str>,
    /// A number of the location.
    pub phone_number: Option<&'a str>,
    /// Short number inside the location.
    pub extension: Option<&'a str>,
    /// Licences, or names of licence sets.
    pub licenses: &'a [LicenseReference],
    /// Names of setting sets, later ones win.
    pub setting_sets: &'a [String],
    /// The holder's own settings, which win over the sets.
    pub settings: &'a Settings,
}

holder! {
    /// A person.
    #[schema(as = scenario::Person)]
    Person {
        /// Given name.
        pub first_name: String,
        /// Family name.
        pub last_name: String,
        /// Given and family name, where it is not said.
        pub display_name: Option<String>,
        /// `given.family@domain`, where it is not said.
        pub email: Option<String>,
        /// Job title.
        pub title: Option<String>,
        /// Department.
        pub department: Option<String>,
        /// E-mail of the manager; the organisation's domain may be left out.
        pub manager: Option<String>,
        /// Whether the person has signed in; active where it is not said.
        pub status: Option<PersonStatus>,
        /// Of users of Contact Center: agents, unless said.
        pub contact_center_role: Option<AgentRole>,
        /// Of users of Contact Center: what is set for them there.
        pub contact_center: Option<Box<AgentSettings>>,
        /// Administrator roles, by name or id, Webex's and those of `customRoles`.
        #[serde(default)]
        pub roles: Vec<String>,
        /// The locations that a Location Administrator manages, by name, at most five.
        #[serde(default)]
        pub admin_locations: Vec<String>,
        /// Wholesale packages: a base package, and what is added to it.
        #[serde(default)]
        pub packages: Vec<Package>,
    }
}

/// Whether a person has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = scenario::PersonStatus)]
pub enum PersonStatus {
    /// Has signed in.
    Active,
    /// Invited, has not signed in yet.
    Pending,
    /// Cannot sign in.
    Inactive,
}

holder! {
    /// A room or a common area.
    #[schema(as = scenario::Workspace)]
    Workspace {
        /// Its name.
        pub display_name: String,
        /// Such as `meetingRoom`.
        #[serde(rename = "type")]
        pub kind: Option<String>,
        /// `phones` or `collaborationDevices`.
        pub supported_devices: Option<String>,
        /// The number of a floor of its location.
        pub floor: Option<i32>,
        /// How many people find a place.
        pub capacity: Option<u32>,
        /// Anything worth knowing.
        pub notes: Option<String>,
    }
}

/// A device of a person or a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Device)]
pub struct Device {
    /// Such as `Cisco 8865` or `Cisco Desk Pro`.
    pub model: String,
    /// Its MAC address.
    pub mac: String,
    /// Whether it is connected.
    #[serde(default)]
    pub online: bool,
    /// Words that administrators put on it.
    #[serde(default)]
    pub tags: Vec<String>,
}

impl Organization {
    /// The address of a person who has none in the document.
    #[must_use]
    pub fn email_of(&self, person: &Person) -> String {
        person.email.clone().unwrap_or_else(|| {
            let name = format!("{}.{}", person.first_name, person.last_name);
            format!("{}@{}", super::generate::mailbox(&name), self.domain)
        })
    }
}
