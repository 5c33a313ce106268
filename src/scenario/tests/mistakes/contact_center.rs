//! Mistakes in user profiles and teams of Contact Center, and in what is set for its users.

use super::{Mistake, section};

/// User profiles and teams, in the scenario of Contact Center.
pub(super) const SECTION: &[Mistake] = &[
    section(
        "    contactCenter: {team: []}\n    people:\n",
        "team:",
        "organizations[0].contactCenter.team",
        "unknown field `team`; did you mean `teams`?",
    ),
    section(
        "    contactCenter: {teams: [{name: T, teamType: AGENTS}]}\n    people:\n",
        "AGENTS",
        "organizations[0].contactCenter.teams[0].teamType",
        "did you mean `AGENT`?",
    ),
    section(
        "    contactCenter: {teams: [{name: T, capacity: 3}]}\n    people:\n",
        "3}",
        "organizations[0].contactCenter.teams[0].capacity",
        "capacity is for teams of the type CAPACITY only",
    ),
    section(
        "    contactCenter: {teams: [{name: T}, {name: t, site: Main}]}\n    people:\n",
        "t, site",
        "organizations[0].contactCenter.teams[1].name",
        "the team `t` stands twice",
    ),
    section(
        "    contactCenter: {teams: [{name: T, members: [callum.redfern]}]}\n    people:\n",
        "callum.redfern",
        "organizations[0].contactCenter.teams[0].members[0]",
        "is no user of Contact Center: give a licence of Contact Center",
    ),
    section(
        "    contactCenter: {teams: [{name: T, members: [noor.halloran]}]}\n    people:\n",
        "noor.halloran",
        "organizations[0].contactCenter.teams[0].members[0]",
        "who has never signed in is not shown there",
    ),
    section(
        "    contactCenter: {teams: [{name: T, members: [lucian.ashgrov]}]}\n    people:\n",
        "lucian.ashgrov",
        "organizations[0].contactCenter.teams[0].members[0]",
        "did you mean `lucian.ashgrove@lanternfish.example`?",
    ),
    section(
        "    contactCenter: {teams: [{name: T, teamType: CAPACITY, members: [lucian.ashgrove]}]}\n    people:\n",
        "members",
        "organizations[0].contactCenter.teams[0].members",
        "members: a team of capacity has no agents",
    ),
    section(
        "    contactCenter: {userProfiles: [{name: P, profileType: BOSS}]}\n    people:\n",
        "BOSS",
        "organizations[0].contactCenter.userProfiles[0].profileType",
        "`BOSS` is not among the values",
    ),
    section(
        "    contactCenter: {userProfiles: [{name: P, profileType: SUPERVISOR, permissions: {}}]}\n    people:\n",
        "permissions",
        "organizations[0].contactCenter.userProfiles[0].permissions",
        "must name some where the access is SPECIFIC",
    ),
    section(
        "    contactCenter: {userProfiles: [{name: P, profileType: SUPERVISOR, permissions: {team: ALL}}]}\n    people:\n",
        "ALL",
        "organizations[0].contactCenter.userProfiles[0].permissions.team",
        "`ALL` is not among the values",
    ),
    section(
        "    contactCenter: {userProfiles: [{name: Supervisor Profile, profileType: SUPERVISOR}]}\n    people:\n",
        "{name: Supervisor",
        "organizations[0].contactCenter.userProfiles[0]",
        "A user profile with the name \"Supervisor Profile\" already exists",
    ),
];

/// What is set for a user, in the scenario of Contact Center.
pub(super) const USERS: &[Mistake] = &[
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {skill: {}}}\n      - {firstName: Dmitri",
        at: "skill:",
        path: "organizations[0].people[4].contactCenter.skill",
        says: "unknown field `skill`; did you mean `skills`?",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {userProfile: Premium Agent User Profile}}\n      - {firstName: Dmitri",
        at: "Premium Agent User",
        path: "organizations[0].people[4].contactCenter.userProfile",
        says: "userProfile: that profile is of the type",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {userProfile: Standrd Agent User Profile}}\n      - {firstName: Dmitri",
        at: "Standrd",
        path: "organizations[0].people[4].contactCenter.userProfile",
        says: "did you mean `Standard Agent User Profile`?",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {skills: {Spanish: 11}}}\n      - {firstName: Dmitri",
        at: "11",
        path: "organizations[0].people[4].contactCenter.skills.Spanish",
        says: "must be between 0 and 10, but it is 11",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {skills: {Spanish: 1.5}}}\n      - {firstName: Dmitri",
        at: "1.5",
        path: "organizations[0].people[4].contactCenter.skills.Spanish",
        says: "a level (0 to 10), true or false, a text, or a list of words",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {skills: {Spanish: {good: true}}}}\n      - {firstName: Dmitri",
        at: "Spanish",
        path: "organizations[0].people[4].contactCenter.skills.Spanish",
        says: "a level (0 to 10), true or false, a text, or a list of words",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {skills: {Spanish: []}}}\n      - {firstName: Dmitri",
        at: "Spanish",
        path: "organizations[0].people[4].contactCenter.skills.Spanish",
        says: "must have 1 to 100 values",
    },
    Mistake {
        from: "licenses: [standard]}\n      - {firstName: Dmitri",
        to: "licenses: [standard],\n         contactCenter: {externalIdentifier: \"a\\tb\"}}\n      - {firstName: Dmitri",
        at: "\"a\\tb\"",
        path: "organizations[0].people[4].contactCenter.externalIdentifier",
        says: "no control characters",
    },
    Mistake {
        from: "title: Back Office, licenses: [desk]}",
        to: "title: Back Office, licenses: [desk], contactCenter: {site: Main}}",
        at: "contactCenter: {site",
        path: "organizations[0].people[8].contactCenter",
        says: "callum.redfern@lanternfish.example is no user of Contact Center",
    },
    Mistake {
        from: "title: Back Office, licenses: [desk]}",
        to: "title: Back Office, licenses: [desk], roles: [Clerk]}",
        at: "Clerk",
        path: "organizations[0].people[8].roles[0]",
        says: "there is no role `Clerk`",
    },
];
