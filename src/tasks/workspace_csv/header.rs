//! The header of a workspace file: attributes, and the Calling licences that workspaces can hold.

use uuid::Uuid;

use super::attributes::{ATTRIBUTES, Attribute};
use crate::licensing::headers::workspace_csv_header;
use crate::model::License;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::csv::{self, Field, Known, LicenseColumns, columns};
use crate::world::World;

/// What a column is about.
pub(super) type Column = csv::Column<Attribute>;

/// The columns of licences: those of Calling that workspaces can hold.
pub static LICENSES: LicenseColumns = LicenseColumns {
    fits: has_column,
    header: workspace_csv_header,
};

fn has_column(license: &License) -> bool {
    let offer = license.offer();
    offer.is_calling() && offer.for_workspaces()
}

/// Columns without which no row can be understood.
const NEEDED: [Attribute; 2] = [Attribute::Username, Attribute::Type];

/// The key column of a user CSV, which does not belong here.
const USER_KEY: &str = "User ID/Email";

/// Whether a header is that of a workspace file rather than of a user CSV.
#[must_use]
pub fn is_of_workspaces(header: &[String]) -> bool {
    let has = |wanted: &str| header.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    NEEDED.iter().all(|attribute| has(attribute.header())) && !has_user_key(header)
}

fn has_user_key(header: &[String]) -> bool {
    let start = |name: &String| name.get(..USER_KEY.len()).map(str::to_owned);
    header
        .iter()
        .filter_map(start)
        .any(|start| start.eq_ignore_ascii_case(USER_KEY))
}

/// The columns that a header names.
///
/// # Errors
/// 900009 for an unknown header, 900016 for one that stands there twice, 900015 when the key or
/// the type is missing.
pub(super) fn read(
    world: &World,
    organization: Uuid,
    header: &[String],
) -> Result<Vec<Option<Column>>, Refusal> {
    if has_user_key(header) {
        let detail = format!(
            "The file has a column \"{USER_KEY}\": it is a user CSV, which Manage users by CSV \
             takes (POST users/csv/import). The key of a workspace file is \"{}\".",
            Attribute::Username.header(),
        );
        return Err(Refusal::new(ErrorKind::UnknownHeader, detail).by("WS-08"));
    }
    let licenses = LICENSES.of(world, organization).into_iter();
    let licenses = licenses.map(|id| workspace_csv_header(world, id));
    let names = ATTRIBUTES.iter().map(|row| row.name.to_owned());
    let names: Vec<String> = names.chain(licenses).collect();
    let find = |name: &str| match Attribute::named(name) {
        Some(attribute) => Some(Known::Column(Column::Attribute(attribute))),
        None => Some(
            LICENSES
                .find(world, organization, name)?
                .map(Column::License),
        ),
    };
    let (found, _) = columns(header, &names, find)?;
    for attribute in NEEDED {
        if !found.contains(&Some(Column::Attribute(attribute))) {
            let detail = format!("The column \"{}\" is missing.", attribute.header());
            return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("WS-08"));
        }
    }
    Ok(found)
}
