//! The user CSV: template, export and import (CSV-01 to CSV-32), also of wholesale customers, whose
//! files have columns of packages (PKG-05 to PKG-11).

mod agents;
mod attributes;
mod calling;
mod changes;
mod export;
mod header;
mod import;
mod packages;
mod row;
mod values;
mod wholesale;

pub use attributes::{ATTRIBUTES, Attribute};
pub use export::{Export, Include, template};
pub use import::{Behavior, Import};
pub use wholesale::Terms;
