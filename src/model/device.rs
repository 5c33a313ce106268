//! Devices: phones, which belong to Calling, and collaboration devices with RoomOS.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::nearest::nearest;
use super::number::shorten;
use super::{Holder, kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// The address of a network adapter: twelve hexadecimal digits, written without separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mac([u8; 6]);

impl Mac {
    /// With colons between the pairs, as devices show it.
    #[must_use]
    pub fn with_colons(self) -> String {
        self.0.map(|byte| format!("{byte:02X}")).join(":")
    }

    /// An address made from an id, in the range that no manufacturer has.
    #[must_use]
    pub fn made_up(id: Uuid) -> Self {
        let [_, a, b, c, d, e, ..] = id.into_bytes();
        Self([0x02, a, b, c, d, e])
    }
}

impl FromStr for Mac {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || {
            let shown = shorten(text);
            format!("\"{shown}\" is not a MAC address of twelve hexadecimal digits")
        };
        let digits: Vec<u8> = text.bytes().filter(|b| !b":-.".contains(b)).collect();
        if digits.len() != 12 || text.len() > 17 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(refuse());
        }
        let digits = std::str::from_utf8(&digits).map_err(|_| refuse())?;
        let number = u64::from_str_radix(digits, 16).map_err(|_| refuse())?;
        let [_, _, bytes @ ..] = number.to_be_bytes();
        // The lowest bit of the first byte marks addresses of groups; zero is nobody's.
        match bytes[0] & 1 == 1 || number == 0 {
            true => Err(format!("{digits} is not the address of one device")),
            false => Ok(Self(bytes)),
        }
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl TryFrom<String> for Mac {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Mac> for String {
    fn from(mac: Mac) -> Self {
        mac.to_string()
    }
}

/// A model that can be added.
#[derive(Debug, PartialEq, Eq)]
pub struct Model {
    /// The model's name in the API.
    pub name: &'static str,
    /// The name that people see.
    pub product: &'static str,
    /// Whether it is a phone; else it is a collaboration device with RoomOS.
    pub is_phone: bool,
    /// Whether another company makes it, so that it needs a SIP password.
    pub is_third_party: bool,
}

const fn phone(name: &'static str, product: &'static str) -> Model {
    Model {
        name,
        product,
        is_phone: true,
        is_third_party: false,
    }
}

const fn third_party(name: &'static str, product: &'static str) -> Model {
    Model {
        is_third_party: true,
        ..phone(name, product)
    }
}

const fn room(name: &'static str) -> Model {
    Model {
        is_phone: false,
        ..phone(name, name)
    }
}

/// The models. Names are formed as in the contract (`DMS Cisco 8865`); which ones there are is
/// inferred from Cisco's phones and collaboration devices.
pub static MODELS: &[Model] = &[
    phone("DMS Cisco 6821", "Cisco 6821"),
    phone("DMS Cisco 6841", "Cisco 6841"),
    phone("DMS Cisco 6851", "Cisco 6851"),
    phone("DMS Cisco 6861", "Cisco 6861"),
    phone("DMS Cisco 6871", "Cisco 6871"),
    phone("DMS Cisco 7811", "Cisco 7811"),
    phone("DMS Cisco 7821", "Cisco 7821"),
    phone("DMS Cisco 7832", "Cisco 7832"),
    phone("DMS Cisco 7841", "Cisco 7841"),
    phone("DMS Cisco 7861", "Cisco 7861"),
    phone("DMS Cisco 8811", "Cisco 8811"),
    phone("DMS Cisco 8832", "Cisco 8832"),
    phone("DMS Cisco 8841", "Cisco 8841"),
    phone("DMS Cisco 8845", "Cisco 8845"),
    phone("DMS Cisco 8851", "Cisco 8851"),
    phone("DMS Cisco 8861", "Cisco 8861"),
    phone("DMS Cisco 8865", "Cisco 8865"),
    phone("DMS Cisco 8875", "Cisco 8875"),
    phone("DMS Cisco 9841", "Cisco 9841"),
    phone("DMS Cisco 9851", "Cisco 9851"),
    phone("DMS Cisco 9861", "Cisco 9861"),
    phone("DMS Cisco 9871", "Cisco 9871"),
    phone("DMS Cisco 191", "Cisco 191"),
    phone("DMS Cisco 192", "Cisco 192"),
    phone("DMS Cisco 840", "Cisco 840"),
    phone("DMS Cisco 860", "Cisco 860"),
    third_party("2N Customer Managed", "2N Customer Managed"),
    third_party("DMS Polycom EE400", "Polycom EE400"),
    room("Cisco Desk Pro"),
    room("Cisco Desk"),
    room("Cisco Desk Mini"),
    room("Cisco Board Pro 55"),
    room("Cisco Board Pro 75"),
    room("Cisco Room Bar"),
    room("Cisco Room Bar Pro"),
    room("Cisco Room Kit"),
    room("Cisco Room Kit EQ"),
    room("Cisco Room Navigator"),
];

impl Model {
    /// The model of its own name or of its product's.
    ///
    /// # Errors
    /// That there is none, with the nearest.
    pub fn find(text: &str) -> Result<&'static Self, String> {
        let named = |model: &&Self| {
            text.eq_ignore_ascii_case(model.name) || text.eq_ignore_ascii_case(model.product)
        };
        MODELS.iter().find(named).ok_or_else(|| {
            let near = nearest(text, MODELS.iter().map(|model| model.name));
            let hint = near.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"));
            format!("model \"{}\" is not supported{hint}", shorten(text))
        })
    }
}

/// A device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// Whose it is.
    pub organization: Uuid,
    /// The person or the workspace that has it.
    pub holder: Holder,
    /// The model's name.
    pub model: String,
    /// The name that people see.
    pub product: String,
    /// Whether it is a phone, which Calling brings; else it is a collaboration device.
    pub is_phone: bool,
    /// Its address, unique in the world.
    pub mac: Mac,
    /// Words that administrators put on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it was added.
    pub created: Moment,
    /// When it was first connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Moment>,
    /// When it was last connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Moment>,
}

impl Entity for Device {
    const KIND: Kind = kinds::DEVICE;
    const NAME: &'static str = "device";
    const TELLING: u8 = 4;

    fn label(&self) -> String {
        format!("{} {}", self.product, self.mac)
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let mac = self.mac.to_string();
        out.push(IndexKey::new(spaces::MAC, Uuid::nil(), &mac));
        out.push(IndexKey::new(spaces::DEVICE_OF, self.holder.id(), &mac));
    }
}

/// A code with which a device enters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivationCode {
    /// Whose it is.
    pub organization: Uuid,
    /// Who will have the device.
    pub holder: Holder,
    /// Sixteen digits.
    pub code: String,
    /// The model it is for; without one it is for a collaboration device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// When it ends.
    pub expires: Moment,
}

impl Entity for ActivationCode {
    const KIND: Kind = kinds::ACTIVATION_CODE;
    const NAME: &'static str = "activationCode";

    fn label(&self) -> String {
        self.code.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let scopes = [
            (spaces::ACTIVATION_CODE, Uuid::nil()),
            (spaces::CODE_OF, self.holder.id()),
        ];
        out.extend(scopes.map(|(space, scope)| IndexKey::new(space, scope, &self.code)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_is_read_in_every_spelling_and_shown_in_two() {
        for text in [
            "d82e3eef4e5c",
            "D8:2E:3E:EF:4E:5C",
            "d8-2e-3e-ef-4e-5c",
            "D82E.3EEF.4E5C",
        ] {
            let mac: Mac = text.parse().unwrap();
            assert_eq!(mac.to_string(), "D82E3EEF4E5C");
            assert_eq!(mac.with_colons(), "D8:2E:3E:EF:4E:5C");
        }
        for text in [
            "",
            "D82E3EEF4E5",
            "D82E3EEF4E5CA",
            "G82E3EEF4E5C",
            "D8:2E:3E:EF:4E::::::5C",
        ] {
            assert!(text.parse::<Mac>().is_err(), "{text}");
        }
        for text in ["000000000000", "01005E000001", "FFFFFFFFFFFF"] {
            assert!(text.parse::<Mac>().unwrap_err().contains("one device"));
        }
    }

    #[test]
    fn a_model_has_two_names_and_an_unknown_one_names_the_nearest() {
        assert_eq!(Model::find("cisco 8865").unwrap().name, "DMS Cisco 8865");
        let refused = Model::find("DMS Cisco 886").unwrap_err();
        assert!(refused.contains("did you mean \"DMS Cisco 8"), "{refused}");
    }
}
