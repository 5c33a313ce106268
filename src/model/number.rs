//! Numbers and addresses as values that are right once they exist, and the phone number as a
//! thing that an organisation owns.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Holder, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, World};

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0.into()
            }
        }
    };
}

text_value! {
    /// An external number in E.164 with its leading `+` (CSV-21).
    E164
}
text_value! {
    /// An extension of two to six digits (WXC-25058).
    Extension
}
text_value! {
    /// An e-mail address, kept in lower case.
    Email
}

impl FromStr for E164 {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text
            .strip_prefix('+')
            .ok_or_else(|| format!("\"{}\" has no leading +", shorten(text)))?;
        if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("\"{}\" is not a number in E.164", shorten(text)));
        }
        Ok(Self(text.into()))
    }
}

impl FromStr for Extension {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if !(2..=6).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!(
                "\"{}\" is not an extension of 2 to 6 digits",
                shorten(text)
            ));
        }
        Ok(Self(text.into()))
    }
}

impl Email {
    /// The most characters before the `@` (CSV-23).
    pub const LOCAL_MAX: usize = 64;
}

impl FromStr for Email {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let wrong = || format!("\"{}\" is not an e-mail address", shorten(&text));
        let (local, domain) = text.split_once('@').ok_or_else(wrong)?;
        let plain = |part: &str| {
            !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control())
        };
        if local.len() > Self::LOCAL_MAX {
            return Err(format!(
                "the part before the @ of \"{}\" is longer than 64",
                shorten(&text)
            ));
        }
        if text.len() > 254 || !plain(local) || !plain(domain) || domain.contains('@') {
            return Err(wrong());
        }
        if !domain.contains('.') || domain.starts_with('.') || domain.ends_with('.') {
            return Err(wrong());
        }
        Ok(Self(text.into()))
    }
}

/// The start of a text that a caller sent, safe to repeat in a message.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    if text.chars().count() > 80 {
        short.push('…');
    }
    short
}

/// What a phone number is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum NumberUsage {
    /// People and workspaces.
    None,
    /// Services with many calls.
    Service,
}

/// A phone number that an organisation owns, in a location's inventory or in use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumber {
    /// Whose it is.
    pub organization: Uuid,
    /// The location in whose inventory it stands.
    pub location: Uuid,
    /// The number.
    pub number: E164,
    /// Whether calls reach it.
    pub active: bool,
    /// Whether it is the location's main number.
    #[serde(default)]
    pub main: bool,
    /// Whether callers pay nothing.
    #[serde(default)]
    pub toll_free: bool,
    /// Who uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Holder>,
    /// Whether it is an alternate number of its owner.
    #[serde(default)]
    pub alternate: bool,
}

impl PhoneNumber {
    /// The phone number that reads so, in E.164.
    #[must_use]
    pub fn find<'w>(world: &'w World, number: &str) -> Option<(Uuid, &'w Self)> {
        let id = world.find(spaces::NUMBER, Uuid::nil(), number)?;
        Some((id, world.get(id)?))
    }

    /// Whether somebody may be given this number.
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.owner.is_none() && !self.main
    }
}

impl Entity for PhoneNumber {
    const KIND: Kind = kinds::NUMBER;
    const NAME: &'static str = "number";

    fn label(&self) -> String {
        self.number.to_string()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        out.push(IndexKey::new(
            spaces::NUMBER,
            Uuid::nil(),
            self.number.as_str(),
        ));
    }
}
