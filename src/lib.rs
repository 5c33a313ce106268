//! hubsim: a mock Webex Control Hub.
//!
//! The map of the house; the rooms are described in ARCHITECTURE.md. Core rooms import only what
//! stands further right in `tasks → resources → licensing → belongings → settings → json →
//! model → world`; [`refusal`] is theirs too. Everything else is the edge.

pub mod belongings;
pub mod catalog;
pub mod command;
pub mod console;
pub mod control;
pub mod events;
pub mod http;
pub mod hub;
pub mod json;
pub mod licensing;
pub mod model;
pub mod options;
pub mod refusal;
pub mod resources;
pub mod scenario;
pub mod server;
pub mod settings;
pub mod tasks;
pub mod telemetry;
pub mod webex;
pub mod world;

pub use server::{Server, TestSandbox};
