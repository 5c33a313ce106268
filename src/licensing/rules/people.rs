//! ADD and STAT: how people come in, and which status they have.

use super::{Rule, documented};

pub(super) static RULES: &[Rule] = &[
    documented(
        "ADD-01",
        "At most 25 people are added at a time, by e-mail address alone or with their names.",
        "52ulis (pl): Add Contact Center users; v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "ADD-02",
        "Where the organisation requires attributes of everybody, people are added one at a time.",
        "v71ztb: Add users manually in Control Hub",
    ),
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
        "ADD-05",
        "An e-mail address that is tied to an account of a Webex Calling carrier is refused with \
         400 and the code 5302.",
        "TN-222122: Users cannot be added because the URL already exists",
    ),
    documented(
        "ADD-06",
        "Nobody is added by hand while people come from a synchronised directory.",
        "v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "ADD-07",
        "After the people come their licences, which the template gives unless they are assigned \
         by hand.",
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
        "ADD-10",
        "Up to 100 accounts are claimed by a list, and a claim can be taken back for 14 days by \
         whose owner has not signed in.",
        "n6jxw9e: Claim users",
    ),
    documented(
        "STAT-01",
        "In the older model a person is verified or not verified until the first sign-in makes \
         them active, and inactive once deactivated.",
        "bl994: User states; nikzbgy: User statuses and actions",
    ),
    documented(
        "STAT-02",
        "A person is active, pending or suspended by an administrator, and under compliance, fraud \
         or transient by Cisco alone.",
        "nikzbgy: User statuses and actions",
    ),
    documented(
        "STAT-03",
        "A person added by an administrator is verified in a verified domain and not verified in \
         any other.",
        "bl994: User states",
    ),
    documented(
        "STAT-04",
        "Whoever was deactivated is deleted after 30 days, or up to 90 where the organisation says \
         so.",
        "nikzbgy: User statuses and actions",
    ),
    documented(
        "STAT-05",
        "People are deactivated, reactivated and invited again, and those of a synchronised \
         directory invited again only.",
        "nikzbgy: User statuses and actions",
    ),
];
