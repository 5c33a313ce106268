//! Refusals of calling settings, numbers, extensions and locations.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::CallingNotAssigned, row(400, Some(4008), "The user is not enabled for Webex Calling.", "{}", "Assign a Webex Calling licence first.")),
    (Kind::MemberNotAllowed, row(400, Some(4470), "Invalid member", "{}", "Name people and workspaces of this organisation that have Webex Calling.")),
    (Kind::ExecutiveNotAssigned, row(400, Some(4410), "The executive service is not assigned.", "{}", "Set the type by PUT /v1/people/{personId}/features/executiveAssistant first.")),
    (Kind::ExtensionLength, row(400, Some(25_058), "Extension cannot be less than 2 or greater than 6 characters", "WXC-25058 Extension cannot be less than 2 or greater than 6 characters: {}", "Use an extension of 2 to 6 digits.")),
    (Kind::NumberNotAvailable, row(400, Some(25_102), "The phone number cannot be used.", "{}", "Choose a number that GET /v1/telephony/config/numbers?available=true lists for the location.")),
    (Kind::ExtensionTaken, row(409, Some(25_108), "The extension is already in use.", "{}", "Choose an extension that is free in the location.")),
    (Kind::InvalidSetting, row(400, Some(25_024), "Invalid value.", "{}", "Correct the value that the description names.")),
    (Kind::MandatoryField, row(400, Some(25_008), "Missing mandatory field.", "{}", "Send the field that the description names.")),
    (Kind::Passcode, row(400, Some(25_110), "The passcode does not meet the rules.", "{}", "Use 6 to 30 digits that neither repeat, rise nor fall, and none of the last ten passcodes.")),
    (Kind::NumberExists, row(409, Some(25_223), "The phone number already exists.", "{}", "Leave the number out: it is already in use.")),
    (Kind::LocationInUse, row(409, None, "The location is in use.", "{}", "Move or delete what still uses the location first.")),
    (Kind::LocationImmutable, row(400, Some(900_011), "Location cannot be changed", "{}", "Leave the location as it is: Calling users move by a job of their own.")),
];
