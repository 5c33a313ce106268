//! The `hubsim` command.

use std::process::ExitCode;

use hubsim::{command, options};

/// Persistent maps allocate a lot of small nodes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match options::command_line() {
        Ok(line) => command::run(line),
        Err(code) => code,
    }
}
