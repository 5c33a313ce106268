//! Management > Users: who is here, in which state, with which licences (STAT-02, SUB-08).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use super::tasks::known;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::contact_center::{self, SyncStatus};
use crate::licensing::{OutcomeError, packages};
use crate::model::owned;
use crate::model::wholesale::{Package, subscriber_of};
use crate::model::{License, Person, Subscription, SubscriptionStatus, WebexId};
use crate::refusal::Refusal;
use crate::resources::people;
use crate::world::{Tx, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/users", list)
        .named("listUsers", "The Users page")
        .queries(&[
            ("status", "Only people in this state."),
            ("query", "Only people whose names or addresses hold this."),
            MAX,
            START,
        ])
        .answers::<page::Items<ListedUser>>(),
    Row::post(
        "/_hub/v1/organizations/{org}/users/{personId}/resendInvitation",
        resend,
    )
    .named("resendInvitation", "Send the invitation again")
    .answers::<ListedUser>(),
    Row::post(
        "/_hub/v1/organizations/{org}/users/{personId}/deactivate",
        deactivate,
    )
    .named("deactivateUser", "Deactivate a user")
    .answers::<ListedUser>(),
    Row::post(
        "/_hub/v1/organizations/{org}/users/{personId}/reactivate",
        reactivate,
    )
    .named("reactivateUser", "Reactivate a user")
    .answers::<ListedUser>(),
];

/// A person on the Users page.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedUser {
    person_id: String,
    email: String,
    display_name: String,
    status: &'static str,
    licenses: Vec<HeldLicense>,
    /// The base package of a wholesale customer's user.
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<Package>,
    /// What is added to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    add_ons: Vec<Package>,
    /// Why the package has to be un-assigned and assigned again (PKG-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    package_error: Option<OutcomeError>,
    /// Of users of Contact Center: whether it knows what stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    sync_status: Option<SyncStatus>,
}

/// A licence of a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HeldLicense {
    license_id: String,
    name: &'static str,
    subscription_id: String,
    suspended: bool,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let status = call.query("status");
    let states = people::statuses(&world).iter().copied();
    known("status", status.as_deref(), states)?;
    let wanted = call.query("query").map(|text| text.to_lowercase());
    let fits = |person: &Person| {
        status
            .as_deref()
            .is_none_or(|s| people::status(&world, person).eq_ignore_ascii_case(s))
            && wanted.as_deref().is_none_or(|text| {
                person.display_name.to_lowercase().contains(text)
                    || person.email.as_str().contains(text)
            })
    };
    let people = owned::list::<Person>(&world, organization).filter(|(_, person)| fits(person));
    let items = people.map(|(id, person)| user(&world, id, person));
    page::list(call, ORDINARY, "items", items)
}

/// Does something to the person of the path, and shows them.
fn act(
    call: &Call<'_>,
    deed: impl FnOnce(&mut Tx, Uuid) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    organization(call)?;
    let id = call.person("personId")?;
    call.write(|tx| deed(tx, id))?;
    let world = call.tenant.sandbox.peek();
    let person = people::get(&world, id)?;
    Reply::json(200, &user(&world, id, &person))
}

fn resend(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, people::resend_invitation)
}

fn deactivate(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, |tx, id| people::enable_login(tx, id, false))
}

fn reactivate(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, |tx, id| people::enable_login(tx, id, true))
}

fn user(world: &World, id: Uuid, person: &Person) -> ListedUser {
    let held = person.licenses.iter().filter_map(|license_id| {
        let license = world.get::<License>(*license_id)?;
        let subscription = world.get::<Subscription>(license.subscription)?;
        Some(HeldLicense {
            license_id: license.webex_id(*license_id),
            name: license.offer().api_name,
            subscription_id: subscription.code.clone(),
            suspended: subscription.status == SubscriptionStatus::Suspended,
        })
    });
    let subscriber = subscriber_of(world, id).map(|(_, subscriber)| subscriber);
    let packages = subscriber.map_or(&[][..], |own| &own.packages);
    let package = packages::base(packages);
    let add_ons = packages.iter().copied().filter(|it| Some(*it) != package);
    let failure = subscriber
        .and_then(|own| own.failure)
        .map(packages::refusal);
    ListedUser {
        package,
        add_ons: add_ons.collect(),
        package_error: failure.as_ref().map(OutcomeError::from),
        person_id: WebexId::Person.encode(id),
        email: person.email.to_string(),
        display_name: person.display_name.clone(),
        status: people::status(world, person),
        licenses: held.collect(),
        sync_status: contact_center::sync_status(world, id),
    }
}
