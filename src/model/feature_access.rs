//! Which of their own call settings people may change themselves, feature by feature.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The features, in the order of the contract.
pub const FEATURES: &[&str] = &[
    "anonymousCallRejection",
    "bargeIn",
    "blockCallerId",
    "callForwarding",
    "callWaiting",
    "callNotify",
    "connectedLineIdentity",
    "executive",
    "hoteling",
    "priorityAlert",
    "selectivelyAcceptCalls",
    "selectivelyRejectCalls",
    "selectivelyForwardCalls",
    "sequentialRing",
    "simultaneousRing",
    "singleNumberReach",
    "voicemail",
    "sendCallsToVoicemail",
    "voicemailEmailCopy",
    "voicemailFaxMessaging",
    "voicemailMessageStorage",
    "voicemailNotifications",
    "voicemailTransferNumber",
    "generateActivationCode",
    "voicemailDownload",
    "speedDial",
];

/// Whether people may change a feature themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Access {
    /// They may.
    #[default]
    FullAccess,
    /// They may not.
    NoAccess,
}

/// What a request says: `null` takes a feature back to where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeatureChange(BTreeMap<&'static str, Option<Access>>);

/// What was set, and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FeatureChange")]
pub struct FeatureAccess(BTreeMap<&'static str, Access>);

/// The access to every feature, as it is shown.
#[derive(Debug)]
pub struct Features<'a> {
    own: &'a FeatureAccess,
    beneath: &'a FeatureAccess,
}

impl FeatureChange {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FeatureAccess {
    /// Whether nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does what a request says; what it leaves out stays.
    pub fn apply(&mut self, change: FeatureChange) {
        for (feature, access) in change.0 {
            match access {
                Some(access) => self.0.insert(feature, access),
                None => self.0.remove(feature),
            };
        }
    }

    /// Every feature: what was set here, else what was set beneath, else full access.
    #[must_use]
    pub fn over<'a>(&'a self, beneath: &'a Self) -> Features<'a> {
        Features { own: self, beneath }
    }
}

impl From<FeatureChange> for FeatureAccess {
    fn from(change: FeatureChange) -> Self {
        let mut all = Self::default();
        all.apply(change);
        all
    }
}

/// Reads the features of a request. Unknown ones are nothing to an API, and mistakes to a file.
struct Reader {
    is_strict: bool,
}

/// The features that a file names, none of which may be unknown.
///
/// # Errors
/// For what is no feature, and no access to one.
pub fn strict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FeatureChange, D::Error> {
    deserializer.deserialize_map(Reader { is_strict: true })
}

impl<'de> Visitor<'de> for Reader {
    type Value = FeatureChange;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of features")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FeatureChange, A::Error> {
        let mut change = FeatureChange::default();
        while let Some(name) = map.next_key::<String>()? {
            match FEATURES.iter().find(|known| **known == name) {
                Some(known) => drop(change.0.insert(known, map.next_value()?)),
                None if self.is_strict => return Err(Error::unknown_field(&name, FEATURES)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(change)
    }
}

impl<'de> Deserialize<'de> for FeatureChange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("FeatureChange", FEATURES, Reader { is_strict: false })
    }
}

impl Serialize for Features<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(FEATURES.iter().map(|feature| {
            let set = self.own.0.get(feature).or(self.beneath.0.get(feature));
            (feature, set.copied().unwrap_or_default())
        }))
    }
}

impl PartialSchema for FeatureChange {
    fn schema() -> RefOr<Schema> {
        let access = || {
            ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .enum_values(Some(["FULL_ACCESS", "NO_ACCESS"]))
        };
        let object = FEATURES
            .iter()
            .fold(ObjectBuilder::new(), |object, feature| {
                object.property(*feature, access())
            });
        object.into()
    }
}

impl ToSchema for FeatureChange {}

impl PartialSchema for Features<'_> {
    fn schema() -> RefOr<Schema> {
        FeatureChange::schema()
    }
}

impl ToSchema for Features<'_> {}
