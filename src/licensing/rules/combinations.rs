//! COMBO: which licences go together, and how a licence request answers.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "COMBO-01",
        "Professional and Standard Calling together are refused with 400404.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "COMBO-02",
        "Attendant Console is refused beside Standard Calling with 400406 and without \
         Professional with 400408.",
        "API-admin: Webex Admin OpenAPI document; 9dmqgv: Edit service licenses in Control Hub \
         for individual users; v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "COMBO-03",
        "Customer Assist beside Standard Calling is refused with 400407, and going from it to \
         Standard with 400410.",
        "API-admin: Webex Admin OpenAPI document; 9dmqgv: Edit service licenses in Control Hub \
         for individual users",
    ),
    documented(
        "COMBO-04",
        "A person holds one Calling licence at a time, registration at Unified CM during a \
         migration aside.",
        "9dmqgv: Edit service licenses in Control Hub for individual users",
    ),
    documented(
        "COMBO-05",
        "Each Calling licence that is added brings its own phone number, or an extension with a \
         location, or it is refused with 400411, and an unknown location with 400.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "COMBO-06",
        "Going down from Professional to Standard is refused with 400112.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    inferred(
        "COMBO-07",
        "A second licence out of a list of which one is allowed is refused with 400413, unless \
         the same request removes the first.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "COMBO-08",
        "When only some licences of a request succeed the answer is 206 with what the person \
         holds now, and when none does it is 400.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "COMBO-09",
        "An entry of a licence request without an operation adds.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    documented(
        "COMBO-10",
        "Only people who exist can be given licences by request, and for people of another \
         organisation these wait until the invitation is accepted.",
        "API-admin: Webex Admin OpenAPI document; v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "COMBO-12",
        "Paid messaging and meeting licences need the free ones beside them, and an implied \
         licence cannot be removed, with codes 700003 to 700006.",
        "API-admin: Webex Admin OpenAPI document",
    ),
];

/// What is known of combinations and not implemented, and why.
pub(super) static LEFT_OUT: &[(&str, &str)] = &[(
    "COMBO-11",
    "Call settings that fail right after Calling was added are mended by removing the licence and \
     adding it again: advice for a fault of the service that happens here by no rule. A fault may \
     answer in its place (/_sim/v1/faults), and its removal is a loss like any other (LOSS-01).",
)];
