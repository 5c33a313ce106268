//! Jobs about devices: settings for all phones of an organisation or a location, and phones that
//! are given their configuration anew.
//!
//! What is set stands with the organisation or the location, and each phone there is an item.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    APPLY_LINE_KEY_TEMPLATE, About, CALL_DEVICE_SETTINGS, DYNAMIC_DEVICE_SETTINGS, REBUILD_PHONES,
    Telephony, Work,
};
use crate::belongings::numbers::calling;
use crate::model::{Device, Location, kinds};
use crate::resources::calling_locations::calling_of;
use crate::resources::device_settings::{
    Place, TagChange, Values, customize, follow_organization, is_of, phones, tag, wrong_values,
};
use crate::tasks::job::Step;
use crate::tasks::kept;
use crate::tasks::task::TaskError;
use crate::world::{Key, Tx, World};

/// The most tags that a request names.
pub const TAGS_MAX: usize = 100;

/// What is done, and to which phones.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceJob {
    act: Act,
    place: Place,
    /// The phones, in the order of their ids.
    pub devices: Vec<Uuid>,
}

/// What is done to devices.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// These settings are set.
    Customize(Values),
    /// The location has no settings of its own any more.
    FollowOrganization,
    /// These tags are set or cleared.
    Tag(Vec<TagChange>),
    /// Phones get their configuration anew.
    Rebuild,
    /// Phones get the line keys of their model. hubsim keeps no others.
    ResetLineKeys(Pick),
}

/// Which phones are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pick {
    /// In these locations alone.
    pub locations: BTreeSet<Uuid>,
    /// With one of these tags alone.
    pub with_tags: BTreeSet<String>,
    /// Without any of these tags.
    pub without_tags: BTreeSet<String>,
    /// Only those with a layout that has a warning: there are none.
    pub with_advisory: bool,
}

impl Pick {
    fn takes(&self, world: &World, device: &Device) -> bool {
        let own = calling(world, device.holder).map(|calling| calling.location);
        let is_there = own.is_some_and(|own| self.locations.contains(&own));
        let has = |tags: &BTreeSet<String>| device.tags.iter().any(|tag| tags.contains(tag));
        let is_wanted = self.with_tags.is_empty() || has(&self.with_tags);
        let is_placed = self.locations.is_empty() || is_there;
        is_placed && is_wanted && !has(&self.without_tags) && !self.with_advisory
    }
}

impl Act {
    /// The phones of a place to which it is done.
    fn devices(&self, world: &World, place: Place) -> Vec<Uuid> {
        let all = phones(world, place.organization, place.location);
        let meant = all.filter(|(_, device)| match self {
            Self::Tag(changes) => changes.iter().any(|it| is_of(&device.product, &it.family)),
            Self::ResetLineKeys(pick) => pick.takes(world, device),
            _ => true,
        });
        meant.map(|(id, _)| id).collect()
    }
}

impl DeviceJob {
    /// The job for the devices of a place.
    #[must_use]
    pub fn prepare(world: &World, place: Place, act: Act) -> Telephony {
        let location = place.location.and_then(|id| world.get::<Location>(id));
        let customized = match act {
            Act::Customize(_) => Some(place.location.is_some()),
            Act::FollowOrganization => Some(false),
            _ => None,
        };
        let devices = act.devices(world, place);
        Telephony {
            about: About {
                location: place.location,
                location_name: location.map(|location| location.name.clone()),
                customized,
                ..About::default()
            },
            work: Work::Devices(Self {
                act,
                place,
                devices,
            }),
        }
    }

    /// Where, and which phones.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        let place = self.place.location.map(kept::location);
        let picked = match &self.act {
            Act::ResetLineKeys(pick) => Some(&pick.locations),
            _ => None,
        };
        let picked = picked.into_iter().flatten().map(|id| kept::location(*id));
        let phones = self.devices.iter().map(|id| (kinds::DEVICE, *id));
        let own = [kept::organization(self.place.organization)];
        own.into_iter().chain(place).chain(picked).chain(phones)
    }

    /// What of it no request could have said.
    pub(in crate::tasks) fn unsaid(&self) -> Option<String> {
        match &self.act {
            Act::Customize(values) => wrong_values(values),
            Act::Tag(changes) if changes.len() > TAGS_MAX => {
                Some(format!("its job must not have more than {TAGS_MAX} tags"))
            }
            Act::Tag(changes) => changes.iter().find_map(TagChange::wrong),
            Act::ResetLineKeys(pick) => {
                let tags = pick.with_tags.iter().chain(&pick.without_tags);
                (tags.count() > 2 * TAGS_MAX)
                    .then(|| format!("its job must not have more than {TAGS_MAX} tags"))
            }
            Act::FollowOrganization | Act::Rebuild => None,
        }
    }

    pub(super) fn name(&self) -> &'static str {
        let row = match self.act {
            Act::Customize(_) | Act::FollowOrganization => CALL_DEVICE_SETTINGS,
            Act::Tag(_) => DYNAMIC_DEVICE_SETTINGS,
            Act::Rebuild => REBUILD_PHONES,
            Act::ResetLineKeys(_) => APPLY_LINE_KEY_TEMPLATE,
        };
        row.name
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let Place {
            organization,
            location,
        } = self.place;
        let lost = location.and_then(|id| calling_of(tx, organization, id).err());
        if let Some(lost) = lost {
            let code = "locationNotFound".to_owned();
            let message = lost.to_string();
            step.broken = Some(TaskError { code, message });
            return;
        }
        if items.start == 0 {
            match &self.act {
                Act::Customize(values) => customize(tx, self.place, values),
                Act::FollowOrganization => follow_organization(tx, self.place),
                Act::Tag(changes) => tag(tx, self.place, changes),
                Act::Rebuild | Act::ResetLineKeys(_) => {}
            }
        }
        // A phone that was deleted meanwhile needs nothing any more.
        let done = self.devices.get(items).unwrap_or_default().len();
        step.succeeded += u32::try_from(done).unwrap_or(u32::MAX);
    }
}
