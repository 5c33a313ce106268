//! Customers of a partner: accepted at once, provisioned by a timer (PKG-17).

use std::collections::BTreeMap;

use uuid::Uuid;

use super::provision::location_change;
use super::{PROVISION, PROVISION_MILLIS, check_partner};
use crate::licensing::packages::{self, Kind, Number};
use crate::model::country::is_country;
use crate::model::organization::manages;
use crate::model::owned;
use crate::model::wholesale::{
    Author, BillingAddress, Customer, CustomerStatus, Package, Pending, PendingLocation,
    Subscriber, customer_of,
};
use crate::model::{Email, Organization, WebexId, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::text::checked;
use crate::resources::{locations, people};
use crate::world::{Tx, World};

/// Longest line of a billing address (contract).
const LINE_MAX: usize = 50;
/// Longest other text.
const TEXT_MAX: usize = 256;
/// The most that may be assigned of a package.
const LIMIT_MAX: u32 = 10_000_000;

/// A customer as a partner asks for it.
#[derive(Debug, Clone, Default)]
pub struct NewCustomer {
    /// What the partner calls it.
    pub external_id: Option<String>,
    /// Where bills go.
    pub address: BillingAddress,
    /// Its packages; a precheck may name none.
    pub packages: Vec<Package>,
    /// How many of each may be assigned.
    pub limits: BTreeMap<Package, u32>,
    /// An organisation that is there already.
    pub organization: Option<Uuid>,
    /// The name of a new one.
    pub name: Option<String>,
    /// The address of its first administrator.
    pub primary_email: Option<String>,
    /// Its first location with Calling.
    pub location: Option<PendingLocation>,
}

/// A change of a customer; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct CustomerChange {
    /// What the partner calls it.
    pub external_id: Option<String>,
    /// Where bills go.
    pub address: Option<BillingAddress>,
    /// All its packages from now on.
    pub packages: Vec<Package>,
    /// How many of each may be assigned.
    pub limits: BTreeMap<Package, u32>,
    /// A further location with Calling.
    pub location: Option<PendingLocation>,
}

/// An organisation that is a customer from the start, in a scenario.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// The partner.
    pub partner: Uuid,
    /// The organisation.
    pub organization: Uuid,
    /// What the partner calls it.
    pub external_id: String,
    /// Where bills go.
    pub address: BillingAddress,
    /// Its packages.
    pub packages: Vec<Package>,
    /// How many of each may be assigned.
    pub limits: BTreeMap<Package, u32>,
}

/// Makes an organisation a wholesale customer, or gives one other packages, without any wait.
///
/// # Errors
/// 400 for values that make no sense, 409 for what is taken or in use.
pub fn adopt(tx: &mut Tx, adopted: Adopted) -> Result<Uuid, Refusal> {
    check_packages(&adopted.packages, &adopted.limits)?;
    let name = organization(tx, adopted.organization)?.name.clone();
    let known = customer_of(tx, adopted.organization).map(|(id, known)| (id, known.clone()));
    let (id, known) = match known {
        Some((id, known)) => (id, Some(known)),
        None => (tx.new_id::<Customer>(), None),
    };
    let customer = Customer {
        partner: adopted.partner,
        organization: Some(adopted.organization),
        subscription: known.and_then(|known| known.subscription),
        external_id: external_id(&adopted.external_id)?,
        name,
        address: address("address", adopted.address)?,
        packages: Vec::new(),
        status: CustomerStatus::Provisioned,
        errors: Vec::new(),
        pending: None,
    };
    tx.put(id, customer)?;
    packages::provision(tx, id, &adopted.packages, &adopted.limits)?;
    Ok(id)
}

/// Whether a customer could be provisioned: the check of `POST` alone.
///
/// # Errors
/// What speaks against it.
pub fn check(world: &World, partner: Uuid, wanted: &NewCustomer) -> Result<(), Refusal> {
    check_partner(world, partner)?;
    address("address", wanted.address.clone())?;
    check_packages(&wanted.packages, &wanted.limits)?;
    if let Some(text) = &wanted.external_id {
        let taken = world.find(spaces::EXTERNAL_CUSTOMER, partner, &external_id(text)?);
        if taken.is_some() {
            let shown = crate::model::number::shorten(text);
            let detail = format!("externalId: \"{shown}\" is a customer already.");
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
    }
    match wanted.organization {
        Some(id) => check_existing(world, partner, id)?,
        None => check_new(world, wanted)?,
    }
    match &wanted.location {
        Some(wanted) => locations::check(location_change(wanted)),
        None => Ok(()),
    }
}

/// An organisation that exists must be a customer of this partner's, and not yet by wholesale.
fn check_existing(world: &World, partner: Uuid, id: Uuid) -> Result<(), Refusal> {
    if !manages(world, partner, id) {
        let text = WebexId::Organization.encode(id);
        return Err(Refusal::not_found("Organization", &text));
    }
    match customer_of(world, id) {
        None => Ok(()),
        Some((_, known)) => {
            let detail = format!("{} is a wholesale customer already.", known.name);
            Err(Refusal::new(ErrorKind::Conflict, detail))
        }
    }
}

fn check_new(world: &World, wanted: &NewCustomer) -> Result<(), Refusal> {
    if let Some(name) = &wanted.name {
        checked("customerInfo.name", name, TEXT_MAX)?;
        if name.contains('%') {
            return Err(Refusal::bad_request(
                "customerInfo.name must not contain %.",
            ));
        }
    }
    if let Some(text) = &wanted.primary_email {
        let email: Email = text.parse().map_err(|error: String| {
            Refusal::bad_request(format!("customerInfo.primaryEmail: {error}."))
        })?;
        if people::find(world, email.as_str()).is_some() {
            return Err(Refusal::new(ErrorKind::EmailAssociated, "").by("PKG-19"));
        }
    }
    Ok(())
}

/// Accepts a customer, which a timer provisions.
///
/// # Errors
/// What [`check`] refuses, and 400 for what only a precheck may leave out.
pub fn create(
    tx: &mut Tx,
    partner: Uuid,
    wanted: NewCustomer,
    author: Author,
) -> Result<Uuid, Refusal> {
    check(tx, partner, &wanted)?;
    let required = |field: &str| Refusal::bad_request(format!("{field} is required."));
    let external = wanted.external_id.clone();
    let external = external.ok_or_else(|| required("externalId"))?;
    if wanted.packages.is_empty() {
        return Err(required("packages"));
    }
    let name = match wanted.organization {
        Some(id) => organization(tx, id)?.name.clone(),
        None => {
            let name = wanted.name.clone();
            let name = name.ok_or_else(|| required("customerInfo.name"))?;
            if wanted.primary_email.is_none() {
                return Err(required("customerInfo.primaryEmail"));
            }
            name.trim().to_owned()
        }
    };
    let has_place = wanted.organization.is_some_and(|id| has_calling(tx, id));
    if calls(&wanted.packages) && wanted.location.is_none() && !has_place {
        return Err(required("provisioningParameters.calling.location"));
    }
    let id = tx.new_id::<Customer>();
    let pending = Pending {
        primary_email: wanted.primary_email,
        location: wanted.location,
        packages: wanted.packages,
        limits: wanted.limits,
        author,
    };
    let customer = Customer {
        partner,
        organization: wanted.organization,
        subscription: None,
        external_id: external_id(&external)?,
        name,
        address: address("address", wanted.address)?,
        packages: Vec::new(),
        status: CustomerStatus::Provisioning,
        errors: Vec::new(),
        pending: Some(pending),
    };
    tx.put(id, customer)?;
    arm(tx, id);
    Ok(id)
}

/// Accepts a change of a customer, which a timer makes.
///
/// # Errors
/// 404, 400, 409 while another change is made, or for packages that are in use.
pub fn update(
    tx: &mut Tx,
    partner: Uuid,
    id: Uuid,
    change: CustomerChange,
    author: Author,
) -> Result<(), Refusal> {
    let mut customer = settled(tx, partner, id)?;
    check_packages(&change.packages, &change.limits)?;
    if change.packages.is_empty() {
        return Err(Refusal::bad_request("packages must name at least one."));
    }
    packages::check_removal(tx, id, &change.packages, &change.limits)?;
    if let Some(wanted) = &change.location {
        locations::check(location_change(wanted))?;
    }
    if let Some(text) = &change.external_id {
        customer.external_id = external_id(text)?;
    }
    if let Some(wanted) = change.address {
        customer.address = address("address", wanted)?;
    }
    customer.status = CustomerStatus::Updating;
    customer.errors.clear();
    customer.pending = Some(Pending {
        primary_email: None,
        location: change.location,
        packages: change.packages,
        limits: change.limits,
        author,
    });
    tx.put(id, customer)?;
    arm(tx, id);
    Ok(())
}

/// Accepts that a customer is to go. Its organisation stays: only the mapping goes (contract).
///
/// # Errors
/// 404, 409 while another change is made, or while it has subscribers.
pub fn delete(tx: &mut Tx, partner: Uuid, id: Uuid, author: Author) -> Result<(), Refusal> {
    let mut customer = settled(tx, partner, id)?;
    let own = tx.list::<Subscriber>().filter(|(_, it)| it.customer == id);
    let count = own.count();
    if count > 0 {
        let detail = format!(
            "{} has {count} subscribers; remove them first (DELETE /v1/wholesale/subscribers).",
            customer.name
        );
        return Err(Refusal::new(ErrorKind::PackageInUse, detail));
    }
    customer.status = CustomerStatus::Deleting;
    customer.errors.clear();
    customer.pending = Some(Pending {
        author,
        ..Pending::default()
    });
    tx.put(id, customer)?;
    arm(tx, id);
    Ok(())
}

/// A customer of a partner.
///
/// # Errors
/// 404, also for another partner's.
pub fn get(world: &World, partner: Uuid, id: Uuid) -> Result<&Customer, Refusal> {
    let found = owned::get::<Customer>(world, partner, id);
    found.ok_or_else(|| Refusal::not_found("Customer", &WebexId::Customer.encode(id)))
}

/// The customers of a partner.
pub fn list(world: &World, partner: Uuid) -> impl Iterator<Item = (Uuid, &Customer)> {
    owned::list::<Customer>(world, partner)
}

/// A customer at which nothing is being done.
pub(super) fn settled(world: &World, partner: Uuid, id: Uuid) -> Result<Customer, Refusal> {
    let customer = get(world, partner, id)?;
    if customer.pending.is_none() {
        return Ok(customer.clone());
    }
    let detail = format!("{} is being changed.", customer.name);
    Err(Refusal::new(ErrorKind::CustomerBusy, detail).by("PKG-17"))
}

fn arm(tx: &mut Tx, id: Uuid) {
    let at = tx.now().plus_millis(PROVISION_MILLIS);
    tx.arm(at, PROVISION, id);
}

fn organization(world: &World, id: Uuid) -> Result<&Organization, Refusal> {
    let found = world.get::<Organization>(id);
    let text = || WebexId::Organization.encode(id);
    found.ok_or_else(|| Refusal::not_found("Organization", &text()))
}

fn has_calling(world: &World, organization: Uuid) -> bool {
    let mut all = locations::list(world, organization);
    all.any(|(_, location)| location.calling.is_some())
}

/// Whether a package among these has Calling.
fn calls(packages: &[Package]) -> bool {
    let mut rows = packages.iter().map(|package| packages::of(*package));
    rows.any(|row| row.kind == Kind::Base && row.number != Number::None)
}

fn check_packages(wanted: &[Package], limits: &BTreeMap<Package, u32>) -> Result<(), Refusal> {
    for (index, package) in wanted.iter().enumerate() {
        if wanted[..index].contains(package) {
            let name = packages::of(*package).name;
            return Err(Refusal::bad_request(format!("packages: {name} is twice.")));
        }
    }
    if let Some((package, limit)) = limits.iter().find(|(_, limit)| **limit > LIMIT_MAX) {
        let name = packages::of(*package).name;
        let detail = format!("The limit of {name} must be at most {LIMIT_MAX}, not {limit}.");
        return Err(Refusal::bad_request(detail).by("PKG-16"));
    }
    packages::check_dependencies(wanted)
}

fn external_id(text: &str) -> Result<String, Refusal> {
    checked("externalId", text, TEXT_MAX)
}

/// A billing address that makes sense.
fn address(field: &str, wanted: BillingAddress) -> Result<BillingAddress, Refusal> {
    let at = |name: &str| format!("{field}.{name}");
    let optional = |name: &str, text: Option<String>| {
        let text = text.filter(|text| !text.trim().is_empty());
        text.map(|text| checked(&at(name), &text, LINE_MAX))
            .transpose()
    };
    let country = wanted.country.to_ascii_uppercase();
    if !is_country(&country) {
        let shown = crate::model::number::shorten(&wanted.country);
        let detail = format!(
            "{} must be the two letters of a country (ISO 3166), not \"{shown}\".",
            at("country")
        );
        return Err(Refusal::bad_request(detail));
    }
    Ok(BillingAddress {
        address_line1: checked(&at("addressLine1"), &wanted.address_line1, LINE_MAX)?,
        address_line2: optional("addressLine2", wanted.address_line2)?,
        city: checked(&at("city"), &wanted.city, LINE_MAX)?,
        state_or_province: optional("stateOrProvince", wanted.state_or_province)?,
        zip_or_postal_code: optional("zipOrPostalCode", wanted.zip_or_postal_code)?,
        country,
    })
}
