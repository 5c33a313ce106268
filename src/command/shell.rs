//! `hubsim completions` and `hubsim man`: what a shell and a manual want to know of the commands.

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::report::Report;
use crate::options;

/// Options of `completions`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = super::manual![
    "hubsim completions bash > hubsim.bash"
    "hubsim completions zsh > _hubsim"
])]
pub struct CompletionsCommand {
    /// The shell.
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = super::manual![
    "hubsim man > hubsim.1"
    "hubsim man plan > hubsim-plan.1"
    "hubsim man sandbox create > hubsim-sandbox-create.1"
])]
pub struct ManCommand {
    /// The command whose page it shall be; the program's own when absent.
    #[arg(value_name = "COMMAND")]
    pub words: Vec<String>,
}

impl CompletionsCommand {
    /// Writes the completions.
    ///
    /// # Errors
    /// When they are no text.
    pub fn run(&self) -> Result<Report, Failure> {
        let mut script = Vec::new();
        let mut command = options::command();
        clap_complete::generate(self.shell, &mut command, "hubsim", &mut script);
        text(script)
    }
}

impl ManCommand {
    /// Writes the page.
    ///
    /// # Errors
    /// When there is no such command.
    pub fn run(&self) -> Result<Report, Failure> {
        let mut command = options::command();
        command.build();
        let mut names = vec!["hubsim"];
        for word in &self.words {
            let found = command.get_subcommands().find(|it| it.get_name() == word);
            command = found.cloned().ok_or_else(|| {
                let detail = format!("There is no command {} {word}.", names.join(" "));
                Failure::new("not-found", detail, "`hubsim help` lists them.")
            })?;
            names.push(word);
        }
        let mut page = Vec::new();
        let man = clap_mangen::Man::new(command).title(names.join("-"));
        let written = man.render(&mut page);
        written.map_err(|error| {
            Failure::new(
                "output",
                format!("The page cannot be written: {error}."),
                "",
            )
        })?;
        text(page)
    }
}

fn text(bytes: Vec<u8>) -> Result<Report, Failure> {
    let text = String::from_utf8(bytes);
    let text = text.map_err(|error| Failure::new("output", format!("{error}."), ""))?;
    Ok(Report::raw(text))
}
