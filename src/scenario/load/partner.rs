//! Partners: who manages whom, and who buys by wholesale.

use uuid::Uuid;

use super::{Failures, Site, nowhere};
use crate::licensing::packages::{self, Beside, PackageSave};
use crate::model::{Organization, Person as Somebody};
use crate::refusal::Refusal;
use crate::resources::wholesale::customers::{self, Adopted};
use crate::scenario::document::{self, Document};
use crate::world::Tx;

/// Makes the organisation a partner, a customer of one, or a wholesale customer, as is said.
pub(super) fn join(tx: &mut Tx, document: &Document, site: &Site<'_>, failures: &mut Failures) {
    let wanted = site.organization;
    if wanted.is_partner {
        let made = tx.update::<Organization>(site.id, |it| it.is_partner = true);
        failures.take(&failures.at("isPartner"), made.map_err(Refusal::from));
    }
    let partner = match &wanted.managed_by {
        None => None,
        Some(named) => match partner(tx, document, named) {
            Some(id) => Some(id),
            None => {
                let partners = document.organizations.iter().filter(|it| it.is_partner);
                let message = nowhere("partner", named, partners.map(|it| it.name.as_str()));
                failures.add_cause(&failures.at("managedBy"), message);
                return;
            }
        },
    };
    if partner.is_some() {
        let made = tx.update::<Organization>(site.id, |it| it.managed_by = partner);
        failures.take(&failures.at("managedBy"), made.map_err(Refusal::from));
    }
    let Some(wholesale) = &wanted.wholesale else {
        return;
    };
    let Some(partner) = partner else {
        let message = "a wholesale customer has a partner: say managedBy";
        failures.add(&failures.at("wholesale"), message);
        return;
    };
    let adopted = Adopted {
        partner,
        organization: site.id,
        external_id: wholesale.external_id.clone(),
        address: wholesale.address.clone(),
        packages: wholesale.packages.clone(),
        limits: wholesale.limits.clone(),
    };
    let made = tx.attempt(|tx| customers::adopt(tx, adopted));
    failures.take(&failures.at("wholesale"), made);
}

/// The partner that a name or a key means.
fn partner(tx: &Tx, document: &Document, named: &str) -> Option<Uuid> {
    let mut keyed = document.organizations.iter();
    let keyed = keyed.find(|it| it.key.as_deref() == Some(named));
    let name = keyed.map_or(named, |it| it.name.as_str());
    let mut partners = tx.list::<Organization>().filter(|(_, it)| it.is_partner);
    partners.find(|(_, it)| it.name == name).map(|(id, _)| id)
}

/// Writes down the packages of a person, whose licences are those of the packages already.
pub(super) fn subscribe(
    tx: &mut Tx,
    person: Uuid,
    wanted: &document::Person,
) -> Result<(), Refusal> {
    if wanted.packages.is_empty() {
        return Ok(());
    }
    let save = PackageSave {
        person,
        packages: packages::of_subscriber(&wanted.packages)?,
        properties: None,
        ignores_properties: true,
        failing: None,
        beside: Beside::default(),
    };
    packages::assign(tx, save)?;
    let organization = tx.get::<Somebody>(person).map(|known| known.organization);
    let organization = organization.and_then(|id| tx.get::<Organization>(id));
    let Some(since) = organization.map(|own| own.created) else {
        return Ok(());
    };
    packages::begin_at(tx, person, since)
}
