//! The subscription behind a location's Cisco Calling Plan.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "PSTN-01",
        "The page of PSTN connections shows a banner for each suspended subscription that carries \
         locations, with the way to update it, and an e-mail to the full administrators lists the \
         subscription and its locations.",
        SOURCE,
    ),
    documented(
        "PSTN-02",
        "Updating the subscription from the banner moves all the locations that it carries.",
        SOURCE,
    ),
    documented(
        "PSTN-03",
        "Choosing another subscription in a location's connection moves that location alone.",
        SOURCE,
    ),
    documented(
        "PSTN-04",
        "A target needs an active Calling licence and no pending action; every other subscription \
         is greyed out.",
        SOURCE,
    ),
    documented(
        "PSTN-05",
        "Where there is no other Calling subscription, nothing can be moved and the partner has \
         to be asked.",
        SOURCE,
    ),
    inferred(
        "PSTN-06",
        "Neither do licences follow the subscription of a location, nor the location that of \
         licences.",
        SOURCE,
    ),
];

const SOURCE: &str = "yrap0t: Move a PSTN location to another subscription";
