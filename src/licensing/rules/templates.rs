//! TMPL: automatic licence assignment for the organisation and for groups.

use super::{Rule, documented, inferred};

pub(super) static RULES: &[Rule] = &[
    documented(
        "TMPL-01",
        "An organisation has one licence template, which is set up first and edited from then \
         on.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-02",
        "Future users are always in the scope of a template.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-03",
        "Existing users are a choice that acts once, at the moment of saving, and is off again \
         when the template is read.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-04",
        "Choosing existing users turns on preserving their licences.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-05",
        "With licences preserved, existing people only gain, and what the template no longer \
         names stays with them.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    inferred(
        "TMPL-06",
        "Without preserving, existing people lose every licence that the template does not name, \
         also those given by hand.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-07",
        "Losing Calling to a template cannot be taken back and asks for an acknowledgement \
         first.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "TMPL-08",
        "Deleting the template takes nothing from anybody, and new people get nothing from then \
         on.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-09",
        "A person who is added with licences of their own does not get the template.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-10",
        "A licence that comes to a person from two sources counts once.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-11",
        "Templates of the organisation and of groups add up, so whoever gets a licence from one \
         has it whatever another says, unless the quirk license_template_modes lets one mode be \
         in force at a time and a template of one mode deletes those of the other.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-12",
        "Whoever comes to a group always gets the licences of its template, and one choice for \
         the whole organisation decides whether those that the person had stay.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-13",
        "A new person in a CSV row with empty service columns gets the template.",
        "e2okky: Add multiple users in Control Hub with the CSV template",
    ),
    documented(
        "TMPL-14",
        "A template gives Calling only to a person whose work number has the international form, \
         stands in a Calling location and belongs to nobody, and others stay without.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "TMPL-15",
        "Adding people by hand under a template with Calling asks for location and number.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "TMPL-16",
        "A person who has Calling already is not provisioned again when the work number changes.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    documented(
        "TMPL-17",
        "People whom the template could not serve show FALSE in the Calling column of the \
         export, and applying it to existing users again serves them once the number is right.",
        "n8iptxg: Set up automatic license assignment templates for Webex Calling users",
    ),
    inferred(
        "TMPL-18",
        "When the units of every subscription are used up, the remaining people stay without and \
         are reported.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-19",
        "Somebody in groups with both licences of Contact Center gets Premium.",
        "n3ijtao: Set up automatic license assignments in Control Hub; 52ulis (pl): Add \
         Contact Center users",
    ),
    documented(
        "TMPL-20",
        "Groups within groups inherit no template, and a change works out anew what all groups \
         give that the person is directly in.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    documented(
        "TMPL-21",
        "The free base licences are given as well, unless they were taken out of the template.",
        "n3ijtao: Set up automatic license assignments in Control Hub",
    ),
    inferred(
        "TMPL-24",
        "A template with a licence of Contact Center that is applied to existing users puts those \
         who hold it back to the user profile that comes by itself, and tells it as a loss.",
        "52ulis (pl): Add Contact Center users",
    ),
];

/// What is known of templates and not implemented, and why.
pub(super) static LEFT_OUT: &[(&str, &str)] = &[
    (
        "TMPL-22",
        "External users never get automatic licences: an organisation here has its own people \
         alone, and an account elsewhere becomes one of them before it is given anything.",
    ),
    (
        "TMPL-23",
        "Licences become usable when the person becomes active: usable is what an app does with \
         them, and apps are not simulated. They are held, counted and set up from the assignment \
         on, and who becomes active keeps them.",
    ),
];
