//! What others are told of commits, tasks and the clock, fed by what was committed alone.

pub mod audit;
mod feed;
mod told;
pub mod webhooks;

pub use feed::{Feed, Kind};
