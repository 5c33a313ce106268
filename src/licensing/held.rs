//! A holder of licences, whether person or workspace: what it holds, read once and written once.

use std::borrow::Cow;

use uuid::Uuid;

use super::choose::is_hot_desk_only;
use crate::model::person::ContactKind;
use crate::model::{Calling, Holder, License, Person, Subscription, SubscriptionStatus, Workspace};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// The calling type of workspaces with a Calling licence.
const WEBEX_CALLING: &str = "webexCalling";

/// What a holder holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    /// The holder's organisation.
    pub organization: Uuid,
    /// The name people see.
    pub name: &'a str,
    /// The e-mail address of a person.
    pub email: Option<&'a str>,
    /// Licences, in the order of their assignment.
    pub licenses: &'a [Uuid],
    /// What Calling gives.
    pub calling: Option<&'a Calling>,
}

impl<'a> Held<'a> {
    /// Looks at a holder.
    ///
    /// # Errors
    /// 404 when there is no such holder.
    pub fn of(world: &'a World, holder: Holder) -> Result<Self, Refusal> {
        let missing = |what| Refusal::not_found(what, &holder.webex_id());
        match holder {
            Holder::Person(id) => {
                let person = world.get::<Person>(id).ok_or_else(|| missing("Person"))?;
                Ok(Self {
                    organization: person.organization,
                    name: &person.display_name,
                    email: Some(person.email.as_str()),
                    licenses: &person.licenses,
                    calling: person.calling.as_ref(),
                })
            }
            Holder::Workspace(id) => {
                let workspace = world
                    .get::<Workspace>(id)
                    .ok_or_else(|| missing("Workspace"))?;
                Ok(Self {
                    organization: workspace.organization,
                    name: &workspace.display_name,
                    email: None,
                    licenses: &workspace.licenses,
                    calling: workspace.calling.as_ref(),
                })
            }
        }
    }

    /// The Calling licence, which is one at most.
    pub fn calling_license(&self, world: &World) -> Option<Uuid> {
        let mut held = self.licenses.iter().copied();
        held.find(|id| {
            world
                .get::<License>(*id)
                .is_some_and(|held| held.offer().is_calling())
        })
    }
}

/// The status of a licence's subscription.
pub(super) fn status(world: &World, license: &License) -> SubscriptionStatus {
    let subscription = world.get::<Subscription>(license.subscription);
    subscription.map_or(SubscriptionStatus::Deleted, |subscription| {
        subscription.status
    })
}

/// The plain id of a licence's subscription.
pub(super) fn code<'a>(world: &'a World, license: &License) -> Cow<'a, str> {
    match world.get::<Subscription>(license.subscription) {
        Some(subscription) => Cow::Borrowed(subscription.code.as_str()),
        None => Cow::Owned(license.subscription.to_string()),
    }
}

/// `Webex Calling - Professional [Sub119911]`, for sentences.
pub(super) fn name(world: &World, id: Uuid) -> String {
    match world.get::<License>(id) {
        Some(license) => format!("{} [{}]", license.offer().api_name, code(world, license)),
        None => id.to_string(),
    }
}

/// The Webex id of a licence; of one that is not there, the id as it came.
pub(super) fn webex_id(world: &World, id: Uuid) -> String {
    world
        .get::<License>(id)
        .map_or_else(|| id.to_string(), |license| license.webex_id(id))
}

/// Writes which licences a holder holds. A workspace's calling type follows them.
pub(super) fn write(tx: &mut Tx, holder: Holder, licenses: Vec<Uuid>) -> Result<(), Refusal> {
    let now = tx.now();
    if Held::of(tx, holder)?.licenses == licenses {
        return Ok(());
    }
    match holder {
        Holder::Person(id) => tx.update::<Person>(id, |person| {
            person.licenses = licenses;
            person.last_modified = now;
        })?,
        Holder::Workspace(id) => {
            let hot_desk = licenses.iter().any(|id| is_hot_desk_only(tx, *id));
            tx.update::<Workspace>(id, |workspace| {
                workspace.licenses = licenses;
                if hot_desk {
                    // Such a workspace has hot desking and nothing that would book it (WS-16).
                    "on".clone_into(&mut workspace.hotdesking_status);
                    "none".clone_into(&mut workspace.calendar_type);
                    workspace.calendar_email = None;
                    workspace.meetings_site = None;
                }
                match (&workspace.calling, workspace.calling_type.as_str()) {
                    (Some(_), _) => workspace.set_calling_type(WEBEX_CALLING),
                    (None, WEBEX_CALLING) => workspace.set_calling_type("none"),
                    (None, _) => {}
                }
            })?;
        }
    }
    Ok(())
}

/// Notes that a person was changed now, where the list of licences stays the same.
pub(super) fn touch(tx: &mut Tx, holder: Holder) -> Result<(), Refusal> {
    let now = tx.now();
    if let Holder::Person(id) = holder {
        tx.update::<Person>(id, |person| person.last_modified = now)?;
    }
    Ok(())
}

/// Takes a work number out of a person's contacts: it belongs to Calling from now on.
pub(super) fn drop_work_number(tx: &mut Tx, holder: Holder, number: &str) -> Result<(), Refusal> {
    let Holder::Person(id) = holder else {
        return Ok(());
    };
    tx.update::<Person>(id, |person| {
        person
            .contact_numbers
            .retain(|own| own.kind != ContactKind::Work || own.value != number);
    })?;
    Ok(())
}
