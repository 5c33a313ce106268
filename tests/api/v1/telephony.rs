//! `/v1/telephony/config`: locations with Webex Calling and their numbers.

mod available_members;
mod available_numbers;
mod devices;
pub mod jobs;
mod locations;
mod numbers;
