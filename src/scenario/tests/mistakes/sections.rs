//! Proofs for mistakes in the sections of a scenario: floors, webhooks, reports, roles of the
//! organisation's own, and Contact Center.

use super::{Mistake, errors, minimal, place, untold};
use crate::scenario::library;

/// A mistake below `people:` of an organisation: a section that comes before it.
const fn section(
    to: &'static str,
    at: &'static str,
    path: &'static str,
    says: &'static str,
) -> Mistake {
    Mistake {
        from: "    people:\n",
        to,
        at,
        path,
        says,
    }
}

/// Webhooks, reports, roles and features, in the smallest scenario.
const OF_MINIMAL: &[Mistake] = &[
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood, targeturl: x}]\n    people:\n",
        "targeturl",
        "organizations[0].webhooks[0].targeturl",
        "unknown field `targeturl`; did you mean `targetUrl`?",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: rooms, creator: abigail.netherwood}]\n    people:\n",
        "{name: A",
        "organizations[0].webhooks[0]",
        "missing field `event`",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"ftp://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "\"ftp:",
        "organizations[0].webhooks[0].targetUrl",
        "targetUrl must be an absolute http or https URL",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJob, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "adminBatchJob,",
        "organizations[0].webhooks[0].resource",
        "\"adminBatchJob\" is none of adminBatchJobs, ",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: created, creator: abigail.netherwood}]\n    people:\n",
        "created, creator",
        "organizations[0].webhooks[0].event",
        "none of the events of adminBatchJobs: statusChanged",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood, filter: ownerId=x}]\n    people:\n",
        "{name: A",
        "organizations[0].webhooks[0]",
        "A filter of ownerId needs",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwod}]\n    people:\n",
        "abigail.netherwod",
        "organizations[0].webhooks[0].creator",
        "did you mean `abigail.netherwood@pebblebrook.example`?",
    ),
    section(
        "    webhooks: [{name: A, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}, {name: a, targetUrl: \"https://x.example/\", resource: adminBatchJobs, event: statusChanged, creator: abigail.netherwood}]\n    people:\n",
        "a, targetUrl",
        "organizations[0].webhooks[1].name",
        "the webhook `a` stands twice",
    ),
    section(
        "    reports: [{template: 603, creator: abigail.netherwood, days: 3}]\n    people:\n",
        "days",
        "organizations[0].reports[0].days",
        "unknown field `days`",
    ),
    section(
        "    reports: [{template: licenses, creator: abigail.netherwood}]\n    people:\n",
        "licenses,",
        "organizations[0].reports[0].template",
        "must be a whole number",
    ),
    section(
        "    reports: [{template: 1, creator: abigail.netherwood}]\n    people:\n",
        "{template: 1",
        "organizations[0].reports[0]",
        "templateId 1 is no template; GET /v1/report/templates lists them",
    ),
    section(
        "    reports: [{template: 603, startDate: 2026-13-01, creator: abigail.netherwood}]\n    people:\n",
        "2026-13-01",
        "organizations[0].reports[0].startDate",
        "startDate must be a day as YYYY-MM-DD",
    ),
    section(
        "    reports: [{template: 602, creator: abigail.netherwood}]\n    people:\n",
        "{template: 602",
        "organizations[0].reports[0]",
        "startDate is required for the template 602",
    ),
    section(
        "    reports: [{template: 602, startDate: 2024-02-02, endDate: 2024-02-01, creator: abigail.netherwood}]\n    people:\n",
        "2024-02-02",
        "organizations[0].reports[0].startDate",
        "must not be after endDate",
    ),
    section(
        "    reports: [{template: 602, startDate: 2024-02-02, endDate: 2099-02-01, creator: abigail.netherwood}]\n    people:\n",
        "2099-02-01",
        "organizations[0].reports[0].endDate",
        "must not be after today",
    ),
    section(
        "    reports: [{template: 603, creator: nobody}]\n    people:\n",
        "nobody",
        "organizations[0].reports[0].creator",
        "there is no person `nobody@pebblebrook.example`",
    ),
    section(
        "    reports: [{template: 603, creator: kofi.lindqvist}, {template: 603, creator: abigail.netherwood}]\n    people:\n",
        "603, creator: abigail",
        "organizations[0].reports[1].template",
        "the report `603` stands twice",
    ),
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
];

/// Floors, in the smallest scenario.
const FLOORS: &[Mistake] = &[
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 1, storey: Lobby}]\n        calling:\n",
        at: "storey",
        path: "organizations[0].locations[0].floors[0].storey",
        says: "unknown field `storey`",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{name: Lobby}]\n        calling:\n",
        at: "{name: Lobby",
        path: "organizations[0].locations[0].floors[0]",
        says: "missing field `number`",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: ground}]\n        calling:\n",
        at: "ground",
        path: "organizations[0].locations[0].floors[0].number",
        says: "must be a whole number",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 3000000000}]\n        calling:\n",
        at: "3000000000",
        path: "organizations[0].locations[0].floors[0].number",
        says: "must be a whole number",
    },
    Mistake {
        from: "        calling:\n",
        to: "        floors: [{number: 1}, {number: 2}, {number: 1}]\n        calling:\n",
        at: "1}]",
        path: "organizations[0].locations[0].floors[2].number",
        says: "the floor `1` stands twice",
    },
];

/// User profiles and teams, in the scenario of Contact Center.
const OF_CONTACT_CENTER: &[Mistake] = &[
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
        "a team of capacity has no agents",
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
const USERS: &[Mistake] = &[
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
        says: "ask for STANDARD_AGENT",
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

fn contact_center() -> &'static str {
    library::find("contact-center").unwrap().text
}

#[test]
fn mistakes_in_each_section_are_named_once_with_their_place() {
    let mut wrong = untold(minimal(), OF_MINIMAL);
    wrong.extend(untold(minimal(), FLOORS));
    wrong.extend(untold(contact_center(), OF_CONTACT_CENTER));
    wrong.extend(untold(contact_center(), USERS));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_follows_from_a_mistake_in_a_section_is_not_named_too() {
    // The role fails, and with it nobody's; the profile, and with it nobody's.
    let text = contact_center().replacen(
        "    people:\n",
        "    customRoles: [{name: Clerk, permissions: []}]\n    contactCenter: {userProfiles: \
         [{name: Care, profileType: STANDARD_AGENT, permissions: {}}]}\n    people:\n",
        1,
    );
    let text = text.replacen(
        "title: Agent, licenses: [standard]}",
        "title: Agent, licenses: [standard], roles: [Clerk], contactCenter: {userProfile: Care}}",
        1,
    );
    let found = errors(&text);
    let paths: Vec<&str> = found.iter().map(|error| error.path.as_str()).collect();
    let expected = [
        "organizations[0].customRoles[0].permissions",
        "organizations[0].contactCenter.userProfiles[0].permissions",
    ];
    assert_eq!(paths, expected, "{found:?}");
}

#[test]
fn a_section_with_more_than_fits_is_refused_at_the_first_that_does_not() {
    let floors: Vec<String> = (0..1001)
        .map(|number| format!("{{number: {number}}}"))
        .collect();
    let floors = format!(
        "        floors: [{}]\n        calling:\n",
        floors.join(", ")
    );
    let days = (1..=101).map(|day| format!("20{:02}-{:02}-01", day / 12, day % 12 + 1));
    let reports = days.map(|day| {
        format!("{{template: 602, startDate: {day}, endDate: {day}, creator: kofi.lindqvist}}")
    });
    let reports: Vec<String> = reports.collect();
    let reports = format!("    reports: [{}]\n    people:\n", reports.join(",\n    "));
    let (name, short) = ("n".repeat(1025), "n".repeat(101));
    let short = short.as_str();
    let webhook = format!(
        "    webhooks: [{{name: {name}, targetUrl: \"https://x.example/\", resource: rooms, event: \
         created, creator: kofi.lindqvist}}]\n    people:\n"
    );
    let role =
        format!("    customRoles: [{{name: {short}, permissions: [viewLicenses]}}]\n    people:\n");
    let cases = [
        (
            "        calling:\n",
            floors,
            "{number: 1000}",
            "which is the most",
        ),
        (
            "    people:\n",
            reports,
            "{template: 602, startDate: 2008-06",
            "at most 100 reports",
        ),
        (
            "    people:\n",
            webhook,
            name.as_str(),
            "name must not be longer than 1024",
        ),
        (
            "    people:\n",
            role,
            short,
            "name must not be longer than 100",
        ),
    ];
    for (from, to, at, says) in cases {
        let text = minimal().replacen(from, &to, 1);
        let found = errors(&text);
        let [error] = found.as_slice() else {
            panic!("{says}: {found:?}");
        };
        assert_eq!((error.line, error.column), place(&text, at), "{error}");
        assert!(error.message.contains(says), "{error}");
    }
}
