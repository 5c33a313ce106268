//! Settings of devices for a whole organisation or location: what they may say, and their change.

mod form;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::belongings::numbers::calling;
use crate::model::device::MODELS;
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Device, DeviceSettings, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};
use form::FORMS;

/// The most tags that a family or model of devices has.
const TAGS_MAX: usize = 1000;
/// The longest name of a tag, in characters.
pub const TAG_LENGTH_MAX: usize = 64;
/// The longest value of a tag, in characters.
pub const VALUE_LENGTH_MAX: usize = 256;

/// Settings by their paths.
pub type Values = BTreeMap<String, Value>;

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
            match form.takes(value) {
                true => drop(values.insert(path, form.kept(value))),
                false => return refuse(format!("must be {}", form.words())),
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

impl TagChange {
    /// What of it no request could have said.
    #[must_use]
    pub fn wrong(&self) -> Option<String> {
        let value = self.value.clone().unwrap_or_else(|| "-".to_owned());
        wrong_tags((&self.family, &BTreeMap::from([(self.tag.clone(), value)])))
    }
}

/// A family or model of devices as it is written: the product of a model, or how it begins.
/// Upstream a list of its own tells them; here it is the list of models (inferred).
#[must_use]
pub fn family(text: &str) -> Option<&'static str> {
    let mut products = MODELS.iter().map(|model| model.product);
    products.find_map(|product| beginning(product, text))
}

/// Whether a product is of a family or model.
#[must_use]
pub fn is_of(product: &str, family: &str) -> bool {
    beginning(product, family).is_some()
}

/// How a product begins, if that is this text in whatever case: Poly is the family of Polycom's
/// phones (contract).
fn beginning<'p>(product: &'p str, text: &str) -> Option<&'p str> {
    let begin = product.get(..text.len())?;
    let is_same = begin.eq_ignore_ascii_case(text);
    (is_same && !text.is_empty()).then_some(begin)
}

/// What of the settings of a place, which stand under an id, no request could have said.
pub(super) fn bounds(id: Uuid, settings: &DeviceSettings) -> Result<(), Refusal> {
    let place = settings.location.unwrap_or(settings.organization);
    let misplaced = || "it must stand under the id of its location or organization".to_owned();
    let wrong = (place != id).then(misplaced);
    let wrong = wrong.or_else(|| wrong_values(&settings.customizations));
    let wrong = wrong.or_else(|| settings.tags.iter().find_map(wrong_tags));
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(Refusal::new(ErrorKind::InvalidSetting, wrong)),
    }
}

/// What is wrong with settings by their paths.
#[must_use]
pub fn wrong_values(values: &Values) -> Option<String> {
    let mut values = values.iter();
    values.find_map(|(path, value)| {
        let Some(form) = FORMS.get(path.as_str()) else {
            let path = shorten(path);
            return Some(format!("customizations.{path} is no setting of a device"));
        };
        let must = || format!("customizations.{path} must be {}", form.words());
        (!form.takes(value)).then(must)
    })
}

/// What is wrong with the tags of a family.
fn wrong_tags((name, tags): (&String, &BTreeMap<String, String>)) -> Option<String> {
    let shown = shorten(name);
    if family(name) != Some(name) {
        return Some(format!(
            "tags: \"{shown}\" is no family and no model of devices"
        ));
    }
    if tags.len() > TAGS_MAX {
        return Some(format!("tags: {shown} has more than {TAGS_MAX}"));
    }
    let fits = |text: &str, most| (1..=most).contains(&text.chars().count());
    let mut tags = tags.iter();
    let long =
        tags.find(|(tag, value)| !fits(tag, TAG_LENGTH_MAX) || !fits(value, VALUE_LENGTH_MAX))?;
    Some(format!(
        "tags: {shown} has \"{}\", which must have 1 to {TAG_LENGTH_MAX} characters, and 1 to \
         {VALUE_LENGTH_MAX} in its value",
        shorten(long.0)
    ))
}

/// The phones of an organisation, or of a location.
pub fn phones(
    world: &World,
    organization: Uuid,
    location: Option<Uuid>,
) -> impl Iterator<Item = (Uuid, &Device)> {
    owned::list::<Device>(world, organization).filter(move |(_, device)| {
        let is_there = || {
            let own = calling(world, device.holder).map(|calling| calling.location);
            location.is_none() || own == location
        };
        device.is_phone && is_there()
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
