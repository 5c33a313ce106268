//! The commands: serve, healthcheck, exec. Exit codes: 0 well, 1 not started or not well, 2 wrong
//! use; `exec` passes the command's own code on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

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
    let server = match start(options) {
        Ok(server) => server,
        Err(error) => return failed(&error),
    };
    println!("Ready. {} token full-admin", server.url());
    let waiting = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(waiting) = waiting else {
        return ExitCode::FAILURE;
    };
    waiting.block_on(async {
        tokio::select! {
            () = signalled() => {}
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
    let outcome = std::process::Command::new(program)
        .args(arguments)
        .env("HUBSIM_URL", &url)
        .env("WEBEX_BASE_URL", format!("{url}/v1"))
        .env("WEBEX_ACCESS_TOKEN", "full-admin")
        .status();
    server.stop();
    match outcome {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            code.map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            eprintln!("hubsim: cannot run {program}: {error}");
            ExitCode::from(127)
        }
    }
}
