//! `/v1`: the public Webex REST API.

mod access_token;
mod activation_emails;
mod admin_audit;
mod bodies;
mod bounds;
mod devices;
mod floors;
mod groups;
mod hostile;
mod identity;
mod licenses;
mod locations;
mod organizations;
mod partner;
mod people;
mod queries;
mod reports;
mod scim;
mod settings;
pub mod telephony;
mod webhooks;
mod wholesale;
mod workspace_locations;
mod workspaces;
