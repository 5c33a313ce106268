//! Settings of devices for a whole organisation or location: what they may say, and their change.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::belongings::numbers::calling;
use crate::model::device::MODELS;
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::{Device, DeviceSettings, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// Each setting of a device with what it takes, one on a line, from the contract and wxc_sdk.
const FIELDS: &str = include_str!("device_settings/fields.txt");
/// The most tags that a family or model of devices has.
const TAGS_MAX: usize = 1000;

/// Settings by their paths.
pub type Values = BTreeMap<String, Value>;

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
enum Form {
    Flag,
    Number,
    Text,
    /// A text that is never shown.
    Secret,
    /// A text, or a list of them.
    Texts,
    List,
    /// One of these, between bars.
    Choice(&'static str),
}

static FORMS: LazyLock<BTreeMap<&'static str, Form>> = LazyLock::new(|| {
    let rows = FIELDS.lines().filter_map(|line| line.split_once(' '));
    let forms = rows.map(|(path, form)| match form {
        "flag" => (path, Form::Flag),
        "number" => (path, Form::Number),
        "text" => (path, Form::Text),
        "secret" => (path, Form::Secret),
        "texts" => (path, Form::Texts),
        "list" => (path, Form::List),
        choices => (path, Form::Choice(choices)),
    });
    forms.collect()
});

impl Form {
    fn words(self) -> String {
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Text | Self::Secret => "a text".to_owned(),
            Self::Texts => "a text or a list of texts".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Choice(choices) => format!("one of {}", choices.replace('|', ", ")),
        }
    }

    /// What is stored for a value, if it can be one.
    fn kept(self, value: &Value) -> Option<Value> {
        let is_right = match (self, value) {
            (Self::Flag, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::Text | Self::Secret | Self::Texts, Value::String(_))
            | (Self::List, Value::Array(_)) => true,
            (Self::Texts, Value::Array(items)) => items.iter().all(Value::is_string),
            (Self::Choice(choices), Value::String(text)) => choices.split('|').any(|it| it == text),
            _ => false,
        };
        let kept = || match self {
            Self::Secret => json!("set"),
            _ => value.clone(),
        };
        is_right.then(kept)
    }
}

/// Reads customizations as a caller wrote them; null says nothing.
///
/// # Errors
/// 400 that names a setting which does not exist, or whose value it cannot have.
pub fn read(document: &Map<String, Value>) -> Result<Values, Refusal> {
    let mut values = Values::new();
    read_into(&mut values, "", document)?;
    Ok(values)
}

fn read_into(values: &mut Values, above: &str, fields: &Map<String, Value>) -> Result<(), Refusal> {
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        let path = match above {
            "" => name.clone(),
            above => format!("{above}.{name}"),
        };
        let refuse = |why: String| {
            let detail = format!("customizations.{} {why}.", shorten(&path));
            Err(Refusal::new(ErrorKind::InvalidSetting, detail))
        };
        if let Some(form) = FORMS.get(path.as_str()) {
            match form.kept(value) {
                Some(kept) => drop(values.insert(path, kept)),
                None => return refuse(format!("must be {}", form.words())),
            }
            continue;
        }
        let has_parts = FORMS.keys().any(|known| {
            let rest = known.strip_prefix(path.as_str());
            rest.is_some_and(|rest| rest.starts_with('.'))
        });
        match value {
            Value::Object(parts) if has_parts => read_into(values, &path, parts)?,
            _ if has_parts => return refuse("must be an object".to_owned()),
            _ => {
                let near = nearest(&path, FORMS.keys().copied());
                let hint = near.map_or_else(String::new, |it| format!("; did you mean {it}?"));
                return refuse(format!("is no setting of a device{hint}"));
            }
        }
    }
    Ok(())
}

/// What happens to a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TagChange {
    /// The family or model of devices.
    pub family: String,
    /// The tag.
    pub tag: String,
    /// Its value; without one it goes.
    pub value: Option<String>,
}

/// Whether there are devices of a family or model: the product of a model, or how it begins.
/// Upstream a list of its own tells them; here it is the list of models (inferred).
#[must_use]
pub fn is_known(family: &str) -> bool {
    MODELS.iter().any(|model| is_of(model.product, family))
}

/// Whether a product is of a family or model.
#[must_use]
pub fn is_of(product: &str, family: &str) -> bool {
    let begin = product.get(..family.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(family))
}

/// The phones of an organisation, or of a location.
pub fn phones(
    world: &World,
    organization: Uuid,
    location: Option<Uuid>,
) -> impl Iterator<Item = (Uuid, &Device)> {
    world.list::<Device>().filter(move |(_, device)| {
        let is_there = || {
            let own = calling(world, device.holder).map(|calling| calling.location);
            location.is_none() || own == location
        };
        device.organization == organization && device.is_phone && is_there()
    })
}

/// Where settings stand: with a location, or with the whole organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The organisation.
    pub organization: Uuid,
    /// The location.
    pub location: Option<Uuid>,
}

/// Customizes the devices of a place.
pub fn customize(tx: &mut Tx, place: Place, values: &Values) {
    change(tx, place, |settings| {
        let values = values
            .iter()
            .map(|(path, value)| (path.clone(), value.clone()));
        settings.customizations.extend(values);
    });
}

/// Takes the customizations of a place away, so that those of the organisation count.
pub fn follow_organization(tx: &mut Tx, place: Place) {
    change(tx, place, |settings| settings.customizations.clear());
}

/// Sets and clears tags of a place. Beyond what a family can have, none is added.
pub fn tag(tx: &mut Tx, place: Place, changes: &[TagChange]) {
    change(tx, place, |settings| {
        for change in changes {
            let tags = settings.tags.entry(change.family.clone()).or_default();
            match &change.value {
                Some(value) if tags.len() < TAGS_MAX || tags.contains_key(&change.tag) => {
                    tags.insert(change.tag.clone(), value.clone());
                }
                Some(_) => {}
                None => drop(tags.remove(&change.tag)),
            }
        }
        settings.tags.retain(|_, tags| !tags.is_empty());
    });
}

fn change(tx: &mut Tx, place: Place, work: impl FnOnce(&mut DeviceSettings)) {
    let id = place.location.unwrap_or(place.organization);
    let mut settings = tx.get::<DeviceSettings>(id).cloned().unwrap_or_default();
    settings.organization = place.organization;
    settings.location = place.location;
    work(&mut settings);
    if settings.customizations.is_empty() && settings.tags.is_empty() {
        tx.delete(kinds::DEVICE_SETTINGS, id);
        return;
    }
    // They have no unique values, so nothing can stand in the way.
    tx.put(id, settings).unwrap_or_default();
}

/// Forgets the settings of a location that loses Calling.
pub(super) fn forget(tx: &mut Tx, location: Uuid) {
    tx.delete(kinds::DEVICE_SETTINGS, location);
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
