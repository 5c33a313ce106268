//! Jobs about devices, and about call recording.

mod chosen;

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::details::Details;
use super::document::{JobBody, shown};
use super::{Kind, TELEPHONY, location_named, started};
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::calling_locations::calling_of;
use crate::resources::device_settings::{self, Place, TAG_LENGTH_MAX, TagChange, VALUE_LENGTH_MAX};
use crate::tasks::Task;
use crate::tasks::job::{JobRow, Lane};
use crate::tasks::telephony::devices::{Act, DeviceJob, Pick, TAGS_MAX};
use crate::tasks::telephony::{
    APPLY_LINE_KEY_TEMPLATE, About, CALL_DEVICE_SETTINGS, DYNAMIC_DEVICE_SETTINGS, REBUILD_PHONES,
};
use crate::world::World;

/// The longest name of a family.
const FAMILY_LENGTH_MAX: usize = 40;

/// There are none: no operation that is simulated changes the provider of call recording.
pub(super) const CALL_RECORDING_JOB: JobRow =
    JobRow::new("callRecording", "setCallRecordingVendor", Lane::Devices)
        .shown("managecallrecordingprovider", "STARTED");

/// What all jobs about devices have in common.
const ANY: Kind = Kind {
    base: "",
    row: CALL_RECORDING_JOB,
    is_named_in_list: true,
    steps: &[],
    fails_in: 0,
    code_prefix: "",
    paging: TELEPHONY,
    details: |_, _| Details::default(),
};

/// The lists are empty, and every id is unknown.
pub(super) const CALL_RECORDING: Kind = Kind {
    base: "/v1/telephony/config/jobs/callRecording",
    row: CALL_RECORDING_JOB,
    ..ANY
};

pub(super) const SETTINGS: Kind = Kind {
    base: "/v1/telephony/config/jobs/devices/callDeviceSettings",
    row: CALL_DEVICE_SETTINGS,
    steps: &["calldevicesettingsOverrideProcess"],
    details: |task, about| Details {
        location_customizations_enabled: about.customized,
        ..placed(task, about)
    },
    ..ANY
};

pub(super) const DYNAMIC: Kind = Kind {
    base: "/v1/telephony/config/jobs/devices/dynamicDeviceSettings",
    row: DYNAMIC_DEVICE_SETTINGS,
    steps: &["dynamicdevicesettingsUpdate"],
    details: |task, about| Details {
        location_name: about.location_name.clone(),
        device_count: None,
        ..placed(task, about)
    },
    ..ANY
};

pub(super) const REBUILDING: Kind = Kind {
    base: "/v1/telephony/config/jobs/devices/rebuildPhones",
    row: REBUILD_PHONES,
    steps: &["rebuildphonesProcess"],
    details: placed,
    ..ANY
};

pub(super) const LINE_KEYS: Kind = Kind {
    base: "/v1/telephony/config/jobs/devices/applyLineKeyTemplate",
    row: APPLY_LINE_KEY_TEMPLATE,
    steps: &["applyphonelinekeytemplatesProcess"],
    details: |task, _| Details {
        percentage_complete: Some(task.percent()),
        updated_count: Some(task.succeeded),
        advisory_count: Some(0),
        ..Details::default()
    },
    ..ANY
};

/// For whose devices a job is, and how far it is.
fn placed(task: &Task, about: &About) -> Details {
    Details {
        target: Some(about.location.map_or("CUSTOMER", |_| "LOCATION")),
        location_id: Some(shown(about.location).unwrap_or_default()),
        percentage_complete: Some(task.percent()),
        device_count: task.started_at.map(|_| task.total),
        ..Details::default()
    }
}

const fn starting<T: ToSchema>(
    kind: &Kind,
    run: fn(&Call<'_>) -> Result<Reply, Refusal>,
    status: u16,
) -> Row {
    let row = Row::post(kind.base, run)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG);
    row.takes::<T>().answers::<JobBody>().status(status)
}

pub(super) const SET: Row = starting::<SettingsRequest>(&SETTINGS, set, 200);
pub(super) const SET_DYNAMIC: Row = starting::<DynamicRequest>(&DYNAMIC, set_dynamic, 202);
pub(super) const REBUILD: Row = starting::<RebuildRequest>(&REBUILDING, rebuild, 202);
pub(super) const APPLY: Row = starting::<LineKeysRequest>(&LINE_KEYS, apply, 202);

/// Settings for the devices of an organisation or a location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SettingsRequest {
    /// The location; the whole organisation without one.
    location_id: Option<String>,
    /// Whether its devices are customized; if not, the settings of the organisation count.
    location_customizations_enabled: Option<bool>,
    /// The settings, by kind of device.
    #[schema(value_type = Option<Object>)]
    customizations: Option<Map<String, Value>>,
}

/// Tags for the devices of an organisation or a location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DynamicRequest {
    /// The location; the whole organisation without one.
    location_id: Option<String>,
    /// The tags.
    tags: Vec<TagItem>,
}

/// A tag of a family or model of devices.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TagItem {
    /// The family or model.
    family_or_model_display_name: String,
    /// The tag.
    tag: String,
    /// What happens to it.
    action: TagAction,
    /// Its value, where it is set.
    value: Option<String>,
}

/// What happens to a tag. The schema has two of the words, the example and SDKs the other two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum TagAction {
    /// It is set.
    Set,
    /// It is set.
    Add,
    /// It goes.
    Clear,
    /// It goes.
    Delete,
}

/// The location whose phones get their configuration anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RebuildRequest {
    /// The location.
    location_id: String,
}

/// Line keys for devices.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LineKeysRequest {
    /// Which line keys.
    action: LineKeysAction,
    /// The template, for `APPLY_TEMPLATE`. There are none.
    template_id: Option<String>,
    /// Only devices of these locations.
    #[serde(default)]
    location_ids: Vec<String>,
    /// Whether devices with line keys of their own are left alone. There are none.
    #[serde(rename = "excludeDevicesWithCustomLayout")]
    _exclude_devices_with_custom_layout: Option<bool>,
    /// Only devices with one of these tags.
    #[serde(default)]
    include_device_tags: Vec<String>,
    /// Only devices without these tags.
    #[serde(default)]
    exclude_device_tags: Vec<String>,
    /// Only devices with these warnings.
    advisory_types: Option<AdvisoryTypes>,
}

/// Which line keys devices get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum LineKeysAction {
    /// Those of a template.
    ApplyTemplate,
    /// Those of the model.
    ApplyDefaultTemplates,
}

/// Warnings that line keys of a device may have.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
struct AdvisoryTypes {
    /// More shared lines than were asked for.
    more_shared_appearances_enabled: bool,
    /// Fewer shared lines than were asked for.
    few_shared_appearances_enabled: bool,
    /// More monitored lines than are monitored.
    more_monitor_appearances_enabled: bool,
    /// More call park extensions than are monitored.
    #[serde(rename = "moreCPEAppearancesEnabled")]
    more_cpe_appearances_enabled: bool,
    /// More lines for modes than there are.
    more_mode_management_appearances_enabled: bool,
}

impl AdvisoryTypes {
    fn any(&self) -> bool {
        self.more_shared_appearances_enabled
            || self.few_shared_appearances_enabled
            || self.more_monitor_appearances_enabled
            || self.more_cpe_appearances_enabled
            || self.more_mode_management_appearances_enabled
    }
}

/// Where a job works: in the location that a body names, or everywhere.
fn place(world: &World, organization: Uuid, text: Option<&str>) -> Result<Place, Refusal> {
    let text = text.filter(|text| !text.is_empty());
    let location = text.map(location_named).transpose()?;
    if let Some(location) = location {
        calling_of(world, organization, location)?;
    }
    Ok(Place {
        organization,
        location,
    })
}

fn set(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<SettingsRequest>()?;
    let follows = request
        .location_id
        .as_deref()
        .is_some_and(|id| !id.is_empty())
        && request.location_customizations_enabled != Some(true);
    let values = request
        .customizations
        .as_ref()
        .map(device_settings::read)
        .transpose()?;
    let act = match values {
        _ if follows => Act::FollowOrganization,
        Some(values) if !values.is_empty() => Act::Customize(values),
        _ => {
            let detail = "customizations must hold at least one setting.";
            return Err(Refusal::new(ErrorKind::MandatoryField, detail));
        }
    };
    let body = started(call, |tx, organization| {
        let place = place(tx, organization, request.location_id.as_deref())?;
        Ok(DeviceJob::prepare(tx, place, act))
    })?;
    Reply::json(200, &body)
}

fn set_dynamic(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<DynamicRequest>()?;
    if !(1..=TAGS_MAX).contains(&request.tags.len()) {
        let detail = format!("tags must hold 1 to {TAGS_MAX} tags.");
        return Err(Refusal::bad_request(detail));
    }
    let changes = request.tags.into_iter().enumerate().map(tag_change);
    let changes = changes.collect::<Result<Vec<_>, _>>()?;
    let body = started(call, |tx, organization| {
        let place = place(tx, organization, request.location_id.as_deref())?;
        Ok(DeviceJob::prepare(tx, place, Act::Tag(changes)))
    })?;
    Reply::json(202, &body)
}

fn tag_change((position, item): (usize, TagItem)) -> Result<TagChange, Refusal> {
    let family = item.family_or_model_display_name;
    let lengths = [
        ("familyOrModelDisplayName", Some(&family), FAMILY_LENGTH_MAX),
        ("tag", Some(&item.tag), TAG_LENGTH_MAX),
        ("value", item.value.as_ref(), VALUE_LENGTH_MAX),
    ];
    for (field, text, most) in lengths {
        let length = text.map_or(1, |text| text.chars().count());
        if !(1..=most).contains(&length) {
            let detail = format!("tags[{position}].{field} must have 1 to {most} characters.");
            return Err(Refusal::bad_request(detail));
        }
    }
    let Some(known) = device_settings::family(&family) else {
        let detail = format!(
            "tags[{position}].familyOrModelDisplayName \"{}\" is no family and no model of devices.",
            shorten(&family)
        );
        return Err(Refusal::bad_request(detail));
    };
    let sets = matches!(item.action, TagAction::Set | TagAction::Add);
    if sets && item.value.is_none() {
        let detail = format!("tags[{position}].value is required where a tag is set.");
        return Err(Refusal::new(ErrorKind::MandatoryField, detail));
    }
    Ok(TagChange {
        family: known.to_owned(),
        tag: item.tag,
        value: item.value.filter(|_| sets),
    })
}

fn rebuild(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<RebuildRequest>()?;
    let location = location_named(&request.location_id)?;
    let body = started(call, |tx, organization| {
        calling_of(tx, organization, location)?;
        let place = Place {
            organization,
            location: Some(location),
        };
        Ok(DeviceJob::prepare(tx, place, Act::Rebuild))
    })?;
    Reply::json(202, &body)
}

fn apply(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<LineKeysRequest>()?;
    if request.action == LineKeysAction::ApplyTemplate {
        let text = request.template_id.as_deref();
        let missing = || Refusal::new(ErrorKind::MandatoryField, "templateId is required.");
        let text = text.filter(|text| !text.is_empty()).ok_or_else(missing)?;
        // Nothing that is simulated makes templates.
        return Err(Refusal::not_found("Line key template", text));
    }
    chosen::check(
        &request.location_ids,
        [&request.include_device_tags, &request.exclude_device_tags],
    )?;
    let locations = request.location_ids.iter().map(|text| location_named(text));
    let pick = Pick {
        locations: locations.collect::<Result<_, _>>()?,
        with_tags: request.include_device_tags.into_iter().collect(),
        without_tags: request.exclude_device_tags.into_iter().collect(),
        with_advisory: request.advisory_types.is_some_and(|types| types.any()),
    };
    let body = started(call, |tx, organization| {
        for location in &pick.locations {
            calling_of(tx, organization, *location)?;
        }
        let place = Place {
            organization,
            location: None,
        };
        Ok(DeviceJob::prepare(tx, place, Act::ResetLineKeys(pick)))
    })?;
    Reply::json(202, &body)
}
