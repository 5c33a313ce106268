//! Per-holder calling settings: one table of families, stored sparse, read with their defaults.
//!
//! A family is a plain typed value in `families/` and one row in `table.rs`. From the row come the
//! routes of people and workspaces, reset on removal, the loss report, diff, scenario keys and the
//! generic tests.

mod check;
pub mod criteria;
pub mod families;
pub mod family;
pub mod group_features;
pub mod members;
pub mod patch;
pub mod route;
pub mod services;
pub mod step;
pub mod table;

#[cfg(test)]
pub mod testing;
#[cfg(test)]
pub mod tests;

pub use check::CHECK;
pub use family::{Family, FamilyDef, FamilyRoute, Paths, Step};
pub use patch::{Maybe, Patch};
pub use route::{Described, FileBody, SchemaFn, described};
