//! What the audit log calls each kind of thing. Where no document has a description (AUD-03), it is
//! inferred (DEC-125).

use crate::model::kinds;
use crate::world::Kind;

/// What kind of thing an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) kind: Kind,
    pub(super) target_type: &'static str,
    pub(super) category: &'static str,
    pub(super) noun: &'static str,
    /// Descriptions of creation, change and deletion.
    pub(super) descriptions: [&'static str; 3],
}

const fn subject(
    kind: Kind,
    target_type: &'static str,
    category: &'static str,
    noun: &'static str,
    descriptions: [&'static str; 3],
) -> Subject {
    Subject {
        kind,
        target_type,
        category,
        noun,
        descriptions,
    }
}

#[rustfmt::skip]
pub(super) static SUBJECTS: &[Subject] = &[
    subject(kinds::PERSON, "PERSON", "USERS", "user", ["A User Was Created", "A User Was Updated", "A User Was Deleted"]),
    subject(kinds::WORKSPACE, "PLACE", "PLACES", "workspace", ["A Workspace Was Created", "A Workspace Was Updated", "A Workspace Was Deleted"]),
    subject(kinds::LOCATION, "LOCATION", "LOCATIONS", "location", ["A Location Was Created", "A Location Was Updated", "A Location Was Deleted"]),
    subject(kinds::NUMBER, "PHONE_NUMBER", "CALLING", "phone number", ["A Phone Number Was Added", "A Phone Number Was Updated", "A Phone Number Was Removed"]),
    subject(kinds::ORGANIZATION, "ORG", "ORG_SETTINGS", "organization", ["An Organization Was Created", "An Organization Was Updated", "An Organization Was Deleted"]),
    subject(kinds::SUBSCRIPTION, "SUBSCRIPTION", "SUBSCRIPTIONS", "subscription", ["A Subscription Was Created", "A Subscription Was Updated", "A Subscription Was Deleted"]),
    subject(kinds::LICENSE, "LICENSE", "SUBSCRIPTIONS", "license", ["A License Was Created", "A License Was Updated", "A License Was Deleted"]),
    subject(kinds::GROUP, "GROUP", "GROUPS", "group", ["A Group Was Created", "A Group Was Updated", "A Group Was Deleted"]),
    subject(kinds::DEVICE, "DEVICE", "DEVICES", "device", ["A Device Was Added", "A Device Was Updated", "A Device Was Deleted"]),
    subject(kinds::DEVICE_SETTINGS, "DEVICE", "DEVICES", "device settings", ["Device Settings Were Updated"; 3]),
    subject(kinds::USER_PROFILE, "USER_PROFILE", "USERS", "user profile", ["A User Profile Was Created", "A User Profile Was Updated", "A User Profile Was Deleted"]),
    subject(kinds::TEAM, "TEAM", "USERS", "Contact Center team", ["A Team Was Created", "A Team Was Updated", "A Team Was Deleted"]),
    subject(kinds::CUSTOM_ROLE, "ROLE", "ORG_SETTINGS", "custom role", ["A Custom Role Was Created", "A Custom Role Was Updated", "A Custom Role Was Deleted"]),
    subject(kinds::CUSTOMER, "CUSTOMER", "PARTNER", "customer", ["A Customer Was Created", "A Customer Was Updated", "A Customer Was Deleted"]),
    subject(kinds::TEMPLATE, "ORG", "ORG_SETTINGS", "license template", ["A License Template Was Created", "A License Template Was Updated", "A License Template Was Deleted"]),
    subject(kinds::FLOOR, "LOCATION", "LOCATIONS", "floor", ["A Floor Was Created", "A Floor Was Updated", "A Floor Was Deleted"]),
    subject(kinds::ACTIVATION_CODE, "DEVICE", "DEVICES", "device activation code", ["An Activation Code Was Created", "An Activation Code Was Updated", "An Activation Code Was Removed"]),
    subject(kinds::REPORT, "ORG", "ORG_SETTINGS", "report", ["A Report Was Requested", "A Report Was Updated", "A Report Was Deleted"]),
    subject(kinds::WEBHOOK, "WEBHOOK", "ORG_SETTINGS", "webhook", ["A Webhook Was Created", "A Webhook Was Updated", "A Webhook Was Deleted"]),
    subject(kinds::SUBSCRIBER, "SUBSCRIBER", "PARTNER", "subscriber", ["A Subscriber Was Created", "A Subscriber Was Updated", "A Subscriber Was Deleted"]),
    subject(kinds::SUBSCRIPTION_TAGS, "SUBSCRIPTION", "PARTNER", "subscription tags", ["Subscription Tags Were Assigned", "Subscription Tags Were Updated", "Subscription Tags Were Removed"]),
    subject(kinds::BILLING_REPORT, "ORG", "PARTNER", "billing report", ["A Billing Report Was Requested", "A Billing Report Was Updated", "A Billing Report Was Deleted"]),
];

/// Kinds that have no event of their own in this table, and why.
#[cfg(test)]
static UNTOLD: &[(Kind, &str)] = &[
    (
        kinds::TASK,
        "it is told when it is started, which is no commit",
    ),
    (
        kinds::AGENT,
        "it is told of the person, who is a user of Contact Center",
    ),
    (kinds::MAIL, "it follows from what it tells of"),
    (
        kinds::PACKAGE_USE,
        "it follows from the change of a subscriber's packages",
    ),
    (
        kinds::OUTSIDE_ACCOUNT,
        "it is of no organisation of the sandbox",
    ),
];

/// The licence template of a group. The event of its deletion is documented (AUD-03).
pub(super) const GROUP_TEMPLATE: Subject = subject(
    kinds::TEMPLATE,
    "GROUP",
    "GROUPS",
    "group license template",
    [
        "A Group Level Auto-License Template Was Created",
        "A Group Level Auto-License Template Was Updated",
        "Group(s) Were Removed To A Group Level Auto-License Template",
    ],
);

/// Tasks that an administrator starts, by kind; others are not told (AUD-03).
pub(super) static TASKS: &[(&str, &str)] = &[
    ("userImport", "An Admin Uploaded A CSV File"),
    ("userExport", "Users Csv Was Exported"),
    ("workspaceImport", "An Admin Uploaded A CSV File"),
    ("workspaceExport", "Workspaces Csv Was Exported"),
];

/// Changed settings of a holder.
pub(super) const SETTINGS: Subject = subject(
    Kind(kinds::FAMILIES),
    "PERSON",
    "CALLING",
    "calling settings",
    ["Calling Settings Were Updated"; 3],
);

/// Every category, for the list of them.
pub static CATEGORIES: &[&str] = &[
    "CALLING",
    "DEVICES",
    "GROUPS",
    "LOCATIONS",
    "LOGINS",
    "ORG_SETTINGS",
    "PARTNER",
    "PLACES",
    "SUBSCRIPTIONS",
    "USERS",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ENGINE;
    use crate::settings::table::family_of;

    /// Proves: AUD-01
    #[test]
    fn every_kind_of_thing_has_an_event_or_a_reason_to_have_none() {
        let kinds = (ENGINE.kinds)().iter();
        for def in kinds.filter(|def| family_of(def.kind).is_none()) {
            let told = SUBJECTS.iter().filter(|it| it.kind == def.kind).count();
            let untold = UNTOLD.iter().filter(|(kind, _)| *kind == def.kind).count();
            assert_eq!(told + untold, 1, "{}", def.name);
        }
    }

    #[test]
    fn every_category_is_in_the_list_of_them() {
        for subject in SUBJECTS.iter().chain([&GROUP_TEMPLATE, &SETTINGS]) {
            assert!(CATEGORIES.contains(&subject.category), "{}", subject.noun);
        }
    }
}
