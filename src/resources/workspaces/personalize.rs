//! Personalization: the only device of a workspace becomes a person's (the Workspace
//! Personalization API of Webex Edge). It is asked for, done by a timer half a minute later, and
//! what became of it stands with the workspace.

use uuid::Uuid;

use super::get;
use crate::belongings::devices;
use crate::model::number::shorten;
use crate::model::wholesale::Author;
use crate::model::workspace::{Personalization, PersonalizationState as State};
use crate::model::{Email, Holder, Workspace, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people;
use crate::world::{Moment, Signature, TimerDef, Tx, World};

/// The operation in whose name it is done.
const OPERATION: &str = "personalizeAWorkspace";
/// The timer that does it.
const PERSONALIZE: &str = "workspace.personalize";
/// How long it takes: "approximately 30 seconds" (the operation's description).
const MILLIS: i64 = 30_000;

/// What happens to workspaces by themselves.
pub const TIMERS: &[TimerDef] = &[TimerDef {
    kind: PERSONALIZE,
    subject: kinds::WORKSPACE,
    fire,
    moved: |tx, id, at| {
        // When it is due is no unique value, so nothing can stand in the way.
        tx.update::<Workspace>(id, |it| {
            if let Some(task) = &mut it.personalization {
                task.due = at;
            }
        })
        .unwrap_or_default();
    },
}];

/// Asks for it. Whether it succeeds turns out when it is done.
///
/// # Errors
/// 404 for the workspace, 400 for an address that is nobody's of the organisation, 409 while
/// another one is under way.
pub fn start(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    email: &str,
    author: Author,
) -> Result<(), Refusal> {
    let workspace = get(tx, organization, id)?;
    if workspace
        .personalization
        .as_ref()
        .is_some_and(Personalization::is_under_way)
    {
        let detail = format!(
            "{} is being personalized already; its personalizationTask tells when that has ended.",
            workspace.display_name
        );
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    owner(tx, organization, email)?;
    let due = tx.now().plus_millis(MILLIS);
    let task = Personalization {
        email: email.to_owned(),
        author,
        due,
        state: State::UnderWay,
    };
    tx.update::<Workspace>(id, |it| it.personalization = Some(task))?;
    tx.arm(due, PERSONALIZE, id);
    Ok(())
}

/// Refuses a personalization that nobody could have asked for, or that nothing brings to its end.
pub(super) fn bounds(world: &World, id: Uuid, kept: &Workspace) -> Result<(), Refusal> {
    let Some(task) = &kept.personalization else {
        return Ok(());
    };
    let email = task.email.to_lowercase().parse::<Email>();
    email.map_err(|why| Refusal::bad_request(format!("personalization.email: {why}.")))?;
    let mut timers = world.timers();
    let is_armed = timers.any(|(_, timer)| timer.kind == PERSONALIZE && timer.subject == id);
    match task.is_under_way() == is_armed {
        true => Ok(()),
        false => Err(Refusal::bad_request(format!(
            "personalization must have a timer {PERSONALIZE} while it is under way, and none \
             once it has ended."
        ))),
    }
}

/// A workspace that goes is personalized no more.
pub(super) fn forget(tx: &mut Tx, id: Uuid) {
    tx.disarm(PERSONALIZE, id);
}

/// The person of the organisation with an address.
fn owner(tx: &Tx, organization: Uuid, email: &str) -> Result<Uuid, Refusal> {
    people::find_own(tx, organization, &email.to_lowercase()).ok_or_else(|| {
        let email = shorten(email);
        let detail = format!("email: \"{email}\" is no user of this organization.");
        Refusal::bad_request(detail)
    })
}

fn fire(tx: &mut Tx, id: Uuid) {
    let Some(workspace) = tx.get::<Workspace>(id).cloned() else {
        return;
    };
    let Some(mut task) = workspace.personalization.clone() else {
        return;
    };
    tx.sign(Signature {
        actor: task.author.actor.clone(),
        operation: OPERATION,
        tracking_id: task.author.tracking_id.clone(),
        continues: false,
    });
    let done = tx.attempt(|tx| hand_over(tx, id, &workspace, &task.email));
    tx.by_rule("DEC-99");
    task.state = done.map_or_else(|refusal| State::Failed(refusal.detail), |()| State::Done);
    let told = tx.update::<Workspace>(id, |it| it.personalization = Some(task));
    debug_assert!(told.is_ok(), "the index of a workspace stays as it is");
}

/// Gives the device to the person, if everything is as it must be (the API's description).
fn hand_over(tx: &mut Tx, id: Uuid, workspace: &Workspace, email: &str) -> Result<(), Refusal> {
    let refuse = |detail: &str| Err(Refusal::bad_request(detail));
    let from = Holder::Workspace(id);
    let person = owner(tx, workspace.organization, email)?;
    let held: Vec<(Uuid, bool, Option<Moment>)> = devices::of(tx, from)
        .map(|(id, device)| (id, device.is_phone, device.last_seen))
        .collect();
    let [(device, is_phone, last_seen)] = held[..] else {
        let detail = format!(
            "The workspace must contain a single device, but it has {}.",
            held.len()
        );
        return refuse(&detail);
    };
    if is_phone || workspace.calling_type != "webexEdgeForDevices" {
        return refuse("The device is not registered with Webex Edge in shared mode");
    }
    if workspace.calendar_type != "none" {
        return refuse("The workspace has a calendar configured");
    }
    if last_seen.is_none() {
        return refuse("Device is offline");
    }
    devices::hand_over(tx, device, Holder::Person(person));
    Ok(())
}
