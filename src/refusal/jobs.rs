//! Refusals of jobs of Webex Calling: codes and wordings are Webex's own.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

const MOVE: &str = "The users cannot be moved.";

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::JobNumberInvalid, row(400, Some(1_017_017), "Invalid phone number.", "Invalid phone number. {}", "Name numbers in E.164 that GET /v1/telephony/config/numbers lists for the location.")),
    (Kind::MoveValidateMissing, row(400, Some(1_026_006), MOVE, "Attribute 'Validate' is required.", "Send validate true to see what a move would come to, or false to move.")),
    (Kind::MoveListEmpty, row(400, Some(1_026_011), MOVE, "Users list should not be empty.", "Send usersList with at least one location and its users.")),
    (Kind::MoveUsersEmpty, row(400, Some(1_026_012), MOVE, "Users should not be empty.", "Send at least one user for each location.")),
    (Kind::MoveSameLocation, row(400, Some(1_026_013), MOVE, "The source and the target location cannot be the same.", "Leave out who is in the location already.")),
    (Kind::MoveNoLine, row(400, Some(1_026_016), MOVE, "User should have either phone number or extension.", "Leave phoneNumber or extension as it is, or name another one.")),
    (Kind::MoveNotE164, row(400, Some(1_026_017), MOVE, "Phone number is not in e164 format.", "Write the number with its + and the code of its country.")),
    (Kind::MoveTooMany, row(400, Some(1_026_018), MOVE, "Selected Users list exceeds the maximum limit.", "Move at most 100 users in one job.")),
    (Kind::MoveTwice, row(400, Some(1_026_019), MOVE, "Duplicate entry for user is not allowed.", "Name each user once.")),
    (Kind::MoveValidateOne, row(400, Some(1_026_020), MOVE, "Validate 'true' is supported only for single user.", "Validate the users one by one.")),
    (Kind::MoveNoLocation, row(400, Some(1_026_021), MOVE, "Attribute location id is required for Calling user.", "Send locationId.")),
    (Kind::MoveValidateCalling, row(400, Some(1_026_022), MOVE, "Validate 'true' is supported for calling users only.", "Move a user without Calling with validate false.")),
    (Kind::MoveCallingOnly, row(400, Some(1_026_023), MOVE, "Extension and phone number is supported for calling users only.", "Leave both out, or give the user a Calling licence first.")),
    (Kind::MoveUserUnknown, row(404, Some(2_150_012), "User was not found", "User was not found: {}", "Look the id of the user up again.")),
];
