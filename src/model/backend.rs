//! A failure of a system behind Webex, as somebody injected it into an operation.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wholesale::Failure;
use super::{Person, WebexId, spaces};
use crate::world::World;

/// What fails inside one operation, for everybody that it concerns or for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackendFailure {
    /// The fault rule: `fault-1`.
    pub rule: String,
    /// For whom alone, by id or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

impl BackendFailure {
    /// Whether it fails for a holder.
    #[must_use]
    pub fn strikes(&self, world: &World, holder: Uuid) -> bool {
        let Some(text) = &self.holder else {
            return true;
        };
        let id = match text.contains('@') {
            true => world.find(spaces::EMAIL, Uuid::nil(), &text.to_lowercase()),
            false => WebexId::Person
                .decode(text)
                .filter(|id| world.get::<Person>(*id).is_some())
                .or_else(|| WebexId::Workspace.decode(text)),
        };
        id == Some(holder)
    }
}

/// What fails at wholesale subscribers inside one operation (PKG-12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WholesaleFailures {
    /// The update of attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<BackendFailure>,
    /// The update of licences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licenses: Option<BackendFailure>,
}

impl WholesaleFailures {
    /// What fails for a person; licences come first.
    #[must_use]
    pub fn of(&self, world: &World, person: Uuid) -> Option<Failure> {
        let strikes = |failure: &Option<BackendFailure>| {
            let failure = failure.as_ref();
            failure.is_some_and(|failure| failure.strikes(world, person))
        };
        if strikes(&self.licenses) {
            return Some(Failure::LicenseUpdate);
        }
        strikes(&self.attributes).then_some(Failure::AttributeUpdate)
    }
}
