//! `hubsim exec`: a command against a server of its own on a free port.

use std::io::Write;
use std::process::{ExitCode, ExitStatus};

use tempfile::NamedTempFile;

use super::failure::Failure;
use super::report::{Output, complain};
use super::serve::{failed, start};
use crate::options::{ExecOptions, is_set};
use crate::server::{Server, StartError};

/// What an environment may say of another server, and must not say to commands of this one.
const OF_ANOTHER_SERVER: [&str; 7] = [
    "HUBSIM_PORT",
    "HUBSIM_TOKEN",
    "HUBSIM_SANDBOX",
    "HUBSIM_ADMIN_TOKEN",
    "HUBSIM_HTTPS_URL",
    "HUBSIM_PROXY_URL",
    "HUBSIM_CA_FILE",
];

/// Runs a command against a server of its own on a free port.
#[must_use]
pub fn exec(options: ExecOptions) -> ExitCode {
    let mut served = options.options;
    let output = Output { json: served.json };
    served.port = 0;
    served.https_port = 0;
    let server = match start(served) {
        Ok(server) => server,
        Err(error) => return failed(output, &error),
    };
    let url = server.url();
    let Some((program, arguments)) = options.command.split_first() else {
        return ExitCode::from(2);
    };
    let mut command = tokio::process::Command::new(program);
    for name in OF_ANOTHER_SERVER {
        command.env_remove(name);
    }
    if let Some(token) = &server.app().options.admin_token {
        command.env("HUBSIM_ADMIN_TOKEN", token);
    }
    command
        .args(arguments)
        .env("HUBSIM_URL", &url)
        .env("WEBEX_BASE_URL", format!("{url}/v1"))
        .env("WEBEX_ACCESS_TOKEN", "full-admin");
    let authority = match tell_of_https(&mut command, &server) {
        Ok(file) => file,
        Err(error) => return failed(output, &error),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = runtime.and_then(|runtime| runtime.block_on(run(command)));
    let kept = server.stop_and_keep();
    // The file was there as long as the command.
    drop(authority);
    match outcome {
        Ok(status) => match kept {
            Err(error) if status.success() => failed(output, &error),
            Err(error) => {
                let _ = failed(output, &error);
                code_of(status)
            }
            Ok(()) => code_of(status),
        },
        Err(error) => {
            let detail = format!("cannot run {program}: {error}");
            complain(output, &Failure::new("command", detail, ""));
            ExitCode::from(127)
        }
    }
}

/// Tells a command how it reaches the server in place of Webex's hosts, and keeps the file that it
/// needs for that. What would break calls to anybody else is left to the command: a proxy for all
/// hosts, and a bundle that takes the place of the system's roots. Node.js adds to them.
fn tell_of_https(
    command: &mut tokio::process::Command,
    server: &Server,
) -> Result<Option<NamedTempFile>, StartError> {
    let Some((https, url)) = server.app().https.as_ref().zip(server.https_url()) else {
        return Ok(None);
    };
    let make = || {
        let mut builder = tempfile::Builder::new();
        let mut file = builder.prefix("hubsim-ca-").suffix(".pem").tempfile()?;
        file.write_all(https.authority.as_bytes())?;
        Ok(file)
    };
    let file = make().map_err(|source| StartError::Write {
        path: "a temporary file for the authority".to_owned(),
        source,
    })?;
    command
        .env("HUBSIM_HTTPS_URL", url)
        .env("HUBSIM_PROXY_URL", server.url())
        .env("HUBSIM_CA_FILE", file.path());
    if !is_set("NODE_EXTRA_CA_CERTS") {
        command.env("NODE_EXTRA_CA_CERTS", file.path());
    }
    Ok(Some(file))
}

/// Runs a command to its end. A termination is passed on to it; an interrupt reaches it from the
/// terminal by itself, and only must not end us first.
async fn run(mut command: tokio::process::Command) -> std::io::Result<ExitStatus> {
    let mut terminations = Terminations::new()?;
    let mut child = command.spawn()?;
    loop {
        tokio::select! {
            status = child.wait() => return status,
            () = terminations.next() => pass_on(&child),
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}

/// Terminations of this process.
#[cfg(unix)]
struct Terminations(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Terminations {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}

#[cfg(not(unix))]
struct Terminations;

#[cfg(not(unix))]
impl Terminations {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        std::future::pending().await
    }
}

#[cfg(unix)]
fn pass_on(child: &tokio::process::Child) {
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(id) = id.and_then(rustix::process::Pid::from_raw) {
        // Who has ended in the meantime needs no signal.
        let signal = rustix::process::Signal::TERM;
        rustix::process::kill_process(id, signal).unwrap_or_default();
    }
}

#[cfg(not(unix))]
fn pass_on(_child: &tokio::process::Child) {}

/// The exit code of a command: its own, or 128 and the number of the signal that ended it, as
/// shells have it.
fn code_of(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or(signal.map(|signal| 128 + signal));
    let code = code.and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
