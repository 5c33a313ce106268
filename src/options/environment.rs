//! The variables of the environment: which are read, which are misspelt, which say nothing.

use clap::CommandFactory;

use super::{CommandLine, PORT};

/// A command that takes a variable that is set to nothing for one that is not set.
pub(super) fn without_empty(command: clap::Command) -> clap::Command {
    let unset = |argument: clap::Arg| match argument.get_env() {
        Some(name) if is_empty(name) => argument.env(clap::builder::Resettable::Reset),
        _ => argument,
    };
    command.mut_args(unset).mut_subcommands(without_empty)
}

#[expect(
    clippy::disallowed_methods,
    reason = "options alone read the environment"
)]
fn is_empty(variable: &std::ffi::OsStr) -> bool {
    std::env::var_os(variable).is_some_and(|text| text.is_empty())
}

/// Whether a variable of the environment is set, to something.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "options alone read the environment"
)]
pub fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|text| !text.is_empty())
}

/// The server that the environment names.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "options alone read the environment"
)]
pub fn server_of_environment() -> String {
    let said = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let port = || said("HUBSIM_PORT").unwrap_or_else(|| PORT.to_string());
    said("HUBSIM_URL").unwrap_or_else(|| format!("http://127.0.0.1:{}", port()))
}

/// Every variable of the environment that is read, by the program or by what tests it.
fn known_variables() -> Vec<String> {
    let mut known = [
        "HUBSIM_LOG",
        "HUBSIM_URL",
        "HUBSIM_HTTPS_URL",
        "HUBSIM_PROXY_URL",
        "HUBSIM_CA_FILE",
        "HUBSIM_BLESS",
        "HUBSIM_BIN",
        "HUBSIM_VENV",
        "HUBSIM_SECONDS",
        "HUBSIM_SHOTS",
        "HUBSIM_CHROMIUM",
        "HUBSIM_BROWSER_VENV",
    ]
    .map(str::to_owned)
    .into();
    add_variables(&CommandLine::command(), &mut known);
    known
}

/// Adds those that a command and the commands below it read.
fn add_variables(command: &clap::Command, known: &mut Vec<String>) {
    let variables = command
        .get_arguments()
        .filter_map(|it| it.get_env()?.to_str());
    known.extend(variables.map(str::to_owned));
    for below in command.get_subcommands() {
        add_variables(below, known);
    }
}

/// `HUBSIM_*` variables that no option knows, each with the nearest known name.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "options alone read the environment"
)]
pub fn unknown_variables() -> Vec<(String, String)> {
    let known = known_variables();
    std::env::vars_os()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name.starts_with("HUBSIM_") && !known.contains(name))
        .map(|name| {
            let nearest = crate::model::nearest::nearest(&name, known.iter().map(String::as_str));
            (name.clone(), nearest.unwrap_or_default().to_owned())
        })
        .collect()
}
