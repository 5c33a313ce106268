//! Refusals of any request: who asks, for what, in which form.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::BadRequest, row(400, None, "The request could not be understood by the server.", "{}", "Correct what the description names and send the request again.")),
    (Kind::Unauthorized, row(401, None, "The request requires a valid access token set in the Authorization request header.", "{}", "Send `Authorization: Bearer full-admin`, or a token of the sandbox.")),
    (Kind::UnknownPerson, row(401, None, "The request requires a valid access token set in the Authorization request header.", "{}", "Name somebody who is there: GET /v1/people with the token `full-admin` of the sandbox lists them, POST /v1/people or a scenario adds one.")),
    (Kind::DeactivatedPerson, row(401, None, "The request requires a valid access token set in the Authorization request header.", "{}", "Activate the person again as an administrator, such as with the token `full-admin`: PUT /v1/people/{personId} with `loginEnabled` true, or SCIM with `active` true. Their tokens are let in again then.")),
    (Kind::Forbidden, row(403, None, "The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles.", "{}", "Use a token whose role may do this, such as `full-admin`.")),
    (Kind::AdminTokenNeeded, row(403, None, "The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles.", "{}", "Send the header X-Sim-Admin-Token with the value that --admin-token (HUBSIM_ADMIN_TOKEN) had when the server started; if it had none, start it again with one.")),
    (Kind::MissingScope, row(403, None, "The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles.", "{}", "Authorize again with the scope that the description names; GET /_sim/v1/scopes tells which scopes a run needs. --scopes warn or off lets such calls pass.")),
    (Kind::NotFound, row(404, None, "The requested resource could not be found.", "{}", "Look the id up again: it may have been deleted, or belong to another organisation or sandbox.")),
    (Kind::ForeignOrganization, row(404, None, "The requested resource could not be found.", "{}", "It is there, and not the caller's: leave orgId out, or send `me`, to act in your own; to act in that one use the token `user:<e-mail>` of one of its administrators, or as a full administrator of the partner who manages it launch Control Hub into it (POST /_hub/v1/organizations/{partner}/customers/{customerOrg}/launch).")),
    (Kind::UnknownPath, row(404, None, "The requested resource could not be found.", "{}", "See /docs for the paths this server knows.")),
    (Kind::MethodNotAllowed, row(405, None, "The request method is not supported for this resource.", "{}", "Use one of the methods of the Allow header.")),
    (Kind::RequestTimeout, row(408, None, "The request took too long to arrive.", "{}", "Send headers and body faster, or start the server with a longer --request-timeout.")),
    (Kind::Conflict, row(409, None, "The request conflicts with the current state of the resource.", "{}", "Read the resource again and resolve the conflict.")),
    (Kind::EmailTaken, row(409, None, "User already exists.", "A user with the e-mail address {} already exists.", "Update the existing person, or use another address.")),
    (Kind::ScimPath, row(400, None, "The request could not be understood by the server.", "{}", "Name an attribute of the user or the group by its path, as GET shows it (RFC 7644, 3.5.2).")),
    (Kind::ScimTarget, row(400, None, "The request could not be understood by the server.", "{}", "Read the user or the group again and choose an element that is there, or add one.")),
    (Kind::ScimMutability, row(400, None, "The request could not be understood by the server.", "{}", "Leave the attribute out: it is read only, or required.")),
    (Kind::ScimTooMany, row(413, None, "The request body is too large.", "{}", "Split the request into several.")),
    (Kind::ScimTooMuch, row(400, None, "The request could not be understood by the server.", "{}", "Split the request into several, or choose the elements of lists by `value eq`.")),
    (Kind::Gone, row(410, None, "The requested resource is no longer available.", "{}", "What was kept is bounded: begin anew from what is there now.")),
    (Kind::TooLarge, row(413, None, "The request body is too large.", "{}", "Send less, or start the server with a larger --max-body.")),
    (Kind::UnsupportedMediaType, row(415, None, "The request body has a media type that is not supported.", "{}", "Send the media type that the description names.")),
    (Kind::UriTooLong, row(414, None, "The address of the request is too long.", "{}", "Shorten the path or the query.")),
    (Kind::HeadersTooLarge, row(431, None, "The headers of the request are too large.", "{}", "Send fewer or shorter headers.")),
    (Kind::Locked, row(423, None, "The requested resource is temporarily unavailable.", "{}", "Wait for the seconds of Retry-After and send the request again.")),
    (Kind::PreconditionRequired, row(428, None, "The file cannot be scanned for malware and needs to be force downloaded.", "{}", "Ask for the file with allow=unscannable.")),
    (Kind::TooManyRequests, row(429, None, "Too many requests have been sent in a given amount of time and the request has been rate limited.", "{}", "Wait for the seconds of Retry-After and send the request again.")),
    (Kind::Internal, row(500, None, "Something unexpected went wrong on the server.", "{}", "This is a defect of the simulator: please report it with the tracking id.")),
    (Kind::BadGateway, row(502, None, "The server received an invalid response from an upstream server while processing the request.", "{}", "Try again later.")),
    (Kind::ServiceUnavailable, row(503, None, "The server is overloaded with requests.", "{}", "Try again later.")),
    (Kind::GatewayTimeout, row(504, None, "An upstream server failed to respond on time.", "{}", "Ask for fewer items, or try again later.")),
    (Kind::NotSimulated, row(501, None, "This operation is not simulated.", "{}", "See /_sim/v1/coverage for what is simulated.")),
];

/// For a reason without a row, which would be a defect.
pub(super) const UNLISTED: ErrorRow = row(
    500,
    None,
    "Something unexpected went wrong on the server.",
    "{}",
    "This is a defect of the simulator: please report it with the tracking id.",
);
