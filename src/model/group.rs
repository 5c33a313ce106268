//! Groups of people.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ids, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Whose it is.
    pub organization: Uuid,
    /// Its name, unique in the organisation.
    pub display_name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What another directory calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// What a directory says that it is used for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// The people in it, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Uuid>,
    /// When it was created.
    pub created: Moment,
    /// When it was changed last.
    pub last_modified: Moment,
}

const TYPE: &str = "SCIM_GROUP";

impl Group {
    /// The group's Webex id, which names the organisation, too (api-surface.md 1.2).
    #[must_use]
    pub fn webex_id(&self, id: Uuid) -> String {
        Self::encode(id, self.organization)
    }

    /// The Webex id of a group of an organisation.
    #[must_use]
    pub fn encode(id: Uuid, organization: Uuid) -> String {
        ids::encode(TYPE, &format!("{id}:{organization}"))
    }

    /// The uuid of a group's Webex id. A bare uuid is accepted, too.
    #[must_use]
    pub fn decode(text: &str) -> Option<Uuid> {
        if text.len() == uuid::fmt::Hyphenated::LENGTH {
            return Uuid::try_parse(text).ok();
        }
        let key = ids::decode(TYPE, text)?;
        let id = key.split(':').next()?;
        Uuid::try_parse(id).ok()
    }
}

impl Entity for Group {
    const KIND: Kind = kinds::GROUP;
    const NAME: &'static str = "group";
    const TELLING: u8 = 6;

    fn label(&self) -> String {
        self.display_name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let name = self.display_name.to_lowercase();
        out.push(IndexKey::new(spaces::GROUP, self.organization, &name));
    }
}
