//! Where a family is looked at: a world, a holder in it, and what the holder has through Calling.

use std::borrow::Cow;

use uuid::Uuid;

use super::family::{Family, stored};
use crate::model::license::Service;
use crate::model::{
    Calling, Holder, License, Location, Person, Subscription, SubscriptionStatus, Workspace,
};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// Where a family is looked at: a world and the holder in it.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The world.
    pub world: &'a World,
    /// Whose settings.
    pub holder: Holder,
    /// What the holder has through Calling.
    pub calling: &'a Calling,
    /// The holder's organisation.
    pub organization: Uuid,
    licenses: &'a [Uuid],
}

impl<'a> Step<'a> {
    /// Looks at a holder's Calling.
    ///
    /// # Errors
    /// 404 when there is no such holder, 400 when it has no Calling, 403 (900007) while the
    /// subscription of its Calling licence is cancelled. A workspace for hot desking only has no
    /// settings (400).
    pub fn new(world: &'a World, holder: Holder) -> Result<Self, Refusal> {
        let step = Self::lenient(world, holder)?;
        step.check_in_service("settings")?;
        let license = step.calling_license();
        if license.is_some_and(|license| license.offer().service == Service::CallingHotDesk) {
            let detail = "A workspace for hot desking only has no call settings.";
            return Err(Refusal::new(ErrorKind::CallingNotAssigned, detail).by("WS-16"));
        }
        Ok(step)
    }

    /// Looks at a holder's Calling, even while its subscription is cancelled.
    ///
    /// # Errors
    /// 404 when there is no such holder, 400 when it has no Calling.
    pub fn lenient(world: &'a World, holder: Holder) -> Result<Self, Refusal> {
        let id = holder.id();
        let (organization, calling, licenses) = match holder {
            Holder::Person(_) => {
                let person = world.get::<Person>(id);
                let person = person.ok_or_else(|| not_found("Person", holder))?;
                (
                    person.organization,
                    person.calling.as_ref(),
                    &person.licenses,
                )
            }
            Holder::Workspace(_) => {
                let workspace = world.get::<Workspace>(id);
                let workspace = workspace.ok_or_else(|| not_found("Workspace", holder))?;
                (
                    workspace.organization,
                    workspace.calling.as_ref(),
                    &workspace.licenses,
                )
            }
        };
        let calling = calling.ok_or_else(|| {
            Refusal::new(
                ErrorKind::CallingNotAssigned,
                "This operation needs a Webex Calling license, which is not assigned.",
            )
        })?;
        Ok(Self {
            world,
            holder,
            calling,
            organization,
            licenses,
        })
    }

    /// Refuses to reach these parts of Calling while its subscription is cancelled (SUB-03).
    ///
    /// # Errors
    /// 403 (900007).
    pub fn check_in_service(&self, parts: &str) -> Result<(), Refusal> {
        if self.calling_status() != Some(SubscriptionStatus::Cancelled) {
            return Ok(());
        }
        let detail = format!(
            "The subscription of this Calling licence is cancelled; its {parts} cannot be reached \
             until it is restored."
        );
        Err(Refusal::new(ErrorKind::DisabledByCancellation, detail).by("SUB-03"))
    }

    fn calling_status(&self) -> Option<SubscriptionStatus> {
        let mut licenses = self
            .licenses
            .iter()
            .filter_map(|id| self.world.get::<License>(*id));
        let calling = licenses.find(|license| license.offer().is_calling())?;
        Some(self.world.get::<Subscription>(calling.subscription)?.status)
    }

    /// The holder's Calling licence.
    #[must_use]
    pub fn calling_license(&self) -> Option<&'a License> {
        let world = self.world;
        let mut licenses = self
            .licenses
            .iter()
            .filter_map(|id| world.get::<License>(*id));
        licenses.find(|license| license.offer().is_calling())
    }

    /// The holder's Calling location.
    #[must_use]
    pub fn location(&self) -> Option<&'a Location> {
        self.world.get::<Location>(self.calling.location)
    }

    /// Whether the holder is a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        matches!(self.holder, Holder::Person(_))
    }

    /// The person, when the holder is one.
    #[must_use]
    pub fn person(&self) -> Option<&'a Person> {
        match self.holder {
            Holder::Person(id) => self.world.get(id),
            Holder::Workspace(_) => None,
        }
    }

    /// The holder's name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let id = self.holder.id();
        match self.holder {
            Holder::Person(_) => self
                .world
                .get::<Person>(id)
                .map(|p| p.display_name.as_str()),
            Holder::Workspace(_) => self
                .world
                .get::<Workspace>(id)
                .map(|w| w.display_name.as_str()),
        }
        .unwrap_or_default()
    }

    /// A stored value of the holder, or the default.
    #[must_use]
    pub fn value<T: Family>(&self) -> Cow<'a, T> {
        stored(self.world, self.holder)
    }
}

fn not_found(what: &str, holder: Holder) -> Refusal {
    Refusal::not_found(what, &holder.webex_id())
}
