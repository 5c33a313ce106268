//! The commands: serve, healthcheck, exec. Exit codes: 0 well, 1 not started or not well, 2 wrong
//! use; `exec` passes the command's own code on, 128 + n when signal n ended it, and 127 when it
//! cannot be run.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;

use futures::future::poll_immediate;
use serde_json::json;

use crate::options::{ExecOptions, HealthcheckOptions, Options, unknown_variables};
use crate::server::{Server, StartError};

/// Starts the server and runs until a signal or `/_sim/v1/shutdown`.
#[must_use]
#[expect(
    clippy::print_stdout,
    reason = "the Ready. line is the contract with scripts"
)]
pub fn serve(options: Options) -> ExitCode {
    for (name, nearest) in unknown_variables() {
        tracing::warn!("unknown variable {name}; did you mean {nearest}?");
    }
    let waiting = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(waiting) = waiting else {
        return ExitCode::FAILURE;
    };
    let server = match start(options) {
        Ok(server) => server,
        Err(error) => return failed(&error),
    };
    waiting.block_on(async {
        // Who reads the line may send a signal at once, so the ear is open before it is written.
        let mut signalled = pin!(signalled());
        let heard = poll_immediate(signalled.as_mut()).await.is_some();
        println!("Ready. {} token full-admin", server.url());
        if heard {
            return;
        }
        tokio::select! {
            () = signalled => {}
            () = server.asked_to_stop() => {}
        }
    });
    server.stop();
    ExitCode::SUCCESS
}

fn start(options: Options) -> Result<Server, StartError> {
    let endpoints = options.endpoints_file.clone();
    let server = Server::start(options)?;
    if let Some(path) = endpoints {
        let url = server.url();
        let document = json!({
            "api": format!("{url}/v1"),
            "hub": format!("{url}/_hub/v1"),
            "sim": format!("{url}/_sim/v1"),
            "pid": std::process::id(),
        });
        // Written beside and renamed, so that nobody reads half a file.
        let beside = path.with_extension("tmp");
        let written = std::fs::write(&beside, document.to_string());
        written
            .and_then(|()| std::fs::rename(&beside, &path))
            .map_err(|source| StartError::Write {
                path: path.display().to_string(),
                source,
            })?;
    }
    Ok(server)
}

#[expect(
    clippy::print_stderr,
    reason = "the last word of a command that failed"
)]
fn failed(error: &StartError) -> ExitCode {
    eprintln!("hubsim: {error}");
    ExitCode::FAILURE
}

async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate());
        let Ok(mut terminate) = terminate else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

/// Asks a server on this machine for its health.
#[must_use]
#[expect(clippy::print_stderr, reason = "the answer of the command")]
pub fn healthcheck(options: &HealthcheckOptions) -> ExitCode {
    match ask_health(options.port) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("hubsim: the server on port {} is not well", options.port);
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("hubsim: no server on port {}: {error}", options.port);
            ExitCode::FAILURE
        }
    }
}

fn ask_health(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let request = b"GET /_sim/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request)?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer)?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}

/// Runs a command against a server of its own on a free port.
#[must_use]
#[expect(
    clippy::print_stderr,
    reason = "the last word of a command that failed"
)]
pub fn exec(options: ExecOptions) -> ExitCode {
    let mut served = options.options;
    served.port = 0;
    let server = match start(served) {
        Ok(server) => server,
        Err(error) => return failed(&error),
    };
    let url = server.url();
    let Some((program, arguments)) = options.command.split_first() else {
        return ExitCode::from(2);
    };
    let mut command = tokio::process::Command::new(program);
    command
        .args(arguments)
        .env("HUBSIM_URL", &url)
        .env("WEBEX_BASE_URL", format!("{url}/v1"))
        .env("WEBEX_ACCESS_TOKEN", "full-admin");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = runtime.and_then(|runtime| runtime.block_on(run(command)));
    server.stop();
    match outcome {
        Ok(status) => code_of(status),
        Err(error) => {
            eprintln!("hubsim: cannot run {program}: {error}");
            ExitCode::from(127)
        }
    }
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
