//! The user CSV: template, export and import of an ordinary organisation (CSV-01 to CSV-32).

mod agents;
mod attributes;
mod calling;
mod changes;
mod export;
mod header;
mod import;
mod languages;
mod row;
mod values;

pub use attributes::{ATTRIBUTES, Attribute};
pub use export::{Export, Include, template};
pub use import::{Behavior, Import};
