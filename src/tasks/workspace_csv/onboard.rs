//! The device of a row: added by its MAC address, or an activation code for it (WS-04, WS-08).

use std::borrow::Cow;

use super::attributes::{Attribute, DEVICE_TYPES, HolderKind};
use super::find::Place;
use crate::belongings::devices::{codes_of, of};
use crate::licensing::outcome::{Action, Outcome};
use crate::model::device::{Mac, Model};
use crate::model::mail::WaitingPhone;
use crate::model::number::shorten;
use crate::model::{Device, Holder, Person, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::{devices, outbox};
use crate::tasks::csv::{Cell, Cells, Field, Writer, invalid};
use crate::world::{Moment, Tx, World};

/// Said where a model alone brings nothing.
const NO_TYPE: &str = "Nothing was onboarded: \"Model\" is filled and \"Device Type\" is not.";

/// A code that waits for its device.
#[derive(Debug)]
pub(super) struct Code {
    holder: Holder,
    model: &'static Model,
    code: String,
    expires: Moment,
    /// Whether this row made it.
    is_new: bool,
}

/// The device that a row asks for.
#[derive(Debug)]
pub(super) struct Wanted {
    model: &'static Model,
    mac: Option<Mac>,
}

/// What the device cells of a row say to a holder.
#[derive(Debug)]
pub(super) enum Said {
    /// Nothing, or what is so already.
    Nothing,
    /// Nothing, which deserves a word.
    Warning(&'static str),
    /// This device.
    Device(Wanted),
}

/// Reads the device cells of a row (DEC-72).
///
/// # Errors
/// 900017 for a cell that cannot be meant, 900015 for what is missing beside a MAC address.
pub(super) fn read(
    world: &World,
    holder: Option<Holder>,
    cells: &Cells<'_>,
) -> Result<Said, Refusal> {
    let mac = cells.get(Attribute::MacAddress).map(mac).transpose()?;
    let model = cells.get(Attribute::Model).map(model).transpose()?;
    let is_phone = cells
        .get(Attribute::DeviceType)
        .map(device_type)
        .transpose()?;
    let own = holder.zip(mac);
    let own = own.and_then(|(holder, mac)| devices::find(world, holder, mac));
    if let Some(own) = own.and_then(|id| world.get::<Device>(id)) {
        return match model.filter(|model| model.name != own.model) {
            None => Ok(Said::Nothing),
            Some(model) => {
                let reason = format!(
                    "the device {} is a {}, no {}",
                    own.mac, own.product, model.product
                );
                Err(invalid(Attribute::Model.header(), &reason).by("DEC-72"))
            }
        };
    }
    match (is_phone, model, mac) {
        (_, None, None) => Ok(Said::Nothing),
        (None, Some(_), None) => Ok(Said::Warning(NO_TYPE)),
        (_, None, Some(_)) => Err(missing(Attribute::Model)),
        (None, Some(_), Some(_)) => Err(missing(Attribute::DeviceType)),
        (Some(is_phone), Some(model), _) if model.is_phone != is_phone => {
            let what = if model.is_phone {
                "a phone"
            } else {
                "no phone"
            };
            let types = DEVICE_TYPES
                .iter()
                .filter(|(_, phone)| *phone == model.is_phone);
            let types: Vec<&str> = types.map(|(name, _)| *name).collect();
            let reason = format!(
                "a {} is {what}; write {}",
                model.product,
                types.join(" or ")
            );
            Err(invalid(Attribute::DeviceType.header(), &reason).by("WS-08"))
        }
        (Some(_), Some(model), mac) => Ok(Said::Device(Wanted { model, mac })),
    }
}

fn missing(attribute: Attribute) -> Refusal {
    let detail = format!(
        "\"{}\" is empty beside \"{}\".",
        attribute.header(),
        Attribute::MacAddress.header(),
    );
    Refusal::new(ErrorKind::FieldMissing, detail).by("WS-08")
}

fn mac(text: &str) -> Result<Mac, Refusal> {
    let read = text.trim().parse();
    read.map_err(|why: String| invalid(Attribute::MacAddress.header(), &why).by("WS-08"))
}

fn model(text: &str) -> Result<&'static Model, Refusal> {
    let read = Model::find(text.trim());
    read.map_err(|why| invalid(Attribute::Model.header(), &why).by("WS-08"))
}

fn device_type(text: &str) -> Result<bool, Refusal> {
    let text = text.trim();
    let known = DEVICE_TYPES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map(|(_, is_phone)| *is_phone).ok_or_else(|| {
        let names = DEVICE_TYPES.map(|(name, _)| name).join(", ");
        let reason = format!("\"{}\" is none of {names}", shorten(text));
        invalid(Attribute::DeviceType.header(), &reason).by("WS-08")
    })
}

impl Wanted {
    /// Whether it is a phone.
    pub fn is_phone(&self) -> bool {
        self.model.is_phone
    }

    /// Gives a holder the device, or a code for it, and tells it in the outcome.
    ///
    /// # Errors
    /// What speaks against one more device of the holder, or against the MAC address.
    pub fn onboard(
        self,
        tx: &mut Tx,
        holder: Holder,
        outcome: &mut Outcome,
    ) -> Result<Option<Code>, Refusal> {
        let product = self.model.product;
        if let Some(mac) = self.mac {
            devices::create_by_mac(tx, holder, self.model, mac, None)?;
            outcome.came("devices", Cow::Owned(mac.to_string()), product);
            assigned(outcome);
            return Ok(None);
        }
        if of(tx, holder).any(|(_, device)| device.model == self.model.name) {
            return Ok(None);
        }
        if let Some(waiting) = self.waiting(tx, holder) {
            let warning = format!("An activation code for a {product} waits already.");
            outcome.warnings.push(warning);
            return Ok(Some(waiting));
        }
        let (code, expires) = devices::create_code(tx, holder, Some(self.model))?;
        outcome.came("activationCodes", Cow::Borrowed(product), &code);
        assigned(outcome);
        Ok(Some(Code {
            holder,
            model: self.model,
            code,
            expires,
            is_new: true,
        }))
    }

    /// The code of a holder that waits for such a device.
    fn waiting(&self, world: &World, holder: Holder) -> Option<Code> {
        let wanted = self.model.is_phone.then_some(self.model.name);
        let mut codes = codes_of(world, holder);
        let (_, found) = codes.find(|(_, code)| code.model.as_deref() == wanted)?;
        Some(Code {
            holder,
            model: self.model,
            code: found.code.clone(),
            expires: found.expires,
            is_new: false,
        })
    }
}

/// A device makes a row that changed nothing else one that gave something (DEC-39).
fn assigned(outcome: &mut Outcome) {
    if outcome.action == Action::None {
        outcome.action = Action::Assigned;
    }
}

impl Code {
    /// Sends it to the person whose phone it is for. A room has no mailbox: its code stands in the
    /// list alone (DEC-83).
    ///
    /// # Errors
    /// 404 when there is no such person.
    pub fn mail(&self, tx: &mut Tx) -> Result<(), Refusal> {
        let (Holder::Person(person), true) = (self.holder, self.is_new) else {
            return Ok(());
        };
        let phone = WaitingPhone {
            product: self.model.product.to_owned(),
            code: self.code.clone(),
            expires: self.expires,
        };
        tx.by_rule("DEC-83");
        outbox::send_code(tx, person, phone).map(drop)
    }

    /// Writes its line of the list (WS-09).
    pub fn write(&self, world: &World, writer: &mut Writer) {
        let (name, kind) = match self.holder {
            Holder::Person(id) => {
                let person = world.get::<Person>(id);
                let email = person.map(|it| it.email.as_str());
                (email.unwrap_or_default(), HolderKind::User)
            }
            Holder::Workspace(id) => {
                let room = world.get::<Workspace>(id);
                let name = room.map(|it| it.display_name.as_str());
                (name.unwrap_or_default(), HolderKind::Workspace)
            }
        };
        let place = Place::of_holder(world, self.holder);
        let location = place.of(world, Attribute::Location);
        let expires = self.expires.to_string();
        let texts = [
            name,
            kind.name(),
            location,
            self.model.product,
            &self.code,
            &expires,
        ];
        writer.row(texts.map(|text| Cell::Text(Cow::Borrowed(text))));
    }
}
