//! What a row of a wholesale customer's file says of packages (PKG-05 to PKG-11): which the user is
//! to have, whether the user is to go, and what the package needs in its row.

mod services;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::services::Services;
use super::attributes::Attribute;
use super::calling;
use super::header::LICENSES;
use super::import::Behavior;
use crate::licensing::change::Properties;
use crate::licensing::packages::{self, Kind, Number};
use crate::model::Person;
use crate::model::backend::WholesaleFailures;
use crate::model::wholesale::{Failure, Package, subscriber_of};
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{Cells, Field, flag, location_named};
use crate::world::World;

/// What the import of a wholesale customer's file brings from its request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Terms {
    /// Which systems behind Webex fail meanwhile (PKG-12).
    pub failures: WholesaleFailures,
    /// Whether who sent it may delete administrators (DEC-45).
    pub deletes_administrators: bool,
}

impl Terms {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The columns of packages that a wholesale customer has.
#[derive(Debug)]
pub(super) struct Packages {
    all: Vec<(Uuid, &'static packages::Row)>,
    basic: Vec<Uuid>,
}

/// What a row says of packages.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The packages afterwards, where they are others than before.
    pub change: Option<Vec<Package>>,
    /// The base package that the row states with TRUE.
    pub stated: Option<Package>,
    /// The base package afterwards.
    base: Option<Package>,
    /// Whether the user is to be deleted (PKG-10).
    pub deletes: bool,
    /// Which system behind Webex fails at the change (PKG-12).
    pub failing: Option<Failure>,
    /// What goes with the package, as the row says it.
    services: Services,
}

impl Packages {
    /// Those of an organisation; none where it is no wholesale customer.
    pub fn of(world: &World, organization: Uuid) -> Option<Self> {
        Some(Self {
            all: packages::governs(world, organization)?,
            basic: packages::basic(world, organization),
        })
    }

    /// Whether a licence column is one of a package.
    pub fn has(&self, license: Uuid) -> bool {
        self.all.iter().any(|(id, _)| *id == license)
    }

    /// The basic licences that *Add services only* gives beside a stated package (PKG-09).
    pub fn basic(&self) -> &[Uuid] {
        &self.basic
    }

    /// Reads what a row says of the packages of a person, or of a new one.
    ///
    /// # Errors
    /// 900014 for two base packages, 900015 for what the package needs or a deletion that is not
    /// said in full, 404 for the deletion of nobody, 900082 for an addition to what is not there.
    pub fn read(
        &self,
        world: &World,
        cells: &Cells<'_>,
        person: Option<Uuid>,
        behavior: Behavior,
    ) -> Result<Said, Refusal> {
        let subscriber = person.and_then(|id| subscriber_of(world, id));
        let present = subscriber.map_or(&[][..], |(_, own)| own.packages.as_slice());
        let row = Columns::read(self, world, cells, behavior)?;
        let mut said = Said {
            services: Services::read(cells)?,
            ..Said::default()
        };
        said.stated = row.stated()?;
        said.base = match said.stated {
            Some(stated) => Some(row.replacing(packages::base(present), stated)?),
            None if row.deletes() => {
                said.deletes = true;
                return match person {
                    Some(_) => Ok(said),
                    None => Err(nobody()),
                };
            }
            None => row.staying(packages::base(present), person.is_none())?,
        };
        if let Some(stated) = said.stated {
            check_fields(cells, stated)?;
        }
        let wanted = row.with_additions(said.base, present);
        if wanted != present {
            said.change = Some(packages::of_subscriber(&wanted)?);
        }
        Ok(said)
    }
}

/// The cells of a row in columns of packages.
struct Columns<'a> {
    world: &'a World,
    removes: bool,
    /// Each package that the customer has, with what its cell says.
    cells: Vec<(Uuid, &'static packages::Row, Option<bool>)>,
}

impl<'a> Columns<'a> {
    fn read(
        packages: &Packages,
        world: &'a World,
        row: &Cells<'_>,
        behavior: Behavior,
    ) -> Result<Self, Refusal> {
        let mut cells = Vec::with_capacity(packages.all.len());
        for (id, package) in &packages.all {
            let mut columns = row.licenses();
            let text = columns.find(|(column, _)| column == id);
            let said = text.map(|(_, text)| flag(text, || (LICENSES.header)(world, *id)));
            cells.push((*id, *package, said.transpose()?.flatten()));
        }
        Ok(Self {
            world,
            removes: behavior == Behavior::AddAndRemove,
            cells,
        })
    }

    fn bases(&self) -> impl Iterator<Item = &(Uuid, &'static packages::Row, Option<bool>)> {
        let all = self.cells.iter();
        all.filter(|(_, row, _)| row.kind == Kind::Base)
    }

    fn header(&self, package: Package) -> String {
        let mut all = self.cells.iter();
        let found = all.find(|(_, row, _)| row.package == package);
        let header = found.map(|(id, ..)| (LICENSES.header)(self.world, *id));
        header.unwrap_or_else(|| packages::of(package).name.to_owned())
    }

    /// What the cell of a package says.
    fn said(&self, package: Package) -> Option<bool> {
        let mut all = self.cells.iter();
        all.find(|(_, row, _)| row.package == package)?.2
    }

    /// The base package that is TRUE (PKG-11).
    fn stated(&self) -> Result<Option<Package>, Refusal> {
        let stated = self.bases().filter(|(.., said)| *said == Some(true));
        let stated: Vec<Package> = stated.map(|(_, row, _)| row.package).collect();
        if let [_, _, ..] = stated.as_slice() {
            let names: Vec<String> = stated.iter().map(|it| self.header(*it)).collect();
            let detail = format!(
                "More than one package is TRUE: {}. A user has exactly one.",
                names.join(", ")
            );
            let refusal = Refusal::new(ErrorKind::TwoPackages, detail);
            return Err(refusal.by("PKG-11").by("PKG-02"));
        }
        Ok(stated.first().copied())
    }

    /// A stated package in place of the present one, whose column must say that it goes: what a
    /// file does not say, it does not change (CSV-06, CSV-07, CSV-09).
    fn replacing(&self, present: Option<Package>, stated: Package) -> Result<Package, Refusal> {
        let Some(present) = present.filter(|present| *present != stated) else {
            return Ok(stated);
        };
        if self.removes && self.said(present) == Some(false) {
            return Ok(stated);
        }
        let (old, new) = (self.header(present), self.header(stated));
        let detail = format!(
            "\"{new}\" is TRUE and the user has {old}: set \"{old}\" to FALSE and choose Add and \
             remove services (behavior=addAndRemove) to change the package."
        );
        let refusal = Refusal::new(ErrorKind::TwoPackages, detail);
        Err(refusal.by("PKG-11").by("PKG-02"))
    }

    /// Whether all columns of packages stand in the row and say FALSE (PKG-10).
    fn deletes(&self) -> bool {
        let adds = self.cells.iter().any(|(.., said)| *said == Some(true));
        let is_sold = self.bases().next().is_some();
        self.removes && is_sold && !adds && self.bases().all(|(.., said)| *said == Some(false))
    }

    /// The base package of a row that states none.
    fn staying(&self, present: Option<Package>, is_new: bool) -> Result<Option<Package>, Refusal> {
        if is_new {
            let all: Vec<String> = self
                .bases()
                .map(|(_, row, _)| format!("\"{}\"", self.header(row.package)))
                .collect();
            let detail = format!(
                "A new user needs a package: set one of {} to TRUE.",
                all.join(", ")
            );
            return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("PKG-02"));
        }
        let Some(present) = present.filter(|it| self.removes && self.said(*it) == Some(false))
        else {
            return Ok(present);
        };
        let silent = self.bases().filter(|(.., said)| said.is_none());
        let silent: Vec<String> = silent
            .map(|(_, row, _)| format!("\"{}\"", self.header(row.package)))
            .collect();
        let old = self.header(present);
        let detail = format!(
            "\"{old}\" is FALSE and no other package is TRUE: set one to TRUE to change the \
             package, or all to FALSE to delete the user; {} says nothing.",
            silent.join(", ")
        );
        Err(Refusal::new(ErrorKind::FieldMissing, detail).by("PKG-10"))
    }

    /// A base package with what is added to it: what was, and what the cells say.
    fn with_additions(&self, base: Option<Package>, present: &[Package]) -> Vec<Package> {
        let mut wanted: Vec<Package> = base.into_iter().collect();
        let kept = present
            .iter()
            .filter(|it| packages::of(**it).kind != Kind::Base);
        let goes = |it: &Package| self.removes && self.said(*it) == Some(false);
        wanted.extend(kept.filter(|it| !goes(it)));
        let added = self.cells.iter();
        let added = added.filter(|(_, row, said)| row.kind == Kind::AddOn && *said == Some(true));
        for (_, row, _) in added {
            if !wanted.contains(&row.package) {
                wanted.push(row.package);
            }
        }
        wanted
    }
}

fn nobody() -> Refusal {
    let detail = "All packages are FALSE, and nobody has this address: there is nobody to delete.";
    Refusal::new(ErrorKind::NotFound, detail).by("PKG-10")
}

/// Refuses the row of a package without what is mandatory for it (PKG-05, PKG-06).
fn check_fields(cells: &Cells<'_>, package: Package) -> Result<(), Refusal> {
    let is_empty = |attribute: Attribute| cells.get(attribute).is_none();
    let missing = |what: &str, rule: &'static str| {
        let detail = format!("{} needs {what}.", packages::of(package).name);
        Err(Refusal::new(ErrorKind::FieldMissing, detail).by(rule))
    };
    if packages::of(package).number == Number::Required {
        if is_empty(Attribute::Extension) && is_empty(Attribute::PhoneNumber) {
            return missing("\"Extension\" or \"Phone Number\"", "PKG-05");
        }
        if is_empty(Attribute::Location) {
            return missing("\"Location\"", "PKG-05");
        }
    }
    for attribute in [Attribute::JabberCalling, Attribute::JabberWithTeams] {
        if is_empty(attribute) {
            let what = format!("TRUE or FALSE in \"{}\"", attribute.header());
            return missing(&what, "PKG-06");
        }
    }
    Ok(())
}

impl Said {
    /// Whether Calling comes with the package for somebody who has none.
    pub fn gains(&self, person: Option<&Person>) -> bool {
        let number = self.change.is_some().then_some(self.base).flatten();
        let has_calling = person.is_some_and(|person| person.calling.is_some());
        !has_calling && number.is_some_and(|base| packages::of(base).number != Number::None)
    }

    /// Number, extension and location for whoever gains Calling.
    ///
    /// # Errors
    /// What is wrong with their cells.
    pub fn properties(
        &self,
        world: &World,
        organization: Uuid,
        person: Option<&Person>,
        cells: &Cells<'_>,
    ) -> Result<Option<Properties>, Refusal> {
        // Webex Voice may have left somebody without a number, whom the next package asks for one.
        let calling = person.and_then(|person| person.calling.as_ref());
        let is_bare = calling.is_some_and(|own| own.number.is_none() && own.extension.is_none());
        let asks = self.gains(person) || (is_bare && self.change.is_some());
        let Some(base) = self.base.filter(|_| asks) else {
            return Ok(None);
        };
        let is_bare =
            [Attribute::Extension, Attribute::PhoneNumber].map(|it| cells.get(it).is_none());
        if packages::of(base).number == Number::None {
            return Ok(None);
        }
        if packages::of(base).number == Number::Required || is_bare != [true, true] {
            return calling::properties(world, organization, person, cells).map(Some);
        }
        // Webex Voice does without a number, and then goes to the location that is named.
        let named = cells.get(Attribute::Location);
        let location = named.map(|name| location_named(world, organization, name.trim()));
        let location = location.transpose().map_err(|it| it.by("CSV-19"))?;
        Ok(Some(Properties {
            location: location.or(person.and_then(|person| person.location)),
            ..Properties::default()
        }))
    }
}
