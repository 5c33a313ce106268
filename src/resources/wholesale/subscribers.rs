//! Subscribers: people of a customer with a package (PKG-18, PKG-19).

use uuid::Uuid;

use super::customers::{self, settled};
use crate::licensing::packages::{self, Assigned, Beside, PackageSave};
use crate::licensing::{Outcome, Properties, Route};
use crate::model::backend::WholesaleFailures;
use crate::model::wholesale::{
    Account, Customer, Invited, Package, Subscriber, SubscriberServices, subscriber_of,
};
use crate::model::{Email, OutsideAccount, OutsideKind, Person, WebexId, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::{self, PersonChange, Wanted};
use crate::resources::{outbox, outside_accounts};
use crate::world::{Tx, World};

/// A subscriber as a partner asks for one.
#[derive(Debug, Clone)]
pub struct NewSubscriber {
    /// The customer.
    pub customer: Uuid,
    /// The address.
    pub email: Email,
    /// The base package, and what is added to it.
    pub packages: Vec<Package>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Number, extension and location.
    pub properties: Properties,
}

/// Whose address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nobody's.
    New,
    /// A person's of the customer, who has no package.
    Own(Uuid),
    /// Somebody's with a Webex account elsewhere, who has to agree.
    Free(Uuid),
}

/// What became of a new subscriber.
#[derive(Debug)]
pub struct Created {
    /// The subscriber.
    pub id: Uuid,
    /// What happened to licences and Calling.
    pub outcome: Option<Outcome>,
    /// The failure that left the subscriber inconsistent.
    pub failed: Option<Refusal>,
}

/// Whose an address is, for a customer.
///
/// # Errors
/// 10022 when somebody else has it, or a subscriber (PKG-19, PKG-20).
pub fn find(world: &World, customer: &Customer, email: &Email) -> Result<Found, Refusal> {
    let taken = || Refusal::new(ErrorKind::EmailAssociated, "").by("PKG-19");
    let waits = world.find(spaces::SUBSCRIBER, Uuid::nil(), email.as_str());
    if waits.is_some() {
        return Err(taken());
    }
    if let Some(id) = outside_accounts::find(world, email.as_str()) {
        let account = world.get::<OutsideAccount>(id);
        let is_free =
            account.is_some_and(|it| it.kind == OutsideKind::WebexAccount && it.claim.is_none());
        return is_free.then_some(Found::Free(id)).ok_or_else(taken);
    }
    let Some(id) = people::find(world, email.as_str()) else {
        return Ok(Found::New);
    };
    let home = world.get::<Person>(id).map(|person| person.organization);
    if home == customer.organization {
        return match subscriber_of(world, id) {
            Some(_) => Err(taken()),
            None => Ok(Found::Own(id)),
        };
    }
    Err(taken().by("PKG-20"))
}

/// Creates a subscriber: a new person, one whom the customer has, or one who is asked to come
/// over (PKG-18).
///
/// # Errors
/// 404, 409 while the customer is not there yet, 10022, and what [`packages::assign`] refuses.
pub fn create(
    tx: &mut Tx,
    partner: Uuid,
    wanted: NewSubscriber,
    failures: &WholesaleFailures,
) -> Result<Created, Refusal> {
    let customer = settled(tx, partner, wanted.customer)?;
    let organization = customer.organization.ok_or_else(|| {
        let detail = format!("{} has no organization.", customer.name);
        Refusal::new(ErrorKind::CustomerBusy, detail)
    })?;
    let packages = packages::of_subscriber(&wanted.packages)?;
    let person = match find(tx, &customer, &wanted.email)? {
        Found::Own(id) => id,
        Found::New => hire(tx, organization, &wanted)?,
        Found::Free(_) => {
            packages::licenses_of(tx, organization, &packages)?;
            let id = invite(tx, organization, packages, wanted)?;
            return Ok(Created {
                id,
                outcome: None,
                failed: None,
            });
        }
    };
    let save = PackageSave {
        person,
        packages,
        properties: Some(wanted.properties),
        ignores_properties: true,
        failing: failures.of(tx, person),
        beside: Beside::default(),
    };
    Ok(packages::assign(tx, save)?.into())
}

/// Tells whether a subscriber could be created, and creates none.
///
/// # Errors
/// Those of [`create`].
pub fn rehearse(tx: &mut Tx, partner: Uuid, wanted: NewSubscriber) -> Result<(), Refusal> {
    let failures = WholesaleFailures::default();
    // What is tried is taken back either way: the answer travels as the error.
    let told = tx.attempt(|tx| match create(tx, partner, wanted, &failures) {
        Ok(_) => Err(None),
        Err(refusal) => Err(Some(refusal)),
    });
    told.or_else(|refusal: Option<Refusal>| refusal.map_or(Ok(()), Err))
}

impl From<Assigned> for Created {
    fn from(assigned: Assigned) -> Self {
        Self {
            id: assigned.subscriber,
            outcome: Some(assigned.outcome),
            failed: assigned.failed,
        }
    }
}

fn hire(tx: &mut Tx, organization: Uuid, wanted: &NewSubscriber) -> Result<Uuid, Refusal> {
    let change = PersonChange {
        email: Some(wanted.email.clone()),
        first_name: Some(wanted.first_name.clone()),
        last_name: Some(wanted.last_name.clone()),
        ..PersonChange::default()
    };
    // The package decides about licences, not the organisation's template.
    let nothing = Wanted {
        licenses: Some(Vec::new()),
        properties: None,
    };
    people::create(tx, organization, change, &nothing, Route::Package).map(|(id, _)| id)
}

fn invite(
    tx: &mut Tx,
    organization: Uuid,
    packages: Vec<Package>,
    wanted: NewSubscriber,
) -> Result<Uuid, Refusal> {
    let now = tx.now();
    let email = wanted.email.clone();
    let Properties {
        location,
        phone_number,
        extension,
    } = wanted.properties;
    let subscriber = Subscriber {
        customer: wanted.customer,
        account: Account::Invited(Invited {
            email: wanted.email.to_string(),
            first_name: wanted.first_name,
            last_name: wanted.last_name,
            location,
            phone_number,
            extension,
        }),
        packages,
        created: now,
        last_status_change: now,
        failure: None,
        services: SubscriberServices::default(),
    };
    let id = tx.new_id::<Subscriber>();
    tx.put(id, subscriber)?;
    outbox::ask(tx, organization, id, email)?;
    tx.by_rule("PKG-18");
    Ok(id)
}

/// Asks somebody who has not come over yet once more.
///
/// # Errors
/// 404, 409 for who waits for nothing.
pub fn ask_again(tx: &mut Tx, partner: Uuid, id: Uuid) -> Result<(), Refusal> {
    let subscriber = get(tx, partner, id)?;
    let organization = tx.get::<Customer>(subscriber.customer);
    let organization = organization.and_then(|customer| customer.organization);
    let (Account::Invited(invited), Some(organization)) = (&subscriber.account, organization)
    else {
        let detail = "The subscriber is provisioned: only one in the state pending_user_migration \
                      is asked to come over.";
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("PKG-18"));
    };
    let to = parsed(&invited.email)?;
    outbox::ask(tx, organization, id, to)?;
    tx.by_rule("PKG-18");
    Ok(())
}

/// The subscriber whom an e-mail asks agrees.
///
/// # Errors
/// As [`accept`]; 404 for who has come over already.
pub fn agree(tx: &mut Tx, id: Uuid) -> Result<Uuid, Refusal> {
    let missing = || Refusal::not_found("Subscriber", &WebexId::Subscriber.encode(id));
    match tx.get::<Subscriber>(id).map(|found| &found.account) {
        Some(Account::Invited(invited)) => {
            let email = invited.email.clone();
            accept(tx, &email)
        }
        _ => Err(missing()),
    }
}

fn parsed(email: &str) -> Result<Email, Refusal> {
    let wrong = |error: String| Refusal::bad_request(format!("email: {error}."));
    email.parse().map_err(wrong)
}

/// Gives a subscriber another package (PKG-14).
///
/// # Errors
/// 404, 409 for somebody who has not come over yet, and what [`packages::assign`] refuses.
pub fn change(
    tx: &mut Tx,
    partner: Uuid,
    id: Uuid,
    (wanted, properties): (&[Package], Properties),
    failures: &WholesaleFailures,
) -> Result<Created, Refusal> {
    let subscriber = get(tx, partner, id)?;
    settled(tx, partner, subscriber.customer)?;
    let person = subscriber.person().ok_or_else(|| {
        let detail = "The subscriber has not come over yet: the package cannot be changed.";
        Refusal::new(ErrorKind::Conflict, detail).by("PKG-18")
    })?;
    let save = PackageSave {
        person,
        packages: packages::of_subscriber(wanted)?,
        properties: Some(properties),
        ignores_properties: true,
        failing: failures.of(tx, person),
        beside: Beside::default(),
    };
    Ok(packages::assign(tx, save)?.into())
}

/// Removes a subscriber: the package goes, the person stays (contract).
///
/// # Errors
/// 404, and licensing's refusals.
pub fn remove(tx: &mut Tx, partner: Uuid, id: Uuid) -> Result<Option<Outcome>, Refusal> {
    match get(tx, partner, id)?.person() {
        Some(person) => packages::unassign(tx, person).map(Some),
        None => {
            tx.delete(kinds::SUBSCRIBER, id);
            Ok(None)
        }
    }
}

/// Somebody who was asked agrees: the account elsewhere goes, and the person is the customer's.
///
/// # Errors
/// 404 when nobody with this address was asked, and what speaks against the package now.
pub fn accept(tx: &mut Tx, email: &str) -> Result<Uuid, Refusal> {
    let missing = || Refusal::not_found("Subscriber", email);
    let id = tx.find(spaces::SUBSCRIBER, Uuid::nil(), email);
    let id = id.ok_or_else(missing)?;
    let subscriber = tx.get::<Subscriber>(id).cloned().ok_or_else(missing)?;
    let Account::Invited(invited) = subscriber.account.clone() else {
        return Err(missing());
    };
    let customer = tx.get::<Customer>(subscriber.customer);
    let organization = customer.and_then(|customer| customer.organization);
    let organization = organization.ok_or_else(missing)?;
    if let Some(account) = outside_accounts::find(tx, email) {
        tx.delete(kinds::OUTSIDE_ACCOUNT, account);
    }
    let wanted = NewSubscriber {
        customer: subscriber.customer,
        email: parsed(&invited.email)?,
        packages: subscriber.packages.clone(),
        first_name: invited.first_name,
        last_name: invited.last_name,
        properties: Properties {
            location: invited.location,
            phone_number: invited.phone_number,
            extension: invited.extension,
        },
    };
    let person = hire(tx, organization, &wanted)?;
    let now = tx.now();
    tx.update::<Subscriber>(id, |subscriber| {
        subscriber.account = Account::Person(person);
        subscriber.last_status_change = now;
    })?;
    let save = PackageSave {
        person,
        packages: wanted.packages,
        properties: Some(wanted.properties),
        ignores_properties: true,
        failing: None,
        beside: Beside::default(),
    };
    packages::assign(tx, save)?;
    tx.by_rule("PKG-18");
    Ok(person)
}

/// Whether somebody was asked to come over and has not agreed yet.
#[must_use]
pub fn is_invited(world: &World, email: &str) -> bool {
    world.find(spaces::SUBSCRIBER, Uuid::nil(), email).is_some()
}

/// A subscriber of a partner's customer.
///
/// # Errors
/// 404, also for another partner's.
pub fn get(world: &World, partner: Uuid, id: Uuid) -> Result<&Subscriber, Refusal> {
    let found = world.get::<Subscriber>(id);
    let own = |it: &&Subscriber| customers::get(world, partner, it.customer).is_ok();
    let found = found.filter(own);
    found.ok_or_else(|| Refusal::not_found("Subscriber", &WebexId::Subscriber.encode(id)))
}

/// The subscribers of a partner's customers.
pub fn list(world: &World, partner: Uuid) -> impl Iterator<Item = (Uuid, &Subscriber)> {
    let all = world.list::<Subscriber>();
    all.filter(move |(_, it)| customers::get(world, partner, it.customer).is_ok())
}

/// The address of a subscriber.
#[must_use]
pub fn email<'w>(world: &'w World, subscriber: &'w Subscriber) -> &'w str {
    match &subscriber.account {
        Account::Invited(invited) => &invited.email,
        Account::Person(id) => world.get::<Person>(*id).map_or("", |it| it.email.as_str()),
    }
}
