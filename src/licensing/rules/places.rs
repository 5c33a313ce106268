//! Places, devices and reports: what hubsim decides where the documents are silent or differ.

use super::{Rule, inferred};

pub(super) static RULES: &[Rule] = &[
    inferred(
        "DEC-105",
        "The floorId of a workspace names a floor of its location, and is gone when that floor is.",
        "hubsim: decision where the documents are silent or differ; API-device: Webex Device \
         OpenAPI document",
    ),
    inferred(
        "DEC-106",
        "A workspace location is a location seen by the older API: its address is the lines of the \
         street, and one that is created there has UTC and English until somebody changes it.",
        "hubsim: decision where the documents are silent or differ; API-device: Webex Device \
         OpenAPI document",
    ),
    inferred(
        "DEC-107",
        "The devices of Calling are the phones of a holder, which has the primary line of each; a \
         collaboration device is counted and has no line, and no application is signed in.",
        "hubsim: decision where the documents are silent or differ; API-calling: Webex Cloud \
         Calling OpenAPI document",
    ),
    inferred(
        "DEC-108",
        "A report tells what the organisation holds at the moment it is made, so there are the \
         templates of users, licences, numbers, devices and workspaces, and none of calls, \
         meetings, messages or quality.",
        "hubsim: decision where the documents are silent or differ; API-admin: Webex Admin OpenAPI \
         document",
    ),
    inferred(
        "DEC-109",
        "An organisation is deleted at once, where Webex takes up to ten minutes, with the one user \
         it may have and everything that cannot be without it, such as invited subscribers, tags, \
         claims and ended bulk tasks, while a bulk task that is not finished keeps it.",
        "API-admin: Webex Admin OpenAPI document; hubsim: decision where the documents are silent \
         or differ",
    ),
];
