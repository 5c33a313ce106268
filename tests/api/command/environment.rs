//! What the environment says to commands: nothing by mistake, and nothing of another server.

use std::process::Command;

use hubsim::options::{AuthMode, Options};

use super::program::Shell;
use super::{exec, outcome};
use crate::support::{Hub, small_world};

#[test]
fn a_misspelt_variable_is_told_by_every_command_that_asks_a_server() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "misspelt");
    let misspelt = [("HUBSIM_SANDBX", "foo")];
    let ran = shell.run_with(&["clock"], &misspelt, b"").expect(0);
    for part in ["HUBSIM_SANDBX is unknown", "Did you mean HUBSIM_SANDBOX?"] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
    let ran = shell.run_with(&["clock", "--json"], &misspelt, b"");
    let ran = ran.expect(0);
    assert_eq!(ran.problem()["title"], "unknown-variable");
    assert_eq!(ran.json()["mode"], "frozen");
    let ours = [
        "HUBSIM_BIN",
        "HUBSIM_VENV",
        "HUBSIM_SECONDS",
        "HUBSIM_SHOTS",
        "HUBSIM_CHROMIUM",
        "HUBSIM_BROWSER_VENV",
    ];
    let ours = ours.map(|name| (name, "x"));
    let ran = shell.run_with(&["clock"], &ours, b"").expect(0);
    assert_eq!(ran.err, "");
}

#[test]
fn a_variable_that_is_set_to_nothing_counts_as_not_set() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "nothing");
    let empty = [
        ("HUBSIM_SANDBOX", ""),
        ("HUBSIM_TOKEN", ""),
        ("HUBSIM_ADMIN_TOKEN", ""),
        ("HUBSIM_PORT", ""),
        ("HUBSIM_SEED", ""),
        ("HUBSIM_HTTPS", ""),
        ("HUBSIM_AUTH", ""),
        ("HUBSIM_SANDBX", ""),
    ];
    let ran = shell.run_with(&["clock"], &empty, b"").expect(0);
    assert_eq!(ran.err, "");
    let mut served = exec("echo served");
    served.envs(empty).env("HUBSIM_LOG", "");
    let (code, said) = outcome(served);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("served\n"), "{said}");
    let wrong = [("HUBSIM_SEED", "x")];
    shell.run_with(&["serve"], &wrong, b"").expect(2);
}

#[test]
fn exec_keeps_what_is_said_of_another_server_from_its_command() {
    let line = format!("{} clock --json", super::PROGRAM);
    let of_another = |command: &mut Command| {
        command
            .env("HUBSIM_URL", "http://127.0.0.1:9")
            .env("HUBSIM_SANDBOX", "foo")
            .env("HUBSIM_TOKEN", "bar");
    };
    let mut command = exec(&line);
    of_another(&mut command);
    let (code, said) = outcome(command);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("\"now\""), "{said}");

    let line = "echo ${HUBSIM_PROXY_URL-none} ${HUBSIM_CA_FILE-none} ${HUBSIM_PORT-none} $HUBSIM_ADMIN_TOKEN";
    let mut command = Command::new(super::PROGRAM);
    let words = ["exec", "--scenario", "minimal", "--admin-token", "own"];
    command.args(words).args(["--", "sh", "-c", line]);
    of_another(&mut command);
    for name in [
        "HUBSIM_PROXY_URL",
        "HUBSIM_CA_FILE",
        "HUBSIM_ADMIN_TOKEN",
        "HUBSIM_PORT",
    ] {
        command.env(name, "9");
    }
    let (code, said) = outcome(command);
    assert_eq!((code, &*said), (Some(0), "none none none own\n"));
}

#[test]
fn a_sandbox_is_reached_on_a_strict_server_by_its_name_alone() {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("adm".to_owned());
    let hub = Hub::holding(options, small_world());
    let shell = Shell::at(&hub, "strict");
    let ran = |words: &[&str]| shell.run(&[words, &["--admin-token", "adm"]].concat());
    ran(&["sandbox", "create", "s1"]).expect(0);
    ran(&["clock", "--sandbox", "s1"]).expect(0);
    ran(&["clock", "advance", "P1D", "--sandbox", "s1"]).expect(0);
    ran(&["clock", "--sandbox", "default"]).expect(0);
    let refused = ran(&["clock", "--sandbox", "nope"]).expect(1);
    assert!(refused.err.contains("(40"), "{}", refused.err);
}
