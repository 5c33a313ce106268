//! Running the program against a server, in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::PROGRAM;
use crate::support::Hub;

/// What the environment of whoever runs the tests may say, and must not.
const OTHERS: [&str; 7] = [
    "HUBSIM_PORT",
    "HUBSIM_TOKEN",
    "HUBSIM_SANDBOX",
    "HUBSIM_ADMIN_TOKEN",
    "HUBSIM_SCENARIO",
    "NO_COLOR",
    "CLICOLOR_FORCE",
];

/// What came of a command.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// It must have ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    /// What it wrote on standard output: one JSON document and nothing else.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect(&self.out)
    }

    /// What it wrote on standard error: one JSON document and nothing else.
    #[track_caller]
    pub fn problem(&self) -> Value {
        serde_json::from_str(&self.err).expect(&self.err)
    }
}

/// The program, which asks one server and stands in a folder of its own.
pub struct Shell {
    url: String,
    folder: PathBuf,
}

impl Shell {
    /// At a server. The name is that of the test, for the folder.
    pub fn at(hub: &Hub, name: &str) -> Self {
        Self::at_url(&hub.server.url(), name)
    }

    /// At an address.
    pub fn at_url(url: &str, name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Self {
            url: url.to_owned(),
            folder,
        }
    }

    /// A file in the folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.folder.join(name), bytes).expect("a file");
        name.to_owned()
    }

    /// What a file of the folder holds.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).expect("a file")
    }

    /// A program in the folder, with an environment of its own.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for name in OTHERS {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .env("HUBSIM_URL", &self.url);
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[], b"")
    }

    /// Runs the program with these variables and this input.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Ran {
        let mut command = self.command(PROGRAM);
        command.args(arguments).envs(variables.iter().copied());
        outcome(command, input)
    }

    /// Runs a line of shell, in which `hubsim` is the program.
    pub fn line(&self, line: &str) -> Ran {
        let place = PathBuf::from(PROGRAM);
        let place = place.parent().expect("a folder").display().to_string();
        let line = format!("PATH=\"{place}:$PATH\"\n{line}");
        let mut command = self.command("sh");
        command.args(["-c", &line]);
        outcome(command, b"")
    }
}

fn outcome(mut command: Command, input: &[u8]) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = pipes.stderr(Stdio::piped()).spawn().expect("a program");
    let mut stdin = running.stdin.take().expect("an input");
    // Who does not read its input has ended already.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = running.wait_with_output().expect("an end");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
