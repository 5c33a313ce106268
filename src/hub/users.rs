//! Management > Users: who is here, in which state, with which licences (STAT-02, SUB-08).

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use super::tasks::known;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::model::{License, Person, Subscription, SubscriptionStatus, WebexId};
use crate::refusal::Refusal;
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/_hub/v1/organizations/{org}/users", list)
    .named("listUsers", "The Users page")
    .queries(&[
        ("status", "Only people in this state."),
        ("query", "Only people whose names or addresses hold this."),
        MAX,
        START,
    ])
    .answers::<page::Items<ListedUser>>()];

/// The states of a person.
const STATES: [&str; 3] = ["Active", "Pending", "Inactive"];

/// A person on the Users page.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedUser {
    person_id: String,
    email: String,
    display_name: String,
    status: &'static str,
    licenses: Vec<HeldLicense>,
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
    known("status", status.as_deref(), STATES.into_iter())?;
    let wanted = call.query("query").map(|text| text.to_lowercase());
    let fits = |person: &Person| {
        person.organization == organization
            && status
                .as_deref()
                .is_none_or(|s| person.user_status().eq_ignore_ascii_case(s))
            && wanted.as_deref().is_none_or(|text| {
                person.display_name.to_lowercase().contains(text)
                    || person.email.as_str().contains(text)
            })
    };
    let people = world.list::<Person>().filter(|(_, person)| fits(person));
    let items = people.map(|(id, person)| user(&world, id, person));
    page::list(call, ORDINARY, "items", items)
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
    ListedUser {
        person_id: WebexId::Person.encode(id),
        email: person.email.to_string(),
        display_name: person.display_name.clone(),
        status: person.user_status(),
        licenses: held.collect(),
    }
}
