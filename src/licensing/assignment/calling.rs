//! Calling in a save: assignment, swap, removal, and the moves that end in a loss.

use uuid::Uuid;

use super::decide::{CallingDecision, Judge};
use super::properties::{changed, provision};
use crate::licensing::change::{Add, Properties, Route};
use crate::licensing::held::name;
use crate::licensing::quirks::{
    CsvFromSuspended, PatchSwapUnassignable, PeoplePutUnassignable, SuspendedTemplateOutcome,
    SwapWithoutProperties,
};
use crate::model::license::Service;
use crate::model::{Calling, Holder, Location, SubscriptionStatus};
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

    fn removal(&mut self, present: Uuid) -> Result<(), Refusal> {
        if let Err(refusal) = self.check_leaving(present) {
            return self.fail(present, refusal);
        }
        self.by(&["MOVE-04", "LOSS-01", "LOSS-03", "LOSS-04"]);
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
            None => return self.fail(add.license, self.properties_missing(add.license)),
            Some(given) => {
                target.and_then(|()| provision(self.world, self.held.organization, given))
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
                self.swap_from_suspended(from, to, changed);
                Ok(())
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

    fn swap_keeping_all(&mut self, from: Uuid, to: Uuid, changed: Option<Calling>) {
        let first = match self.decision.holder {
            Holder::Person(_) => "MOVE-01",
            Holder::Workspace(_) => "WS-01",
        };
        self.by(&[first, "MOVE-02", "MOVE-03", "DEC-07"]);
        match self.decision.route {
            Route::CsvAddAndRemove => self.by(&["MOVE-08"]),
            Route::TemplateReplace => self.by(&["MOVE-11", "DEC-02"]),
            Route::WorkspaceWrite => self.by(&["WS-11"]),
            _ => {}
        }
        self.decision.calling = CallingDecision::Swap { from, to, changed };
    }

    fn swap_from_suspended(&mut self, from: Uuid, to: Uuid, changed: Option<Calling>) {
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
                return self.swap_keeping_all(from, to, changed);
            }
        };
        let detail = format!(
            "{} belongs to a suspended subscription: {} was not moved to {}, and the calling \
             configuration is lost.",
            name(self.world, from),
            self.held.name,
            name(self.world, to),
        );
        let refusal = Refusal::new(ErrorKind::SubscriptionNotActive, detail)
            .by(rule)
            .by("DEC-01");
        let stuck = self.chose(SuspendedTemplateOutcome::Stuck);
        self.by(&[rule, "DEC-01", "LOSS-01", "LOSS-03"]);
        self.decision.calling = CallingDecision::Lose {
            from,
            to,
            stuck,
            rule,
            refusal,
        };
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
        self.by(&[rule, "LOSS-01", "LOSS-03", "LOSS-04"]);
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

    /// Whether a licence that cannot be assigned is left out instead of refused (DEC-11).
    pub fn skips(&self) -> bool {
        self.decision.route == Route::PeopleWrite && self.chose(PeoplePutUnassignable::Skip)
    }

    /// Says what a Calling licence that was left out takes with it.
    fn skip_properties(&mut self, properties: Option<&Properties>) {
        let Some(properties) = properties else { return };
        let location = properties.location.map(|id| {
            let known = self.world.get::<Location>(id);
            known.map_or_else(|| id.to_string(), |known| known.name.clone())
        });
        let parts = [
            (
                "number",
                properties.phone_number.as_ref().map(ToString::to_string),
            ),
            (
                "extension",
                properties.extension.as_ref().map(ToString::to_string),
            ),
            ("location", location),
        ];
        let named: Vec<String> = parts
            .into_iter()
            .filter_map(|(what, value)| Some(format!("{what} {}", value?)))
            .collect();
        if !named.is_empty() {
            let warning = format!("Left out with it: {}.", named.join(", "));
            self.decision.warnings.push(warning);
        }
    }

    /// Leaves a licence out.
    pub fn skip(&mut self, license: Uuid, refusal: &Refusal) {
        self.by(&["DEC-11"]);
        let warning = format!("{} was left out: {refusal}", name(self.world, license));
        self.decision.warnings.push(warning);
        self.decision.is_so_already = true;
    }
}
