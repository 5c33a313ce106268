//! Refusals about adding people, their invitations, and Contact Center.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::CarrierAccount, row(400, Some(5302), "Url already exists", "[Error 10991] Url already exists: {}", "The address is tied to an account of a Webex Calling carrier: use another one, or have the carrier delete that account.")),
    (Kind::TrialOrganization, row(409, Some(900_070), "The address belongs to a trial organization", "{}", "Have the user delete that organization first (POST /_sim/v1/simulate/deleteTrialOrganization), then add them again.")),
    (Kind::AccountElsewhere, row(409, Some(900_071), "The address has a Webex account elsewhere", "{}", "Verify its domain (PATCH /_hub/v1/organizations/me/settings, verifiedDomains), which lets the account be claimed, or use another address.")),
    (Kind::ContactCenterUnavailable, row(502, Some(900_072), "Contact Center could not be told", "{}", "Synchronize users again (POST /_hub/v1/organizations/me/contactCenter/synchronize); after several failures contact support.")),
    (Kind::SupervisorNeedsPremium, row(400, Some(900_073), "Supervisors need Premium", "{}", "Give the Premium license of Contact Center, or leave the role at agent.")),
    (Kind::DirectorySynchronized, row(409, Some(900_074), "People come from a directory", "{}", "Add and change people in the directory, or set directorySynchronized to false.")),
    (Kind::LoginDisabled, row(409, Some(900_075), "Signing in is not allowed", "{}", "Reactivate the person first.")),
    (Kind::NoInvitation, row(409, Some(900_076), "No invitation was sent", "{}", "Let the person sign in without one (POST /_sim/v1/simulate/signIn), or send one (POST /_hub/v1/organizations/me/users/{personId}/resendInvitation).")),
    (Kind::ClaimStands, row(409, Some(900_077), "Claim cannot be taken back", "{}", "Delete the person instead.")),
    (Kind::VersionOutdated, row(412, Some(900_079), "Another version is there", "{}", "Read it again and send its version.")),
    (Kind::Referenced, row(412, Some(900_095), "Resource referred in other entity(s)", "{}", "Ask for its incoming-references, and let those name something else first.")),
    (Kind::NotPending, row(409, Some(900_078), "Not waiting for a first sign-in", "{}", "Invitations are for people whose status is Pending.")),
];
