//! Unique values: which id holds an e-mail, a number, an extension in a location, a MAC.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::object::Kind;

/// A space of unique values. The codes are given by the rooms that own the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Space(pub u8);

/// Who names whom; no room gives this code to its values.
const NAMING: Space = Space(0);

/// A kind as it begins the text of such a key, in the order of the codes.
fn named_by(kind: Kind) -> String {
    format!("{:05}:", kind.0)
}

/// One unique value within a scope (nil where the value is unique in the whole world).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndexKey {
    space: Space,
    scope: Uuid,
    text: Box<str>,
}

impl IndexKey {
    /// The key of a value. Letters are compared without case.
    #[must_use]
    pub fn new(space: Space, scope: Uuid, text: &str) -> Self {
        let text = if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into_boxed_str()
        } else {
            text.into()
        };
        Self { space, scope, text }
    }

    /// That an object names another one.
    pub(super) fn naming(named: Uuid, kind: Kind, by: Uuid) -> Self {
        let text = format!("{}{by}", named_by(kind)).into();
        let (space, scope) = (NAMING, named);
        Self { space, scope, text }
    }

    /// Where the objects of a kind begin that name another one.
    pub(super) fn first_naming(named: Uuid, kind: Kind) -> Self {
        let text = named_by(kind).into();
        let (space, scope) = (NAMING, named);
        Self { space, scope, text }
    }

    /// Where the objects of every kind begin that name another one.
    pub(super) fn first_naming_any(named: Uuid) -> Self {
        Self::new(NAMING, named, "")
    }

    /// Whether it says that some object names that one.
    pub(super) fn is_naming_any(&self, named: Uuid) -> bool {
        self.is_within(NAMING, named)
    }

    /// Whether it says that an object of this kind names that one.
    pub(super) fn is_naming(&self, named: Uuid, kind: Kind) -> bool {
        self.is_within(NAMING, named) && self.text.starts_with(&named_by(kind))
    }

    /// Whether it is a value of this space within this scope.
    pub(super) fn is_within(&self, space: Space, scope: Uuid) -> bool {
        (self.space, self.scope) == (space, scope)
    }

    /// The space of the value.
    #[must_use]
    pub fn space(&self) -> Space {
        self.space
    }

    /// The value.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A write tried to give a value to a second holder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is already held by another object")]
pub struct Taken {
    /// Which space.
    pub space: Space,
    /// The value.
    pub text: String,
    /// Who holds it.
    pub holder: Uuid,
}
