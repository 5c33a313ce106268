//! `/v1/telephony/config`: locations with Webex Calling, their numbers, and the phones of people
//! and workspaces.

pub mod available_features;
pub mod available_members;
pub mod available_numbers;
pub mod devices;
pub mod executives;
pub mod extensions;
pub mod feature_access;
pub mod inventory;
pub mod jobs;
pub mod locations;
