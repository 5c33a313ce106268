//! The file of "Multiple Cisco IP Phones": workspaces in bulk, and phones for workspaces and
//! people (WS-02 to WS-09).

mod attributes;
mod export;
mod find;
mod header;
mod import;
mod onboard;
mod person;
mod workspace;

pub use attributes::{ATTRIBUTES, Attribute};
pub use export::{Export, Of, template};
pub use header::is_of_workspaces;
pub use import::{CODES, Import};
