//! What a command has to say, and how it gets out: a text for people or a document for programs.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::failure::Failure;
use super::text::{BAD, clean_json};

/// Done as asked.
pub const DONE: u8 = 0;
/// Refused, invalid, or no server answered.
pub const REFUSED: u8 = 1;
/// The command line could not be read.
pub const MISUSED: u8 = 2;
/// More would be lost than is allowed.
pub const LOSS: u8 = 3;

/// How a command answers.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// One JSON document on standard output; errors as a problem document on standard error.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What a command has to say.
#[derive(Debug)]
pub struct Report {
    /// For programs.
    document: String,
    /// For people.
    text: String,
    /// The exit code.
    code: u8,
}

impl Report {
    /// A document and what people read of it.
    #[must_use]
    pub fn new(document: &Value, text: impl Into<String>) -> Self {
        Self {
            document: document.to_string(),
            text: text.into(),
            code: DONE,
        }
    }

    /// A text that stands for itself, to both.
    #[must_use]
    pub fn raw(text: String) -> Self {
        Self {
            document: text.clone(),
            text,
            code: DONE,
        }
    }

    /// Ends with a code.
    #[must_use]
    pub fn ending(self, code: u8) -> Self {
        Self { code, ..self }
    }
}

/// Writes what came of a command, and answers the exit code. A reader that has seen enough and
/// gone is no failure.
#[must_use]
pub fn finish(output: Output, outcome: Result<Report, Failure>) -> ExitCode {
    let report = match outcome {
        Ok(report) => report,
        Err(failure) => {
            complain(output, &failure);
            return ExitCode::from(REFUSED);
        }
    };
    let text = if output.json {
        clean_json(&report.document).into_owned()
    } else {
        report.text
    };
    match written(&mut anstream::stdout().lock(), &text) {
        Ok(()) => ExitCode::from(report.code),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(report.code),
        Err(error) => {
            let detail = format!("Standard output cannot be written: {error}.");
            complain(output, &Failure::new("output", detail, ""));
            ExitCode::from(REFUSED)
        }
    }
}

fn written(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Says on standard error why a command failed.
pub fn complain(output: Output, failure: &Failure) {
    let text = if output.json {
        clean_json(&failure.problem().to_string()).into_owned()
    } else {
        format!("{BAD}{}{BAD:#}", failure.sentence())
    };
    // Where standard error is gone too, nobody is left to tell.
    let _ = written(&mut anstream::stderr().lock(), &text);
}
