//! LOSS: what goes when a Calling licence goes.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "LOSS-01",
        "Removing a Calling licence, by whatever route, destroys the voicemail, its PIN, the \
         number assignments and all call settings of the holder.",
        "fvix62: Move Calling service from one subscription to another; n8iptxg: Set up \
         automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "LOSS-02",
        "Giving Calling back starts from defaults, and neither the settings nor the old number \
         return.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    inferred(
        "LOSS-03",
        "A number set free by the removal stands unassigned in the inventory of its location.",
        "fvix62: Move Calling service from one subscription to another",
    ),
    inferred(
        "LOSS-04",
        "Removing Calling leaves other licences, name, e-mail address, status and administrator \
         roles alone.",
        "9dmqgv: Edit service licenses in Control Hub for individual users",
    ),
    documented(
        "LOSS-05",
        "Deleting a person takes away all services, ends signing in and deletes the desk phones \
         assigned to that person.",
        "hglkq6: Delete users",
    ),
    documented(
        "LOSS-06",
        "A template that does not preserve licences is saved only after the administrator has \
         acknowledged the loss.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users; \
         n3ijtao: Set up automatic license assignments in Control Hub",
    ),
];
