//! Refusals of `PATCH /v1/licenses/users`, with the documented codes and wordings.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::UnableToFindLocation, row(400, Some(400), "Unable to find location", "Unable to find location.", "Use the id of a location of this organisation that is enabled for Webex Calling.")),
    (Kind::LicenseNotRecognized, row(400, Some(400_000), "License not recognized", "License not recognized {}", "List the licences and use one of their ids.")),
    (Kind::ProfessionalToStandard, row(400, Some(400_112), "License assignment failed", "Changing a user's Webex Calling license from Professional to Standard is not allowed. The following license(s) could not be applied as requested: {}", "Keep Professional, or remove it first, which loses every calling setting.")),
    (Kind::MessengerLicense, row(400, Some(400_118), "License management not supported", "User management of Messenger license {} is not supported", "Leave this licence out of the request.")),
    (Kind::InvalidSiteUrl, row(400, Some(400_216), "Invalid site URL", "Request contains invalid attendee siteUrls: {}", "Use the siteUrl of a meetings licence of this organisation.")),
    (Kind::ProfessionalAndStandard, row(400, Some(400_404), "License conflict", "User cannot have both Webex Calling Professional and Standard License together. The following license(s) could not be applied as requested: {}", "Remove the old Calling licence in the same request.")),
    (Kind::StandardAndAttendant, row(400, Some(400_406), "License conflict", "User cannot have both Webex Calling Standard and Webex Attendant Console licenses together. The following license(s) could not be applied as requested: {}", "Attendant Console needs Webex Calling Professional.")),
    (Kind::StandardAndCustomerAssist, row(400, Some(400_407), "License conflict", "User cannot have both Webex Calling Standard and CX Essential licenses together. The following license(s) could not be applied as requested: {}", "Customer Assist needs Webex Calling Professional.")),
    (Kind::AttendantNeedsProfessional, row(400, Some(400_408), "License prerequisite missing", "User needs Webex Calling Professional license to be assigned before assigning Webex Attendant Console: {}", "Assign Webex Calling Professional first, or in the same request.")),
    (Kind::CustomerAssistToStandard, row(400, Some(400_410), "License downgrade not allowed", "Changing a user's license from CX Essential to Webex Calling Standard is not allowed. The following license(s) could not be applied as requested: {}", "Keep Customer Assist, or remove it first, which loses every calling setting.")),
    (Kind::PropertiesMissing, row(400, Some(400_411), "License properties missing", "Each Webex Calling license should contain its own calling properties. The following license(s) do not have properties: {}", "Add properties with a phoneNumber, or a locationId and an extension, to the licence.")),
    (Kind::OneOfOffer, row(400, Some(400_413), "License conflict", "Could not apply the following license(s): {} as the user can be assigned only one of licenses with the offer code from the list:", "Remove the licence that the user holds in the same request: that is a swap and keeps everything.")),
    (Kind::FreeMessagingForMessaging, row(400, Some(700_003), "License prerequisite missing", "Free teams messaging mandatory for paid teams messaging license. The following license could not be applied as requested: {}", "Assign the free messaging licence too.")),
    (Kind::FreeMeetingForMeeting, row(400, Some(700_004), "License prerequisite missing", "Free teams meeting mandatory for paid teams meeting license. The following license could not be applied as requested: {}", "Assign the free meeting licence too.")),
    (Kind::FreeMessagingForMeeting, row(400, Some(700_005), "License prerequisite missing", "Free teams messaging mandatory for teams meeting license. The following license(s) could not be applied as requested: {}", "Assign the free messaging licence too.")),
    (Kind::ScreenShareImplicit, row(400, Some(700_006), "License removal not allowed", "Screen Share {} is implicitly assigned and cannot be removed", "Leave the Screen Share licence in place.")),
];
