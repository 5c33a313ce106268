//! DEC-100 to DEC-104, DEC-126, DEC-141: jobs of Webex Calling.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    inferred(
        "DEC-100",
        "A job that is paused shows STARTED with the exit code STOPPED and goes on where it \
         stopped, and one that is abandoned, or whose task is cancelled, shows ABANDONED and \
         leaves what it has done.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    documented(
        "DEC-101",
        "A number moves to another location of the same country and the same kind of PSTN \
         connection while nobody uses it, calls reach it and it is no main number.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
    inferred(
        "DEC-102",
        "A user who moves to another location takes number and extension along unless the \
         request says otherwise, loses an extension that is taken there, and leaves own incoming \
         and outgoing permissions, transfer numbers and digit patterns behind.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-103",
        "A location without users and workspaces, unless it is the last one, can be disabled for \
         Webex Calling and loses the numbers of its inventory by that.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-104",
        "A new routing prefix stands at once, and the job that it starts goes through everybody \
         with an extension in the location.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    inferred(
        "DEC-126",
        "Settings and tags of devices, and by what a job chooses devices, are bounded also where no \
         document tells how large a number, how long a text or how many there may be.",
        "API-calling: Webex Cloud Calling OpenAPI document; hubsim: decision where the documents \
         are silent or differ",
    ),
    documented(
        "DEC-141",
        "A user whose number is the emergency callback number of somebody else in the location is \
         not moved to another one.",
        "API-calling: Webex Cloud Calling OpenAPI document",
    ),
];
