//! Create, get, list, update, delete: what may be done with each kind of thing, without HTTP.

pub mod announcements;
pub mod calling_locations;
pub mod candidates;
pub mod custom_roles;
pub mod device_settings;
pub mod devices;
pub mod floors;
pub mod groups;
pub mod locations;
pub mod made_later;
pub mod numbers;
pub mod organizations;
pub mod outbox;
pub mod outside_accounts;
pub mod partner_tags;
pub mod people;
pub mod references;
pub mod reports;
pub mod skills;
pub mod subscriptions;
pub mod teams;
mod text;
pub mod user_profiles;
pub mod webhooks;
pub mod wholesale;
pub mod workspace_locations;
pub mod workspaces;
