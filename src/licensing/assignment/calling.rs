//! Calling in a save: assignment, swap, removal, and the moves that end in a loss.

use uuid::Uuid;

use super::apply::bare;
use super::decide::{CallingDecision, Judge};
use super::properties::{callable, changed, provision};
use crate::belongings;
use crate::licensing::change::{Add, Properties, Route};
use crate::licensing::choose::hot_desk_takes_no_number;
use crate::licensing::held::name;
use crate::licensing::quirks::{
    CsvFromSuspended, PatchSwapUnassignable, SuspendedTemplateOutcome, SwapWithoutProperties,
};
use crate::model::license::Service;
use crate::model::{Calling, Holder, License, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};

impl Judge<'_> {
    /// Decides what happens to Calling.
    pub fn calling(&mut self, leaves: bool, adds: &[Add]) -> Result<(), Refusal> {
        let present = self.held.calling_license(self.world);
        match (present, adds) {
            (None, []) => Ok(()),
            (Some(_), []) if !leaves => Ok(()),
            (Some(present), []) => self.removal(present),
            (_, [_, _, ..]) => self.too_many(present.filter(|_| !leaves), adds),
            (None, [add]) => self.assignment(add),
            (Some(present), [add]) if leaves => self.swap(present, add),
            (Some(present), [add]) => self.second(present, add),
        }
    }

    /// A Calling licence that the holder has already: its properties may give another number or
    /// extension.
    pub fn again(&mut self, held: Uuid, properties: &Properties) -> Result<(), Refusal> {
        let Some(own) = self.held.calling.cloned() else {
            return Ok(());
        };
        let organization = self.held.organization;
        let result = match self.is_hot_desk(held) && !properties.is_empty() {
            true => Err(hot_desk_takes_no_number()),
            false => changed(self.world, organization, &own, properties),
        };
        match result.and_then(|new| match new {
            Some(new) => self.check_leaving(held).map(|()| Some(new)),
            None => Ok(None),
        }) {
            Ok(None) => self.decision.is_so_already = true,
            Ok(Some(new)) => {
                self.by(&["DEC-09"]);
                self.decision.calling = CallingDecision::Renumber { new };
            }
            Err(refusal) => return self.fail(held, refusal),
        }
        Ok(())
    }

    fn removal(&mut self, present: Uuid) -> Result<(), Refusal> {
        if let Err(refusal) = self.check_leaving(present) {
            return self.fail(present, refusal);
        }
        self.by(&["MOVE-04", "LOSS-01", "LOSS-04"]);
        if self.decision.route == Route::TemplateReplace {
            self.by(&["TMPL-06", "TMPL-07"]);
        }
        self.decision.calling = CallingDecision::Remove { from: present };
        Ok(())
    }

    fn assignment(&mut self, add: &Add) -> Result<(), Refusal> {
        let target = self.check_target(add.license);
        if let Err(refusal) = &target
            && self.skips()
        {
            self.skip(add.license, refusal);
            self.skip_properties(add.properties.as_ref());
            return Ok(());
        }
        let hot_desk = self.is_hot_desk(add.license);
        let given = add.properties.as_ref().filter(|given| !given.is_empty());
        let provisioned = match given {
            _ if hot_desk => target.and_then(|()| self.hot_desk_calling(add.properties.as_ref())),
            None if self.service(add.license) == Some(Service::PackageVoice) => {
                target.and_then(|()| self.voice_calling(add.properties.as_ref()))
            }
            None => return self.fail(add.license, self.properties_missing(add.license)),
            Some(given) => {
                let home = self.home();
                target.and_then(|()| provision(self.world, self.held.organization, home, given))
            }
        };
        match provisioned {
            Ok(calling) => {
                match self.decision.holder {
                    Holder::Workspace(_) if hot_desk => {
                        self.by(&["WS-16", "DEC-43"]);
                        self.warn_of_services();
                    }
                    Holder::Workspace(_) => self.by(&["COMBO-05", "WS-10"]),
                    Holder::Person(_) => self.by(&["COMBO-05"]),
                }
                self.decision.calling = CallingDecision::Assign {
                    to: add.license,
                    calling,
                };
                Ok(())
            }
            Err(refusal) => self.fail(add.license, refusal),
        }
    }

    /// Webex Voice comes without number and extension too, in the location that is named (PKG-05).
    fn voice_calling(&self, properties: Option<&Properties>) -> Result<Calling, Refusal> {
        let location = properties.and_then(|given| given.location);
        let location = location.ok_or_else(|| {
            let detail = "Webex Voice needs a location with Webex Calling.";
            Refusal::new(ErrorKind::FieldMissing, detail)
        })?;
        callable(self.world, self.held.organization, location)?;
        Ok(bare(location))
    }

    /// A second Calling licence beside the present one.
    fn second(&mut self, present: Uuid, add: &Add) -> Result<(), Refusal> {
        if self.decision.route == Route::TemplatePreserve {
            self.by(&["MOVE-14", "DEC-21", "TMPL-05"]);
            let warning = format!(
                "{} is kept because licenses are preserved; {} was not added beside it.",
                name(self.world, present),
                name(self.world, add.license),
            );
            self.decision.warnings.push(warning);
            self.decision.is_so_already = true;
            return Ok(());
        }
        if self.status(present) == SubscriptionStatus::Cancelled {
            return self.fail(add.license, self.cancelled(present));
        }
        let mut refusal = self.conflict(&[present, add.license], &[add.license]);
        if self.decision.route == Route::CsvAddOnly {
            refusal = refusal.by("MOVE-09");
        }
        self.fail(add.license, refusal)
    }

    fn too_many(&mut self, present: Option<Uuid>, adds: &[Add]) -> Result<(), Refusal> {
        let targets: Vec<Uuid> = adds.iter().map(|add| add.license).collect();
        let together: Vec<Uuid> = present.into_iter().chain(targets.iter().copied()).collect();
        let mut refusal = self.conflict(&together, &targets);
        if self.decision.route.is_csv() {
            refusal = refusal.by("CSV-25");
        }
        for target in targets {
            self.fail(target, refusal.clone())?;
        }
        Ok(())
    }

    /// The refusal of several Calling licences together.
    fn conflict(&self, together: &[Uuid], targets: &[Uuid]) -> Refusal {
        let names: Vec<String> = together.iter().map(|id| name(self.world, *id)).collect();
        if self.decision.route.has_own_conflict_code() {
            let detail = format!(
                "{} would hold two Calling licenses: {}.",
                self.held.name,
                names.join(" and "),
            );
            return Refusal::new(ErrorKind::TwoCallingLicenses, detail).by("COMBO-04");
        }
        let has = |service| together.iter().any(|id| self.service(*id) == Some(service));
        let standard = has(Service::CallingStandard);
        if standard && has(Service::CallingProfessional) {
            self.about(ErrorKind::ProfessionalAndStandard, targets)
                .by("COMBO-01")
        } else if standard && has(Service::CustomerAssist) {
            self.about(ErrorKind::StandardAndCustomerAssist, targets)
                .by("COMBO-03")
        } else {
            self.about(ErrorKind::OneOfOffer, targets).by("COMBO-07")
        }
    }

    fn swap(&mut self, from: Uuid, add: &Add) -> Result<(), Refusal> {
        let to = add.license;
        let own = self.held.calling.cloned();
        let (Ok(()), Some(own)) = (self.check_leaving(from), own) else {
            let refusal = self.check_leaving(from).err();
            return self.fail(to, refusal.unwrap_or_else(|| self.cancelled(from)));
        };
        if let Err(refusal) = self.check_swap(from, add) {
            return self.fail(to, refusal);
        }
        let properties = add.properties.clone().unwrap_or_default();
        if let Err(refusal) = self.check_hot_desk_swap(from, to, &properties) {
            return self.fail(to, refusal);
        }
        let strips = self.is_hot_desk(to) && !self.is_hot_desk(from);
        let changed = match changed(self.world, self.held.organization, &own, &properties) {
            Ok(changed) => changed,
            Err(refusal) => return self.fail(to, refusal),
        };
        match self.check_target(to) {
            Err(refusal) => {
                self.swap_to_unassignable(from, to, refusal)?;
                if self.skips() {
                    self.skip_properties(add.properties.as_ref());
                }
                Ok(())
            }
            Ok(()) if strips => {
                self.strip(from, to);
                Ok(())
            }
            Ok(()) if self.status(from) == SubscriptionStatus::Suspended => {
                self.swap_from_suspended(from, to, changed)
            }
            Ok(()) => {
                self.swap_keeping_all(from, to, changed);
                Ok(())
            }
        }
    }

    /// Refuses a move down (also when it is named as a swap), and one without its properties.
    fn check_swap(&self, from: Uuid, add: &Add) -> Result<(), Refusal> {
        let to = add.license;
        if self.service(to) == Some(Service::CallingStandard) {
            match self.service(from) {
                Some(Service::CallingProfessional) => {
                    let refusal = self.about(ErrorKind::ProfessionalToStandard, &[to]);
                    return Err(refusal.by("MOVE-17").by("COMBO-06"));
                }
                Some(Service::CustomerAssist) => {
                    let refusal = self.about(ErrorKind::CustomerAssistToStandard, &[to]);
                    return Err(refusal.by("COMBO-03"));
                }
                _ => {}
            }
        }
        let demanded =
            self.decision.route == Route::PublicPatch && self.chose(SwapWithoutProperties::Refuse);
        if demanded && add.properties.as_ref().is_none_or(Properties::is_empty) {
            return Err(self.properties_missing(to).by("DEC-08"));
        }
        Ok(())
    }

    fn properties_missing(&self, license: Uuid) -> Refusal {
        self.about(ErrorKind::PropertiesMissing, &[license])
            .by("COMBO-05")
    }

    /// The rules that speak of such a swap: each only where its own words hold.
    fn name_swap(&mut self, from: Uuid, to: Uuid, keeps_all: bool) {
        let of = |id| self.world.get::<License>(id);
        let sold = |id| of(id).map(|license| license.subscription);
        let active = |id| self.status(id) == SubscriptionStatus::Active;
        let same = of(from).map(|l| &l.offer) == of(to).map(|l| &l.offer);
        let between = sold(from) != sold(to);
        let first = match self.decision.holder {
            Holder::Person(_) if same && active(from) && active(to) => Some("MOVE-01"),
            Holder::Person(_) => None,
            Holder::Workspace(_) => Some("WS-01"),
        };
        if let Some(first) = first.filter(|_| keeps_all && between) {
            self.by(&[first]);
        }
        self.by(if between { &["MOVE-02"] } else { &[] });
        self.by(&["MOVE-03"]);
        self.by(match self.decision.route {
            _ if !keeps_all => &["DEC-09"],
            route if route.is_public() => &[],
            _ => &["DEC-07"],
        });
    }

    fn swap_keeping_all(&mut self, from: Uuid, to: Uuid, changed: Option<Calling>) {
        self.name_swap(from, to, changed.is_none());
        match self.decision.route {
            Route::CsvAddAndRemove if matches!(self.decision.holder, Holder::Person(_)) => {
                self.by(&["MOVE-08"]);
            }
            Route::TemplateReplace => self.by(&["MOVE-11", "DEC-02"]),
            Route::WorkspaceWrite => self.by(&["WS-11"]),
            _ => {}
        }
        self.decision.calling = CallingDecision::Swap { from, to, changed };
    }

    fn swap_from_suspended(
        &mut self,
        from: Uuid,
        to: Uuid,
        changed: Option<Calling>,
    ) -> Result<(), Refusal> {
        let rule = match self.decision.route {
            Route::TemplateReplace => "MOVE-12",
            Route::CsvAddAndRemove if self.chose(CsvFromSuspended::Lost) => "MOVE-13",
            route => {
                let is_person = matches!(self.decision.holder, Holder::Person(_));
                let rules: &[_] = match route {
                    Route::EditLicenses if is_person => &["MOVE-05", "DEC-02"],
                    Route::EditLicenses => &["DEC-02"],
                    Route::CsvAddAndRemove => &["MOVE-13"],
                    _ => &["DEC-06"],
                };
                self.by(rules);
                self.swap_keeping_all(from, to, changed);
                return Ok(());
            }
        };
        let stuck = self.chose(SuspendedTemplateOutcome::Stuck);
        // Who is stuck already has nothing left to lose, and has failed once more.
        let fails = stuck && self.is_bare();
        let detail = format!(
            "{} belongs to a suspended subscription: {} is not moved to {}{}.",
            name(self.world, from),
            self.held.name,
            name(self.world, to),
            if fails {
                ""
            } else {
                ", and the calling configuration is lost"
            },
        );
        let refusal = Refusal::new(ErrorKind::SubscriptionNotActive, detail)
            .by(rule)
            .by("DEC-01");
        if fails {
            return self.fail(to, refusal);
        }
        self.by(&[rule, "DEC-01", "LOSS-01"]);
        self.decision.calling = CallingDecision::Lose {
            from,
            to,
            stuck,
            rule,
            refusal,
        };
        Ok(())
    }

    /// Whether the holder has nothing through Calling but its location.
    fn is_bare(&self) -> bool {
        let all = belongings::list(self.world, self.decision.holder);
        all.iter().all(|lost| lost.family == "location")
    }

    fn swap_to_unassignable(
        &mut self,
        from: Uuid,
        to: Uuid,
        refusal: Refusal,
    ) -> Result<(), Refusal> {
        let rule = match self.decision.route {
            Route::PublicPatch if self.chose(PatchSwapUnassignable::Partial) => "DEC-10",
            _ if self.skips() => "DEC-11",
            route => {
                let rule = match (refusal.kind, route) {
                    (ErrorKind::NoFreeUnit, Route::TemplateReplace) => "DEC-19",
                    (ErrorKind::NoFreeUnit, _) => "MOVE-06",
                    _ => "MOVE-07",
                };
                return self.fail(to, refusal.by(rule));
            }
        };
        self.by(&[rule, "LOSS-01", "LOSS-04"]);
        self.by(&refusal.rules);
        if rule == "DEC-10" {
            self.decision.failed.push((to, refusal.clone()));
        }
        let warning = format!(
            "{} was left out: {refusal} {} is gone with everything.",
            name(self.world, to),
            name(self.world, from),
        );
        self.decision.warnings.push(warning);
        self.decision.calling = CallingDecision::Lose {
            from,
            to,
            stuck: false,
            rule,
            refusal,
        };
        Ok(())
    }
}
