//! `/_hub/v1`: what an administrator does in Control Hub's pages.

pub mod firm;
mod license_template;
mod outcomes;
mod pstn;
mod tasks;
mod users_csv;
mod workspace_licenses;
