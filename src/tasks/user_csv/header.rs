//! The header of a user CSV: attributes and the organisation's licences.

use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute, UNREAD, WITHDRAWN};
use crate::licensing::headers::{csv_header, find_license, strip_suspended};
use crate::licensing::packages::{self, PACKAGES};
use crate::model::License;
use crate::model::license::{Offer, Service};
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{self, Field, Known, LicenseColumns, columns};
use crate::tasks::workspace_csv;
use crate::world::World;

/// What a column is about.
pub(super) type Column = csv::Column<Attribute>;

/// The columns of licences: those that people can be given.
pub static LICENSES: LicenseColumns = LicenseColumns {
    fits: has_column,
    header: csv_header,
};

/// Screen Share and Messenger cannot be managed for each user; Room Kit belongs to workspaces, and
/// some packages to a customer as a whole.
fn has_column(license: &License) -> bool {
    let offer = license.offer();
    let package = packages::of_license(license).map(|row| row.kind);
    offer.for_people()
        && offer.code != "RMK"
        && (package != Some(packages::Kind::Organization) || offer.service == Service::CallingPlan)
        && !matches!(offer.service, Service::ScreenShare | Service::Messenger)
}

/// The columns that a header names, and warnings about those that are not read.
///
/// # Errors
/// 900009 for an unknown header, 900016 for one that stands there twice, 900015 when the key is
/// missing.
pub(super) fn read(
    world: &World,
    organization: Uuid,
    header: &[String],
) -> Result<(Vec<Option<Column>>, Vec<String>), Refusal> {
    if workspace_csv::is_of_workspaces(header) {
        let detail = "The file has the columns \"Username\" and \"Type\": it is a workspace file, \
                      which Add device > Multiple Cisco IP Phones takes (POST \
                      workspaces/csv/import).";
        return Err(Refusal::new(ErrorKind::UnknownHeader, detail).by("CSV-03"));
    }
    let names = names(world, organization);
    let find = |name: &str| known(world, organization, name);
    let (found, mut warnings) = columns(header, &names, find)?;
    for (name, column) in header.iter().zip(&found) {
        if column.is_some() && is_old_name(name) {
            let shown = shorten(name);
            warnings.push(format!(
                "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025."
            ));
        }
    }
    if !found.contains(&Some(Column::Attribute(Attribute::Email))) {
        let detail = format!("The column \"{}\" is missing.", Attribute::Email.header());
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("CSV-03"));
    }
    Ok((found, warnings))
}

/// Every name that a header may have, to find the nearest among them.
fn names(world: &World, organization: Uuid) -> Vec<String> {
    let is_wholesale = packages::governs(world, organization).is_some();
    let known = ATTRIBUTES.iter();
    let known = known.filter(|row| is_wholesale || !row.field.is_wholesale());
    let attributes = known.flat_map(|row| {
        let aliases = row.aliases.iter().copied();
        std::iter::once(row.name).chain(aliases)
    });
    let unread = WITHDRAWN.iter().chain(&UNREAD).copied();
    let mut names: Vec<String> = attributes.chain(unread).map(str::to_owned).collect();
    for id in LICENSES.of(world, organization) {
        let name = csv_header(world, id);
        if let Some(rest) = name.strip_prefix(CUSTOMER_ASSIST) {
            names.push(format!("{OLD_CUSTOMER_ASSIST}{rest}"));
        }
        names.push(name);
    }
    names.push(OLD_CUSTOMER_ASSIST.to_owned());
    names
}

fn known(world: &World, organization: Uuid, name: &str) -> Option<Known<Column>> {
    let is_wholesale = packages::governs(world, organization).is_some();
    if let Some(attribute) = Attribute::named(name)
        && (is_wholesale || !attribute.is_wholesale())
    {
        return Some(Known::Column(Column::Attribute(attribute)));
    }
    let shown = shorten(name);
    let bare = without_bracket(name);
    let is = |known: &str| known.eq_ignore_ascii_case(bare);
    if WITHDRAWN.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{shown}\" was withdrawn and is not read."
        )));
    }
    if UNREAD.iter().any(|known| is(known)) {
        return Some(Known::Ignored(format!(
            "\"{shown}\" is not simulated and is not read."
        )));
    }
    let names_none =
        Offer::named(name).is_some() && find_license(world, organization, name).is_none();
    if names_none && is_old_name(name) {
        return Some(Known::Ignored(old_name(world, organization, name)));
    }
    let license = LICENSES.find(world, organization, name);
    if license.is_none() && is_wholesale {
        return missing_package(bare);
    }
    Some(license?.map(Column::License))
}

/// The refusal of a package that the customer does not have: a file that names it among its
/// columns is made for another customer.
fn missing_package(name: &str) -> Option<Known<Column>> {
    let offer = Offer::named(name)?;
    let mut rows = PACKAGES.iter();
    let row = rows.find(|row| Offer::coded(row.offer).is_some_and(|own| own.is_named(name)))?;
    let detail = match row.kind {
        packages::Kind::Organization => format!(
            "Header \"{}\": {} belongs to the customer as a whole, and no user has it.",
            shorten(name),
            row.name
        ),
        _ => format!(
            "Header \"{}\": the customer does not have the package {}; delete the column.",
            offer.csv_name, row.name
        ),
    };
    let refusal = Refusal::new(ErrorKind::PackageNotProvisioned, detail);
    Some(Known::Refused(refusal.by("PKG-03")))
}

/// Why the old column of Customer Assist is passed over like other columns of the past, where it
/// does not tell which licence is meant (CSV-28).
fn old_name(world: &World, organization: Uuid, name: &str) -> String {
    let sold = Offer::named(CUSTOMER_ASSIST)
        .map(|offer| LICENSES.sold(world, organization, offer))
        .unwrap_or_default();
    let shown = shorten(name);
    match sold.as_slice() {
        [] => format!(
            "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025, which this organisation \
             does not have; it is not read."
        ),
        sold => format!(
            "\"{shown}\" is called \"{CUSTOMER_ASSIST}\" since May 2025 and does not tell which \
             subscription is meant; it is not read. Write {}.",
            sold.join(" or "),
        ),
    }
}

/// The present name of the service, at the start of its header.
const CUSTOMER_ASSIST: &str = "Customer Assist";
/// Its name before May 2025 (CSV-28).
const OLD_CUSTOMER_ASSIST: &str = "Customer Experience Essentials";

/// Whether a header has a name that Customer Assist had before May 2025 (CSV-28).
fn is_old_name(name: &str) -> bool {
    let name = without_bracket(name);
    Offer::named(name).is_some_and(|offer| offer.service == Service::CustomerAssist)
        && !name.eq_ignore_ascii_case(CUSTOMER_ASSIST)
}

/// A header without the subscription that stands behind it in brackets.
fn without_bracket(name: &str) -> &str {
    let name = strip_suspended(name);
    match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
        Some((before, _)) => before.trim_end(),
        None => name,
    }
}
