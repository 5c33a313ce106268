//! Webex ids: unpadded base64url of `ciscospark://us/TYPE/key` (api-surface.md 1.2).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use uuid::Uuid;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The longest id anyone may send.
const MAX_LENGTH: usize = 512;

/// The cluster part of ids that RoomOS gives (api-surface.md 1.2).
const ROOM_CLUSTER: &str = "urn:TEAM:us-east-1_int13";

/// The types of Webex ids whose key is a uuid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebexId {
    /// `PEOPLE`
    Person,
    /// `ORGANIZATION`
    Organization,
    /// `LOCATION`
    Location,
    /// `PLACE`
    Workspace,
    /// `JOB_ID`, also of hubsim's tasks.
    Task,
    /// `EVENT`, of audit events.
    Event,
    /// `DIGIT_PATTERN`
    DigitPattern,
    /// `CRITERIA`, of those that have no name.
    Criterion,
    /// `ENTERPRISE`, a wholesale customer.
    Customer,
    /// `SUBSCRIBER`, of a wholesale customer.
    Subscriber,
    /// `BILLING_REPORT`, of wholesale.
    BillingReport,
    /// `WEBHOOK`
    Webhook,
    /// `DEVICE`, of a cluster of RoomOS.
    Device,
    /// `CALLING_DEVICE`, the same device for Calling.
    CallingDevice,
    /// `WORKSPACE_LOCATION_FLOOR`, of a cluster of RoomOS.
    Floor,
    /// `REPORT`
    Report,
    /// `APPLICATION`, a person's Webex Calling app on one kind of machine.
    Application,
    /// `ANNOUNCEMENT`, a sound file.
    Announcement,
}

impl WebexId {
    fn type_name(self) -> &'static str {
        match self {
            Self::Person => "PEOPLE",
            Self::Organization => "ORGANIZATION",
            Self::Location => "LOCATION",
            Self::Workspace => "PLACE",
            Self::Task => "JOB_ID",
            Self::Event => "EVENT",
            Self::DigitPattern => "DIGIT_PATTERN",
            Self::Criterion => "CRITERIA",
            Self::Customer => "ENTERPRISE",
            Self::Subscriber => "SUBSCRIBER",
            Self::BillingReport => "BILLING_REPORT",
            Self::Webhook => "WEBHOOK",
            Self::Device => "DEVICE",
            Self::CallingDevice => "CALLING_DEVICE",
            Self::Floor => "WORKSPACE_LOCATION_FLOOR",
            Self::Report => "REPORT",
            Self::Application => "APPLICATION",
            Self::Announcement => "ANNOUNCEMENT",
        }
    }

    /// The id of a uuid.
    #[must_use]
    pub fn encode(self, id: Uuid) -> String {
        let mut key = [0_u8; uuid::fmt::Hyphenated::LENGTH];
        let key = id.hyphenated().encode_lower(&mut key);
        match self {
            Self::Device | Self::CallingDevice | Self::Floor => {
                encode_at(ROOM_CLUSTER, self.type_name(), key)
            }
            _ => encode(self.type_name(), key),
        }
    }

    /// The uuid of an id. A bare uuid is accepted too, as the live service does.
    #[must_use]
    pub fn decode(self, text: &str) -> Option<Uuid> {
        if text.len() == uuid::fmt::Hyphenated::LENGTH
            && let Ok(id) = Uuid::try_parse(text)
        {
            return Some(id);
        }
        let mut buffer = [0_u8; MAX_LENGTH];
        let key = decode_into(self.type_name(), text, &mut buffer)?;
        Uuid::try_parse(key).ok()
    }
}

/// The id of a type and a key that is not a uuid.
#[must_use]
pub fn encode(type_name: &str, key: &str) -> String {
    encode_at("us", type_name, key)
}

/// The id that RoomOS gives to something whose key is not a uuid.
#[must_use]
pub(super) fn encode_in_rooms(type_name: &str, key: &str) -> String {
    encode_at(ROOM_CLUSTER, type_name, key)
}

/// The id of a text: of a name or a number, which is its key in base64.
#[must_use]
pub fn encode_text(type_name: &str, text: &str) -> String {
    encode(type_name, &STANDARD.encode(text))
}

/// The text of such an id.
#[must_use]
pub fn decode_text(type_name: &str, id: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(decode(type_name, id)?).ok()?).ok()
}

fn encode_at(cluster: &str, type_name: &str, key: &str) -> String {
    let mut plain = String::with_capacity(16 + cluster.len() + type_name.len() + key.len());
    plain.push_str("ciscospark://");
    plain.push_str(cluster);
    plain.push('/');
    plain.push_str(type_name);
    plain.push('/');
    plain.push_str(key);
    URL_SAFE_NO_PAD.encode(plain)
}

/// The key of an id of a type.
#[must_use]
pub fn decode(type_name: &str, text: &str) -> Option<String> {
    let mut buffer = [0_u8; MAX_LENGTH];
    decode_into(type_name, text, &mut buffer).map(str::to_owned)
}

fn decode_into<'a>(
    type_name: &str,
    text: &str,
    buffer: &'a mut [u8; MAX_LENGTH],
) -> Option<&'a str> {
    // Some clients pad by habit, with more than is needed.
    let text = text.trim_end_matches('=');
    if text.len() > MAX_LENGTH {
        return None;
    }
    let length = if text.contains(['+', '/']) {
        let safe = text.replace('+', "-").replace('/', "_");
        LENIENT.decode_slice(safe, buffer).ok()?
    } else {
        LENIENT.decode_slice(text, buffer).ok()?
    };
    let plain = std::str::from_utf8(buffer.get(..length)?).ok()?;
    let rest = plain.strip_prefix("ciscospark://")?;
    let (_cluster, rest) = rest.split_once('/')?;
    rest.strip_prefix(type_name)?.strip_prefix('/')
}
