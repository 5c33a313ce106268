//! Giving, changing and taking a subscriber's package.

use uuid::Uuid;

use super::sell::license;
use super::{Number, base, governing, of, usage};
use crate::licensing::assignment;
use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::outcome::Outcome;
use crate::model::owned;
use crate::model::role::ROLES;
use crate::model::wholesale::{
    Account, Failure, Package, Subscriber, SubscriberServices, customer_of, subscriber_of,
};
use crate::model::{Holder, Location, Person, WebexId, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// One save of a package.
#[derive(Debug, Clone)]
pub struct PackageSave {
    /// Who gets it.
    pub person: Uuid,
    /// The base package and what is added to it, as [`super::of_subscriber`] orders them.
    pub packages: Vec<Package>,
    /// Number, extension and location of Calling.
    pub properties: Option<Properties>,
    /// Whether the properties of somebody who has Calling count for nothing, as over the wholesale
    /// API (PKG-14).
    pub ignores_properties: bool,
    /// Which system behind Webex fails meanwhile (PKG-12).
    pub failing: Option<Failure>,
    /// Licences of no package that come and go in the same save.
    pub beside: Beside,
}

/// Licences beside those of packages.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Those that come.
    pub add: Vec<Uuid>,
    /// Those that go.
    pub remove: Vec<Uuid>,
}

/// What came of it.
#[derive(Debug)]
pub struct Assigned {
    /// The subscriber.
    pub subscriber: Uuid,
    /// What happened to licences and Calling.
    pub outcome: Outcome,
    /// The failure that left the subscriber inconsistent.
    pub failed: Option<Refusal>,
}

/// Gives a person a package, or another one in place of that they have.
///
/// # Errors
/// 404; 900085 where there are no packages, 900083 for one that the customer does not have, 900084
/// for the downgrade of a full administrator (PKG-15), 900015 when number information is missing
/// (PKG-13), 900080 and 900081 while the subscriber is inconsistent (PKG-12), and licensing's.
pub fn assign(tx: &mut Tx, save: PackageSave) -> Result<Assigned, Refusal> {
    let holder = Holder::Person(save.person);
    let person = person(tx, save.person)?;
    let (customer, subscription) = contract(tx, person.organization)?;
    let present = subscriber_of(tx, save.person).map(|(id, it)| (id, it.clone()));
    let before = present.as_ref().map(|(_, it)| it.packages.clone());
    if let Some((_, Some(failure))) = present.as_ref().map(|(id, it)| (id, it.failure)) {
        return Err(refusal(failure));
    }
    check_rank(person, before.as_deref().unwrap_or_default(), &save)?;
    let properties = properties(tx, person, &save)?;
    let mut wanted = Vec::new();
    for package in &save.packages {
        wanted.push(license_of(tx, subscription, *package)?);
    }
    let outcome = match save.failing {
        Some(Failure::LicenseUpdate) => Outcome::none(tx, holder),
        _ => {
            let mut change = change(tx, holder, &wanted, properties);
            change
                .add
                .extend(save.beside.add.iter().copied().map(Add::plain));
            change.remove.extend(&save.beside.remove);
            assignment::save(tx, change)?
        }
    };
    let id = record(tx, customer, present, &save)?;
    tx.by_rule("PKG-02");
    let failed = save.failing.map(refusal);
    let mut outcome = outcome;
    if let Some(failed) = &failed {
        outcome.fail(failed);
    }
    Ok(Assigned {
        subscriber: id,
        outcome,
        failed,
    })
}

/// Takes a person's package away: its licences go, and with a Calling licence everything that is
/// configured. Heals whom a failure left inconsistent (PKG-12).
///
/// # Errors
/// 404 when the person has no package, and licensing's refusals.
pub fn unassign(tx: &mut Tx, id: Uuid) -> Result<Outcome, Refusal> {
    let person = person(tx, id)?;
    let Some((subscriber, found)) = subscriber_of(tx, id) else {
        let detail = format!("{} has no package.", person.display_name);
        return Err(Refusal::new(ErrorKind::NotFound, detail));
    };
    let heals = found.failure.is_some();
    let holder = Holder::Person(id);
    let change = change(tx, holder, &[], None);
    let outcome = assignment::save(tx, change)?;
    tx.delete(kinds::SUBSCRIBER, subscriber);
    usage::end(tx, id, &[])?;
    if heals {
        tx.by_rule("PKG-12");
    }
    Ok(outcome)
}

/// Forgets the subscriber that a person is, who is about to be deleted.
///
/// # Errors
/// None: what has ended is in no index.
pub fn forget(tx: &mut Tx, person: Uuid) -> Result<(), Refusal> {
    let found = subscriber_of(tx, person).map(|(id, _)| id);
    if let Some(id) = found {
        tx.delete(kinds::SUBSCRIBER, id);
        usage::end(tx, person, &[])?;
    }
    Ok(())
}

fn person(world: &World, id: Uuid) -> Result<&Person, Refusal> {
    let found = world.get::<Person>(id);
    found.ok_or_else(|| Refusal::not_found("Person", &WebexId::Person.encode(id)))
}

/// The customer that an organisation is, and its subscription.
fn contract(world: &World, organization: Uuid) -> Result<(Uuid, Uuid), Refusal> {
    let found = customer_of(world, organization);
    let found = found.and_then(|(id, customer)| Some((id, customer.subscription?)));
    found.ok_or_else(|| {
        let detail = "The organization is no wholesale customer, so nobody in it has a package.";
        Refusal::new(ErrorKind::NotWholesale, detail)
    })
}

/// The licences of packages in an organisation.
///
/// # Errors
/// 900085 where there are no packages, 900083 for one that the customer does not have.
pub fn licenses_of(
    world: &World,
    organization: Uuid,
    wanted: &[Package],
) -> Result<Vec<Uuid>, Refusal> {
    let (_, subscription) = contract(world, organization)?;
    let all = wanted.iter();
    all.map(|package| license_of(world, subscription, *package))
        .collect()
}

/// Refuses to give a full administrator of the customer less (PKG-15).
fn check_rank(person: &Person, before: &[Package], save: &PackageSave) -> Result<(), Refusal> {
    let rank = |packages: &[Package]| base(packages).map_or(0, |package| of(package).rank);
    let is_full = person.roles.iter().any(|key| key == ROLES[0].key);
    if is_full && rank(&save.packages) < rank(before) {
        let names = [before, &save.packages].map(|all| base(all).map_or("", |it| of(it).name));
        let detail = format!(
            "{} is a full administrator of the customer, whose package cannot be downgraded from \
             {} to {}.",
            person.display_name, names[0], names[1]
        );
        return Err(Refusal::new(ErrorKind::PackageDowngrade, detail).by("PKG-15"));
    }
    Ok(())
}

/// Number, extension and location that the save goes by (PKG-05, PKG-13, PKG-14).
fn properties(
    world: &World,
    person: &Person,
    save: &PackageSave,
) -> Result<Option<Properties>, Refusal> {
    let need = base(&save.packages).map_or(Number::None, |package| of(package).number);
    let given = save.properties.clone();
    let is_empty = given.as_ref().is_none_or(Properties::is_empty);
    let missing = |what: &str| {
        let name = base(&save.packages).map_or("", |package| of(package).name);
        let detail = format!(
            "{name} needs a phoneNumber or an extension with a locationId, because {} has no {what} \
             yet.",
            person.display_name
        );
        Err(Refusal::new(ErrorKind::FieldMissing, detail).by("PKG-13"))
    };
    match (need, &person.calling) {
        (Number::None, _) => Ok(None),
        (_, Some(_)) if save.ignores_properties => Ok(None),
        // Webex Voice can do without a number; what comes after it cannot.
        (Number::Required, Some(own))
            if is_empty && own.number.is_none() && own.extension.is_none() =>
        {
            missing("number")
        }
        (_, Some(_)) => Ok(given.filter(|_| !is_empty)),
        (Number::Required, None) if is_empty => missing("Calling"),
        (Number::Optional, None) if is_empty => {
            let own = given.and_then(|given| given.location);
            let location = own.or_else(|| first_location(world, person.organization));
            Ok(Some(Properties {
                location,
                ..Properties::default()
            }))
        }
        (_, None) => Ok(given),
    }
}

/// The oldest location with Calling by name: where somebody goes of whom nothing else is said.
fn first_location(world: &World, organization: Uuid) -> Option<Uuid> {
    let own = owned::list::<Location>(world, organization).filter(|(_, it)| it.calling.is_some());
    own.min_by_key(|(_, location)| location.name.as_str())
        .map(|(id, _)| id)
}

fn license_of(world: &World, subscription: Uuid, package: Package) -> Result<Uuid, Refusal> {
    let row = of(package);
    license(world, subscription, row.offer).ok_or_else(|| {
        let detail = format!("The customer does not have the package {}.", row.name);
        Refusal::new(ErrorKind::PackageNotProvisioned, detail).by("PKG-03")
    })
}

/// The save that leads from the packages that somebody holds to those that are wanted. Licences
/// that belong to no package stay.
fn change(
    world: &World,
    holder: Holder,
    wanted: &[Uuid],
    properties: Option<Properties>,
) -> Change {
    let person = world.get::<Person>(holder.id());
    let held = person.map_or(&[][..], |person| &person.licenses);
    let is_package = |id: &&Uuid| governing(world, **id).is_some();
    let remove = held.iter().filter(is_package);
    let remove = remove.filter(|id| !wanted.contains(id)).copied().collect();
    let add = wanted.iter().map(|id| Add {
        license: *id,
        properties: properties.clone(),
    });
    Change {
        holder,
        add: add.collect(),
        remove,
        route: Route::Package,
    }
}

/// Writes down what the subscriber has. A failed change of attributes leaves the old package
/// written down although the licences are those of the new one, and the reverse.
fn record(
    tx: &mut Tx,
    customer: Uuid,
    present: Option<(Uuid, Subscriber)>,
    save: &PackageSave,
) -> Result<Uuid, Refusal> {
    let now = tx.now();
    let (id, mut subscriber) = present.unwrap_or_else(|| {
        let subscriber = Subscriber {
            customer,
            account: Account::Person(save.person),
            packages: save.packages.clone(),
            created: now,
            last_status_change: now,
            failure: None,
            services: SubscriberServices::default(),
        };
        (tx.new_id::<Subscriber>(), subscriber)
    });
    if save.failing.is_none() {
        subscriber.packages.clone_from(&save.packages);
    }
    subscriber.failure = save.failing;
    tx.put(id, subscriber)?;
    if save.failing.is_none() {
        usage::note(tx, customer, save.person, &save.packages)?;
    }
    Ok(id)
}

/// What every change of a package answers while somebody is inconsistent.
#[must_use]
pub fn refusal(failure: Failure) -> Refusal {
    let kind = match failure {
        Failure::AttributeUpdate => ErrorKind::AttributesNotUpdated,
        Failure::LicenseUpdate => ErrorKind::LicenseNotUpdated,
    };
    Refusal::new(kind, "").by("PKG-12")
}
