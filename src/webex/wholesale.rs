//! `/v1/wholesale`: a partner provisions customers and subscribers (api-surface.md 4.10).

pub mod billing;
pub mod consent;
pub mod customers;
pub mod subscribers;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Items;
use crate::http::page::{self, Paging};
use crate::http::{Call, Reply, Row};
use crate::licensing::Properties;
use crate::model::organization::manages;
use crate::model::owned;
use crate::model::wholesale::{Author, Package};
use crate::model::{Organization, Subscription, SubscriptionStatus, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::wholesale::check_partner;
use crate::world::{Moment, World};

/// The rows that are neither of customers nor of subscribers.
pub const ROWS: &[Row] = &[Row::get("/v1/wholesale/subPartners", list_sub_partners)
    .queries(&[
        ("provisioningState", "Only sub-partners in this state."),
        MAX,
        OFFSET,
    ])
    .answers::<Items<SubPartner>>()];

/// The query parameter in which a partner names one of its own partners.
pub(super) const SUB_PARTNER: (&str, &str) = (
    "onBehalfOfSubPartnerOrgId",
    "A partner of the caller's, in whose name the call is.",
);
/// How long a page is.
pub(super) const MAX: (&str, &str) = ("max", "The most items on a page.");
/// Where a page begins.
pub(super) const OFFSET: (&str, &str) = ("offset", "How many items to pass over.");

/// `offset` and `max`, 50 up to 100, as documented for subscribers.
pub(super) const PAGES: Paging = Paging {
    start: "offset",
    max: "max",
    default: 50,
    most: 100,
};

/// What a precheck answers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Prechecked {
    message: &'static str,
    info: PrecheckInfo,
}

/// That nothing speaks against it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PrecheckInfo {
    info_code: u32,
    description: &'static str,
}

/// The answer of a precheck against which nothing speaks.
pub(super) fn prechecked() -> Result<Reply, Refusal> {
    let info = PrecheckInfo {
        info_code: 100,
        description: "Provisioning Precheck validation successful.",
    };
    let body = Prechecked {
        message: "success",
        info,
    };
    Reply::json(200, &body)
}

/// A partner of a partner.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubPartner {
    /// Its organisation.
    org_id: String,
    /// Its wholesale subscription.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_id: Option<String>,
    /// `suspended` while its subscription is.
    provisioning_state: &'static str,
    /// When it came.
    #[schema(value_type = String)]
    created: Moment,
    /// When its subscription began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    billing_start_date: Option<Moment>,
}

/// The partner in whose name a call is: the caller's, or a partner of that one.
///
/// # Errors
/// 404 for who is no partner, and for a sub-partner that is not the caller's.
pub(super) fn partner(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let world = call.read();
    let own = call.own_organization()?;
    check_partner(&world, own)?;
    let Some(text) = call.query(SUB_PARTNER.0) else {
        return Ok(own);
    };
    let id = WebexId::Organization.decode(&text);
    let id = id.filter(|id| manages(&world, own, *id) && check_partner(&world, *id).is_ok());
    id.ok_or_else(|| Refusal::not_found("Sub-partner", &text))
}

/// The same for what a suspended sub-partner cannot do: it removes, but adds and changes nothing.
///
/// # Errors
/// The same, and 403 for one that is suspended.
pub(super) fn active_partner(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let id = partner(call)?;
    let world = call.read();
    let own = call.own_organization()?;
    if id != own && state(&world, id).0 == "suspended" {
        let detail = "The sub-partner is suspended: it can remove, but neither add nor change.";
        return Err(Refusal::new(ErrorKind::Forbidden, detail));
    }
    Ok(id)
}

/// The state of a sub-partner, and its oldest subscription.
fn state(world: &World, partner: Uuid) -> (&'static str, Option<&Subscription>) {
    let own = owned::list::<Subscription>(world, partner);
    let oldest = own.map(|(_, it)| it).min_by_key(|it| it.created_at);
    let is_suspended = oldest.is_some_and(|it| it.status == SubscriptionStatus::Suspended);
    (if is_suspended { "suspended" } else { "active" }, oldest)
}

fn list_sub_partners(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let own = call.own_organization()?;
    check_partner(&world, own)?;
    let wanted = call.query("provisioningState");
    let all = world.list::<Organization>();
    let all = all.filter(|(_, it)| it.is_partner && it.managed_by == Some(own));
    let items = all.map(|(id, it)| {
        let (provisioning_state, subscription) = state(&world, id);
        SubPartner {
            org_id: WebexId::Organization.encode(id),
            subscription_id: subscription.map(|it| it.code.clone()),
            provisioning_state,
            created: it.created,
            billing_start_date: subscription.map(|it| it.created_at),
        }
    });
    let wanted = wanted.as_deref();
    let items = items.filter(|it| wanted.is_none_or(|state| state == it.provisioning_state));
    page::list(call, PAGES, "items", items)
}

/// Who asks, for what is done in the background.
pub(in crate::webex) fn author(call: &Call<'_>) -> Author {
    Author {
        actor: call.actor(),
        tracking_id: std::sync::Arc::clone(&call.tracking_id),
    }
}

/// The base package and what is added to it, as a body names them: by `package` or by `packages`.
///
/// # Errors
/// 400 for neither and for both.
pub(super) fn either(
    package: Option<Package>,
    packages: Option<Vec<Package>>,
) -> Result<Vec<Package>, Refusal> {
    match (package, packages) {
        (Some(package), None) => Ok(vec![package]),
        (None, Some(packages)) => Ok(packages),
        (None, None) => Err(Refusal::bad_request(
            "Either packages or package is required.",
        )),
        (Some(_), Some(_)) => Err(Refusal::bad_request(
            "Either packages or package may be given, and not both.",
        )),
    }
}

/// What a body says of a subscriber's name, number and location.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SubscriberParameters {
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// A number of the location, in E.164; hyphens are left out.
    primary_phone_number: Option<String>,
    /// An extension.
    extension: Option<String>,
    /// The location.
    location_id: Option<String>,
}

impl SubscriberParameters {
    /// Number, extension and location.
    ///
    /// # Errors
    /// 400 for a location that is none, and for what is no number and no extension.
    pub fn properties(&self) -> Result<Properties, Refusal> {
        let location = self.location_id.as_deref().filter(|text| !text.is_empty());
        let location = location.map(|text| {
            let id = WebexId::Location.decode(text);
            id.ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
        });
        // The contract writes "+1-240-555-1212".
        let number = self.primary_phone_number.as_deref();
        let number = number.map(|number| number.replace('-', ""));
        Properties::parse(
            location.transpose()?,
            number.as_deref(),
            self.extension.as_deref(),
        )
    }
}
