//! Wholesale: packages, the customers that a partner provisions, and their subscribers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{E164, Extension, kinds, spaces};
use crate::world::{Actor, Entity, IndexKey, Kind, Moment, World};

/// A package by its name in the public API (PKG-03).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Package {
    /// Phones of common areas.
    CommonAreaCalling,
    /// Webex Calling.
    WebexCalling,
    /// Webex Meetings.
    WebexMeetings,
    /// Webex Suite: Calling, messaging and meetings.
    WebexSuite,
    /// Webex Voice.
    WebexVoice,
    /// Customer Assist.
    CxEssentials,
    /// Webex Calling Standard.
    WebexCallingStandard,
    /// Cisco Calling Plan.
    CiscoCallingPlan,
    /// Attendant Console.
    AttendantConsole,
    /// A premium agent of Contact Center.
    CxPremiumAgent,
    /// A standard agent of Contact Center.
    CxStandardAgent,
    /// Voice ports of Contact Center.
    CxVoicePorts,
    /// The AI Assistant of Contact Center.
    CxAiAssistant,
    /// Webex AI Agent.
    WebexAiAgent,
}

/// A billing address, as the wholesale API writes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BillingAddress {
    /// Street and number.
    pub address_line1: String,
    /// A second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// City.
    pub city: String,
    /// State or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_or_province: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip_or_postal_code: Option<String>,
    /// Two letters, ISO 3166.
    pub country: String,
}

/// How far the provisioning of a customer is (PKG-17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerStatus {
    /// It is being set up.
    Provisioning,
    /// It is as was asked.
    Provisioned,
    /// It is there, but a part of what was asked could not be done.
    ProvisionedWithErrors,
    /// A change is being made.
    Updating,
    /// It is being removed.
    Deleting,
    /// It could not be set up.
    Error,
}

/// Why a part of what was asked could not be done, after the request was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningError {
    /// The code.
    pub error_code: u32,
    /// The sentence.
    pub description: String,
}

/// Who asked for what is still to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// Who.
    pub actor: Actor,
    /// By which request.
    pub tracking_id: Arc<str>,
}

impl Default for Author {
    fn default() -> Self {
        Self {
            actor: Actor::simulator(),
            tracking_id: "".into(),
        }
    }
}

/// What was accepted and is still to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Pending {
    /// The address of its first administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_email: Option<String>,
    /// The first location with Calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PendingLocation>,
    /// The packages afterwards.
    pub packages: Vec<Package>,
    /// How many of each may be assigned.
    pub limits: BTreeMap<Package, u32>,
    /// Who asked for it.
    pub author: Author,
}

/// A location that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingLocation {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: BillingAddress,
    /// Its time zone.
    pub time_zone: String,
    /// The language of announcements.
    pub language: String,
}

/// A wholesale customer of a partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The partner's organisation.
    pub partner: Uuid,
    /// The customer's own organisation, once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Uuid>,
    /// The subscription that holds the packages' licences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<Uuid>,
    /// What the partner calls it.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Where bills go.
    pub address: BillingAddress,
    /// The packages that are provisioned.
    pub packages: Vec<Package>,
    /// How far it is.
    pub status: CustomerStatus,
    /// What went wrong with the last request, by the package it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<(Option<Package>, ProvisioningError)>,
    /// What is still to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
}

impl Entity for Customer {
    const KIND: Kind = kinds::CUSTOMER;
    const NAME: &'static str = "customer";
    const TELLING: u8 = 9;

    fn label(&self) -> String {
        self.name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let external = &self.external_id;
        out.push(IndexKey::new(
            spaces::EXTERNAL_CUSTOMER,
            self.partner,
            external,
        ));
        if let Some(organization) = self.organization {
            let organization = organization.to_string();
            out.push(IndexKey::new(spaces::CUSTOMER, Uuid::nil(), &organization));
        }
    }
}

/// Who a subscriber is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Account {
    /// A person of the customer's organisation.
    Person(Uuid),
    /// Somebody with a free account, who was asked to come over (PKG-18).
    Invited(Invited),
}

/// Somebody who was asked to come over, with what they get when they agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// The address.
    pub email: String,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The location of Calling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<E164>,
    /// The extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// Which of the two documented failures left a subscriber inconsistent (PKG-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Failure {
    /// The licences were changed and the attributes were not.
    AttributeUpdate,
    /// The licences could not be changed.
    LicenseUpdate,
}

/// A wholesale subscriber: somebody with a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscriber {
    /// The customer.
    pub customer: Uuid,
    /// Who it is.
    pub account: Account,
    /// The base package, then what is added to it (PKG-02).
    pub packages: Vec<Package>,
    /// When the package was first given.
    pub created: Moment,
    /// When the status changed last.
    pub last_status_change: Moment,
    /// What left it inconsistent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What the user CSV says of it beside the package.
    #[serde(default, skip_serializing_if = "SubscriberServices::is_default")]
    pub services: SubscriberServices,
}

/// Columns of the wholesale user CSV that go with a package (PKG-06, PKG-07).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SubscriberServices {
    /// *Jabber Calling*.
    pub jabber_calling: bool,
    /// *Jabber with Webex Teams*.
    pub jabber_with_teams: bool,
    /// *Preferred Webex Site*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_site: Option<String>,
}

impl SubscriberServices {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Subscriber {
    /// The person, once there is one.
    #[must_use]
    pub fn person(&self) -> Option<Uuid> {
        match &self.account {
            Account::Person(id) => Some(*id),
            Account::Invited(_) => None,
        }
    }
}

impl Entity for Subscriber {
    const KIND: Kind = kinds::SUBSCRIBER;
    const NAME: &'static str = "subscriber";

    fn label(&self) -> String {
        match &self.account {
            Account::Person(id) => id.to_string(),
            Account::Invited(invited) => invited.email.clone(),
        }
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let who = self.label();
        out.push(IndexKey::new(spaces::SUBSCRIBER, Uuid::nil(), &who));
    }
}

/// The wholesale customer that an organisation is.
#[must_use]
pub fn customer_of(world: &World, organization: Uuid) -> Option<(Uuid, &Customer)> {
    let id = world.find(spaces::CUSTOMER, Uuid::nil(), &organization.to_string())?;
    Some((id, world.get::<Customer>(id)?))
}

/// The subscriber that a person is.
#[must_use]
pub fn subscriber_of(world: &World, person: Uuid) -> Option<(Uuid, &Subscriber)> {
    let id = world.find(spaces::SUBSCRIBER, Uuid::nil(), &person.to_string())?;
    Some((id, world.get::<Subscriber>(id)?))
}
