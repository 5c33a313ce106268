//! Edit licences: the dialog of one person or one workspace. One request is one save.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{license, organization};
use crate::http::{Call, Reply, Row};
use crate::licensing::assignment;
use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::contact_center::{self, AgentRole, LicenseType};
use crate::licensing::outcome::Outcome;
use crate::model::owned;
use crate::model::{Holder, License, Person, Subscription, SubscriptionStatus, WebexId, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(
        "/_hub/v1/organizations/{org}/users/{personId}/licenses",
        show_person,
    )
    .named("getUserLicenses", "The dialog Edit licences")
    .answers::<Dialog>(),
    Row::patch(
        "/_hub/v1/organizations/{org}/users/{personId}/licenses",
        save_person,
    )
    .named("editUserLicenses", "Save the dialog Edit licences")
    .takes::<Save>()
    .answers::<Outcome>(),
    Row::get(
        "/_hub/v1/organizations/{org}/workspaces/{workspaceId}/licenses",
        show_workspace,
    )
    .named(
        "getWorkspaceLicenses",
        "The dialog Edit licences of a workspace",
    )
    .answers::<Dialog>(),
    Row::patch(
        "/_hub/v1/organizations/{org}/workspaces/{workspaceId}/licenses",
        save_workspace,
    )
    .named(
        "editWorkspaceLicenses",
        "Save the dialog Edit licences of a workspace",
    )
    .takes::<Save>()
    .answers::<Outcome>(),
];

/// The dialog: every licence that the holder has or could have.
#[derive(Debug, Serialize, ToSchema)]
struct Dialog {
    items: Vec<Choice>,
}

/// A line of the dialog.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Choice {
    license_id: String,
    name: &'static str,
    subscription_id: String,
    #[schema(value_type = String)]
    subscription_status: SubscriptionStatus,
    assigned: bool,
    suspended: bool,
}

/// One save of the dialog.
#[derive(Debug, Deserialize, ToSchema)]
struct Save {
    licenses: Vec<Item>,
}

/// A box that was checked or unchecked.
#[derive(Debug, Deserialize, ToSchema)]
struct Item {
    /// A licence id, or its CSV header.
    id: String,
    /// `add` unless said.
    #[serde(default)]
    operation: Operation,
    /// For a Calling licence.
    #[serde(default)]
    properties: Option<ItemProperties>,
}

/// Checked or unchecked.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Operation {
    /// Checked.
    #[default]
    Add,
    /// Unchecked.
    Remove,
}

/// Number, extension and location; of a licence of Contact Center the role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemProperties {
    /// The Calling location.
    location_id: Option<String>,
    /// A number of the location's inventory.
    phone_number: Option<String>,
    /// An extension, unique in the location.
    extension: Option<String>,
    /// Of a licence of Contact Center: `agent` or `supervisor`.
    role: Option<AgentRole>,
}

fn show_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    organization(call)?;
    show(call, Holder::Person(call.person("personId")?))
}

fn save_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = Holder::Person(call.person("personId")?);
    save(call, holder)
}

fn show_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    organization(call)?;
    show(call, workspace(call)?)
}

fn save_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = workspace(call)?;
    save(call, holder)
}

fn workspace(call: &Call<'_>) -> Result<Holder, Refusal> {
    crate::webex::settings::workspace(call, call.value("workspaceId")).map(Holder::Workspace)
}

fn held(world: &World, holder: Holder) -> &[Uuid] {
    match holder {
        Holder::Person(id) => world
            .get::<Person>(id)
            .map(|person| person.licenses.as_slice()),
        Holder::Workspace(id) => world
            .get::<Workspace>(id)
            .map(|room| room.licenses.as_slice()),
    }
    .unwrap_or_default()
}

fn show(call: &Call<'_>, holder: Holder) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let held = held(&world, holder);
    let mut items = Vec::new();
    for (id, license) in owned::list::<License>(&world, organization) {
        let offer = license.offer();
        let fits = match holder {
            Holder::Person(_) => offer.for_people(),
            Holder::Workspace(_) => offer.for_workspaces(),
        };
        let Some(subscription) = world.get::<Subscription>(license.subscription) else {
            continue;
        };
        let assigned = held.contains(&id);
        let gone = matches!(
            subscription.status,
            SubscriptionStatus::Cancelled | SubscriptionStatus::Deleted
        );
        if !fits || (gone && !assigned) {
            continue;
        }
        items.push((
            subscription.created_at,
            Choice {
                license_id: license.webex_id(id),
                name: offer.api_name,
                subscription_id: subscription.code.clone(),
                subscription_status: subscription.status,
                assigned,
                suspended: subscription.status == SubscriptionStatus::Suspended,
            },
        ));
    }
    items.sort_by(|(a_at, a), (b_at, b)| (a_at, a.name).cmp(&(b_at, b.name)));
    Reply::json(
        200,
        &Dialog {
            items: items.into_iter().map(|(_, choice)| choice).collect(),
        },
    )
}

fn save(call: &Call<'_>, holder: Holder) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: Save = call.json()?;
    let world = call.read();
    let role = role(&world, organization, &body)?;
    let change = change(&world, organization, holder, body)?;
    if call.edits_agents_only() {
        check_agents_only(&world, &change)?;
    }
    let mut outcome = call.write(|tx| {
        let mut outcome = assignment::save(tx, change)?;
        if let Some(role) = role {
            contact_center::appoint(tx, holder.id(), role, &mut outcome)?;
        }
        Ok(outcome)
    })?;
    outcome.tracking_id = call.tracking_id.to_string();
    let reply = Reply::json(200, &outcome)?.explained();
    call.tell(outcome);
    Ok(reply)
}

/// Refuses other licences than those of Contact Center to its own administrators (CC-12).
fn check_agents_only(world: &World, change: &Change) -> Result<(), Refusal> {
    let added = change.add.iter().map(|add| add.license);
    let mut all = added.chain(change.remove.iter().copied());
    if all.all(|id| LicenseType::of(world, id).is_some()) {
        return Ok(());
    }
    let detail = "A Contact Center Service Administrator changes licenses of Contact Center only.";
    Err(Refusal::new(ErrorKind::Forbidden, detail).by("CC-12"))
}

/// What a save makes of somebody in Contact Center (CC-04).
fn role(world: &World, organization: Uuid, body: &Save) -> Result<Option<AgentRole>, Refusal> {
    let mut found = None;
    for item in &body.licenses {
        let Some(role) = item.properties.as_ref().and_then(|it| it.role) else {
            continue;
        };
        let id = license(world, organization, &item.id)?;
        if item.operation == Operation::Remove || LicenseType::of(world, id).is_none() {
            let detail =
                "properties.role is for a license of Contact Center that is added or held.";
            return Err(Refusal::bad_request(detail).by("CC-04"));
        }
        found = Some(role);
    }
    Ok(found)
}

fn change(
    world: &World,
    organization: Uuid,
    holder: Holder,
    body: Save,
) -> Result<Change, Refusal> {
    let mut change = Change {
        holder,
        add: Vec::new(),
        remove: Vec::new(),
        route: Route::EditLicenses,
    };
    for item in body.licenses {
        let license = license(world, organization, &item.id)?;
        match item.operation {
            Operation::Remove => change.remove.push(license),
            Operation::Add => {
                let properties = item.properties.as_ref().map(parse).transpose()?;
                change.add.push(Add {
                    license,
                    properties,
                });
            }
        }
    }
    if change.add.is_empty() && change.remove.is_empty() {
        return Err(Refusal::bad_request(
            "licenses must name at least one licence.",
        ));
    }
    Ok(change)
}

pub(super) fn parse(properties: &ItemProperties) -> Result<Properties, Refusal> {
    let location = properties
        .location_id
        .as_deref()
        .filter(|text| !text.is_empty());
    let location = location.map(|text| {
        let id = WebexId::Location.decode(text);
        id.ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
    });
    let number = properties.phone_number.as_deref();
    Properties::parse(
        location.transpose()?,
        number,
        properties.extension.as_deref(),
    )
}
