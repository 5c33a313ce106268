//! `/v1/telephony/config`: locations with Webex Calling and their numbers.

mod available_members;
mod available_numbers;
mod devices;
mod locations;
mod numbers;
