//! `/_hub/v1`: what an administrator does in Control Hub's pages.

mod administrator_roles;
mod contact_center;
pub mod customers;
pub mod firm;
mod groups;
mod license_template;
mod manual;
mod outcomes;
pub mod packages;
mod pstn;
mod roles;
pub mod rooms;
mod subscriptions;
mod tasks;
mod users;
mod users_csv;
mod workspace_licenses;
mod workspaces_csv;
