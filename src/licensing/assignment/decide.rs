//! What a save is to do: the request is sorted, each part is judged, nothing is changed yet.

use uuid::Uuid;

use crate::licensing::change::{Add, Change, Properties, Route};
use crate::licensing::choose::{check_target, not_recognized};
use crate::licensing::held::{Held, name, status, webex_id};
use crate::licensing::packages;
use crate::licensing::quirks::{Choice, SuspendedOverPublicApi};
use crate::model::license::Service;
use crate::model::owned;
use crate::model::{Calling, Holder, License, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// What happens to Calling.
#[derive(Debug, Default)]
pub(super) enum CallingDecision {
    /// Nothing.
    #[default]
    Keep,
    /// It is given.
    Assign { to: Uuid, calling: Calling },
    /// One licence takes the place of another; `changed` is what the properties say anew.
    Swap {
        from: Uuid,
        to: Uuid,
        changed: Option<Calling>,
    },
    /// The licence stays; number or extension become what the properties of a licence say that is
    /// held already (DEC-09).
    Renumber { new: Calling },
    /// A licence for hot desking only takes the place of another: the location stays (WS-16).
    Strip { from: Uuid, to: Uuid },
    /// It is taken away.
    Remove { from: Uuid },
    /// A move was asked for and everything is lost; `stuck` keeps the licence itself.
    Lose {
        from: Uuid,
        to: Uuid,
        stuck: bool,
        rule: &'static str,
        refusal: Refusal,
    },
}

/// A decided save.
#[derive(Debug)]
pub(super) struct Decision {
    pub holder: Holder,
    pub route: Route,
    pub calling: CallingDecision,
    /// Other licences to add.
    pub add: Vec<Uuid>,
    /// Other licences to remove.
    pub remove: Vec<Uuid>,
    pub failed: Vec<(Uuid, Refusal)>,
    pub warnings: Vec<String>,
    pub rules: Vec<&'static str>,
    /// Whether something that was to be added is so already, or was left out on purpose.
    pub is_so_already: bool,
}

/// The judge of one save.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub world: &'a World,
    pub held: Held<'a>,
    pub decision: Decision,
}

/// What a request asks, sorted.
#[derive(Debug, Default)]
struct Asked {
    calling_add: Vec<Add>,
    /// A Calling licence that is held already, with properties.
    calling_again: Option<(Uuid, Properties)>,
    calling_leaves: bool,
    add: Vec<Uuid>,
    remove: Vec<Uuid>,
}

/// Decides a save.
///
/// # Errors
/// What speaks against it.
pub(super) fn decide(world: &World, change: Change) -> Result<Decision, Refusal> {
    judge(world, change)?.finish()
}

/// What of a save would not be done, licence by licence; `adds` on a route that is not partial
/// share the one refusal.
pub(super) fn foretell(world: &World, change: Change) -> Vec<(Uuid, Refusal)> {
    let adds: Vec<Uuid> = change.add.iter().map(|add| add.license).collect();
    let decision = match judge(world, change) {
        Ok(judge) => judge.decision,
        Err(refusal) => return adds.into_iter().map(|id| (id, refusal.clone())).collect(),
    };
    let lost = match decision.calling {
        CallingDecision::Lose { to, refusal, .. } => Some((to, refusal)),
        _ => None,
    };
    let mut failed: Vec<(Uuid, Refusal)> = lost.into_iter().chain(decision.failed).collect();
    failed.retain(|(id, _)| adds.contains(id));
    failed
}

fn judge(world: &World, change: Change) -> Result<Judge<'_>, Refusal> {
    let held = Held::of(world, change.holder)?;
    let decision = Decision {
        holder: change.holder,
        route: change.route,
        calling: CallingDecision::Keep,
        add: Vec::new(),
        remove: Vec::new(),
        failed: Vec::new(),
        warnings: Vec::new(),
        rules: Vec::new(),
        is_so_already: false,
    };
    let mut judge = Judge {
        world,
        held,
        decision,
    };
    let asked = judge.sort(change)?;
    judge.calling(asked.calling_leaves, &asked.calling_add)?;
    if let Some((held, properties)) = asked.calling_again {
        judge.again(held, &properties)?;
    }
    judge.others(asked.add, asked.remove)?;
    Ok(judge)
}

impl<'a> Judge<'a> {
    /// The licence, when the holder's organisation has it.
    pub fn license(&self, id: Uuid) -> Option<&'a License> {
        owned::get(self.world, self.held.organization, id)
    }

    /// The service of a licence.
    pub fn service(&self, id: Uuid) -> Option<Service> {
        self.world
            .get::<License>(id)
            .map(|license| license.offer().service)
    }

    /// The status of a licence's subscription.
    pub fn status(&self, id: Uuid) -> SubscriptionStatus {
        let license = self.world.get::<License>(id);
        license.map_or(SubscriptionStatus::Deleted, |license| {
            status(self.world, license)
        })
    }

    /// Whether this is what the sandbox chose for a quirk.
    pub fn chose<C: Choice>(&self, choice: C) -> bool {
        C::chosen(self.world.choice(C::QUIRK)) == choice
    }

    /// Names a rule that decides.
    pub fn by(&mut self, rules: &[&'static str]) {
        self.decision.rules.extend(rules);
    }

    /// A licence cannot be applied: on partial routes the others go on, else the save fails.
    pub fn fail(&mut self, id: Uuid, refusal: Refusal) -> Result<(), Refusal> {
        if !self.decision.route.is_partial() {
            return Err(refusal);
        }
        self.decision.failed.push((id, refusal));
        Ok(())
    }

    /// Refuses a licence that cannot be newly assigned. A scenario may place people on
    /// subscriptions that are suspended or worse.
    pub fn check_target(&self, id: Uuid) -> Result<(), Refusal> {
        let result = check_target(self.world, id, self.decision.holder);
        match result {
            Err(refusal)
                if self.decision.route.is_template() && refusal.kind == ErrorKind::NoFreeUnit =>
            {
                Err(refusal.by("TMPL-18"))
            }
            Err(refusal)
                if self.decision.route == Route::Package
                    && refusal.kind == ErrorKind::NoFreeUnit =>
            {
                Err(refusal.by("PKG-16"))
            }
            Err(refusal)
                if self.decision.route == Route::Scenario
                    && refusal.kind == ErrorKind::SubscriptionNotActive =>
            {
                let free = self.license(id).is_none_or(License::has_free_unit);
                let full = || Refusal::new(ErrorKind::NoFreeUnit, name(self.world, id));
                free.then_some(()).ok_or_else(full)
            }
            result => result,
        }
    }

    /// Refuses taking away a licence that must stay as it is for now.
    pub fn check_leaving(&self, id: Uuid) -> Result<(), Refusal> {
        let route = self.decision.route;
        match self.status(id) {
            SubscriptionStatus::Cancelled if route != Route::Scenario => Err(self.cancelled(id)),
            SubscriptionStatus::Suspended
                if route.is_public() && self.chose(SuspendedOverPublicApi::Refuse) =>
            {
                let detail = format!(
                    "{} belongs to a suspended subscription and can be changed in Control Hub \
                     only.",
                    name(self.world, id),
                );
                Err(Refusal::new(ErrorKind::SuspendedOverPublicApi, detail).by("DEC-06"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses the licence of a package, which only a change of the package gives and takes; what
    /// scenarios say of packages they write down themselves.
    fn check_package(&self, id: Uuid) -> Result<(), Refusal> {
        match self.decision.route {
            Route::Package | Route::Scenario => Ok(()),
            _ => packages::check_license(self.world, id),
        }
    }

    /// The refusal of leaving a cancelled subscription.
    pub fn cancelled(&self, id: Uuid) -> Refusal {
        let detail = format!(
            "The subscription of {} is cancelled: its holders cannot be changed until it is \
             restored.",
            name(self.world, id),
        );
        Refusal::new(ErrorKind::DisabledByCancellation, detail)
            .by("DEC-12")
            .by("SUB-03")
    }

    /// A refusal about licences: by their Webex ids, as documented for programs, or by name where
    /// an administrator reads the report of a file or a template.
    pub fn about(&self, kind: ErrorKind, licenses: &[Uuid]) -> Refusal {
        let route = self.decision.route;
        let read = match route.is_csv() || route.is_template() {
            true => name,
            false => webex_id,
        };
        let shown: Vec<String> = licenses.iter().map(|id| read(self.world, *id)).collect();
        Refusal::new(kind, shown.join(", "))
    }

    fn sort(&mut self, change: Change) -> Result<Asked, Refusal> {
        let mut asked = Asked::default();
        for add in change.add {
            if change.remove.contains(&add.license) {
                let name = name(self.world, add.license);
                return Err(Refusal::bad_request(format!(
                    "{name} is both added and removed."
                )));
            }
            self.sort_add(add, &mut asked)?;
        }
        for id in change.remove {
            if change.route.only_adds() {
                let ignored = change.route == Route::CsvAddOnly && self.held.licenses.contains(&id);
                self.by(if ignored { &["CSV-09"] } else { &[] });
                continue;
            }
            self.sort_remove(id, &mut asked)?;
        }
        Ok(asked)
    }

    fn sort_add(&mut self, add: Add, asked: &mut Asked) -> Result<(), Refusal> {
        let id = add.license;
        let Some(license) = self.license(id) else {
            return self.fail(id, not_recognized(&webex_id(self.world, id)));
        };
        let offer = license.offer();
        if self.held.licenses.contains(&id) {
            match add.properties.filter(|_| offer.is_calling()) {
                Some(properties) => asked.calling_again = Some((id, properties)),
                None => self.decision.is_so_already = true,
            }
            return Ok(());
        }
        if let Err(refusal) = self.check_package(id) {
            return self.fail(id, refusal);
        }
        let suits = match self.decision.holder {
            Holder::Person(_) => offer.for_people(),
            Holder::Workspace(_) => offer.for_workspaces(),
        };
        if !suits {
            let kind = match self.decision.holder {
                Holder::Person(_) => "people",
                Holder::Workspace(_) => "workspaces",
            };
            let detail = format!("{} is not for {kind}.", name(self.world, id));
            return self.fail(id, Refusal::bad_request(detail).by("DEC-22"));
        }
        if offer.service == Service::Messenger {
            return self.fail(id, self.about(ErrorKind::MessengerLicense, &[id]));
        }
        if offer.is_calling() {
            if asked.calling_add.iter().all(|known| known.license != id) {
                asked.calling_add.push(add);
            }
        } else if !asked.add.contains(&id) {
            asked.add.push(id);
        }
        Ok(())
    }

    fn sort_remove(&mut self, id: Uuid, asked: &mut Asked) -> Result<(), Refusal> {
        let Some(license) = self.license(id) else {
            return self.fail(id, not_recognized(&webex_id(self.world, id)));
        };
        if !self.held.licenses.contains(&id) {
            // Nothing was done, so it does not make a failed request a partial one (COMBO-08).
            return Ok(());
        }
        if let Err(refusal) = self.check_package(id) {
            return self.fail(id, refusal);
        }
        let service = license.offer().service;
        if matches!(service, Service::Messenger | Service::ScreenShare) {
            return match (self.decision.route, service) {
                // A full replace cannot take away what nobody assigned by hand (api-surface 4.1).
                (Route::PeopleWrite, _) => Ok(()),
                (_, Service::Messenger) => {
                    self.fail(id, self.about(ErrorKind::MessengerLicense, &[id]))
                }
                _ => {
                    let refusal = self.about(ErrorKind::ScreenShareImplicit, &[id]);
                    self.fail(id, refusal.by("COMBO-12"))
                }
            };
        }
        if license.offer().is_calling() {
            asked.calling_leaves = true;
        } else if !asked.remove.contains(&id) {
            asked.remove.push(id);
        }
        Ok(())
    }

    /// Refuses a partial save of which no part could be done.
    fn finish(mut self) -> Result<Decision, Refusal> {
        let decision = &mut self.decision;
        let does_something = decision.is_so_already
            || !decision.add.is_empty()
            || !decision.remove.is_empty()
            || !matches!(decision.calling, CallingDecision::Keep);
        if !does_something && !decision.failed.is_empty() {
            let (_, refusal) = decision.failed.swap_remove(0);
            // The rule is about the answer to a request; a template has none (TMPL-18).
            return Err(match decision.route {
                Route::PublicPatch => refusal.by("COMBO-08"),
                _ => refusal,
            });
        }
        if !decision.failed.is_empty() && decision.route == Route::PublicPatch {
            decision.rules.push("COMBO-08");
        }
        Ok(self.decision)
    }
}
