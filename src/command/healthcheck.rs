//! `hubsim healthcheck`: whether a server is well.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

use crate::options::HealthcheckOptions;

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
