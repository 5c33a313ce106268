//! SET: what a call-setting request may say.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "SET-01",
        "A PUT of a call setting names the fields that its schema requires in the body, except \
         those of do not disturb, schedules and events, which SDKs leave out or the path says.",
        "API-calling: Webex Cloud Calling OpenAPI document; wxc_sdk: person settings",
    ),
    inferred(
        "SET-02",
        "What a PUT of a call setting leaves out, in the body or inside a field, keeps its value, \
         and what is read-only stays whatever the PUT says.",
        "API-calling: Webex Cloud Calling OpenAPI document; wxc_sdk: person settings",
    ),
    inferred(
        "SET-03",
        "A call setting that is on and goes somewhere needs its destination, and a greeting of \
         one's own can be chosen once it is uploaded.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "SET-04",
        "Forwarded calls go to the voicemail of the destination only where that is a line of the \
         organisation whose voicemail is on.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
    inferred(
        "SET-05",
        "Events of a schedule that come again do so in one way alone and do not overlap.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
    documented(
        "SET-06",
        "Voicemail, barge-in, privacy and push-to-talk of a workspace need a Professional licence.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
];
