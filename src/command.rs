//! The commands, a file for each.
//!
//! A command reads its options, asks a server (or this program's own tables), and answers a
//! [`report::Report`]: a document for programs and a text for people. How both get out, and with
//! which exit code, is decided in one place.

mod client;
mod clock;
mod connection;
mod exec;
mod explain;
mod failure;
mod faults;
mod files;
mod healthcheck;
mod history;
mod plan;
mod progress;
mod reference;
mod report;
mod sandbox;
mod scenario;
mod serve;
mod shell;
mod snapshot;
mod table;
mod text;

use std::process::ExitCode;

pub use clock::ClockCommand;
pub use explain::ExplainCommand;
pub use faults::FaultsCommand;
pub use healthcheck::HealthcheckCommand;
pub use history::{HistoryCommand, RedoCommand, UndoCommand};
pub use plan::PlanCommand;
pub use reference::{CoverageCommand, ErrorsCommand, RulesCommand};
pub use sandbox::SandboxCommand;
pub use scenario::ScenarioCommand;
pub use shell::{CompletionsCommand, ManCommand};
pub use snapshot::SnapshotCommand;

use crate::options::{Command, CommandLine, Options, unknown_variables};
use crate::telemetry;
use failure::Failure;
use report::{Output, Report, finish};

/// Does what the command line says.
#[must_use]
pub fn run(line: CommandLine) -> ExitCode {
    let Some(command) = line.command else {
        return serving(line.options);
    };
    match command {
        Command::Serve(options) => serving(options),
        Command::Exec(options) => {
            telemetry::start(options.options.log_format);
            exec::exec(options)
        }
        Command::Healthcheck(it) => asking(it.output, || it.run()),
        Command::Plan(it) => asking(it.output, || it.run()),
        Command::Sandbox(it) => asking(it.output, || it.run()),
        Command::Clock(it) => asking(it.output, || it.run()),
        Command::Snapshot(it) => asking(it.output, || it.run()),
        Command::Undo(it) => asking(it.output, || it.run()),
        Command::Redo(it) => asking(it.output, || it.run()),
        Command::History(it) => asking(it.output, || it.run()),
        Command::Faults(it) => asking(it.output, || it.run()),
        Command::Explain(it) => asking(it.output, || it.run()),
        Command::Scenario(it) => asking(it.output, || it.run()),
        Command::Rules(it) => finish(it.output, it.run()),
        Command::Coverage(it) => finish(it.output, it.run()),
        Command::Errors(it) => finish(it.output, it.run()),
        Command::Completions(it) => finish(Output::default(), it.run()),
        Command::Man(it) => finish(Output::default(), it.run()),
    }
}

/// What may ask a server: a variable that is misspelt would let it ask another one, or act on
/// another sandbox, so that is told first.
fn asking(output: Output, run: impl FnOnce() -> Result<Report, Failure>) -> ExitCode {
    for (name, nearest) in unknown_variables() {
        let detail = format!("The variable {name} is unknown and is not read.");
        let remedy = match nearest.as_str() {
            "" => "`hubsim help COMMAND` names those that are read.".to_owned(),
            nearest => format!("Did you mean {nearest}?"),
        };
        report::complain(output, &Failure::new("unknown-variable", detail, remedy));
    }
    finish(output, run())
}

fn serving(options: Options) -> ExitCode {
    telemetry::start(options.log_format);
    serve::serve(options)
}

/// The end of a command's help: examples, and what its exit codes say.
macro_rules! manual {
    ($($example:literal)*) => {
        concat!(
            "Examples:\n",
            $("  ", $example, "\n",)*
            "\nExit codes:\n",
            "  0  done\n",
            "  1  refused, not valid, or no server answered; standard error says why\n",
            "  2  the command line could not be read\n",
        )
    };
}
use manual;

/// Gives each command below this one the examples of this one's help that begin with its words,
/// and the exit codes.
#[must_use]
pub fn with_examples(command: clap::Command) -> clap::Command {
    let help = command.get_after_long_help();
    let help = help.map(ToString::to_string).unwrap_or_default();
    let start = format!("  hubsim {} ", command.get_name());
    command.mut_subcommands(|below| {
        let Some((examples, codes)) = help.split_once("\n\nExit codes:\n") else {
            return below;
        };
        let own = |line: &&str| {
            let rest = line.strip_prefix(&start);
            rest.and_then(|rest| rest.split(' ').next()) == Some(below.get_name())
        };
        let own: Vec<&str> = examples.lines().filter(own).collect();
        let own = own.join("\n");
        below.after_long_help(format!("Examples:\n{own}\n\nExit codes:\n{codes}"))
    })
}

/// Says how a command line was wrong, or shows the help that it asks for.
#[must_use]
pub fn misused(error: &clap::Error, wants_json: bool) -> ExitCode {
    let code = u8::try_from(error.exit_code()).unwrap_or(report::MISUSED);
    if wants_json && error.use_stderr() {
        let said = error.render().to_string();
        let detail = said.trim_start_matches("error: ").trim_end();
        let remedy = "`hubsim help` lists the commands, `hubsim help COMMAND` their options.";
        let output = Output { json: true };
        report::complain(output, &Failure::new("misused", detail, remedy));
    } else {
        // Where nobody listens any more, nobody is left to tell.
        error.print().unwrap_or_default();
    }
    ExitCode::from(code)
}

/// The end of the help of `serve`.
pub const MANUAL_OF_SERVE: &str = "\
Examples:
  hubsim serve
  hubsim serve --port 0 --scenario minimal
  hubsim serve --port 0 --json
  hubsim serve --clock 2031-01-01T00:00:00Z --auth strict --admin-token secret

Exit codes:
  0  ended in order, by a signal or by POST /_sim/v1/shutdown
  1  could not start; standard error says why
  2  the command line could not be read
";

/// The end of the help of `exec`.
pub const MANUAL_OF_EXEC: &str = "\
Examples:
  hubsim exec -- pytest
  hubsim exec --scenario minimal -- hubsim sandbox list

Exit codes:
  n    the command's own
  128  and n, when signal n ended the command
  127  the command cannot be run
  1    the server could not start; standard error says why
  2    the command line could not be read
";

/// The end of the program's own help.
pub const MANUAL: &str = "\
Exit codes:
  0    done; a server ended in order
  1    refused, not valid, or no server answered; a server could not start, or is not well
  2    the command line could not be read
  3    `plan`: more would be lost than --fail-on-loss or --max-loss allows
  n    `exec`: the command's own code; 128 + n when signal n ended it, 127 when it cannot be run

Environment:
  Every option has a twin that its help names; an option wins over its twin, and a twin that is
  set to nothing counts as not set.
  HUBSIM_URL, HUBSIM_PORT, HUBSIM_TOKEN, HUBSIM_SANDBOX and HUBSIM_ADMIN_TOKEN say to commands
  where the server is and who asks; `hubsim exec` says for what it runs where its own server is.
  HUBSIM_LOG filters the server's log. NO_COLOR turns colours off.
";
