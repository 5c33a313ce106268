//! `/v1`: the public Webex REST API.

mod hostile;
mod people;
