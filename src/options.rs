//! Options: the one place that reads the command line and the environment.

mod environment;
mod values;

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub use environment::{is_set, server_of_environment, unknown_variables};
use values::{at_least_one, clock_start, host, idle, origin, webhook_host};

use crate::command::{
    ClockCommand, CompletionsCommand, CoverageCommand, ErrorsCommand, ExplainCommand,
    FaultsCommand, HealthcheckCommand, HistoryCommand, ManCommand, PlanCommand, RedoCommand,
    RulesCommand, SandboxCommand, ScenarioCommand, SnapshotCommand, UndoCommand,
};

/// Bytes of history, and of plans, unless somebody says otherwise.
const MAX_HISTORY: usize = 256 * 1024 * 1024;
/// Bytes of snapshots unless somebody says otherwise.
const MAX_SNAPSHOTS: usize = 1024 * 1024 * 1024;
/// Bytes of results of tasks unless somebody says otherwise.
const MAX_RESULTS: usize = 512 * 1024 * 1024;

/// A mock Webex Control Hub: whole organisations in memory, losses included.
///
/// Without a command it starts the server. `hubsim COMMAND --help` tells more of each command, with
/// examples.
#[derive(Debug, Parser)]
#[command(
    name = "hubsim",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    after_long_help = crate::command::MANUAL
)]
pub struct CommandLine {
    /// What to do; without one, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of `serve`.
    #[command(flatten)]
    pub options: Options,
}

/// What hubsim can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the server (the default).
    #[command(after_long_help = crate::command::MANUAL_OF_SERVE)]
    Serve(Options),
    /// Run a command against a server of its own.
    ///
    /// Starts on a free port (whatever --port says), runs the command with HUBSIM_URL,
    /// WEBEX_BASE_URL and WEBEX_ACCESS_TOKEN set (with --https also HUBSIM_HTTPS_URL,
    /// HUBSIM_PROXY_URL, HUBSIM_CA_FILE and NODE_EXTRA_CA_CERTS), stops, and exits with the
    /// command's code. A termination is passed on to it.
    #[command(after_long_help = crate::command::MANUAL_OF_EXEC)]
    Exec(ExecOptions),
    /// Ask a running server for its health; says nothing when it is well.
    Healthcheck(HealthcheckCommand),
    /// Tell what a users' CSV would do and what would be lost by it, before it happens.
    ///
    /// Control Hub's import runs on a copy of the sandbox, to its end; what it comes to is shown:
    /// how many people are moved, what is lost for good, which rows would be refused. Nothing
    /// happens unless --apply says so.
    Plan(Box<PlanCommand>),
    /// Make, copy, compare, reset and delete sandboxes.
    Sandbox(SandboxCommand),
    /// Show a sandbox's clock, set it, stop it, or let time pass.
    Clock(ClockCommand),
    /// Take, list, load and delete snapshots; write them to files and bring them in.
    Snapshot(SnapshotCommand),
    /// Take back the last steps; one step is one operation or one whole task.
    Undo(UndoCommand),
    /// Bring back what was undone.
    Redo(RedoCommand),
    /// Show what was done, step by step.
    History(HistoryCommand),
    /// Explain what became of a request, by which rules, and what to do.
    Explain(ExplainCommand),
    /// Make answers fail on purpose.
    Faults(FaultsCommand),
    /// List, show, check and load scenarios.
    Scenario(ScenarioCommand),
    /// Show the rules of licences, with their sources.
    Rules(RulesCommand),
    /// Show which operations are simulated, and how faithfully.
    Coverage(CoverageCommand),
    /// Show the errors, and what to do about each.
    Errors(ErrorsCommand),
    /// Write the completions of a shell.
    Completions(CompletionsCommand),
    /// Write a manual page.
    Man(ManCommand),
}

/// The port of a server that was told none.
const PORT: u16 = 8765;

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthMode {
    /// Any bearer token is a full administrator.
    Open,
    /// Only issued tokens.
    Strict,
}

/// What becomes of a call that the scopes of its token do not reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopesMode {
    /// It is refused: 403.
    Enforce,
    /// It is done, and the reply warns of it.
    Warn,
    /// It is done.
    Off,
}

/// How many requests a token may send, by the sandbox clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RateLimit {
    /// As many as it likes.
    Off,
    /// What Webex documents: 300 a minute for Contact Center.
    Real,
    /// Five, of which one comes back each second: any loop meets it.
    Strict,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Options of the server.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, env = "HUBSIM_PORT", default_value_t = PORT)]
    pub port: u16,
    /// Address to listen on; anything but loopback needs --admin-token.
    #[arg(long, env = "HUBSIM_BIND", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// A built-in scenario (demo, minimal, large, contact-center, partner), or a scenario or
    /// snapshot file.
    #[arg(long, env = "HUBSIM_SCENARIO", default_value = "demo")]
    pub scenario: String,
    /// Seed of all ids; a scenario may bring its own.
    #[arg(long, env = "HUBSIM_SEED", default_value_t = 1)]
    pub seed: u64,
    /// Where the clock starts, and then runs with real time: `now`, or a time.
    #[arg(long, env = "HUBSIM_CLOCK", default_value = "now", value_parser = clock_start)]
    pub clock: String,
    /// Who is let in.
    #[arg(long, env = "HUBSIM_AUTH", value_enum, default_value = "open")]
    pub auth: AuthMode,
    /// Refuse tokens of sandboxes that do not exist, instead of creating them.
    #[arg(long, env = "HUBSIM_NO_AUTO_SANDBOX")]
    pub no_auto_sandbox: bool,
    /// Token for server-wide calls of /_sim, sent as X-Sim-Admin-Token.
    #[arg(long, env = "HUBSIM_ADMIN_TOKEN", hide_env_values = true)]
    pub admin_token: Option<String>,
    /// A further Host that browsers may use; may be repeated.
    #[arg(long, env = "HUBSIM_ALLOWED_HOST", value_delimiter = ',', value_parser = host)]
    pub allowed_host: Vec<String>,
    /// A further host, beside this machine, to which webhooks are delivered; `*` is any. May be
    /// repeated.
    #[arg(long, env = "HUBSIM_WEBHOOK_HOSTS", value_delimiter = ',',
        value_parser = webhook_host)]
    pub webhook_hosts: Vec<String>,
    /// An origin whose pages may call: `https://app.example`, or `*` for the public API alone. May
    /// be repeated; without one, no page of another origin may.
    #[arg(long, env = "HUBSIM_CORS", value_delimiter = ',', value_parser = origin)]
    pub cors: Vec<String>,
    /// How many seconds headers and body of a request may take to arrive, and how long a client may
    /// take nothing of an answer (on Linux).
    #[arg(long, env = "HUBSIM_REQUEST_TIMEOUT", default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..))]
    pub request_timeout: u64,
    /// What becomes of a call that the scopes of its OAuth token do not reach.
    #[arg(long, env = "HUBSIM_SCOPES", value_enum, default_value = "enforce")]
    pub scopes: ScopesMode,
    /// How many requests a token may send, by the sandbox clock.
    #[arg(long, env = "HUBSIM_RATE_LIMIT", value_enum, default_value = "off")]
    pub rate_limit: RateLimit,
    /// Listens for TLS too, with certificates of an authority of its own, and stands in for
    /// Webex's hosts: by name, and as the forward proxy of clients that hard-code them.
    #[arg(long, env = "HUBSIM_HTTPS")]
    pub https: bool,
    /// Port of --https; 0 takes a free one.
    #[arg(
        long,
        env = "HUBSIM_HTTPS_PORT",
        default_value_t = 8766,
        requires = "https"
    )]
    pub https_port: u16,
    /// Keeps the authority of --https in this directory, so that machines need to trust it once;
    /// without, each start has a new one.
    #[arg(long, env = "HUBSIM_CA_DIR", requires = "https")]
    pub ca_dir: Option<PathBuf>,
    /// How many tunnels the forward proxy of --https keeps open at the same time.
    #[arg(
        long,
        env = "HUBSIM_MAX_TUNNELS",
        default_value_t = 256,
        requires = "https",
        value_parser = at_least_one
    )]
    pub max_tunnels: usize,
    /// Writes a JSON file with the addresses once the server is ready.
    #[arg(long, env = "HUBSIM_ENDPOINTS_FILE")]
    pub endpoints_file: Option<PathBuf>,
    /// Writes the default sandbox to this file when the server ends; --scenario starts from it.
    #[arg(long, env = "HUBSIM_SNAPSHOT_ON_EXIT")]
    pub snapshot_on_exit: Option<PathBuf>,
    /// Sandboxes that nobody used for so long expire: seconds, or a duration such as 30m or PT2H.
    /// `default` never does.
    #[arg(long, env = "HUBSIM_SANDBOX_IDLE", value_parser = idle)]
    pub sandbox_idle: Option<Duration>,
    /// About how many bytes the histories of all sandboxes may take together.
    #[arg(long, env = "HUBSIM_MAX_HISTORY", default_value_t = MAX_HISTORY,
        value_parser = at_least_one)]
    pub max_history: usize,
    /// About how many bytes the plans of all sandboxes may take together.
    #[arg(long, env = "HUBSIM_MAX_PLANS", default_value_t = MAX_HISTORY, value_parser = at_least_one)]
    pub max_plans: usize,
    /// About how many bytes the snapshots of all sandboxes may take together.
    #[arg(long, env = "HUBSIM_MAX_SNAPSHOTS", default_value_t = MAX_SNAPSHOTS,
        value_parser = at_least_one)]
    pub max_snapshots: usize,
    /// About how many bytes the results of the tasks of all sandboxes may take together.
    #[arg(long, env = "HUBSIM_MAX_RESULTS", default_value_t = MAX_RESULTS,
        value_parser = at_least_one)]
    pub max_results: usize,
    /// How many sandboxes may exist.
    #[arg(long, env = "HUBSIM_MAX_SANDBOXES", default_value_t = 4096, value_parser = at_least_one)]
    pub max_sandboxes: usize,
    /// The largest request body in bytes.
    #[arg(long, env = "HUBSIM_MAX_BODY", default_value_t = 32 * 1024 * 1024,
        value_parser = at_least_one)]
    pub max_body: usize,
    /// Writes where the server is, or why it could not start, as JSON.
    #[arg(long)]
    pub json: bool,
    /// How the log is written.
    #[arg(long, env = "HUBSIM_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

/// Options of `exec`.
#[derive(Debug, Clone, Args)]
pub struct ExecOptions {
    /// Options of the server.
    #[command(flatten)]
    pub options: Options,
    /// The command and its arguments.
    #[arg(last = true, required = true)]
    pub command: Vec<String>,
}

impl Options {
    /// The admin token; one that is empty, as a variable may be, is none.
    pub fn admin_token(&self) -> Option<&str> {
        self.admin_token.as_deref().filter(|it| !it.is_empty())
    }

    /// How long headers and body of a request may take.
    #[must_use]
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.request_timeout)
    }

    /// The defaults, on a free loopback port: what tests and embedders want.
    #[must_use]
    pub fn for_tests() -> Self {
        Self {
            port: 0,
            bind: IpAddr::from([127, 0, 0, 1]),
            scenario: "demo".to_owned(),
            seed: 1,
            clock: "now".to_owned(),
            auth: AuthMode::Open,
            no_auto_sandbox: false,
            admin_token: None,
            allowed_host: Vec::new(),
            webhook_hosts: Vec::new(),
            cors: Vec::new(),
            request_timeout: 30,
            scopes: ScopesMode::Enforce,
            rate_limit: RateLimit::Off,
            https: false,
            https_port: 0,
            ca_dir: None,
            max_tunnels: 256,
            endpoints_file: None,
            snapshot_on_exit: None,
            sandbox_idle: None,
            max_history: MAX_HISTORY,
            max_plans: MAX_HISTORY,
            max_snapshots: MAX_SNAPSHOTS,
            max_results: MAX_RESULTS,
            max_sandboxes: 4096,
            max_body: 32 * 1024 * 1024,
            json: false,
            log_format: LogFormat::Text,
        }
    }
}

/// The command line. One that cannot be read, or that asks for help, ends here with its exit code.
///
/// # Errors
/// The exit code: 0 for help, 2 for wrong use.
#[expect(
    clippy::disallowed_methods,
    reason = "options alone read the command line"
)]
pub fn command_line() -> Result<CommandLine, ExitCode> {
    let mut command = command();
    let read = |command: &mut clap::Command| {
        let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
        let line = CommandLine::from_arg_matches_mut(&mut matches);
        line.map_err(|error| error.format(command))
    };
    read(&mut command).map_err(|error| {
        let wants_json = std::env::args_os().any(|word| word == "--json");
        crate::command::misused(&error, wants_json)
    })
}

/// The command line as it is read: a variable that is set to nothing counts as not set, and each
/// command below another one shows the examples that are its own.
#[must_use]
pub fn command() -> clap::Command {
    environment::without_empty(CommandLine::command())
        .mut_subcommands(crate::command::with_examples)
}
