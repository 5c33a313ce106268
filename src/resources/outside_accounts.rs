//! Accounts outside: what they stand in the way of, and how they are claimed.

use uuid::Uuid;

use super::{organizations, people};
use crate::model::outside_account::{Claim, OutsideAccount, OutsideKind};
use crate::model::{Email, Person, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, Tx, World};

/// The most accounts outside that a sandbox knows.
const OUTSIDE_ACCOUNTS_MAX: usize = 10_000;
/// How long a claim can be taken back (ADD-10).
const RETRACT_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;

/// The account of an address that no organisation of the sandbox has.
#[must_use]
pub fn find(world: &World, email: &str) -> Option<Uuid> {
    world.find(spaces::OUTSIDE_ACCOUNT, Uuid::nil(), email)
}

/// Makes an account known; one of the same address becomes this one.
///
/// # Errors
/// 409 for the address of a person of the sandbox, or when there are too many.
pub fn put(tx: &mut Tx, account: OutsideAccount) -> Result<(), Refusal> {
    let email = account.email.as_str();
    if people::find(tx, email).is_some() {
        return Err(Refusal::new(ErrorKind::EmailTaken, email));
    }
    let id = match find(tx, email) {
        Some(id) => id,
        None if tx.list::<OutsideAccount>().count() >= OUTSIDE_ACCOUNTS_MAX => {
            let detail =
                format!("A sandbox knows at most {OUTSIDE_ACCOUNTS_MAX} outside accounts.");
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        None => tx.new_id::<OutsideAccount>(),
    };
    Ok(tx.put(id, account)?)
}

/// Whether an organisation has verified the domain of an address.
#[must_use]
pub fn is_of_verified_domain(world: &World, organization: Uuid, email: &Email) -> bool {
    let domain = email.as_str().rsplit('@').next().unwrap_or_default();
    organizations::settings(world, organization)
        .is_ok_and(|settings| settings.verified_domains.iter().any(|own| own == domain))
}

/// The account that an organisation claims by adding an address; none where there is none.
///
/// # Errors
/// 409 for an account of a trial organisation (ADD-03) or one that cannot be claimed (ADD-04), 400
/// (5302) for one of a carrier (ADD-05).
pub fn claimable(
    world: &World,
    organization: Uuid,
    email: &Email,
) -> Result<Option<Uuid>, Refusal> {
    let Some(id) = find(world, email.as_str()) else {
        return Ok(None);
    };
    let Some(account) = world.get::<OutsideAccount>(id) else {
        return Ok(None);
    };
    let name = account.organization_name.as_deref();
    let name = name.unwrap_or("another organization");
    match account.kind {
        OutsideKind::TrialOrganization => {
            let detail = format!("{email} was used to create the trial organization {name}.");
            Err(Refusal::new(ErrorKind::TrialOrganization, detail).by("ADD-03"))
        }
        OutsideKind::CarrierCalling => {
            let refusal = Refusal::new(ErrorKind::CarrierAccount, email.to_string());
            Err(refusal.by("ADD-05"))
        }
        OutsideKind::WebexAccount if is_of_verified_domain(world, organization, email) => {
            Ok(Some(id))
        }
        OutsideKind::WebexAccount => {
            let detail = format!(
                "{email} has a Webex account of {name}, and its domain is not verified by this \
                 organization."
            );
            Err(Refusal::new(ErrorKind::AccountElsewhere, detail).by("ADD-04"))
        }
    }
}

/// Notes that an account became a person.
///
/// # Errors
/// None: the address of the account stays its own.
pub fn note_claim(tx: &mut Tx, account: Uuid, person: Uuid) -> Result<(), Refusal> {
    let Some(organization) = tx.get::<Person>(person).map(|known| known.organization) else {
        return Ok(());
    };
    let claim = Claim {
        organization,
        person,
        at: tx.now(),
    };
    tx.by_rule("ADD-10");
    tx.update::<OutsideAccount>(account, |known| known.claim = Some(claim))?;
    Ok(())
}

/// Whether a claim can still be taken back.
fn is_open(claim: &Claim, now: Moment) -> bool {
    now.0 - claim.at.0 <= RETRACT_MILLIS
}

/// Gives a claimed account back, which deletes the person that it became (ADD-10).
///
/// # Errors
/// 404 for an address that was not claimed, 409 (900077) after 14 days or the first sign-in.
pub fn retract(tx: &mut Tx, organization: Uuid, email: &Email) -> Result<Uuid, Refusal> {
    let id = find(tx, email.as_str());
    let claim = id
        .and_then(|id| tx.get::<OutsideAccount>(id))
        .and_then(|account| account.claim.clone())
        .filter(|claim| claim.organization == organization);
    let (Some(id), Some(claim)) = (id, claim) else {
        return Err(Refusal::not_found("Claimed account", email.as_str()));
    };
    let refuse = |why: String| Err(Refusal::new(ErrorKind::ClaimStands, why).by("ADD-10"));
    if !is_open(&claim, tx.now()) {
        return refuse(format!("{email} was claimed more than 14 days ago."));
    }
    let known = tx.get::<Person>(claim.person);
    if known.is_some_and(|person| !person.invite_pending) {
        return refuse(format!("{email} has signed in since the claim."));
    }
    if known.is_some() {
        people::delete(tx, claim.person)?;
    }
    tx.by_rule("ADD-10");
    tx.update::<OutsideAccount>(id, |account| account.claim = None)?;
    Ok(claim.person)
}

/// Deletes the trial organisation of an address, as its owner does (ADD-03).
///
/// # Errors
/// 404 when the address has none.
pub fn delete_trial(tx: &mut Tx, email: &Email) -> Result<(), Refusal> {
    let id = find(tx, email.as_str()).filter(|id| {
        let account = tx.get::<OutsideAccount>(*id);
        account.is_some_and(|account| account.kind == OutsideKind::TrialOrganization)
    });
    let missing = || Refusal::not_found("Trial organization of", email.as_str());
    tx.delete(kinds::OUTSIDE_ACCOUNT, id.ok_or_else(missing)?);
    tx.by_rule("ADD-03");
    Ok(())
}
