//! Licences beside Calling in a save: which may stand together, and what needs what (COMBO).

use uuid::Uuid;

use super::decide::{CallingDecision, Judge};
use crate::licensing::change::Route;
use crate::licensing::choose::{of_offer, oldest};
use crate::licensing::held::name;
use crate::model::License;
use crate::model::license::{OFFERS, Service};
use crate::refusal::{ErrorKind, Refusal};

/// Which service needs which free one beside it, with the code that says so (COMBO-12).
const NEEDS: &[(Service, Service, ErrorKind)] = &[
    (
        Service::Messaging,
        Service::FreeMessaging,
        ErrorKind::FreeMessagingForMessaging,
    ),
    (
        Service::Meetings,
        Service::FreeMeetings,
        ErrorKind::FreeMeetingForMeeting,
    ),
    (
        Service::Meetings,
        Service::FreeMessaging,
        ErrorKind::FreeMessagingForMeeting,
    ),
    (
        Service::FreeMeetings,
        Service::FreeMessaging,
        ErrorKind::FreeMessagingForMeeting,
    ),
];

impl Judge<'_> {
    /// Decides what happens to the licences beside Calling.
    pub fn others(&mut self, mut add: Vec<Uuid>, remove: Vec<Uuid>) -> Result<(), Refusal> {
        let mut leaving = Vec::with_capacity(remove.len());
        for id in remove {
            match self.check_leaving(id) {
                Ok(()) => leaving.push(id),
                Err(refusal) => self.fail(id, refusal)?,
            }
        }
        if !self.decision.route.demands_prerequisites() {
            self.bring_along(&mut add, &leaving);
        }
        while let Some((id, refusal)) = self.first_refused(&add, &leaving) {
            let unassignable = matches!(
                refusal.kind,
                ErrorKind::NoFreeUnit | ErrorKind::SubscriptionNotActive
            );
            if unassignable && self.skips() {
                self.skip(id, &refusal);
            } else {
                self.fail(id, refusal)?;
            }
            add.retain(|kept| *kept != id);
        }
        self.keep_needed(&add, &mut leaving)?;
        self.drop_attendant_console(&add, &mut leaving);
        self.decision.add = add;
        self.decision.remove = leaving;
        Ok(())
    }

    /// The Calling licence after the save.
    fn calling_after(&self) -> Option<Uuid> {
        match &self.decision.calling {
            CallingDecision::Keep | CallingDecision::Renumber { .. } => {
                self.held.calling_license(self.world)
            }
            CallingDecision::Assign { to, .. }
            | CallingDecision::Swap { to, .. }
            | CallingDecision::Strip { to, .. } => Some(*to),
            CallingDecision::Lose {
                from, stuck: true, ..
            } => Some(*from),
            CallingDecision::Remove { .. } | CallingDecision::Lose { .. } => None,
        }
    }

    /// What the holder has beside Calling after the save.
    fn after(&self, add: &[Uuid], leaving: &[Uuid]) -> Vec<Uuid> {
        let is_calling = |id: Uuid| {
            self.world
                .get::<License>(id)
                .is_some_and(|l| l.offer().is_calling())
        };
        let held = self.held.licenses.iter().copied();
        let staying = held.filter(|id| !leaving.contains(id) && !is_calling(*id));
        staying.chain(add.iter().copied()).collect()
    }

    fn first_refused(&self, add: &[Uuid], leaving: &[Uuid]) -> Option<(Uuid, Refusal)> {
        let after = self.after(add, leaving);
        add.iter()
            .find_map(|id| Some((*id, self.against(*id, &after).err()?)))
    }

    /// What speaks against adding a licence, given all that the holder would have.
    fn against(&self, id: Uuid, after: &[Uuid]) -> Result<(), Refusal> {
        self.check_target(id)?;
        let earlier = after.iter().take_while(|other| **other != id);
        if earlier.copied().any(|other| self.excludes(other, id)) {
            return Err(self.about(ErrorKind::OneOfOffer, &[id]).by("COMBO-07"));
        }
        let Some(service) = self.service(id) else {
            return Ok(());
        };
        if service == Service::AttendantConsole {
            return match self
                .calling_after()
                .and_then(|calling| self.service(calling))
            {
                Some(Service::CallingProfessional) => Ok(()),
                Some(Service::CallingStandard) => Err(self
                    .about(ErrorKind::StandardAndAttendant, &[id])
                    .by("COMBO-02")),
                _ => Err(self
                    .about(ErrorKind::AttendantNeedsProfessional, &[id])
                    .by("COMBO-02")),
            };
        }
        let demanded = self.decision.route.demands_prerequisites();
        for (_, free, kind) in NEEDS
            .iter()
            .filter(|(paid, ..)| demanded && *paid == service)
        {
            if self.is_missing(*free, after) {
                return Err(self.about(*kind, &[id]).by("COMBO-12"));
            }
        }
        Ok(())
    }

    /// Whether two licences cannot be held together: the same offer for the same site, or two
    /// Contact Center licences.
    fn excludes(&self, one: Uuid, other: Uuid) -> bool {
        let (Some(one), Some(other)) = (
            self.world.get::<License>(one),
            self.world.get::<License>(other),
        ) else {
            return false;
        };
        let both_agents = one.offer().is_agent() && other.offer().is_agent();
        both_agents || (one.offer == other.offer && one.site_url == other.site_url)
    }

    /// Whether a free service is sold to the organisation but not among the licences.
    fn is_missing(&self, free: Service, after: &[Uuid]) -> bool {
        after.iter().all(|id| self.service(*id) != Some(free)) && self.sold(free).next().is_some()
    }

    fn sold(&self, service: Service) -> impl Iterator<Item = Uuid> + '_ {
        let offers = OFFERS.iter().filter(move |offer| offer.service == service);
        offers.flat_map(|offer| of_offer(self.world, self.held.organization, offer.code))
    }

    /// Adds the free licences that paid ones need, where nobody has to name them.
    fn bring_along(&mut self, add: &mut Vec<Uuid>, leaving: &[Uuid]) {
        let mut position = 0;
        while let Some(id) = add.get(position).copied() {
            let service = self.service(id);
            for (_, free, _) in NEEDS.iter().filter(|(paid, ..)| Some(*paid) == service) {
                if !self.is_missing(*free, &self.after(add, leaving)) {
                    continue;
                }
                if let Some(free) = oldest(self.world, self.sold(*free), self.decision.holder)
                    && !leaving.contains(&free)
                {
                    self.by(&["COMBO-12"]);
                    add.push(free);
                }
            }
            position += 1;
        }
    }

    /// A free licence does not go while a paid one that stays needs it. A full replace leaves it
    /// in place; other routes refuse.
    fn keep_needed(&mut self, add: &[Uuid], leaving: &mut Vec<Uuid>) -> Result<(), Refusal> {
        let mut position = 0;
        while let Some(id) = leaving.get(position).copied() {
            let after = self.after(add, leaving);
            match self.needed_by(id, &after) {
                None => position += 1,
                Some((paid, kind)) => {
                    leaving.remove(position);
                    if self.decision.route != Route::PeopleWrite {
                        self.fail(id, self.about(kind, &[paid]).by("COMBO-12"))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn needed_by(&self, id: Uuid, after: &[Uuid]) -> Option<(Uuid, ErrorKind)> {
        let service = self.service(id)?;
        if after
            .iter()
            .any(|other| self.service(*other) == Some(service))
        {
            return None;
        }
        NEEDS
            .iter()
            .filter(|(_, free, _)| *free == service)
            .find_map(|(paid, _, kind)| {
                let holder = after
                    .iter()
                    .find(|other| self.service(**other) == Some(*paid))?;
                Some((*holder, *kind))
            })
    }

    /// Attendant Console is an addition to Professional: without it, it goes too. The documents
    /// tell only what adding does; that the addition goes is inferred.
    fn drop_attendant_console(&mut self, add: &[Uuid], leaving: &mut Vec<Uuid>) {
        let calling = self
            .calling_after()
            .and_then(|calling| self.service(calling));
        if calling == Some(Service::CallingProfessional) {
            return;
        }
        let after = self.after(add, leaving);
        let console = |id: &Uuid| self.service(*id) == Some(Service::AttendantConsole);
        for id in after.into_iter().filter(console).collect::<Vec<_>>() {
            if !matches!(
                self.decision.calling,
                CallingDecision::Keep | CallingDecision::Renumber { .. }
            ) {
                self.by(&["COMBO-02"]);
                let warning = format!(
                    "{} went with Webex Calling Professional, to which it is an addition.",
                    name(self.world, id),
                );
                self.decision.warnings.push(warning);
                leaving.push(id);
            }
        }
    }
}
