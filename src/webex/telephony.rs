//! `/v1/telephony/config`: locations with Webex Calling and their numbers.

pub mod available_numbers;
pub mod extensions;
pub mod inventory;
pub mod locations;
