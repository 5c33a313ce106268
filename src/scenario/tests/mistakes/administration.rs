//! Mistakes in what people may change, in roles of the organisation's own, and in who administers
//! what.

use super::{Mistake, section};

/// In the smallest scenario.
pub(super) const MISTAKES: &[Mistake] = &[
    section(
        "    featureAccess: {voicemal: NO_ACCESS}\n    people:\n",
        "voicemal",
        "organizations[0].featureAccess.voicemal",
        "unknown field `voicemal`; did you mean `voicemail`?",
    ),
    section(
        "    featureAccess: {voicemail: NONE}\n    people:\n",
        "NONE",
        "organizations[0].featureAccess.voicemail",
        "`NONE` is not among the values that are known here (known are FULL_ACCESS, NO_ACCESS)",
    ),
    section(
        "    featureAccess: [voicemail]\n    people:\n",
        "[voicemail]",
        "organizations[0].featureAccess",
        "must be a mapping",
    ),
    section(
        "    customRoles: [{name: \"A!\", permissions: [viewLicenses]}]\n    people:\n",
        "\"A!\"",
        "organizations[0].customRoles[0].name",
        "name must have no special characters",
    ),
    section(
        "    customRoles: [{name: A, permissions: []}]\n    people:\n",
        "permissions",
        "organizations[0].customRoles[0].permissions",
        "permissions must name at least one of viewUsersAndLicenses",
    ),
    section(
        "    customRoles: [{name: A, permissions: [viewLicences]}]\n    people:\n",
        "viewLicences",
        "organizations[0].customRoles[0].permissions[0]",
        "did you mean `viewLicenses`?",
    ),
    section(
        "    customRoles: [{name: Full Administrator, permissions: [viewLicenses]}]\n    people:\n",
        "{name: Full",
        "organizations[0].customRoles[0]",
        "A role with the name \"Full Administrator\" already exists",
    ),
    section(
        "    customRoles: [{name: A, permissions: [viewLicenses]}, {name: a, permissions: [viewLicenses]}]\n    people:\n",
        "a, permissions",
        "organizations[0].customRoles[1].name",
        "the custom role `a` stands twice",
    ),
    Mistake {
        from: "licenses: [Messaging]",
        to: "licenses: [Messaging]\n        adminLocations: [Pebblebrook]",
        at: "adminLocations",
        path: "organizations[0].people[3].adminLocations",
        says: "adminLocations: only a Location Administrator has locations",
    },
    Mistake {
        from: "licenses: [Messaging]",
        to: "licenses: [Messaging]\n        manager: vikram.fontaine",
        at: "vikram.fontaine\n",
        path: "organizations[0].people[3].manager",
        says: "Nobody is their own manager: manager must name somebody else",
    },
];
