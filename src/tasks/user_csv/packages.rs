//! What an import does with packages: one save of them with the licences beside, a new subscriber,
//! and the deletion of whose packages are all FALSE (PKG-09, PKG-10, PKG-12).

use uuid::Uuid;

use super::calling;
use super::changes::Wish;
use super::import::{Behavior, Import};
use super::row::{Newcomer, by_services};
use super::wholesale::{Packages, Said};
use crate::licensing::assignment;
use crate::licensing::change::{Add, Change, Properties};
use crate::licensing::outcome::{Action, Outcome};
use crate::licensing::packages::{self, Beside, PackageSave};
use crate::model::{Holder, Person};
use crate::refusal::Refusal;
use crate::resources::people::{self, Wanted};
use crate::tasks::csv::{Asked, Cells};
use crate::world::{Tx, World};

/// Said of somebody who was deleted (PKG-10).
const DELETED: &str = "All packages are FALSE: the user was deleted.";

/// The cells of licences that belong to no package.
pub(super) fn services<'a>(
    packages: Option<&'a Packages>,
    cells: &Cells<'a>,
) -> impl Iterator<Item = (Uuid, &'a str)> {
    let all = cells.licenses();
    all.filter(move |(id, _)| packages.is_none_or(|packages| !packages.has(*id)))
}

impl Import {
    /// What a row says of packages; nothing where there are none.
    pub(super) fn said(
        &self,
        world: &World,
        packages: Option<&Packages>,
        cells: &Cells<'_>,
        person: Option<Uuid>,
    ) -> Result<Said, Refusal> {
        match packages {
            Some(packages) => packages.read(world, cells, person, self.behavior),
            None => Ok(Said::default()),
        }
    }

    /// Notes which system behind Webex fails at a change of the package.
    pub(super) fn fail(&self, world: &World, person: Uuid, said: &mut Said) {
        if said.change.is_some() {
            said.failing = self.wholesale.failures.of(world, person);
        }
    }

    /// Gives and takes what a row says of packages and of licences beside them, in one save.
    ///
    /// # Errors
    /// Licensing's refusals.
    pub(super) fn give(
        &self,
        tx: &mut Tx,
        packages: Option<&Packages>,
        id: Uuid,
        services: Asked,
        said: &Said,
        properties: Option<Properties>,
    ) -> Result<Outcome, Refusal> {
        let holder = Holder::Person(id);
        let (calling, mut add, remove) = (services.calling, services.add, services.remove);
        let basic = self.basic(tx, packages, id, said);
        add.extend(
            basic
                .iter()
                .filter(|id| !add.contains(id))
                .copied()
                .collect::<Vec<_>>(),
        );
        let mut outcome = match &said.change {
            Some(wanted) if !wanted.is_empty() => {
                let adds_only = self.behavior == Behavior::AddOnly;
                let remove = if adds_only { Vec::new() } else { remove };
                let save = PackageSave {
                    person: id,
                    packages: wanted.clone(),
                    properties,
                    ignores_properties: false,
                    failing: said.failing,
                    beside: Beside { add, remove },
                };
                packages::assign(tx, save)?.outcome
            }
            _ if add.is_empty() && remove.is_empty() => return Ok(Outcome::none(tx, holder)),
            _ => {
                let add = add.into_iter().map(|license| Add {
                    license,
                    properties: properties.clone().filter(|_| calling == Some(license)),
                });
                let change = Change {
                    holder,
                    add: add.collect(),
                    remove,
                    route: self.behavior.route(),
                };
                assignment::save(tx, change)?
            }
        };
        by_services(&mut outcome);
        if said.stated.is_some() && said.change.is_some() {
            outcome.by_rule("PKG-02");
        }
        if !basic.is_empty() && said.failing.is_none() {
            tx.by_rule("PKG-09");
            outcome.by_rule("PKG-09");
        }
        Ok(outcome)
    }

    /// The basic licences that *Add services only* gives beside a stated package, as far as the
    /// user does not have them (PKG-09).
    fn basic(
        &self,
        world: &World,
        packages: Option<&Packages>,
        id: Uuid,
        said: &Said,
    ) -> Vec<Uuid> {
        let stated = said.stated.is_some() && self.behavior == Behavior::AddOnly;
        let all = packages.filter(|_| stated).map_or(&[][..], Packages::basic);
        let held = world.get::<Person>(id).map(|person| &person.licenses);
        let lacks = |license: &&Uuid| held.is_some_and(|held| !held.contains(license));
        all.iter().filter(lacks).copied().collect()
    }

    /// A new person with a package: the package decides about licences, not the template.
    ///
    /// # Errors
    /// What speaks against the person or the package.
    pub(super) fn subscribe(
        &self,
        tx: &mut Tx,
        packages: &Packages,
        newcomer: Newcomer,
        mut said: Said,
        wish: &Wish,
    ) -> Result<Outcome, Refusal> {
        let (person, services, properties) = newcomer;
        let nothing = Wanted {
            licenses: Some(Vec::new()),
            properties: None,
        };
        let route = self.behavior.route();
        let (id, _) = people::create(tx, self.organization, person, &nothing, route)?;
        self.fail(tx, id, &mut said);
        let mut outcome = self.give(tx, Some(packages), id, services, &said, properties)?;
        if said.failing.is_none() {
            calling::apply(tx, Holder::Person(id), &wish.calling, &mut outcome)?;
            said.keep(tx, id, &mut outcome)?;
        }
        Ok(outcome)
    }

    /// Deletes somebody whose packages are all FALSE (PKG-10).
    ///
    /// # Errors
    /// 403 for an administrator, by who makes none; 409 for the last full administrator.
    pub(super) fn delete(&self, tx: &mut Tx, id: Uuid) -> Result<Outcome, Refusal> {
        let may = self.wholesale.deletes_administrators;
        let mut outcome = people::delete_as(tx, id, may)?;
        tx.by_rule("PKG-10");
        outcome.by_rule("PKG-10");
        outcome.warnings.push(DELETED.to_owned());
        if outcome.action == Action::None {
            outcome.action = Action::Removed;
        }
        Ok(outcome)
    }
}
