//! `/v1`: the public Webex REST API.

mod access_token;
mod admin_audit;
mod hostile;
mod licenses;
mod locations;
mod organizations;
mod people;
mod telephony;
mod workspaces;
