//! `hubsim serve`: a server until a signal or `/_sim/v1/shutdown` ends it.

use std::io::Write;
use std::pin::pin;
use std::process::ExitCode;

use futures::future::poll_immediate;
use serde_json::{Value, json};

use super::failure::Failure;
use super::report::{Output, complain};
use crate::options::{AuthMode, Options, unknown_variables};
use crate::server::{Server, StartError, file};

/// Starts the server and runs until a signal or `/_sim/v1/shutdown`.
#[must_use]
pub fn serve(options: Options) -> ExitCode {
    let waiting = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(waiting) = waiting else {
        return ExitCode::FAILURE;
    };
    let output = Output { json: options.json };
    let server = match start(options) {
        Ok(server) => server,
        Err(error) => return failed(output, &error),
    };
    waiting.block_on(async {
        // Who reads the line may send a signal at once, so the ear is open before it is written.
        let mut signalled = pin!(signalled());
        let heard = poll_immediate(signalled.as_mut()).await.is_some();
        ready(output, &server);
        if heard {
            return;
        }
        tokio::select! {
            () = signalled => {}
            () = server.asked_to_stop() => {}
        }
    });
    match server.stop_and_keep() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(output, &error),
    }
}

/// The line that scripts wait for. Who closed standard output does not wait.
fn ready(output: Output, server: &Server) {
    let url = server.url();
    let https = server.https_url();
    let text = match output.json {
        true => {
            let mut document = addresses(server);
            document["url"] = url.into();
            document["token"] = "full-admin".into();
            format!("{document}\n")
        }
        false => {
            let https = https.map(|it| format!("Https. {it} authority {url}/_sim/v1/ca.pem\n"));
            let https = https.unwrap_or_default();
            let closed = closed(&server.app().options).unwrap_or_default();
            format!("{https}{closed}Ready. {url} token full-admin\n")
        }
    };
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes());
    written.and_then(|()| out.flush()).unwrap_or_default();
}

/// What a strict server without an admin token will not open, and what does.
fn closed(options: &Options) -> Option<&'static str> {
    let is_closed = options.auth == AuthMode::Strict && options.admin_token().is_none();
    is_closed.then_some(
        "Strict, without --admin-token: full-admin and the other named tokens open the sandbox \
         default. Other sandboxes, /v1/authorize and shutdown need --admin-token.\n",
    )
}

/// Where a server is, as the file of `--endpoints-file` has it.
fn addresses(server: &Server) -> Value {
    let url = server.url();
    let mut document = json!({
        "api": format!("{url}/v1"),
        "hub": format!("{url}/_hub/v1"),
        "sim": format!("{url}/_sim/v1"),
        "pid": std::process::id(),
    });
    if let Some(https) = server.https_url() {
        document["https"] = https.into();
    }
    document
}

pub(super) fn start(options: Options) -> Result<Server, StartError> {
    for (name, nearest) in unknown_variables() {
        tracing::warn!("unknown variable {name}; did you mean {nearest}?");
    }
    let endpoints = options.endpoints_file.clone();
    let server = Server::start_with(options)?;
    if let Some(path) = endpoints {
        let document = addresses(&server);
        file::write_whole(&path, |out| out.write_all(document.to_string().as_bytes()))?;
    }
    Ok(server)
}

/// Says why there is no server, or what it could not keep.
pub(super) fn failed(output: Output, error: &StartError) -> ExitCode {
    complain(output, &Failure::new("server", error.to_string(), ""));
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
