//! The one file that knows all rooms: operations, kinds, checks and timers, handed to the engine
//! and the edge at start.

use std::sync::LazyLock;

use crate::http::Row;
use crate::http::table::Table;
use crate::model::{
    ActivationCode, Device, Group, License, LicenseTemplate, Location, Organization, Person,
    PhoneNumber, Subscription, Webhook, Workspace,
};
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
    settings::CHECK,
    belongings::CHECK,
    licensing::check::CHECK,
    belongings::devices::CHECK,
    resources::groups::CHECK,
];
const TIMERS: &[&[TimerDef]] = &[
    licensing::lifecycle::TIMERS,
    resources::devices::TIMERS,
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
];

fn kinds() -> &'static [KindDef] {
    static KINDS: LazyLock<Vec<KindDef>> = LazyLock::new(|| {
        let families = settings::table::FAMILIES.iter().map(|family| family.kind);
        ENTITIES.iter().copied().chain(families).collect()
    });
    &KINDS
}

/// The rows of every room. A new resource adds one line.
const ROOMS: &[&[Row]] = &[
    webex::people::ROWS,
    webex::organizations::ROWS,
    webex::licenses::ROWS,
    webex::locations::ROWS,
    webex::workspaces::ROWS,
    webex::groups::ROWS,
    webex::webhooks::ROWS,
    webex::devices::ROWS,
    webex::scim::ROWS,
    webex::numbers::ROWS,
    webex::telephony::locations::ROWS,
    webex::telephony::extensions::ROWS,
    webex::telephony::inventory::ROWS,
    webex::telephony::available_numbers::ROWS,
    webex::admin_audit::ROWS,
    webex::access_token::ROWS,
    hub::license_template::ROWS,
    hub::licenses::ROWS,
    hub::settings::ROWS,
    hub::subscriptions::ROWS,
    hub::tasks::ROWS,
    hub::users::ROWS,
    hub::users_csv::ROWS,
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
    control::authority::ROWS,
    console::ROWS,
    control::scenarios::ROWS,
    control::tasks::ROWS,
    control::plan::ROWS,
    control::snapshots::ROWS,
];

/// The operation table.
#[must_use]
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::build(ROOMS));
    &TABLE
}
