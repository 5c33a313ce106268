//! The commands, a file for each. Exit codes: 0 well, 1 not started or not well, 2 wrong use;
//! `exec` passes the command's own code on, 128 + n when signal n ended it, and 127 when it cannot
//! be run.

mod exec;
mod healthcheck;
mod serve;

pub use exec::exec;
pub use healthcheck::healthcheck;
pub use serve::serve;
