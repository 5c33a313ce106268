//! `hubsim plan`

use serde_json::{Value, json};

use super::program::{Ran, Shell};
use crate::hub::rooms;
use crate::support::{ADA, Hub};

const HEADER: &str = "User ID/Email (Required),Webex Calling VAR Professional [Sub100001]";

/// A file that takes Calling away from Ada.
fn removal() -> String {
    format!("{HEADER}\n{ADA},FALSE\n")
}

fn totals(ran: &Ran) -> (Value, Value) {
    let totals = &ran.json()["totals"];
    (totals["loss"].clone(), totals["actions"].clone())
}

#[test]
fn people_whom_a_file_makes_or_renames_are_counted_though_no_licence_changes() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-people");
    let header = "User ID/Email (Required),First Name,Last Name,Display Name";
    let rows = format!("new@harbour.example,New,Person,New Person\n{ADA},Ada,King,Ada King\n");
    shell.file("people.csv", format!("{header}\n{rows}"));
    let told = shell.run(&["plan", "people.csv"]).expect(0).out;
    let lines: Vec<Vec<&str>> = told
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    assert!(lines.contains(&vec!["people", "1", "1", "0"]), "{told}");
    assert!(!told.contains("nothing "), "{told}");
}

#[test]
fn what_would_be_lost_is_told_and_nothing_is_done() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-loss");
    shell.file("remove.csv", removal());
    let revision = hub.revision();
    let told = shell.run(&["plan", "remove.csv"]).expect(0);
    for part in [
        "remove.csv: plan-1-",
        ", made at revision",
        "removed, as asked      1",
        "would be lost, ",
        "ada@harbour.example  ",
        "never",
        "LOSS-01  Removing a Calling licence",
        "Nothing was done; --apply does it.",
    ] {
        assert!(told.out.contains(part), "{part} is not in\n{}", told.out);
    }
    assert_eq!(told.err, "", "no bar where no terminal shows it");
    let ran = shell.run(&["plan", "remove.csv", "--json"]).expect(0);
    let (loss, actions) = totals(&ran);
    assert_eq!(actions, json!({"removed": 1}));
    assert_eq!(hub.revision(), revision);

    // As many as would be lost are allowed; one less is not.
    let loss = loss.as_u64().expect("a number");
    shell
        .run(&["plan", "remove.csv", "--max-loss", &loss.to_string()])
        .expect(0);
    let less = (loss - 1).to_string();
    let stopped = shell
        .run(&["plan", "remove.csv", "--max-loss", &less, "--apply"])
        .expect(3);
    assert!(stopped.out.contains("Nothing was done:"), "{}", stopped.out);
    shell
        .run(&["plan", "remove.csv", "--fail-on-loss", "--apply", "--json"])
        .expect(3);
    assert_eq!(hub.revision(), revision);

    let adding = shell.run(&[
        "plan",
        "remove.csv",
        "--behavior",
        "addOnly",
        "--fail-on-loss",
    ]);
    assert!(adding.expect(0).out.contains("Nothing would be lost."));
}

#[test]
fn a_workspace_file_is_known_by_its_header_and_honours_false() {
    let firm = rooms::start();
    let shell = Shell::at(&firm.hub, "plan-rooms");
    let file = rooms::row("WORKSPACE", "Lobby", &[(rooms::OLD, "FALSE")]);
    shell.file("rooms.csv", file.text());
    let told = shell.run(&["plan", "rooms.csv"]).expect(0);
    for part in [
        "removed, as asked",
        "Lobby",
        "devices.D82E3E100105",
        "LOSS-01",
    ] {
        assert!(told.out.contains(part), "{part} is not in\n{}", told.out);
    }
    let adding = ["plan", "rooms.csv", "--behavior", "addOnly", "--apply"];
    let refused = shell.run(&adding).expect(1);
    assert!(refused.err.contains("honours FALSE"), "{}", refused.err);
    shell
        .run(&["plan", "rooms.csv", "--fail-on-loss", "--apply"])
        .expect(3);
    assert_eq!(firm.held("Lobby"), [rooms::OLD]);
    shell.run(&["plan", "rooms.csv", "--apply"]).expect(0);
    assert_eq!(firm.held("Lobby"), Vec::<String>::new());
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-max");
    shell.file("remove.csv", removal());
    let all = shell.run(&["plan", "remove.csv", "--json"]).expect(0);
    let all = totals(&all).0.as_u64().expect("a number");
    assert!(all > 1, "{all}");
    let cut = shell
        .run(&["plan", "remove.csv", "--max", "1"])
        .expect(0)
        .out;
    assert!(
        cut.contains(&format!("… and {} more; --max N shows more", all - 1)),
        "{cut}"
    );
    let cut = shell
        .run(&["plan", "remove.csv", "--max", "1", "--json"])
        .expect(0)
        .json();
    assert_eq!(cut["loss"].as_array().map(Vec::len), Some(1));
    assert!(cut["truncated"].to_string().contains("loss"), "{cut}");
}

#[test]
fn apply_does_what_was_planned() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-apply");
    let people = format!("{HEADER}\nnew@harbour.example,\n");
    let ran = shell.run_with(&["plan", "-", "--apply", "--json"], &[], people.as_bytes());
    let document = ran.expect(0).json();
    assert_eq!(document["applied"]["status"], 202, "{document}");
    let found = hub
        .get("/v1/people?email=new@harbour.example")
        .expect(200)
        .json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));

    shell.file("remove.csv", removal());
    let ran = shell.run(&["plan", "remove.csv", "--apply"]).expect(0);
    assert!(ran.out.contains("Applied (202), as task "), "{}", ran.out);
    let held = hub
        .get(&format!("/v1/people?email={ADA}&callingData=true"))
        .expect(200);
    assert_eq!(held.json()["items"][0]["licenses"], json!([]));
}

#[test]
fn rows_that_would_be_refused_are_listed_with_their_line() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-rows");
    let text = format!("{HEADER}\nnot-an-address,TRUE\n{ADA},TRUE\n");
    shell.file("rows.csv", text);
    let ran = shell.run(&["plan", "rows.csv"]).expect(1);
    assert!(ran.out.contains("1 row would be refused."), "{}", ran.out);
    let line = ran.out.lines().find(|line| line.contains("not-an-address"));
    let line = line.expect("the row").trim_start();
    assert!(line.starts_with("2  not-an-address"), "{line}");
    let document = shell.run(&["plan", "rows.csv", "--json"]).expect(1).json();
    let errors = &document["tasks"][0]["errors"];
    assert_eq!(
        (&errors[0]["row"], &document["totals"]["errors"]),
        (&json!(2), &json!(1))
    );
}

#[test]
fn a_file_that_would_be_refused_is_told_by_the_servers_own_words() {
    let hub = Hub::start();
    let shell = Shell::at(&hub, "plan-files");
    let revision = hub.revision();
    for (name, bytes, sentence) in [
        ("utf16.csv", &b"\xff\xfea\0"[..], "UTF-16"),
        ("bytes.csv", b"a,b\n1,\xff\n", "Line 2 is not valid UTF-8."),
        ("semicolons.csv", b"a;b\n1;2\n", "semicolons"),
        ("nul.csv", b"User ID/Email (Required)\na\0b\n", "NUL"),
        ("quote.csv", b"User ID/Email (Required)\n\"a\n", "quote"),
        (
            "header.csv",
            b"User ID/Email (Required),Nonsense\n",
            "Nonsense",
        ),
        ("empty.csv", b"", ""),
    ] {
        shell.file(name, bytes);
        for apply in [&["plan", name][..], &["plan", name, "--apply"]] {
            let ran = shell.run(apply).expect(1);
            let start = format!("{name} would be refused (400): ");
            assert!(ran.out.starts_with(&start), "{}", ran.out);
            assert!(ran.out.contains(sentence), "{}", ran.out);
        }
        let document = shell.run(&["plan", name, "--json"]).expect(1).json();
        assert_eq!(document["response"]["status"], 400, "{document}");
    }
    assert_eq!(hub.revision(), revision);
    // A byte-order mark, and lines that end as on Windows, are as good as any.
    let text = format!("\u{feff}{HEADER}\r\n{ADA},TRUE\r\n");
    shell.file("windows.csv", text);
    shell.run(&["plan", "windows.csv"]).expect(0);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let shell = Shell::at_url("http://127.0.0.1:9", "plan-unread");
    for name in [".", "nowhere.csv"] {
        let ran = shell.run(&["plan", name, "--json"]).expect(1);
        let problem = ran.problem();
        let detail = problem["detail"].as_str().expect("a sentence");
        assert!(
            detail.starts_with(&format!("{name} cannot be read: ")),
            "{detail}"
        );
    }
}

#[test]
fn a_rehearsal_needs_no_server() {
    let shell = Shell::at_url("http://127.0.0.1:9", "plan-offline");
    let header = "User ID/Email (Required),Webex Calling VAR Professional [Sub119911],\
                  Webex Calling VAR Professional [Sub121331]";
    shell.file(
        "move.csv",
        format!("{header}\njoaquin.thornfield@quillhaven.example,FALSE,TRUE\n"),
    );
    let ran = shell
        .run(&["plan", "move.csv", "--scenario", "demo", "--fail-on-loss"])
        .expect(0);
    assert!(
        ran.out.contains("swapped, everything stays      1"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("a rehearsal without a server"),
        "{}",
        ran.out
    );
    shell.file(
        "take.csv",
        format!("{header}\njoaquin.thornfield@quillhaven.example,FALSE,FALSE\n"),
    );
    let take = [
        "plan",
        "take.csv",
        "--scenario",
        "demo",
        "--fail-on-loss",
        "--json",
    ];
    let (loss, _) = totals(&shell.run(&take).expect(3));
    assert!(loss.as_u64() > Some(20), "{loss}");
    let unknown = shell
        .run(&["plan", "move.csv", "--scenario", "nope"])
        .expect(1);
    assert!(
        unknown.err.contains("no such built-in scenario"),
        "{}",
        unknown.err
    );
}

/// The file of a wholesale customer, whom the partner's administrator names.
#[test]
fn the_file_of_a_wholesale_customer_tells_who_would_be_deleted() {
    let hub = Hub::with_scenario("partner");
    let customers = "/_hub/v1/organizations/me/customers";
    let partner = "partner-full-admin";
    let listed = hub.send_as(partner, "GET", customers, &Value::Null).json();
    let items = listed["items"].as_array().unwrap();
    let bakery = items.iter().find(|it| it["externalId"] == "CK-1001");
    let organization = bakery.unwrap()["orgId"].as_str().unwrap();
    let shell = Shell::at(&hub, "plan-wholesale");
    let header = "User ID/Email (Required),Webex Calling,Webex Calling Standard,Webex Suite,Webex \
                  Voice,Webex Meetings,Customer Assist";
    let row = format!("teodor.rye@copperkettle.example{}", ",FALSE".repeat(6));
    shell.file("delete.csv", format!("{header}\n{row}\n"));
    let plan = [
        "plan",
        "delete.csv",
        "--org",
        organization,
        "--token",
        partner,
    ];
    let told = shell.run(&plan).expect(0).out;
    let lines: Vec<Vec<&str>> = told
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    assert!(lines.contains(&vec!["people", "0", "0", "1"]), "{told}");
    assert!(told.contains("LOSS-05  Deleting a person"), "{told}");
    assert!(told.contains("+15035550132"), "{told}");
}
