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
    inferred(
        "DEC-90",
        "The lines of a person's app, on either of its paths, and those of the hot-desking profile \
         stand on ten ports: the person's own line, which stays, and those of others, which a PUT \
         replaces.",
        "hubsim: decision where the documents are silent or differ; wxc_sdk: person settings",
    ),
    inferred(
        "DEC-91",
        "How many more devices and apps a line may appear on is 35 less the person's phones and the \
         lists of others that name the line.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-92",
        "Available members are those of the organisation who have a number or an extension, but the \
         holder and those who are named already; they come by last name.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-93",
        "An emergency call shows the number that was chosen, of the holder or of somebody in the \
         same location, while calls reach it, and else the main number of the location.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-94",
        "Which calling services are on is told from the settings that stand; call queues, hunt \
         groups and auto attendants are not held, so that nobody can be assigned one.",
        "hubsim: decision where the documents are silent or differ; wxc_sdk: person settings",
    ),
];
