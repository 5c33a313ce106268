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
        "Most call settings of a workspace (voicemail, barge-in, privacy, push-to-talk, selective \
         calls, rings) need a Professional licence.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
    inferred(
        "DEC-85",
        "A criterion without a schedule counts at all times, one about chosen numbers names some or \
         means callers without a number, and the schedule that it names is there, if it is the \
         person's own; those of locations are not simulated, so their names are believed.",
        "wxc_sdk: person settings; hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-86",
        "Selective accept, reject and forward and priority alert are on only while one of their \
         criteria is enabled: the PUT that wants more is refused, and when the last one is \
         deleted or disabled the setting goes off.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-87",
        "Criteria follow a person's schedule to its new name, and a schedule that a criterion \
         names cannot be deleted.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-88",
        "The id of a call filter is made of its name, so a PUT that gives it another name gives it \
         another id; the ids of criteria that have no name stay.",
        "API-calling: Webex Cloud Calling OpenAPI document; wxc_sdk: person settings",
    ),
    inferred(
        "DEC-89",
        "Whoever stops being an executive or an assistant has nothing left of it: the pairs go on \
         both sides, and alert, call filtering and screening are at their defaults; an assistant \
         who is assigned takes calls until they opt out.",
        "hubsim: decision where the documents are silent or differ",
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
    inferred(
        "DEC-95",
        "What can answer calls by itself are the devices of a holder, the oldest of which is the \
         primary one, and the application of a person; a choice goes with the device that it names.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-97",
        "A setting for Microsoft Teams that was not made for a person stands at the level GLOBAL, \
         off, since the organisation was created.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-124",
        "A criterion that was made for a called number stays when that number leaves its holder, \
         and can be written back as it was read.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-140",
        "Whoever has the number of somebody else as emergency callback number falls back to what \
         goes without saying once that holder has no phone number in the location any more; the \
         ledger names both.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-142",
        "A request that says something of each criterion of an executive, or of each executive of \
         an assistant, names none of them twice.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-143",
        "A line whose port a request leaves out stays where it stood, or gives way to one whose \
         port it says; a new one takes one port, the first that is free.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-171",
        "A speed dial stands among the monitored elements with its own label; it is the number of \
         a member or any number, each once, also of somebody whose line is watched, and lights no \
         busy lamp.",
        "API-calling: Webex Cloud Calling OpenAPI document; wxc_sdk: person settings; hubsim: \
         decision where the documents are silent or differ",
    ),
];
