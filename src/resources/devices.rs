//! Devices: added by MAC address or by an activation code, listed, tagged, deleted.

use uuid::Uuid;

use super::text::checked;
use crate::belongings::{devices, numbers};
use crate::model::device::{ActivationCode, Device, Mac, Model};
use crate::model::license::Service;
use crate::model::{Holder, License, Person, WebexId, Workspace, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::Step;
use crate::world::{Moment, Tx, World};

/// How long an activation code holds (inferred: no stored document says it).
const CODE_DAYS: i64 = 7;
/// The most codes of a holder that wait.
const CODES_MAX: usize = 100;
/// The most tags of a device.
const TAGS_MAX: usize = 100;
/// The longest tag of a device, in characters.
pub const TAG_LENGTH_MAX: usize = 128;
/// The longest SIP password.
const PASSWORD_MAX: usize = 128;

/// Whose devices a caller sees.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// The caller's organisation.
    pub organization: Uuid,
    /// Only the devices of this holder.
    pub only: Option<Holder>,
}

impl Viewer {
    /// Whoever sees all devices of a holder's organisation.
    ///
    /// # Errors
    /// 404.
    pub fn of(world: &World, holder: Holder) -> Result<Self, Refusal> {
        let (organization, _) = organization_of(world, holder)?;
        Ok(Self {
            organization,
            only: None,
        })
    }

    /// Whether a device is among them.
    #[must_use]
    pub fn sees(self, device: &Device) -> bool {
        device.organization == self.organization
            && self.only.is_none_or(|holder| holder == device.holder)
    }
}

/// What PATCH does with tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagChange {
    /// These come on top.
    Add(Vec<String>),
    /// All go.
    Remove,
    /// These stand instead.
    Replace(Vec<String>),
}

/// A device that the viewer sees.
///
/// # Errors
/// 404.
pub fn get(world: &World, viewer: Viewer, id: Uuid) -> Result<&Device, Refusal> {
    let found = world.get::<Device>(id).filter(|device| viewer.sees(device));
    found.ok_or_else(|| Refusal::not_found("Device", &WebexId::Device.encode(id)))
}

/// The devices that the viewer sees.
pub fn list(world: &World, viewer: Viewer) -> impl Iterator<Item = (Uuid, &Device)> {
    let devices = world.list::<Device>();
    devices.filter(move |(_, device)| viewer.sees(device))
}

/// The device of a holder with an address.
#[must_use]
pub fn find(world: &World, holder: Holder, mac: Mac) -> Option<Uuid> {
    let id = world.find(spaces::MAC, Uuid::nil(), &mac.to_string())?;
    let device = world.get::<Device>(id)?;
    (device.holder == holder).then_some(id)
}

/// Adds a phone by its address.
///
/// # Errors
/// 400 for an unknown model, one that is no phone, or a holder who cannot have one more, 409 when
/// the address is another device's.
pub fn create_by_mac(
    tx: &mut Tx,
    holder: Holder,
    model: &Model,
    mac: Mac,
    password: Option<&str>,
) -> Result<Uuid, Refusal> {
    if !model.is_phone {
        let detail = format!("A {} is added by an activation code.", model.product);
        return Err(Refusal::bad_request(detail));
    }
    match password {
        Some(password) => drop(checked("password", password, PASSWORD_MAX)?),
        None if model.is_third_party => {
            let detail = format!("A {} needs a password.", model.product);
            return Err(Refusal::bad_request(detail));
        }
        None => {}
    }
    check_in_service(tx, holder, model.is_phone)?;
    add(tx, holder, model, mac)
}

/// Refuses a phone while the subscription of its holder's Calling is cancelled.
fn check_in_service(world: &World, holder: Holder, is_phone: bool) -> Result<(), Refusal> {
    if !is_phone || numbers::calling(world, holder).is_none() {
        return Ok(());
    }
    Step::lenient(world, holder)?.check_in_service("devices")
}

/// Adds a device of either kind to a holder.
///
/// # Errors
/// The same as when a phone is added by its address.
pub fn add(tx: &mut Tx, holder: Holder, model: &Model, mac: Mac) -> Result<Uuid, Refusal> {
    let organization = check_holder(tx, holder, model.is_phone)?;
    let device = Device {
        organization,
        holder,
        model: model.name.to_owned(),
        product: model.product.to_owned(),
        is_phone: model.is_phone,
        mac,
        tags: Vec::new(),
        created: tx.now(),
        first_seen: None,
        last_seen: None,
    };
    let id = tx.new_id::<Device>();
    tx.put(id, device).map_err(|_| {
        let detail = format!("The MAC address {mac} is used by another device.");
        Refusal::new(ErrorKind::Conflict, detail)
    })?;
    if let Holder::Workspace(id) = holder {
        let resets = |it: &Workspace| RESET.contains(&it.calling_type.as_str());
        if tx.get::<Workspace>(id).is_some_and(resets) {
            tx.update::<Workspace>(id, |it| it.set_calling_type("freeCalling"))?;
        }
    }
    Ok(id)
}

/// Types of calling that a device turns into `freeCalling` (contract: activation code).
const RESET: [&str; 2] = ["none", "thirdPartySipCalling"];

/// Makes an activation code. Without a model it is for a collaboration device.
///
/// # Errors
/// 400 for a holder who cannot have one more.
pub fn create_code(
    tx: &mut Tx,
    holder: Holder,
    model: Option<&Model>,
) -> Result<(String, Moment), Refusal> {
    let is_phone = model.is_some_and(|model| model.is_phone);
    check_in_service(tx, holder, is_phone)?;
    let organization = check_holder(tx, holder, is_phone)?;
    if devices::codes_of(tx, holder).count() >= CODES_MAX {
        let detail = format!("At most {CODES_MAX} activation codes of a holder may wait.");
        return Err(Refusal::bad_request(detail));
    }
    let id = tx.new_id::<ActivationCode>();
    let code = format!("{:016}", id.as_u128() % 10_000_000_000_000_000);
    let expires = tx.now().plus_days(CODE_DAYS);
    let stored = ActivationCode {
        organization,
        holder,
        code: code.clone(),
        model: model.filter(|it| it.is_phone).map(|it| it.name.to_owned()),
        expires,
    };
    tx.put(id, stored)?;
    devices::arm_code(tx, id, expires);
    Ok((code, expires))
}

/// A device enters with a code, which is used up, and is connected. `product` says what it is
/// where the code does not.
///
/// # Errors
/// 404 for a code that is not there (any more), 400 for a device that the code is not for.
pub fn activate(
    tx: &mut Tx,
    code: &str,
    product: Option<&str>,
    mac: Option<Mac>,
) -> Result<Uuid, Refusal> {
    let id = tx.find(spaces::ACTIVATION_CODE, Uuid::nil(), code);
    let found = id.and_then(|id| Some((id, tx.get::<ActivationCode>(id)?.clone())));
    let (id, code) = found.ok_or_else(|| Refusal::not_found("Activation code", code))?;
    let default = code.model.as_deref().unwrap_or("Cisco Desk Pro");
    let model = Model::find(product.unwrap_or(default)).map_err(Refusal::bad_request)?;
    let fits = match &code.model {
        Some(wanted) => model.name == wanted,
        None => !model.is_phone,
    };
    if !fits {
        let wanted = code.model.as_deref().unwrap_or("collaboration devices");
        let detail = format!(
            "The activation code is for {wanted}, not for {}.",
            model.name
        );
        return Err(Refusal::bad_request(detail));
    }
    check_in_service(tx, code.holder, model.is_phone)?;
    devices::delete_code(tx, id);
    let device = add(
        tx,
        code.holder,
        model,
        mac.unwrap_or_else(|| Mac::made_up(id)),
    )?;
    connect(tx, device)?;
    Ok(device)
}

/// A device is connected.
///
/// # Errors
/// 404.
pub fn connect(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    if tx.get::<Device>(id).is_none() {
        return Err(Refusal::not_found("Device", &WebexId::Device.encode(id)));
    }
    let now = tx.now();
    tx.update::<Device>(id, |device| {
        device.first_seen.get_or_insert(now);
        device.last_seen = Some(now);
    })?;
    Ok(())
}

/// Refuses what no device is, and tags that nobody could have put on it.
pub(super) fn bounds(kept: &Device) -> Result<(), Refusal> {
    let model = Model::find(&kept.model).map_err(|why| Refusal::bad_request(format!("{why}.")))?;
    let is = (kept.product.as_str(), kept.is_phone);
    if is != (model.product, model.is_phone) {
        let detail = format!(
            "product and isPhone must be those of the model {}.",
            model.name
        );
        return Err(Refusal::bad_request(detail));
    }
    check_tags(&kept.tags)
}

/// Changes tags.
///
/// # Errors
/// 404, and 400 for tags that are not allowed.
pub fn tag(tx: &mut Tx, viewer: Viewer, id: Uuid, changes: Vec<TagChange>) -> Result<(), Refusal> {
    let mut device = get(tx, viewer, id)?.clone();
    for change in changes {
        let more = match change {
            TagChange::Add(more) => more,
            TagChange::Remove => {
                device.tags.clear();
                continue;
            }
            TagChange::Replace(instead) => {
                device.tags.clear();
                instead
            }
        };
        for tag in more {
            let tag = checked("tags", &tag, TAG_LENGTH_MAX)?;
            if !device.tags.contains(&tag) {
                device.tags.push(tag);
            }
        }
    }
    check_tags(&device.tags)?;
    tx.put(id, device)?;
    Ok(())
}

fn check_tags(tags: &[String]) -> Result<(), Refusal> {
    if tags.len() > TAGS_MAX {
        let detail = format!("A device has at most {TAGS_MAX} tags.");
        return Err(Refusal::bad_request(detail));
    }
    let mut all = tags.iter();
    all.try_for_each(|tag| checked("tags", tag, TAG_LENGTH_MAX).map(drop))
}

/// Deletes a device.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, viewer: Viewer, id: Uuid) -> Result<(), Refusal> {
    get(tx, viewer, id)?;
    devices::delete(tx, id);
    Ok(())
}

/// Deletes everything of a holder who goes; its phones are gone with its Calling.
pub(super) fn forget(tx: &mut Tx, holder: Holder) {
    let left: Vec<Uuid> = devices::of(tx, holder).map(|(id, _)| id).collect();
    for id in left {
        devices::delete(tx, id);
    }
    let codes: Vec<Uuid> = devices::codes_of(tx, holder).map(|(id, _)| id).collect();
    for id in codes {
        devices::delete_code(tx, id);
    }
}

/// The holder's organisation, if the holder may have one more device of this kind.
fn check_holder(world: &World, holder: Holder, is_phone: bool) -> Result<Uuid, Refusal> {
    let (organization, licenses) = organization_of(world, holder)?;
    if let Holder::Workspace(id) = holder
        && let Some(room) = world.get::<Workspace>(id)
    {
        check_supported(room, is_phone)?;
    }
    if is_phone {
        if numbers::calling(world, holder).is_none() {
            let detail = "A phone needs a person or a workspace with Webex Calling.";
            return Err(Refusal::new(ErrorKind::CallingNotAssigned, detail));
        }
        let most = phones_max(world, licenses);
        if devices::phones(world, holder).count() >= most {
            let noun = if most == 1 { "phone" } else { "phones" };
            let detail = format!("With this Calling license there can be {most} {noun}.");
            return Err(Refusal::bad_request(detail).by("WS-13"));
        }
    }
    Ok(organization)
}

fn organization_of(world: &World, holder: Holder) -> Result<(Uuid, &[Uuid]), Refusal> {
    let found = match holder {
        Holder::Person(id) => world
            .get::<Person>(id)
            .map(|it| (it.organization, it.licenses.as_slice())),
        Holder::Workspace(id) => world
            .get::<Workspace>(id)
            .map(|it| (it.organization, it.licenses.as_slice())),
    };
    found.ok_or_else(|| match holder {
        Holder::Person(_) => Refusal::not_found("Person", &holder.webex_id()),
        Holder::Workspace(_) => Refusal::not_found("Workspace", &holder.webex_id()),
    })
}

/// Phones stand in workspaces for phones, collaboration devices in the others (inferred).
fn check_supported(room: &Workspace, is_phone: bool) -> Result<(), Refusal> {
    let needed = match is_phone {
        true => "phones",
        false => "collaborationDevices",
    };
    match room.supported_devices.as_deref() {
        Some(supported) if supported != needed => {
            let detail = format!(
                "The workspace has supportedDevices {supported}; this device needs {needed}."
            );
            Err(Refusal::bad_request(detail))
        }
        _ => Ok(()),
    }
}

/// How many phones a holder can own.
#[must_use]
pub fn owned_max(world: &World, holder: Holder) -> usize {
    organization_of(world, holder).map_or(0, |(_, licenses)| phones_max(world, licenses))
}

/// How many phones a Calling licence allows: one for common areas, five for Professional (WS-13);
/// for people likewise, and one for Standard (inferred).
fn phones_max(world: &World, licenses: &[Uuid]) -> usize {
    let mut services = licenses
        .iter()
        .filter_map(|id| Some(world.get::<License>(*id)?.offer().service));
    let single = [
        Service::CallingWorkspace,
        Service::CallingStandard,
        Service::CallingHotDesk,
    ];
    match services.any(|service| single.contains(&service)) {
        true => 1,
        false => 5,
    }
}
