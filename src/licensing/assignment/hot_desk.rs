//! Workspaces for hot desking only (WS-16): Calling with a location and nothing else.

use uuid::Uuid;

use super::apply::bare;
use super::decide::{CallingDecision, Judge};
use super::properties::{callable, check_home};
use crate::licensing::change::Properties;
use crate::licensing::choose::{hot_desk_takes_no_number, is_hot_desk_only};
use crate::model::{Calling, Holder, Workspace};
use crate::refusal::{ErrorKind, Refusal};

impl Judge<'_> {
    /// Whether a licence is for hot desking only.
    pub fn is_hot_desk(&self, license: Uuid) -> bool {
        is_hot_desk_only(self.world, license)
    }

    fn workspace(&self) -> Option<&Workspace> {
        match self.decision.holder {
            Holder::Workspace(id) => self.world.get(id),
            Holder::Person(_) => None,
        }
    }

    /// Where a workspace is; people are where their Calling is.
    pub fn home(&self) -> Option<Uuid> {
        self.workspace().and_then(|workspace| workspace.location)
    }

    /// What a workspace for hot desking only gets: the location that is named, or its own. That
    /// it needs one is inferred.
    pub fn hot_desk_calling(&self, properties: Option<&Properties>) -> Result<Calling, Refusal> {
        if properties.is_some_and(|given| !given.is_empty()) {
            return Err(hot_desk_takes_no_number());
        }
        let own = self.home();
        let named = properties.and_then(|given| given.location);
        if let Some(own) = own {
            check_home(self.world, own, named)?;
        }
        let Some(location) = named.or(own) else {
            let detail = "A workspace for hot desking only needs a locationId.";
            return Err(Refusal::new(ErrorKind::MandatoryField, detail).by("DEC-43"));
        };
        callable(self.world, self.held.organization, location)?;
        Ok(bare(location))
    }

    /// Refuses a number where none can be, and its absence where there was none and one is needed.
    pub fn check_hot_desk_swap(
        &self,
        from: Uuid,
        to: Uuid,
        properties: &Properties,
    ) -> Result<(), Refusal> {
        match (self.is_hot_desk(from), self.is_hot_desk(to)) {
            (_, true) if !properties.is_empty() => Err(hot_desk_takes_no_number()),
            (true, false) if properties.is_empty() => {
                let detail = "A workspace that was for hot desking only needs a phoneNumber or \
                              an extension for this license.";
                Err(Refusal::new(ErrorKind::MandatoryField, detail).by("WS-10"))
            }
            _ => Ok(()),
        }
    }

    /// The licence for hot desking only takes the place of another: everything but the location
    /// goes, because such a workspace has no call settings.
    pub fn strip(&mut self, from: Uuid, to: Uuid) {
        self.by(&["WS-16", "DEC-43", "LOSS-04"]);
        self.warn_of_services();
        self.decision.calling = CallingDecision::Strip { from, to };
    }

    /// Says that calendar and hosted meetings are switched off, where there are any.
    pub fn warn_of_services(&mut self) {
        let booked = |it: &Workspace| it.calendar_type != "none" || it.meetings_site.is_some();
        if self.workspace().is_some_and(booked) {
            let warning = format!(
                "Calendar and hosted meetings of {} were switched off: a workspace for hot \
                 desking only has none.",
                self.held.name,
            );
            self.decision.warnings.push(warning);
        }
    }
}
