//! The outbox: e-mails that Webex would have sent, as objects of the world. The oldest go first.

use uuid::Uuid;

use super::organizations;
use crate::model::mail::{Suspended, WaitingPhone};
use crate::model::{Email, Mail, MailKind, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The most e-mails that a sandbox keeps.
const MAILS_MAX: u64 = 1000;

/// Whether new people of an organisation are written to (ADD-08).
#[must_use]
pub fn is_automated(world: &World, organization: Uuid) -> bool {
    organizations::settings(world, organization).is_ok_and(|settings| settings.automated_emails)
}

/// Sends a person an e-mail that invites.
///
/// # Errors
/// 404 when there is no such person.
pub fn send(tx: &mut Tx, kind: MailKind, person: Uuid) -> Result<Uuid, Refusal> {
    send_about(tx, kind, person, None, None)
}

/// Tells an administrator of a suspended subscription (PSTN-01).
///
/// # Errors
/// 404 when there is no such person.
pub fn send_suspended(tx: &mut Tx, person: Uuid, suspended: Suspended) -> Result<Uuid, Refusal> {
    send_about(tx, MailKind::PstnSuspended, person, Some(suspended), None)
}

/// Sends a person the code of a phone (WS-09).
///
/// # Errors
/// 404 when there is no such person.
pub fn send_code(tx: &mut Tx, person: Uuid, phone: WaitingPhone) -> Result<Uuid, Refusal> {
    send_about(tx, MailKind::ActivationCode, person, None, Some(phone))
}

fn send_about(
    tx: &mut Tx,
    kind: MailKind,
    person: Uuid,
    suspended: Option<Suspended>,
    phone: Option<WaitingPhone>,
) -> Result<Uuid, Refusal> {
    let known = super::people::get(tx, person)?;
    let mail = Mail {
        organization: known.organization,
        kind,
        person: Some(person),
        subscriber: None,
        suspended,
        phone,
        to: known.email,
        number: 0,
        sent_at: tx.now(),
    };
    put(tx, mail)
}

/// Asks a wholesale subscriber who has an account elsewhere to come over (PKG-18).
///
/// # Errors
/// None: nothing about an e-mail can be refused.
pub fn ask(tx: &mut Tx, organization: Uuid, subscriber: Uuid, to: Email) -> Result<Uuid, Refusal> {
    let mail = Mail {
        organization,
        kind: MailKind::ConsentMove,
        person: None,
        subscriber: Some(subscriber),
        suspended: None,
        phone: None,
        to,
        number: 0,
        sent_at: tx.now(),
    };
    put(tx, mail)
}

/// Puts an e-mail behind all others.
fn put(tx: &mut Tx, mail: Mail) -> Result<Uuid, Refusal> {
    let id = tx.new_id::<Mail>();
    let number = tx.given::<Mail>();
    tx.put(id, Mail { number, ..mail })?;
    if let Some(old) = number.checked_sub(MAILS_MAX) {
        let old = tx.given_id::<Mail>(old);
        tx.delete(kinds::MAIL, old);
    }
    Ok(id)
}

/// The e-mails, the oldest first.
#[must_use]
pub fn list(world: &World) -> Vec<(Uuid, &Mail)> {
    let mut mails: Vec<_> = world.list::<Mail>().collect();
    mails.sort_by_key(|(_, mail)| mail.number);
    mails
}

/// Whom an invitation invites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitee {
    /// A person who was added.
    Person(Uuid),
    /// A wholesale subscriber who is asked to come over.
    Subscriber(Uuid),
}

/// Whom an invitation invites.
///
/// # Errors
/// 404 for an invitation that was never sent, or is too old to be kept.
pub fn invited(world: &World, invitation: Uuid) -> Result<Invitee, Refusal> {
    let mail = world.get::<Mail>(invitation);
    let mail = mail.filter(|mail| mail.kind.invites());
    let person = mail.and_then(|mail| mail.person).map(Invitee::Person);
    let subscriber = mail.and_then(|mail| mail.subscriber);
    let found = person.or(subscriber.map(Invitee::Subscriber));
    found.ok_or_else(|| Refusal::not_found("Invitation", &invitation.to_string()))
}

/// Refuses to accept for a person whom nobody wrote to.
///
/// # Errors
/// 409 (900076).
pub fn check_invited(world: &World, person: Uuid) -> Result<(), Refusal> {
    let mut mails = world.list::<Mail>();
    if mails.any(|(_, mail)| mail.kind.invites() && mail.person == Some(person)) {
        return Ok(());
    }
    let email = world.get::<Person>(person).map(|known| &known.email);
    let email = email.map(ToString::to_string).unwrap_or_default();
    let detail = format!("No invitation was sent to {email}.");
    Err(Refusal::new(ErrorKind::NoInvitation, detail).by("ADD-08"))
}
