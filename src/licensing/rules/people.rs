//! ADD and STAT: how people come in, and which status they have.

use super::{Rule, documented};

pub(super) static RULES: &[Rule] = &[
    documented(
        "ADD-03",
        "An e-mail address that belongs to a trial organisation is refused until that \
         organisation is deleted.",
        "v71ztb: Add users manually in Control Hub; 52ulis (pl): Add Contact Center users",
    ),
    documented(
        "ADD-04",
        "An e-mail address that is in this organisation already or has a Webex account elsewhere \
         is refused, unless its account can be claimed.",
        "v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "ADD-08",
        "A new person gets a welcome e-mail while automated e-mails are on, and none otherwise.",
        "52ulis (pl): Add Contact Center users; v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "ADD-09",
        "A new person is pending until the first sign-in.",
        "v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "STAT-02",
        "A person is active, pending, suspended by an administrator, or under compliance, fraud \
         or transient.",
        "nikzbgy: User statuses and actions",
    ),
    documented(
        "STAT-03",
        "A person added by an administrator is verified in a verified domain and not verified in \
         any other.",
        "bl994: User states",
    ),
];
