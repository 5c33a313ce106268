//! The one file that knows all rooms: operations, kinds, checks and timers, handed to the engine
//! and the edge at start.

use std::sync::LazyLock;

use uuid::Uuid;

use crate::control::quirks::EDITION;
use crate::http::Row;
use crate::http::table::{Rooms, Table};
use crate::http::tenant::HOME;
use crate::licensing::quirks;
use crate::model::billing::{BillingReport, PackageUse, SubscriptionTags};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::wholesale::{Customer, Subscriber};
use crate::model::{
    ActivationCode, Agent, CustomRole, Device, DeviceSettings, Floor, Group, License,
    LicenseTemplate, Location, Mail, Organization, OutsideAccount, Person, PhoneNumber, Report,
    Subscription, Team, UserProfile, Webhook, Workspace,
};
use crate::tasks::engine::PACE;
use crate::tasks::{self, Task};
use crate::world::{Check, Engine, KindDef, TimerDef};
use crate::{belongings, console, control, hub, licensing, resources, settings, webex};

/// What the engine is told.
pub static ENGINE: Engine = Engine {
    kinds,
    checks: CHECKS,
    timers: TIMERS,
};

const CHECKS: &[Check] = &[
    // First: it tells object and field.
    resources::references::CHECK,
    settings::CHECK,
    belongings::CHECK,
    licensing::check::CHECK,
    belongings::devices::CHECK,
    resources::groups::CHECK,
    resources::kept::CHECK,
    tasks::kept::CHECK,
    SWITCHES,
];

/// What a sandbox has chosen is understood by who reads it.
const SWITCHES: Check = Check {
    name: "choices",
    on_change: |_, _| Vec::new(),
    on_world: |world| {
        let choices = world.choices();
        choices
            .filter_map(|(name, value)| misunderstood(name, value))
            .collect()
    },
};

/// What is wrong with a choice of a sandbox.
fn misunderstood(name: &str, value: &str) -> Option<String> {
    let wrong = |known: &str| {
        Some(format!(
            "{name} is \"{}\"; it must be {known}",
            shorten(value)
        ))
    };
    match (name, quirks::quirk(name)) {
        (_, Some(quirk)) if quirk.choices.contains(&value) => None,
        (_, Some(quirk)) => wrong(&quirk.choices.join(" or ")),
        (EDITION, _) if quirks::edition(value).is_some() => None,
        (EDITION, _) => {
            let known: Vec<_> = quirks::EDITIONS
                .iter()
                .map(|edition| edition.name)
                .collect();
            wrong(&known.join(" or "))
        }
        (PACE, _) if value.parse::<u32>().is_ok() => None,
        (PACE, _) => wrong("a whole number of at least 0"),
        (HOME, _) if Uuid::try_parse(value).is_ok() => None,
        (HOME, _) => wrong("the uuid of an organization"),
        _ => {
            let known = quirks::QUIRKS.iter().map(|quirk| quirk.name);
            let known = known.chain([EDITION, PACE, HOME]);
            let hint = nearest(name, known)
                .map_or_else(String::new, |known| format!("; did you mean \"{known}\"?"));
            Some(format!("there is no choice \"{}\"{hint}", shorten(name)))
        }
    }
}
const TIMERS: &[&[TimerDef]] = &[
    licensing::lifecycle::TIMERS,
    resources::subscriptions::TIMERS,
    belongings::devices::TIMERS,
    resources::people::TIMERS,
    resources::reports::TIMERS,
    resources::workspaces::personalize::TIMERS,
    resources::wholesale::TIMERS,
    tasks::TIMERS,
];

/// Kinds that are not settings families.
const ENTITIES: &[KindDef] = &[
    KindDef::of::<Organization>(),
    KindDef::of::<Subscription>(),
    KindDef::of::<License>(),
    KindDef::of::<Location>(),
    KindDef::of::<PhoneNumber>(),
    KindDef::of::<Person>(),
    KindDef::of::<Workspace>(),
    KindDef::of::<LicenseTemplate>(),
    KindDef::of::<Task>(),
    KindDef::of::<Group>(),
    KindDef::of::<Webhook>(),
    KindDef::of::<Device>(),
    KindDef::of::<ActivationCode>(),
    KindDef::of::<DeviceSettings>(),
    KindDef::of::<Mail>(),
    KindDef::of::<Agent>(),
    KindDef::of::<UserProfile>(),
    KindDef::of::<CustomRole>(),
    KindDef::of::<Team>(),
    KindDef::of::<OutsideAccount>(),
    KindDef::of::<Customer>(),
    KindDef::of::<Subscriber>(),
    KindDef::of::<PackageUse>(),
    KindDef::of::<BillingReport>(),
    KindDef::of::<SubscriptionTags>(),
    KindDef::of::<Floor>(),
    KindDef::of::<Report>(),
];

fn kinds() -> &'static [KindDef] {
    static KINDS: LazyLock<Vec<KindDef>> = LazyLock::new(|| {
        let families = settings::table::FAMILIES.iter().map(|family| family.kind);
        ENTITIES.iter().copied().chain(families).collect()
    });
    &KINDS
}

/// The rows of every room. A new resource adds one line.
const ROWS: &[&[Row]] = &[
    webex::people::ROWS,
    webex::organizations::ROWS,
    webex::licenses::ROWS,
    webex::locations::ROWS,
    webex::floors::ROWS,
    webex::workspace_locations::ROWS,
    webex::workspaces::ROWS,
    webex::workspaces::personalize::ROWS,
    webex::groups::ROWS,
    webex::webhooks::ROWS,
    webex::devices::ROWS,
    webex::contact_center::ROWS,
    webex::contact_center::PROFILE_ROWS,
    webex::contact_center::SKILL_ROWS,
    webex::contact_center::TEAM_ROWS,
    webex::activation_emails::ROWS,
    webex::scim::users::ROWS,
    webex::scim::groups::ROWS,
    webex::scim::bulk::ROWS,
    webex::numbers::ROWS,
    webex::telephony::locations::ROWS,
    webex::telephony::extensions::ROWS,
    webex::telephony::feature_access::ROWS,
    webex::telephony::inventory::ROWS,
    webex::telephony::jobs::ROWS,
    webex::telephony::available_numbers::ROWS,
    webex::telephony::devices::ROWS,
    webex::telephony::available_members::ROWS,
    webex::telephony::available_features::ROWS,
    webex::telephony::executives::ROWS,
    webex::reports::ROWS,
    webex::admin_audit::ROWS,
    webex::access_token::ROWS,
    hub::administrator_roles::ROWS,
    hub::contact_center::ROWS,
    webex::wholesale::ROWS,
    webex::wholesale::customers::ROWS,
    webex::wholesale::subscribers::ROWS,
    webex::wholesale::consent::ROWS,
    webex::wholesale::billing::ROWS,
    webex::partner::ROWS,
    hub::customers::ROWS,
    hub::license_template::ROWS,
    hub::license_report::ROWS,
    hub::licenses::ROWS,
    hub::pstn::ROWS,
    hub::packages::ROWS,
    hub::roles::ROWS,
    hub::settings::ROWS,
    hub::subscriptions::ROWS,
    hub::tasks::ROWS,
    hub::manual::ROWS,
    hub::users::ROWS,
    hub::users_csv::ROWS,
    hub::workspaces_csv::ROWS,
    control::status::ROWS,
    control::sandboxes::ROWS,
    control::clock::ROWS,
    control::quirks::ROWS,
    control::coverage::ROWS,
    control::rules::ROWS,
    control::errors::ROWS,
    control::ledger::ROWS,
    control::history::ROWS,
    control::requests::ROWS,
    control::events::ROWS,
    control::verify::ROWS,
    control::explain::ROWS,
    control::faults::ROWS,
    control::metrics::ROWS,
    control::scopes::ROWS,
    control::openapi::ROWS,
    control::subscriptions::ROWS,
    control::subscriptions::EVENT_ROWS,
    control::shutdown::ROWS,
    control::simulate::ROWS,
    control::outbox::ROWS,
    control::webhooks::ROWS,
    control::reports::ROWS,
    control::authority::ROWS,
    console::ROWS,
    control::scenarios::ROWS,
    control::tasks::ROWS,
    control::plan::ROWS,
    control::snapshots::ROWS,
];

/// What rooms do for many rows at once.
const ROOMS: Rooms = Rooms {
    family: webex::settings::run,
    planned: control::plan::answer,
};

/// The operation table.
#[must_use]
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::build(ROWS, ROOMS));
    &TABLE
}
