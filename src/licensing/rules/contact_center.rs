//! CC: users of Contact Center.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "CC-01",
        "TRUE in the column of Standard makes a Standard agent, and TRUE in that of Premium a \
         Premium user with the role agent.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-02",
        "FALSE in both columns removes the licence of Contact Center, where FALSE is honoured.",
        "52ulis (pl): Add Contact Center users",
    ),
    inferred(
        "CC-03",
        "A person holds one licence of Contact Center, so TRUE in both columns fails the row, and \
         of a template Premium wins.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-04",
        "A supervisor needs a Premium licence and is made by hand only.",
        "52ulis (pl): Add Contact Center users; e2okky: Add multiple users in Control Hub with \
         the CSV template",
    ),
    documented(
        "CC-05",
        "A Premium user with the role of a full or Contact Center service administrator is an \
         administrator of Contact Center, for as long as the role lasts.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-06",
        "A user of Contact Center is an agent unless made a supervisor.",
        "v71ztb: Add users manually in Control Hub",
    ),
    documented(
        "CC-07",
        "Contact Center learns of a change to somebody who was there before by Synchronize Users \
         only.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-08",
        "People who have not signed in yet do not show in Contact Center, synchronised or not.",
        "wxcc-lab: Webex Contact Center lab guide",
    ),
    documented(
        "CC-09",
        "Where the back end fails the sync status is Invalid until Synchronize Users succeeds.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-10",
        "Who is deleted in Control Hub goes from Contact Center with that.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-11",
        "Users of Contact Center are added 25 at a time by hand, and 1 000 at a time by a file.",
        "52ulis (pl): Add Contact Center users",
    ),
    documented(
        "CC-12",
        "A Contact Center service administrator changes its licences and roles only: of a file no \
         other columns count, and nobody is added, deleted, activated or deactivated.",
        "wxcc-roles: Webex Contact Center administrator roles",
    ),
    documented(
        "CC-13",
        "Of several files the next one is imported once the task of the one before is complete.",
        "52ulis (pl): Add Contact Center users",
    ),
    inferred(
        "DEC-80",
        "Licence and role decide of which type the user profile of a user is, so another one can \
         be chosen of that type only, and one that fits no longer waits until it fits again.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-81",
        "A user profile that users have is neither deleted nor turned off, and the four that come \
         with Contact Center are not changed at all.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-84",
        "Users and teams tell the same of who is in: a user is in teams of agents that are there, \
         and a team with users is neither deleted nor turned off.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-96",
        "A purge deletes teams that have been turned off for 30 days of the sandbox clock, at most \
         100 at once.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-98",
        "A dynamic skill is kept as it is named, because no list says which there are; its first \
         value says of which type it is, and skills of skill profiles are not known.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-115",
        "Queues, buddy teams and features of AI are not simulated: nobody is in one, and counts of \
         them that a call asks for are 0.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-116",
        "A view of the caller's user profile shows what the profile opens, a user by site or team; \
         an administrator who is no user of Contact Center sees everything.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-117",
        "A dynamic skill has the name by which it was given.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
    inferred(
        "DEC-120",
        "A site, a skill, desktop or multimedia profile or a layout of Contact Center that a \
         scenario names by a word has an id made from the word, the same at each load.",
        "hubsim: decision where the documents are silent or differ",
    ),
    inferred(
        "DEC-161",
        "An RSQL filter may use every operator of the syntax guide, at most 100 comparisons and 200 \
         values; texts are compared with their case unless `^` or an operator says otherwise, and \
         what is shown only where a call asks for it is no field to filter by.",
        "API-contact-center: Webex Contact Center OpenAPI document; hubsim: decision where the \
         documents are silent or differ",
    ),
];
