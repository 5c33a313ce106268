//! hubsim: a mock Webex Control Hub.
//!
//! The map of the house; the rooms are described in ARCHITECTURE.md.

pub mod licensing;
pub mod model;
pub mod refusal;
pub mod settings;
pub mod world;
