//! The public Webex REST API: wire types and rows, one file for each resource.

pub mod people;
pub mod settings;
