//! What a timer does of what a partner asked for: organisation, first administrator, location and
//! packages. What cannot be done is written down where the partner looks for it (PKG-17).

use uuid::Uuid;

use crate::licensing::{Route, lifecycle, packages};
use crate::model::location::CallingLocation;
use crate::model::organization::OrganizationSettings;
use crate::model::role::ROLES;
use crate::model::wholesale::{
    Customer, CustomerStatus, Package, Pending, PendingLocation, ProvisioningError,
};
use crate::model::{Email, Organization, SubscriptionStatus, kinds};
use crate::refusal::Refusal;
use crate::resources::locations::{AddressChange, LocationChange};
use crate::resources::people::{self, PersonChange, Wanted};
use crate::resources::{calling_locations, locations, organizations};
use crate::world::{Signature, Tx};

/// The operation in whose name a customer is provisioned.
const OPERATION: &str = "provisionAWholesaleCustomer";

/// Ends what is being done at a customer.
pub(super) fn fire(tx: &mut Tx, id: Uuid) {
    let Some(customer) = tx.get::<Customer>(id).cloned() else {
        return;
    };
    let Some(pending) = customer.pending.clone() else {
        return;
    };
    tx.sign(Signature {
        actor: pending.author.actor.clone(),
        operation: OPERATION,
        tracking_id: pending.author.tracking_id.clone(),
        continues: false,
    });
    if customer.status == CustomerStatus::Deleting {
        remove(tx, id, &customer);
        return;
    }
    let mut errors = Vec::new();
    let organization = match customer.organization {
        Some(organization) => Some(organization),
        None => {
            let made = tx.attempt(|tx| found(tx, &customer, &pending));
            made.map_err(|refusal| errors.push((None, shown(&refusal))))
                .ok()
        }
    };
    if let Some(organization) = organization {
        furnish(tx, (id, organization), &pending, &mut errors);
    }
    let status = match (organization, errors.is_empty()) {
        (None, _) => CustomerStatus::Error,
        (_, false) => CustomerStatus::ProvisionedWithErrors,
        (_, true) => CustomerStatus::Provisioned,
    };
    tx.by_rule("PKG-17");
    let settled = tx.update::<Customer>(id, |customer| {
        customer.status = status;
        customer.errors = errors;
        customer.pending = None;
    });
    debug_assert!(settled.is_ok(), "the index of a customer stays as it is");
}

/// Founds the organisation, with its first administrator, who is invited.
fn found(tx: &mut Tx, customer: &Customer, pending: &Pending) -> Result<Uuid, Refusal> {
    let email = pending.primary_email.as_deref().unwrap_or_default();
    let email: Email = email.parse().map_err(|error: String| {
        Refusal::bad_request(format!("customerInfo.primaryEmail: {error}."))
    })?;
    let domain = email.as_str().rsplit('@').next().unwrap_or_default();
    let country = customer.address.country.clone();
    let organization = Organization {
        settings: OrganizationSettings {
            verified_domains: vec![domain.to_owned()],
            ..OrganizationSettings::default()
        },
        managed_by: Some(customer.partner),
        ..Organization::new(customer.name.clone(), country, tx.now())
    };
    let id = organizations::create(tx, organization)?;
    let change = PersonChange {
        email: Some(email),
        roles: Some(vec![ROLES[0].key.to_owned()]),
        ..PersonChange::default()
    };
    people::create(tx, id, change, &Wanted::default(), Route::Package)?;
    Ok(id)
}

/// Opens the location and sells the packages.
fn furnish(
    tx: &mut Tx,
    (id, organization): (Uuid, Uuid),
    pending: &Pending,
    errors: &mut Vec<(Option<Package>, ProvisioningError)>,
) {
    let joined = tx.update::<Customer>(id, |it| it.organization = Some(organization));
    debug_assert!(joined.is_ok(), "a new organisation is nobody's yet");
    if let Some(wanted) = &pending.location {
        let opened = tx.attempt(|tx| open(tx, organization, wanted));
        if let Err(refusal) = opened {
            // It is Calling that lacks a location.
            let calling = pending.packages.iter().copied();
            let mut calling =
                calling.filter(|it| packages::of(*it).number != packages::Number::None);
            errors.push((calling.next(), shown(&refusal)));
        }
    }
    let sold = tx.attempt(|tx| packages::provision(tx, id, &pending.packages, &pending.limits));
    if let Err(refusal) = sold {
        errors.push((None, shown(&refusal)));
    }
}

fn open(tx: &mut Tx, organization: Uuid, wanted: &PendingLocation) -> Result<(), Refusal> {
    let id = locations::create(tx, organization, location_change(wanted))?;
    calling_locations::enable(tx, organization, id, CallingLocation::default())
}

/// What a location that a partner asks for is to be. The resource wants state and postal code,
/// which not every country has.
pub(super) fn location_change(wanted: &PendingLocation) -> LocationChange {
    let address = wanted.address.clone();
    let or_dash = |text: Option<String>| {
        let text = text.filter(|text| !text.trim().is_empty());
        Some(text.unwrap_or_else(|| "-".to_owned()))
    };
    LocationChange {
        name: Some(wanted.name.clone()),
        time_zone: Some(wanted.time_zone.clone()),
        preferred_language: Some(wanted.language.clone()),
        announcement_language: Some(wanted.language.clone()),
        address: AddressChange {
            address1: Some(address.address_line1),
            address2: address.address_line2,
            city: Some(address.city),
            state: or_dash(address.state_or_province),
            postal_code: or_dash(address.zip_or_postal_code),
            country: Some(address.country),
        },
        ..LocationChange::default()
    }
}

/// Ends the contract and forgets the customer; the organisation stays.
fn remove(tx: &mut Tx, id: Uuid, customer: &Customer) {
    if let Some(subscription) = customer.subscription {
        let runs = tx.get::<crate::model::Subscription>(subscription);
        let is_over = runs.is_none_or(|it| {
            matches!(
                it.status,
                SubscriptionStatus::Cancelled | SubscriptionStatus::Deleted
            )
        });
        if !is_over && let Err(refusal) = tx.attempt(|tx| lifecycle::cancel(tx, subscription)) {
            tx.warn(refusal.description());
        }
    }
    tx.delete(kinds::CUSTOMER, id);
    tx.by_rule("PKG-17");
}

fn shown(refusal: &Refusal) -> ProvisioningError {
    let row = refusal.kind.row();
    ProvisioningError {
        error_code: row.code.unwrap_or(row.status.into()),
        description: refusal.description(),
    }
}
