//! What each setting of a device takes.
//!
//! Where no source tells how large a number may be, or how long a text, it is bounded so that no
//! memory grows (DEC-126).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

/// Each setting of a device with what it takes, one on a line, from the contract and wxc_sdk.
const FIELDS: &str = include_str!("fields.txt");
/// The longest text: lists of softkeys are the longest that there are.
const TEXT_MAX: usize = 1024;
/// The most multicast groups (contract).
const GROUPS_MAX: usize = 10;
/// The longest timeout of the application of a multicast group, in seconds.
const TIMEOUT_MAX: i64 = 86_400;

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Flag,
    /// A whole number from the first to the second.
    Number(i64, i64),
    Text,
    /// A text that is never shown.
    Secret,
    /// A text, or a list of them: multicast groups.
    Texts,
    /// Multicast groups with an application.
    Multicasts,
    /// One of these, between bars.
    Choice(&'static str),
}

/// What each setting takes, by its path.
pub(super) static FORMS: LazyLock<BTreeMap<&'static str, Form>> = LazyLock::new(|| {
    let rows = FIELDS.lines().filter_map(|line| line.split_once(' '));
    rows.map(|(path, form)| (path, Form::read(form))).collect()
});

impl Form {
    fn read(text: &'static str) -> Self {
        let range = text.split_once("..");
        let range = range.and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
        match (text, range) {
            (_, Some((least, most))) => Self::Number(least, most),
            ("flag", _) => Self::Flag,
            ("text", _) => Self::Text,
            ("secret", _) => Self::Secret,
            ("texts", _) => Self::Texts,
            ("multicasts", _) => Self::Multicasts,
            (choices, _) => Self::Choice(choices),
        }
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Number(least, most) => format!("a whole number from {least} to {most}"),
            Self::Text | Self::Secret => format!("a text of at most {TEXT_MAX} characters"),
            Self::Texts => format!(
                "a text or a list of texts, at most {GROUPS_MAX} of {TEXT_MAX} characters each"
            ),
            Self::Multicasts => format!(
                "a list of at most {GROUPS_MAX} objects with hostAndPort, hasXmlAppUrl and, where \
                 there is one, xmlAppTimeout in seconds"
            ),
            Self::Choice(choices) => format!("one of {}", choices.replace('|', ", ")),
        }
    }

    /// Whether a value is right.
    pub(super) fn takes(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Flag, Value::Bool(_)) => true,
            (Self::Number(least, most), value) => is_between(value, least, most),
            (Self::Text | Self::Secret | Self::Texts, Value::String(_)) => is_text(value),
            (Self::Texts, Value::Array(items)) => {
                items.len() <= GROUPS_MAX && items.iter().all(is_text)
            }
            (Self::Multicasts, Value::Array(items)) => {
                items.len() <= GROUPS_MAX && items.iter().all(is_multicast)
            }
            (Self::Choice(choices), Value::String(text)) => {
                choices.split('|').any(|choice| choice == text)
            }
            _ => false,
        }
    }

    /// What is stored of a value.
    pub(super) fn kept(self, value: &Value) -> Value {
        match self {
            Self::Secret => json!("set"),
            _ => value.clone(),
        }
    }
}

fn is_text(value: &Value) -> bool {
    let text = value.as_str();
    text.is_some_and(|text| text.chars().count() <= TEXT_MAX)
}

fn is_between(value: &Value, least: i64, most: i64) -> bool {
    let number = value.as_i64();
    number.is_some_and(|number| (least..=most).contains(&number))
}

/// Whether it is a multicast group with an application (contract: MulticastObject).
fn is_multicast(value: &Value) -> bool {
    let Some(fields) = value.as_object() else {
        return false;
    };
    let is_right = |(name, value): (&String, &Value)| match name.as_str() {
        "hostAndPort" => is_text(value),
        "hasXmlAppUrl" => value.is_boolean(),
        "xmlAppTimeout" => value.is_null() || is_between(value, 0, TIMEOUT_MAX),
        _ => false,
    };
    let has = |name| fields.contains_key(name);
    has("hostAndPort") && has("hasXmlAppUrl") && fields.iter().all(is_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_a_setting_once_and_what_it_takes() {
        assert_eq!(FORMS.len(), FIELDS.lines().count());
        for (path, form) in FORMS.iter() {
            assert!(path.contains('.'), "{path}");
            let is_choice = matches!(form, Form::Choice(choices) if !choices.contains('|'));
            assert!(!is_choice, "{path} takes one word alone");
        }
    }
}
