//! The help: it is there, complete, and every example in it was run.

use clap::{Command, CommandFactory, Parser};
use hubsim::options::CommandLine;

use super::program::Shell;
use crate::support::Hub;

/// Every command below another one, with the words that lead to it.
fn commands(of: &Command, words: &[String], found: &mut Vec<(Vec<String>, Command)>) {
    for command in of.get_subcommands() {
        let mut words = words.to_vec();
        words.push(command.get_name().to_owned());
        found.push((words.clone(), command.clone()));
        commands(command, &words, found);
    }
}

fn all() -> Vec<(Vec<String>, Command)> {
    let mut found = Vec::new();
    commands(&CommandLine::command(), &[], &mut found);
    found
}

/// The lines below `Examples:` in a help.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_long_help();
    let help = help.map(ToString::to_string).unwrap_or_default();
    let lines = help
        .lines()
        .filter_map(|line| line.strip_prefix("  hubsim "));
    lines.map(|rest| format!("hubsim {rest}")).collect()
}

#[test]
fn every_command_has_a_help_with_examples_and_exit_codes() {
    let shell = Shell::at_url("http://127.0.0.1:9", "help");
    for (words, command) in all() {
        let mut line: Vec<&str> = words.iter().map(String::as_str).collect();
        line.push("--help");
        let ran = shell.run(&line).expect(0);
        assert_eq!(ran.err, "", "{words:?}");
        let about = command.get_about().expect("an about").to_string();
        assert!(ran.out.starts_with(&about), "{words:?}: {}", ran.out);
        let example = format!("\nExamples:\n  hubsim {}", words.join(" "));
        for part in [&*example, "\nExit codes:\n  "] {
            assert!(ran.out.contains(part), "{words:?} lacks {part}");
        }
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{words:?} {argument:?}");
        }
    }
    let own = shell.run(&["--help"]).expect(0).out;
    for part in [
        "\nExit codes:\n",
        "\nEnvironment:\n",
        "HUBSIM_URL",
        "NO_COLOR",
    ] {
        assert!(own.contains(part), "{part}");
    }
    assert_eq!(
        shell.run(&["help", "plan"]).out,
        shell.run(&["plan", "--help"]).out
    );
}

#[test]
fn every_example_can_be_read() {
    let mut count = 0;
    for (_, command) in all() {
        for line in examples(&command) {
            let words = line.split_whitespace();
            let words: Vec<&str> = words.take_while(|it| !["#", ">"].contains(it)).collect();
            if let Err(error) = CommandLine::try_parse_from(&words) {
                panic!("{line}: {error}");
            }
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}

/// The file that moves somebody of the demo organisation, and one that takes Calling away.
const MOVE: &str = "User ID/Email (Required),Webex Calling VAR Professional [Sub119911],\
                    Webex Calling VAR Professional [Sub121331]\n\
                    joaquin.thornfield@quillhaven.example,FALSE,TRUE\n";
const REMOVE: &str = "User ID/Email (Required),Webex Calling VAR Professional [Sub121331]\n\
                      joaquin.thornfield@quillhaven.example,FALSE\n";

/// Which examples end with another code than 0, or are not run: `serve` would stay, and pytest is
/// not everywhere.
const CODES: &[(&str, Option<i32>)] = &[
    ("hubsim serve", None),
    ("hubsim exec -- pytest", None),
    ("hubsim plan remove.csv --fail-on-loss", Some(3)),
    // No request of this server has that tracking id.
    ("hubsim explain", Some(1)),
    // Only one step was done that could be taken back.
    ("hubsim undo 3", Some(1)),
    ("hubsim redo 3", Some(1)),
];

#[test]
fn every_example_does_what_it_says() {
    let hub = Hub::with_scenario("demo");
    let shell = Shell::at(&hub, "examples");
    shell.file("move.csv", MOVE);
    shell.file("remove.csv", REMOVE);
    for (words, command) in all() {
        for line in examples(&command) {
            let known = CODES.iter().find(|(start, _)| line.starts_with(start));
            let Some(code) = known.map_or(Some(0), |(_, code)| *code) else {
                continue;
            };
            let ran = shell.line(&line);
            assert_eq!(
                ran.code,
                Some(code),
                "{words:?} {line}:\n{}{}",
                ran.out,
                ran.err
            );
        }
    }
    for (file, part) in [
        ("mine.yaml", "organizations:"),
        ("hubsim.1", ".TH"),
        ("hubsim.bash", "hubsim"),
    ] {
        assert!(shell.read(file).contains(part), "{file}");
    }
}

#[test]
fn the_readme_names_every_command_and_its_lines_work_as_printed() {
    let readme = include_str!("../../../README.md");
    let (_, part) = readme
        .split_once("\n## Command line\n")
        .expect("the section");
    let (part, _) = part.split_once("\n## ").expect("another section");
    for (words, _) in all().iter().filter(|(words, _)| words.len() == 1) {
        let name = format!("`{}", words.join(" "));
        assert!(part.contains(&name), "README does not tell of {name}");
    }
    let hub = Hub::with_scenario("demo");
    let shell = Shell::at(&hub, "readme");
    let blocks = part.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().expect("a block"));
    let lines: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(lines.len() > 10, "{lines:?}");
    for line in lines {
        let code = line
            .split_once("# exits ")
            .and_then(|(_, code)| code.get(..1));
        let code = code.map_or(0, |code| code.parse().expect("a code"));
        let ran = shell.line(line);
        assert_eq!(ran.code, Some(code), "{line}:\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn what_cannot_be_read_exits_with_two_and_says_what_was_meant() {
    let shell = Shell::at_url("http://127.0.0.1:9", "misuse");
    let ran = shell.run(&["senario"]).expect(2);
    assert!(ran.err.contains("'scenario'"), "{}", ran.err);
    assert_eq!(ran.out, "");
    for wrong in [
        &["plan"][..],
        &["plan", "a.csv", "--behavior", "replace"],
        &["plan", "a.csv", "--scenario", "demo", "--apply"],
        &["plan", "a.csv", "--fail-on-loss", "--max-loss", "1"],
        &["plan", "a.csv", "--max-loss", "-1"],
        &["undo", "0"],
        &["sandbox", "reset", "--to", "nowhere"],
        &["clock", "--url", "http://127.0.0.1:9", "--port", "9"],
    ] {
        shell.run(wrong).expect(2);
    }
    let ran = shell.run(&["plan", "a.csv", "--max-loss", "-1"]).expect(2);
    assert!(ran.err.contains("0 or more"), "{}", ran.err);
    let ran = shell.run(&["sandbox", "lst", "--json"]).expect(2);
    assert_eq!(ran.problem()["title"], "misused");
    assert!(ran.err.contains("'list'"), "{}", ran.err);
}
