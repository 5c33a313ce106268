//! Rules that are known and not implemented, or in part alone, and why.

/// Of families whose rules are all there, or all but these.
pub(super) static LEFT_OUT: &[(&str, &str)] = &[
    (
        "ROLE-08",
        "That full administrators alone edit the licences of a single user: it contradicts ROLE-03, \
         which is followed.",
    ),
    (
        "SUB-11, in part",
        "That the licence of a user who is added by hand is taken at the first sign-in (v71ztb): it \
         contradicts nikzbgy, by which it counts from the assignment on.",
    ),
    (
        "STAT-04, in part",
        "Whoever is deleted in a synchronised Active Directory is kept for 7 days: no directory is \
         simulated, so nobody is deleted there.",
    ),
];
