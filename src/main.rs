//! The `hubsim` command.

use std::process::ExitCode;

use clap::Parser;
use hubsim::options::{Command, CommandLine, Options};
use hubsim::{command, telemetry};

/// Persistent maps allocate a lot of small nodes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let line = CommandLine::parse();
    match line.command {
        None => serve(line.options),
        Some(Command::Serve(options)) => serve(options),
        Some(Command::Healthcheck(options)) => command::healthcheck(&options),
        Some(Command::Exec(options)) => {
            telemetry::start(options.options.log_format);
            command::exec(options)
        }
    }
}

fn serve(options: Options) -> ExitCode {
    telemetry::start(options.log_format);
    command::serve(options)
}
