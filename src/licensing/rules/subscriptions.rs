//! SUB: the life of a subscription and how its units are counted.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "SUB-01",
        "A subscription has a plain id such as Sub119911, and being a trial is a property of its \
         own.",
        "API-admin: Webex Admin OpenAPI document",
    ),
    inferred(
        "SUB-02",
        "A subscription is trial, active, pending action, suspended, cancelled or deleted.",
        "h7q0e1: Restore or delete a canceled subscription; yrap0t: Move a PSTN location to \
         another subscription",
    ),
    documented(
        "SUB-03",
        "Cancelling disables the services at once, while numbers and devices stay taken and \
         cannot be used in another organisation.",
        "nopl94z: Restore or delete a canceled subscription, older copy; h7q0e1: Restore or \
         delete a canceled subscription",
    ),
    documented(
        "SUB-04",
        "Numbers and devices of a cancelled subscription are released after 15 to 30 days, and \
         after 30 days its services are deleted for good.",
        "nopl94z: Restore or delete a canceled subscription, older copy; h7q0e1: Restore or \
         delete a canceled subscription",
    ),
    documented(
        "SUB-05",
        "Until then a cancelled subscription can be restored, and only as a valid Calling \
         subscription.",
        "nopl94z: Restore or delete a canceled subscription, older copy",
    ),
    documented(
        "SUB-06",
        "Cancelling a Calling trial stops its PSTN calls at once, and its Calling Plan numbers \
         are released 15 days later.",
        "h7q0e1: Restore or delete a canceled subscription; nopl94z: Restore or delete a \
         canceled subscription, older copy",
    ),
    documented(
        "SUB-07",
        "A trial that expires is suspended for 30 days without PSTN calls, and deletion follows.",
        "h7q0e1: Restore or delete a canceled subscription",
    ),
    documented(
        "SUB-08",
        "Licences of a suspended subscription stay with their holders, are marked as suspended \
         in CSV headers and can be managed person by person.",
        "afv3q8: Control Hub user management CSV file reference; e2okky: Add multiple users in \
         Control Hub with the CSV template; fvix62 (nl): Move Calling service from one \
         subscription to another",
    ),
    inferred(
        "SUB-09",
        "A licence of a suspended subscription cannot be newly assigned.",
        "afv3q8: Control Hub user management CSV file reference; e2okky: Add multiple users in \
         Control Hub with the CSV template",
    ),
    documented(
        "SUB-10",
        "When several active subscriptions offer a licence and none is named, the oldest one \
         that still has a free unit gives it.",
        "n3ijtao: Set up automatic license assignments in Control Hub; API-device: Webex Device \
         OpenAPI document",
    ),
    documented(
        "SUB-11",
        "A licence counts as consumed whatever the status of its holder, until it is removed or \
         the holder is deleted.",
        "nikzbgy: User statuses and actions",
    ),
    documented(
        "SUB-12",
        "The licence summary of a subscription shows the purchased, used and available units of \
         each licence.",
        "TN-222148: Verify Webex Calling License Usage",
    ),
    documented(
        "SUB-13",
        "The list of licences gives for each one the name, the total units, the consumed units \
         of people and of workspaces apart, and the subscription.",
        "API-admin: Webex Admin OpenAPI document",
    ),
];
