//! What an organisation consists of: one plain typed value for each kind of thing.
//!
//! The values know no rules; the rooms above change them. Kind codes and index spaces of the
//! whole crate stand here, so that none is given twice.

pub mod agent;
pub mod backend;
pub mod billing;
pub mod country;
pub mod custom_role;
pub mod device;
pub mod device_settings;
pub mod feature_access;
pub mod floor;
pub mod group;
pub mod ids;
pub mod language;
pub mod license;
pub mod location;
pub mod mail;
pub mod nearest;
pub mod number;
pub mod organization;
pub mod outside_account;
pub mod owned;
pub mod person;
pub mod report;
pub mod role;
pub mod skill;
pub mod subscription;
pub mod team;
pub mod template;
pub mod time_zone;
pub mod user_profile;
pub mod webhook;
pub mod wholesale;
pub mod workspace;

pub use agent::Agent;
pub use custom_role::CustomRole;
pub use device::{ActivationCode, Device};
pub use device_settings::DeviceSettings;
pub use floor::Floor;
pub use group::Group;
pub use ids::WebexId;
pub use license::{License, Offer};
pub use location::{Address, CallingLocation, Location};
pub use mail::{Mail, MailKind};
pub use number::{E164, Email, Extension, PhoneNumber};
pub use organization::Organization;
pub use outside_account::{OutsideAccount, OutsideKind};
pub use person::{Calling, Person};
pub use report::Report;
pub use subscription::{Subscription, SubscriptionStatus};
pub use team::Team;
pub use template::LicenseTemplate;
pub use user_profile::{ProfileType, UserProfile};
pub use webhook::{TasksSoFar, Webhook};
pub use workspace::Workspace;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::world::{Kind, Space, World};

/// Kind codes. Settings families start at [`kinds::FAMILIES`].
pub mod kinds {
    use super::Kind;
    /// Organisations.
    pub const ORGANIZATION: Kind = Kind(1);
    /// Subscriptions.
    pub const SUBSCRIPTION: Kind = Kind(2);
    /// Licences.
    pub const LICENSE: Kind = Kind(3);
    /// Locations.
    pub const LOCATION: Kind = Kind(4);
    /// Phone numbers.
    pub const NUMBER: Kind = Kind(5);
    /// People.
    pub const PERSON: Kind = Kind(6);
    /// Workspaces.
    pub const WORKSPACE: Kind = Kind(7);
    /// Licence templates.
    pub const TEMPLATE: Kind = Kind(8);
    /// Bulk tasks.
    pub const TASK: Kind = Kind(9);
    /// Groups of people.
    pub const GROUP: Kind = Kind(10);
    /// Webhooks.
    pub const WEBHOOK: Kind = Kind(11);
    /// Devices.
    pub const DEVICE: Kind = Kind(12);
    /// Activation codes.
    pub const ACTIVATION_CODE: Kind = Kind(13);
    /// Settings of the devices of an organisation or a location.
    pub const DEVICE_SETTINGS: Kind = Kind(40);
    /// E-mails that would have been sent.
    pub const MAIL: Kind = Kind(30);
    /// Accounts outside the organisations of the sandbox.
    pub const OUTSIDE_ACCOUNT: Kind = Kind(31);
    /// Users of Contact Center.
    pub const AGENT: Kind = Kind(32);
    /// User profiles of Contact Center.
    pub const USER_PROFILE: Kind = Kind(33);
    /// Teams of Contact Center.
    pub const TEAM: Kind = Kind(35);
    /// Administrator roles of an organisation's own.
    pub const CUSTOM_ROLE: Kind = Kind(34);
    /// Wholesale customers.
    pub const CUSTOMER: Kind = Kind(20);
    /// Wholesale subscribers.
    pub const SUBSCRIBER: Kind = Kind(21);
    /// Who had which package from when to when.
    pub const PACKAGE_USE: Kind = Kind(22);
    /// Billing reports of wholesale.
    pub const BILLING_REPORT: Kind = Kind(23);
    /// Tags of subscriptions.
    pub const SUBSCRIPTION_TAGS: Kind = Kind(24);
    /// Floors of locations.
    pub const FLOOR: Kind = Kind(45);
    /// Reports of an organisation.
    pub const REPORT: Kind = Kind(46);
    /// The first settings family.
    pub const FAMILIES: u16 = 100;
}

/// Spaces of unique values.
pub mod spaces {
    use super::Space;
    /// E-mail addresses, in the whole world.
    pub const EMAIL: Space = Space(1);
    /// Phone numbers in E.164, in the whole world.
    pub const NUMBER: Space = Space(2);
    /// Extensions, in a location.
    pub const EXTENSION: Space = Space(3);
    /// Subscription ids such as `Sub119911`, in the whole world.
    pub const SUBSCRIPTION: Space = Space(4);
    /// Location names, in an organisation.
    pub const LOCATION: Space = Space(5);
    /// Routing prefixes, in an organisation.
    pub const ROUTING_PREFIX: Space = Space(6);
    /// Names of groups, in an organisation.
    pub const GROUP: Space = Space(7);
    /// MAC addresses, in the whole world.
    pub const MAC: Space = Space(8);
    /// Activation codes, in the whole world.
    pub const ACTIVATION_CODE: Space = Space(9);
    /// Addresses of accounts outside, in the whole world.
    pub const OUTSIDE_ACCOUNT: Space = Space(30);
    /// Names of user profiles, in an organisation.
    pub const USER_PROFILE: Space = Space(31);
    /// Names of teams with their sites, in an organisation.
    pub const TEAM: Space = Space(33);
    /// Names of custom roles, in an organisation.
    pub const CUSTOM_ROLE: Space = Space(32);
    /// MAC addresses again, by who has the device.
    pub const DEVICE_OF: Space = Space(40);
    /// Activation codes again, by whom they are for.
    pub const CODE_OF: Space = Space(41);
    /// What a partner calls its wholesale customers, in the partner's organisation.
    pub const EXTERNAL_CUSTOMER: Space = Space(20);
    /// Organisations of wholesale customers, in the whole world.
    pub const CUSTOMER: Space = Space(21);
    /// People who are wholesale subscribers, and addresses of those who wait, in the whole world.
    pub const SUBSCRIBER: Space = Space(22);
    /// Packages that a person has, in the scope of the person.
    pub const PACKAGE_USE: Space = Space(23);
}

/// Whom Calling belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "id", rename_all = "camelCase")]
pub enum Holder {
    /// A person.
    Person(Uuid),
    /// A workspace.
    Workspace(Uuid),
}

impl Holder {
    /// The person or workspace with an id.
    #[must_use]
    pub fn find(world: &World, id: Uuid) -> Option<Self> {
        let person = world.get::<Person>(id).map(|_| Self::Person(id));
        person.or_else(|| world.get::<Workspace>(id).map(|_| Self::Workspace(id)))
    }

    /// The id, whichever kind of holder it is.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Person(id) | Self::Workspace(id) => id,
        }
    }

    /// `PEOPLE` or `PLACE`, as Calling says it.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Person(_) => "PEOPLE",
            Self::Workspace(_) => "PLACE",
        }
    }

    /// The holder's Webex id.
    #[must_use]
    pub fn webex_id(self) -> String {
        match self {
            Self::Person(id) => WebexId::Person.encode(id),
            Self::Workspace(id) => WebexId::Workspace.encode(id),
        }
    }
}
