//! A row of a person: a phone, and nothing else (DEC-73).

use super::attributes::{Attribute, HolderKind};
use super::find::{self, Place};
use super::header::LICENSES;
use super::import::{Import, Made};
use super::onboard::{self, Said};
use crate::licensing::headers::workspace_csv_header;
use crate::licensing::outcome::Outcome;
use crate::model::Holder;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::numbers::{extension, phone_number};
use crate::tasks::csv::{Cells, Field, invalid};
use crate::world::{Tx, World};

impl Import {
    pub(super) fn user(
        &self,
        tx: &mut Tx,
        cells: &Cells<'_>,
        only: Option<bool>,
        made: &mut Made,
    ) -> Result<Outcome, Refusal> {
        if only == Some(true) {
            let reason = "it is for workspaces; leave it empty in a row of a person";
            return Err(invalid(Attribute::SubscriptionOnly.header(), reason).by("WS-06"));
        }
        let asked = LICENSES.asked(tx, cells.licenses(), &[])?;
        if let Some(license) = asked.add.first() {
            let reason = "it is for workspaces; Manage users by CSV gives people their licenses";
            return Err(invalid(&workspace_csv_header(tx, *license), reason).by("DEC-73"));
        }
        let Some(id) = find::person(tx, self.organization, cells) else {
            let name = shorten(cells.get(Attribute::Username).unwrap_or_default().trim());
            let kind = HolderKind::Workspace.name();
            let detail = format!(
                "Nobody here has the address \"{name}\"; the row of a workspace has the type {kind}."
            );
            return Err(Refusal::new(ErrorKind::UnknownName, detail).by("WS-08"));
        };
        let holder = Holder::Person(id);
        same_place(tx, holder, cells)?;
        let mut outcome = Outcome::none(tx, holder);
        match onboard::read(tx, Some(holder), cells)? {
            Said::Nothing => {}
            Said::Warning(warning) => outcome.warnings.push(warning.to_owned()),
            Said::Device(wanted) => {
                made.code = wanted.onboard(tx, holder, &mut outcome)?;
                outcome.by_rule("WS-08");
            }
        }
        Ok(outcome)
    }
}

/// Refuses a cell that says another number, extension or location than the person has.
fn same_place(world: &World, holder: Holder, cells: &Cells<'_>) -> Result<(), Refusal> {
    if let Some(text) = cells.get(Attribute::PhoneNumber) {
        phone_number(text)?;
    }
    if let Some(text) = cells.get(Attribute::Extension) {
        extension(text)?;
    }
    let place = Place::of_holder(world, holder);
    for attribute in [
        Attribute::Extension,
        Attribute::PhoneNumber,
        Attribute::Location,
    ] {
        let text = cells.get(attribute).map(str::trim);
        let present = place.of(world, attribute);
        if text.is_some_and(|text| !text.eq_ignore_ascii_case(present)) {
            let detail = format!(
                "\"{}\" of a person is not changed by this file; Manage users by CSV changes it. It \
                 is \"{present}\".",
                attribute.header(),
            );
            return Err(Refusal::new(ErrorKind::ReadOnlyField, detail).by("DEC-73"));
        }
    }
    Ok(())
}
