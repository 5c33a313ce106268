//! The user CSV as a file to download: a blank template, or everybody (CSV-01).

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::Attribute;
use super::header::LICENSES;
use super::values::Values;
use crate::licensing::headers::csv_header;
use crate::licensing::packages;
use crate::model::Person;
use crate::model::owned;
use crate::model::wholesale::{Package, subscriber_of};
use crate::tasks::csv::{Cell, Field, Writer};
use crate::tasks::job::Step;
use crate::tasks::kept;
use crate::world::{Key, Tx, World};

/// Columns that name the person even where only licences are wanted.
const NAMES: [Attribute; 4] = [
    Attribute::FirstName,
    Attribute::LastName,
    Attribute::DisplayName,
    Attribute::Email,
];

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Include {
    /// The columns about the person itself.
    Attributes,
    /// The columns of licences.
    Licenses,
}

/// An export: whom, and which columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// The people, in the order of their addresses.
    pub people: Vec<Uuid>,
    attributes: Vec<Attribute>,
    licenses: Vec<Uuid>,
}

/// A file with a header and nobody in it.
#[must_use]
pub fn template(world: &World, organization: Uuid) -> String {
    let mut writer = Writer::default();
    let is_wholesale = packages::governs(world, organization).is_some();
    let attributes: Vec<Attribute> = Attribute::all(is_wholesale).collect();
    header(
        &mut writer,
        world,
        &attributes,
        &LICENSES.of(world, organization),
    );
    writer.finish()
}

fn header(writer: &mut Writer, world: &World, attributes: &[Attribute], licenses: &[Uuid]) {
    let attributes = attributes
        .iter()
        .map(|attribute| Cow::Borrowed(attribute.header()));
    let licenses = licenses.iter().map(|id| Cow::Owned(csv_header(world, *id)));
    writer.row(attributes.chain(licenses).map(Cell::Text));
}

impl Export {
    /// Of whom and of what the file tells.
    pub(in crate::tasks) fn named(&self) -> impl Iterator<Item = Key> {
        kept::people(&self.people).chain(kept::licenses(&self.licenses))
    }

    /// An export of everybody in an organisation; of both when nothing is chosen.
    #[must_use]
    pub fn prepare(world: &World, organization: Uuid, include: &[Include]) -> Self {
        let wants = |one| include.is_empty() || include.contains(&one);
        let mut people: Vec<(&str, Uuid)> = owned::list::<Person>(world, organization)
            .map(|(id, person)| (person.email.as_str(), id))
            .collect();
        people.sort_unstable();
        let attributes = match wants(Include::Attributes) {
            true => Attribute::all(packages::governs(world, organization).is_some()).collect(),
            false => NAMES.to_vec(),
        };
        let licenses = match wants(Include::Licenses) {
            true => LICENSES.of(world, organization),
            false => Vec::new(),
        };
        Self {
            people: people.into_iter().map(|(_, id)| id).collect(),
            attributes,
            licenses,
        }
    }

    pub(in crate::tasks) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        let mut writer = Writer::default();
        if items.start == 0 {
            header(&mut writer, tx, &self.attributes, &self.licenses);
        }
        let packages = self.licenses.iter();
        let packages = packages.map(|id| packages::governing(tx, *id).map(|row| row.package));
        let packages: Vec<Option<Package>> = packages.collect();
        for id in self.people.get(items).unwrap_or_default() {
            step.succeeded += 1;
            self.row(&mut writer, tx, &packages, *id);
        }
        step.result = Some(writer.finish());
    }

    fn row(&self, writer: &mut Writer, tx: &Tx, packages: &[Option<Package>], id: Uuid) {
        // Who was deleted meanwhile is passed over.
        let Some(values) = Values::now(tx, id) else {
            return;
        };
        let person = values.person;
        let attributes = self.attributes.iter().map(|attribute| {
            let value = values.of(*attribute);
            if attribute.is_number() {
                Cell::Number(value)
            } else {
                Cell::Text(value)
            }
        });
        let is_wholesale = packages.iter().any(Option::is_some);
        let subscriber = is_wholesale.then(|| subscriber_of(tx, id)).flatten();
        let columns = self.licenses.iter().zip(packages);
        let licenses = columns.map(|(id, package)| match (package, subscriber) {
            (None, _) => Cell::Flag(person.licenses.contains(id)),
            (Some(package), Some((_, own))) => Cell::Flag(own.packages.contains(package)),
            // FALSE in all of them would delete whoever has no package, once it is imported.
            (Some(_), None) => Cell::Empty,
        });
        writer.row(attributes.chain(licenses));
    }
}
