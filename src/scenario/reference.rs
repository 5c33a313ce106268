//! How a scenario names a licence: `Webex Calling - Professional [Sub119911]`, the header of its
//! CSV column, `Webex Calling VAR Professional [Sub119911]`, or the name alone where only one
//! subscription sells it. A word without brackets may also name one of the `licenseSets`.

use std::fmt;

use serde::Deserialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::schema::text;

/// A licence by name and subscription.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct LicenseReference {
    /// The licence's name or the beginning of its CSV header.
    pub name: String,
    /// The subscription in brackets.
    pub subscription: Option<String>,
}

impl TryFrom<String> for LicenseReference {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let complain =
            || format!("`{text}` does not name a licence, as `Messaging [Sub119911]` does");
        let whole = text.trim();
        let whole = whole
            .strip_suffix("(Suspended)")
            .map_or(whole, str::trim_end);
        let (name, subscription) = match whole.strip_suffix(']') {
            Some(open) => {
                let (name, subscription) = open.rsplit_once('[').ok_or_else(complain)?;
                (name.trim(), Some(subscription.trim()))
            }
            None => (whole, None),
        };
        if name.is_empty() || name.contains(['[', ']']) || subscription == Some("") {
            return Err(complain());
        }
        Ok(Self {
            name: name.to_owned(),
            subscription: subscription.map(str::to_owned),
        })
    }
}

impl fmt::Display for LicenseReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subscription {
            Some(subscription) => write!(formatter, "{} [{subscription}]", self.name),
            None => formatter.write_str(&self.name),
        }
    }
}

impl PartialSchema for LicenseReference {
    fn schema() -> RefOr<Schema> {
        let description = "A licence by name and subscription, or the name of a licence set.";
        text(description, "Messaging [Sub119911]")
    }
}

impl ToSchema for LicenseReference {}
