//! The rows: every quirk and every edition.

use super::{Edition, Quirk};

const MOVE_NEWEST: &str = "fvix62 (en, nl): Move Calling service from one subscription to another";
const MOVE_CHINESE: &str = "fvix62 (zh): Move Calling service from one subscription to another";
const LICENSE_REQUEST: &str = "API-admin: Webex Admin OpenAPI document, assign licenses to users";
const PEOPLE_REQUEST: &str = "API-admin: Webex Admin OpenAPI document, create and update a person";

/// Every quirk.
pub static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "csv_from_suspended",
        choices: &["kept", "lost"],
        default: "kept",
        sources: &[MOVE_NEWEST, MOVE_CHINESE],
        sentence: "A CSV move out of a suspended subscription keeps the configuration, or loses \
                   it as the template does.",
    },
    Quirk {
        name: "suspended_template_outcome",
        choices: &["stripped", "stuck"],
        default: "stripped",
        sources: &[MOVE_NEWEST, MOVE_CHINESE],
        sentence: "After a template met a suspended licence and the configuration is lost, the \
                   person has no Calling licence, or still the suspended one.",
    },
    Quirk {
        name: "suspended_over_public_api",
        choices: &["allow", "refuse"],
        default: "allow",
        sources: &[MOVE_NEWEST],
        sentence: "The public API may change a suspended licence, or answers 403 because only \
                   Control Hub manages those.",
    },
    Quirk {
        name: "swap_without_properties",
        choices: &["refuse", "keep"],
        default: "refuse",
        sources: &[LICENSE_REQUEST],
        sentence: "A licence request that swaps Calling without its properties is refused with \
                   400411, or keeps numbers, extension and location.",
    },
    Quirk {
        name: "patch_swap_unassignable",
        choices: &["refuse", "partial"],
        default: "refuse",
        sources: &[LICENSE_REQUEST],
        sentence: "A licence request whose target cannot be assigned changes nothing, or removes \
                   the old licence with everything and answers 206.",
    },
    Quirk {
        name: "people_put_unassignable",
        choices: &["skip", "refuse"],
        default: "skip",
        sources: &[PEOPLE_REQUEST],
        sentence: "Writing a person with a licence that cannot be assigned goes on without that \
                   licence, or is refused.",
    },
    Quirk {
        name: "csv_blank_location",
        choices: &["refuse", "default"],
        default: "refuse",
        sources: &[
            "e2okky: Add multiple users in Control Hub with the CSV template",
            "DOC-5361: Add multiple users in Control Hub with the CSV template, older copy",
        ],
        sentence: "A new person in a CSV row without a location fails, or gets the default \
                   location.",
    },
    Quirk {
        name: "license_template_modes",
        choices: &["union", "exclusive"],
        default: "union",
        sources: &["n3ijtao: Set up automatic license assignments in Control Hub"],
        sentence: "Templates of the organisation and of groups add up, or one mode is in force \
                   at a time and changing it deletes the templates of the other.",
    },
    Quirk {
        name: "user_statuses",
        choices: &["current", "classic"],
        default: "current",
        sources: &["nikzbgy: User statuses and actions", "bl994: User states"],
        sentence: "People are active, pending or suspended, or they are active, verified, not \
                   verified or inactive.",
    },
];

/// Every edition.
pub static EDITIONS: &[Edition] = &[
    Edition {
        name: "current",
        sentence: "The newest texts, which are the defaults.",
        sets: &[],
    },
    Edition {
        name: "strict-bulk",
        sentence: "The Chinese revision, in which CSV moves lose as much as templates do.",
        sets: &[("csv_from_suspended", "lost")],
    },
    Edition {
        name: "classic",
        sentence: "The oldest texts, of the time of the Croatian revision.",
        sets: &[
            ("csv_blank_location", "default"),
            ("license_template_modes", "exclusive"),
            ("user_statuses", "classic"),
        ],
    },
];
