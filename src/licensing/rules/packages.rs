//! PKG: wholesale packages, their customers and subscribers.

use super::{Rule, documented, inferred};

const SEED: &str = "nil4lpeb (no): Wholesale administration in Partner Hub";
const API: &str = "API-wholesale: Webex Wholesale OpenAPI document";
const FLOW: &str = "ny0fr7x: Wholesale provisioning";

pub(super) static RULES: &[Rule] = &[
    documented(
        "PKG-01",
        "Launch Control Hub in Partner Hub opens a customer, in whose organisation everything is \
         administered from then on.",
        SEED,
    ),
    documented(
        "PKG-02",
        "A wholesale user has exactly one base package, to which others may be added.",
        FLOW,
    ),
    documented(
        "PKG-03",
        "There are six base packages, additions to them, and packages of the customer as a whole.",
        API,
    ),
    documented(
        "PKG-04",
        "Attendant Console needs Webex Calling, Webex Suite or Customer Assist, and Cisco Calling \
         Plan needs a package with Calling.",
        API,
    ),
    documented(
        "PKG-05",
        "A row of the user CSV with Webex Calling, Webex Calling Standard or Webex Suite needs an \
         extension or a phone number, and a location; inferred, one with Customer Assist, too.",
        SEED,
    ),
    documented(
        "PKG-06",
        "A row with any package needs Jabber Calling and Jabber with Webex Teams.",
        SEED,
    ),
    documented(
        "PKG-07",
        "Preferred Webex Site is mandatory for every package but Webex Voice.",
        SEED,
    ),
    documented(
        "PKG-08",
        "A missing Preferred Webex Site is no error; the row warns of trouble with the site later.",
        SEED,
    ),
    documented(
        "PKG-09",
        "A file imported with Add services only gives Basic Messaging, Basic Space Meetings and \
         Call on Webex beside each package that it states; with Add and remove services it does \
         not.",
        SEED,
    ),
    documented(
        "PKG-10",
        "A user whose package columns are all FALSE is deleted; inferred, with Add and remove \
         services alone, and only where the columns of all packages of the customer are there.",
        SEED,
    ),
    inferred(
        "PKG-11",
        "Two packages that are TRUE are an error of the row, and so is another package beside the \
         one that the user has and keeps.",
        FLOW,
    ),
    documented(
        "PKG-12",
        "After a failed update of attributes or licences a user stays inconsistent until the \
         package is un-assigned and assigned again.",
        SEED,
    ),
    documented(
        "PKG-13",
        "A change to a package with Calling needs number information of whoever has none.",
        SEED,
    ),
    documented(
        "PKG-14",
        "Over the wholesale API number information counts only for whoever has no Calling, and is \
         ignored for everybody else.",
        API,
    ),
    documented(
        "PKG-15",
        "The package of a customer's full administrator cannot be downgraded.",
        FLOW,
    ),
    documented(
        "PKG-16",
        "A customer's limit caps how many of a package may be assigned.",
        API,
    ),
    documented(
        "PKG-17",
        "A customer is accepted with 202 and a Location, and provisioned, changed or removed in \
         the background.",
        API,
    ),
    documented(
        "PKG-18",
        "Whoever has an active free account is asked by e-mail to come over and waits as \
         pending_user_migration until then.",
        API,
    ),
    documented(
        "PKG-19",
        "An address that belongs to an existing user is refused with 10022.",
        API,
    ),
    documented(
        "PKG-20",
        "Users of another organisation get no wholesale package.",
        SEED,
    ),
    documented(
        "PKG-22",
        "Since January 2026 the licences of packages have the names of the packages.",
        "developer changelog: Webex for Developers changelog",
    ),
    documented(
        "PKG-23",
        "Custom roles do not apply to the organisation of a wholesale customer.",
        "x7l1qbb: Custom administrator roles",
    ),
];

/// What is known of packages and not implemented, and why.
pub(super) static LEFT_OUT: &[(&str, &str)] = &[
    (
        "PKG-17 (pending_rpl_review)",
        "The check of a customer against lists of denied parties: nobody here is denied, so no \
         customer waits for it.",
    ),
    (
        "PKG-21",
        "Since when the wholesale user CSV exists: a date, and nothing that happens.",
    ),
];
