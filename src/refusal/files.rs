//! Refusals of files of comma-separated values, whole or in a row.

use super::kind::ErrorKind as Kind;
use super::{ErrorRow, row};

#[rustfmt::skip]
pub(super) static ROWS: &[(Kind, ErrorRow)] = &[
    (Kind::TwoCallingLicenses, row(400, Some(900_004), "Two Calling licenses", "{}", "Set the column of the old Calling licence to FALSE and import with addAndRemove.")),
    (Kind::SuspendedColumn, row(400, Some(900_008), "TRUE in a suspended column", "{}", "Delete the columns of services that stay as they are, or set these cells to FALSE, which removes the service; to move, set the new subscription's column to TRUE in the same rows.")),
    (Kind::UnknownHeader, row(400, Some(900_009), "Unknown header", "{}", "Start from a fresh export or template of this organisation.")),
    (Kind::TooManyRows, row(400, Some(900_010), "Too many rows", "{}", "Split the file.")),
    (Kind::NumberWithoutPlus, row(400, Some(900_012), "Number without its +", "{}", "Write the number in E.164 with its leading +; spreadsheets tend to remove it.")),
    (Kind::NeitherTrueNorFalse, row(400, Some(900_013), "Neither TRUE nor FALSE", "{}", "Write TRUE, FALSE or nothing.")),
    (Kind::TwoPackages, row(400, Some(900_014), "Two packages", "{}", "Set one package column to TRUE.")),
    (Kind::FieldMissing, row(400, Some(900_015), "Mandatory field missing", "{}", "Fill the field that the description names.")),
    (Kind::NotCsv, row(400, Some(900_016), "Not a file of comma-separated values", "{}", "Save the file as CSV in UTF-8 with commas.")),
    (Kind::InvalidCell, row(400, Some(900_017), "Invalid value in a cell", "{}", "Correct the cell that the description names.")),
    (Kind::DuplicateKey, row(400, Some(900_018), "The same key twice", "{}", "Leave one row for each person; in a workspace file, one for each device of a person or a workspace.")),
    (Kind::ReadOnlyField, row(400, Some(900_019), "Read-only field", "{}", "Leave the column as it was exported, or delete it.")),
    (Kind::UnknownName, row(400, Some(900_020), "Unknown name", "{}", "Use a name of this organisation.")),
];
