//! The status of a person: what it is called, what leads from one to another, and how long somebody
//! who is deactivated is kept (STAT-01 to STAT-05).

use uuid::Uuid;

use super::{delete, get};
use crate::licensing::quirks::{Choice, UserStatuses};
use crate::model::{MailKind, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::outside_accounts::is_of_verified_domain;
use crate::resources::{organizations, outbox};
use crate::world::{TimerDef, Tx, World, undated};

/// Deletes people who were deactivated long ago.
const RETENTION_ENDS: &str = "person.retentionEnds";
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What happens to people by themselves.
pub const TIMERS: &[TimerDef] = &[TimerDef {
    kind: RETENTION_ENDS,
    subject: kinds::PERSON,
    fire: end_retention,
    moved: undated,
}];

/// The statuses of the newest text (STAT-02).
const CURRENT: [&str; 6] = [
    "Active",
    "Pending",
    "Suspended",
    "Compliance",
    "Fraud",
    "Transient",
];
/// The statuses of the older text (STAT-01).
const CLASSIC: [&str; 4] = ["Active", "Verified", "Not Verified", "Inactive"];

fn model(world: &World) -> UserStatuses {
    UserStatuses::chosen(world.choice(UserStatuses::QUIRK))
}

/// Every status that the Users page of a sandbox knows.
#[must_use]
pub fn statuses(world: &World) -> &'static [&'static str] {
    match model(world) {
        UserStatuses::Current => &CURRENT,
        UserStatuses::Classic => &CLASSIC,
    }
}

/// The status that the Users page shows. Compliance, fraud and transient are Cisco's to give:
/// nobody in the sandbox does.
#[must_use]
pub fn status(world: &World, person: &Person) -> &'static str {
    let has_signed_in = !person.invite_pending;
    match (model(world), person.login_enabled) {
        (UserStatuses::Current, false) => "Suspended",
        (UserStatuses::Classic, false) => "Inactive",
        (_, true) if has_signed_in => "Active",
        (UserStatuses::Current, true) => "Pending",
        (UserStatuses::Classic, true) => {
            match is_of_verified_domain(world, person.organization, &person.email) {
                true => "Verified",
                false => "Not Verified",
            }
        }
    }
}

/// Arms or disarms the end of somebody's retention, when signing in was forbidden or allowed.
pub(super) fn follow_login(tx: &mut Tx, id: Uuid, was_enabled: bool) {
    let Some(person) = tx.get::<Person>(id) else {
        return;
    };
    let (is_enabled, organization) = (person.login_enabled, person.organization);
    if is_enabled == was_enabled {
        return;
    }
    tx.disarm(RETENTION_ENDS, id);
    if !is_enabled {
        let settings = organizations::settings(tx, organization);
        let days = settings.map_or(30, |own| own.inactive_user_retention_days);
        tx.by_rule("STAT-04");
        let end = tx.now().plus_millis(i64::from(days) * DAY_MILLIS);
        tx.arm(end, RETENTION_ENDS, id);
    }
}

/// Nobody's retention ends once they are gone.
pub(super) fn forget(tx: &mut Tx, id: Uuid) {
    // Looking through all timers is for those who may have one.
    if tx
        .get::<Person>(id)
        .is_some_and(|person| !person.login_enabled)
    {
        tx.disarm(RETENTION_ENDS, id);
    }
}

fn end_retention(tx: &mut Tx, id: Uuid) {
    if tx
        .get::<Person>(id)
        .is_none_or(|person| person.login_enabled)
    {
        return;
    }
    tx.by_rule("STAT-04");
    // Whoever is gone already has nothing left to be deleted.
    delete(tx, id).map(drop).unwrap_or_default();
}

/// That a person may not sign in.
#[must_use]
pub fn login_disabled(person: &Person) -> Refusal {
    let detail = format!("{} may not sign in.", person.email);
    Refusal::new(ErrorKind::LoginDisabled, detail)
}

/// Signs a person in: from the first time on they are active (ADD-09).
///
/// # Errors
/// 404, 409 (900075) for somebody who may not sign in.
pub fn sign_in(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let person = get(tx, id)?;
    if !person.login_enabled {
        return Err(login_disabled(&person).by("STAT-02"));
    }
    let now = tx.now();
    if person.invite_pending {
        tx.by_rule("ADD-09");
    }
    tx.update::<Person>(id, |person| {
        person.invite_pending = false;
        person.last_activity = Some(now);
    })?;
    Ok(())
}

/// Accepts the invitation of a person, who signs in by it for the first time.
///
/// # Errors
/// 404, 409 for somebody who was not invited (900076), has signed in already or may not (900075).
pub fn accept_invitation(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let person = get(tx, id)?;
    outbox::check_invited(tx, id)?;
    if !person.invite_pending {
        return Err(not_pending(&person));
    }
    sign_in(tx, id)
}

/// Sends the invitation of a person again (STAT-05).
///
/// # Errors
/// 404, 409 (900075) for somebody who has signed in already or may not.
pub fn resend_invitation(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let person = get(tx, id)?;
    if !person.invite_pending || !person.login_enabled {
        return Err(not_pending(&person));
    }
    tx.by_rule("STAT-05");
    outbox::send(tx, MailKind::Reminder, id).map(drop)
}

fn not_pending(person: &Person) -> Refusal {
    let why = match person.login_enabled {
        true => "has signed in already",
        false => "may not sign in",
    };
    let detail = format!("{} {why}.", person.email);
    Refusal::new(ErrorKind::NotPending, detail).by("STAT-05")
}

/// Deactivates a person or lets them back in, where Control Hub offers it: people of a directory
/// are managed there (STAT-05).
///
/// # Errors
/// 404, 409 for the last full administrator, and (900074) for people of a synchronised directory.
pub fn enable_login(tx: &mut Tx, id: Uuid, enabled: bool) -> Result<(), Refusal> {
    let person = get(tx, id)?;
    check_own_directory(
        tx,
        person.organization,
        "deactivate and reactivate people",
        "STAT-05",
    )?;
    tx.by_rule("STAT-05");
    let now = tx.now();
    let after = Person {
        login_enabled: enabled,
        ..person.clone()
    };
    super::roles::check_last(tx, id, &person, Some(&after))?;
    if person.login_enabled != enabled {
        tx.update::<Person>(id, |person| {
            person.login_enabled = enabled;
            person.last_modified = now;
        })?;
    }
    follow_login(tx, id, person.login_enabled);
    Ok(())
}

/// Refuses what a synchronised directory does instead of Control Hub.
///
/// # Errors
/// 409 (900074).
pub fn check_own_directory(
    world: &World,
    organization: Uuid,
    deed: &str,
    rule: &'static str,
) -> Result<(), Refusal> {
    if !organizations::settings(world, organization)?.directory_synchronized {
        return Ok(());
    }
    let detail = format!("People come from a synchronised directory: {deed} there.");
    Err(Refusal::new(ErrorKind::DirectorySynchronized, detail).by(rule))
}
