//! Phones that a file onboards: by MAC address, by activation code, for people.

use serde_json::json;

use crate::hub::rooms::{ANN, DEE, MAC, NEW, OLD, ONLY, row, start};

const TYPE: &str = "Device Type";
const MODEL: &str = "Model";
/// A phone without an address.
const BY_CODE: [(&str, &str); 2] = [(TYPE, "IP"), (MODEL, "Cisco 8865")];

/// Proves: WS-09, DEC-83
#[test]
fn by_e_mail_people_get_the_codes_of_their_phones_and_rooms_have_theirs_in_the_list() {
    let firm = start();
    let mut table = row("WORKSPACE", "=Dock", &BY_CODE);
    table.rows.push(row("USER", ANN, &BY_CODE).rows[0].clone());
    let path = "/_hub/v1/organizations/me/workspaces/csv/import?activationCodes=email";
    let send = |path: &str| firm.hub.upload(path, "text/csv", table.text());
    let mails = || {
        let path = "/_sim/v1/outbox?kind=activationCode";
        firm.hub.get(path).expect(200).json()["items"].clone()
    };
    let done = firm.finish(&send(path).expect(202).json());
    let codes = firm.codes(&done);
    assert_eq!(codes.rows.len(), 2);
    let sent = mails();
    assert_eq!(sent.as_array().unwrap().len(), 1);
    assert_eq!(sent[0]["to"], ANN);
    assert_eq!(sent[0]["activationCode"], json!(codes.rows[1][4]));
    assert!(
        sent[0]["text"]
            .as_str()
            .unwrap()
            .contains(&codes.rows[1][4])
    );

    // The code that waits is not sent twice, and nobody is written to who did not ask for it.
    let again = firm.finish(&send(path).expect(202).json());
    assert_eq!(again.actions(), ["none", "none"]);
    assert_eq!(mails(), sent);
    let refused = send(&path.replace("=email", "=pigeon"));
    assert!(refused.expect(400).text.contains("link or email"));
}

/// Proves: WS-08, WS-09, DEC-72
#[test]
fn without_a_mac_address_there_is_a_code_in_a_list_and_the_phone_enters_with_it() {
    let firm = start();
    let mut table = row("WORKSPACE", "=Dock", &BY_CODE);
    table.rows.push(row("USER", ANN, &BY_CODE).rows[0].clone());
    let done = firm.import_rooms(&table);
    assert_eq!(done.actions(), ["assigned", "assigned"], "{}", done.errors);
    let codes = firm.codes(&done);
    assert_eq!(
        codes.header,
        [
            "Username",
            "Type",
            "Location",
            "Model",
            "Activation Code",
            "Expires"
        ]
    );
    let shown: Vec<String> = codes.rows.iter().map(|row| row[..4].join("|")).collect();
    assert_eq!(
        shown,
        [
            "'=Dock|WORKSPACE|Office|Cisco 8865",
            "ann.calls@rooms.example|USER|Office|Cisco 8865"
        ]
    );
    assert_eq!(codes.rows[0][5], "2026-03-09T09:00:00.000Z");
    let code = &codes.rows[0][4];
    assert_eq!(done.outcomes[0]["changed"][0]["family"], "activationCodes");
    assert_eq!(done.outcomes[0]["changed"][0]["after"], json!(code));

    // The file once more: the code waits, and no second one is made.
    let revision = firm.world().revision;
    let again = firm.import_rooms(&table);
    assert_eq!(again.actions(), ["none", "none"]);
    assert!(
        again.warnings().contains("waits already"),
        "{}",
        again.warnings()
    );
    assert_eq!(firm.codes(&again).rows, codes.rows);
    assert_eq!(firm.world().revision, revision);

    let online = json!({"activationCode": code});
    firm.hub
        .call("POST", "/_sim/v1/simulate/deviceOnline", &online)
        .expect(200);
    assert_eq!(firm.macs("=Dock").len(), 1);
    let third = firm.import_rooms(&table);
    assert_eq!(third.actions(), ["none", "none"], "the phone is there");
    assert_eq!(
        firm.codes(&third).rows.len(),
        1,
        "and only the other code waits"
    );
}

/// Proves: WS-06
#[test]
fn update_only_in_a_row_of_a_person_fails_the_row() {
    let firm = start();
    let done = firm.import_phone(ANN, &[&BY_CODE[..], &[(ONLY, "TRUE")]].concat());
    assert_eq!(done.code(), 900_017);
    assert!(
        done.message().contains("it is for workspaces"),
        "{}",
        done.message()
    );
    let rules = done.outcomes[0]["rules"].to_string();
    assert!(rules.contains("WS-06"), "{rules}");
    let done = firm.import_phone(ANN, &[&BY_CODE[..], &[(ONLY, "FALSE")]].concat());
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
}

/// Proves: DEC-73, WS-08
#[test]
fn a_row_of_a_person_onboards_a_phone_and_changes_nothing_else() {
    let firm = start();
    let phone = [(TYPE, "IP"), (MODEL, "Cisco 8865"), (MAC, "D82E3E100103")];
    let same = [
        ("Extension", "1103"),
        ("Phone Number", "+15035550103"),
        ("Location", "Office"),
    ];
    let done = firm.import_phone(&ANN.to_uppercase(), &[&phone[..], &same[..]].concat());
    assert_eq!(done.actions(), ["assigned"], "{}", done.errors);
    assert_eq!(done.outcomes[0]["holder"]["email"], ANN);
    let id = firm.person(ANN)["id"].as_str().unwrap().to_owned();
    let devices = firm
        .hub
        .get(&format!("/v1/devices?personId={id}"))
        .expect(200);
    assert!(
        devices.text.contains("D8:2E:3E:10:01:03"),
        "{}",
        devices.text
    );
    let revision = firm.world().revision;
    for (cell, code, part) in [
        (("Extension", "1199"), 900_019, "Manage users by CSV"),
        (("Phone Number", "+15035550119"), 900_019, "+15035550103"),
        (("Phone Number", "15035550103"), 900_012, "no leading +"),
        (("Location", "Annex"), 900_019, "Office"),
        ((NEW, "TRUE"), 900_017, "for workspaces"),
        ((NEW, "OUI"), 900_013, "neither TRUE nor FALSE"),
        (("Calling Plan", "perhaps"), 900_013, "Calling Plan"),
    ] {
        let done = firm.import_phone(ANN, &[cell]);
        assert_eq!(done.code(), code, "{cell:?}: {}", done.message());
        assert!(done.message().contains(part), "{}", done.message());
    }
    let nobody = firm.import_phone("lobby@rooms.example", &phone);
    assert_eq!(nobody.code(), 900_020);
    assert_eq!(nobody.outcomes[0]["holder"]["email"], "lobby@rooms.example");
    let without = firm.import_phone(DEE, &[&phone[..2], &[(MAC, "D82E3E1001AA")]].concat());
    assert!(
        without.message().contains("Webex Calling"),
        "{}",
        without.message()
    );
    let ignored = firm.import_phone(ANN, &[(OLD, "FALSE"), ("Calling Plan", "TRUE")]);
    assert_eq!(ignored.actions(), ["none"]);
    assert!(
        ignored.warnings().contains("Calling Plan"),
        "{}",
        ignored.warnings()
    );
    assert_eq!(firm.world().revision, revision);
}

/// Proves: WS-13
#[test]
fn a_professional_workspace_takes_five_phones_and_a_common_area_one() {
    let firm = start();
    let mac = |number: usize| format!("0200000000{number:02}");
    let mut table = row(
        "WORKSPACE",
        "Boardroom",
        &[BY_CODE[0], BY_CODE[1], (MAC, &mac(0))],
    );
    for number in 1..4 {
        let mut next = table.rows[0].clone();
        next[4] = mac(number);
        table.rows.push(next);
    }
    let done = firm.import_rooms(&table);
    assert_eq!(
        done.actions(),
        ["assigned", "assigned", "assigned", "failed"]
    );
    assert!(
        done.errors.contains("there can be 5 phones"),
        "{}",
        done.errors
    );
    let done = firm.import_room("Lobby", &[BY_CODE[0], BY_CODE[1], (MAC, &mac(9))]);
    assert!(
        done.message().contains("there can be 1 phone"),
        "{}",
        done.message()
    );
}

/// Proves: WS-08, DEC-72
#[test]
fn device_cells_that_cannot_be_meant_fail_their_row_and_nothing_else_of_it_is_done() {
    let firm = start();
    let own = (MAC, "D82E3E100105");
    let free = (MAC, "D82E3E100150");
    let cases: &[(&[(&str, &str)], u64, &str)] = &[
        (
            &[(TYPE, "IP"), (MODEL, "Cisco 8865"), (MAC, "D82E3E")],
            900_017,
            "twelve hexadecimal",
        ),
        (
            &[(TYPE, "IP"), (MODEL, "Cisco 886"), free],
            900_017,
            "did you mean",
        ),
        (
            &[(TYPE, "PHONE"), (MODEL, "Cisco 8865"), free],
            900_017,
            "none of IP",
        ),
        (
            &[(TYPE, "IP"), (MODEL, "Cisco Desk Pro")],
            900_017,
            "write WEBEX",
        ),
        (
            &[(TYPE, "WEBEX"), (MODEL, "Cisco 8865")],
            900_017,
            "write IP or WEBEX_CALLING",
        ),
        (&[(TYPE, "IP"), free], 900_015, "\"Model\" is empty"),
        (
            &[(MODEL, "Cisco 8865"), free],
            900_015,
            "\"Device Type\" is empty",
        ),
        (
            &[(TYPE, "IP"), (MODEL, "Cisco 8865"), own],
            900_017,
            "is a Cisco 7841",
        ),
        (
            &[(TYPE, "IP"), (MODEL, "Polycom EE400"), free],
            400,
            "needs a password",
        ),
    ];
    let revision = firm.world().revision;
    for (cells, code, part) in cases {
        let moved = [(OLD, "FALSE"), (NEW, "TRUE")];
        let done = firm.import_room("Lobby", &[&moved[..], cells].concat());
        assert_eq!(done.code(), *code, "{cells:?}: {}", done.message());
        assert!(
            done.message().contains(part),
            "{cells:?}: {}",
            done.message()
        );
        assert_eq!(firm.world().revision, revision, "{cells:?}");
    }
    // The address of another workspace's phone.
    let other = [BY_CODE[0], BY_CODE[1], (MAC, "D82E3E100106")];
    let done = firm.import_room("=Dock", &other);
    assert_eq!(done.code(), 409, "{}", done.message());
    assert!(
        done.message().contains("used by another device"),
        "{}",
        done.message()
    );
}

/// Proves: DEC-30, DEC-71, DEC-72
#[test]
fn a_phone_that_is_there_is_not_onboarded_again_and_stands_in_one_row() {
    let firm = start();
    let revision = firm.world().revision;
    let own = (MAC, "D82E3E100105");
    let harmless: &[&[(&str, &str)]] = &[
        &[own],
        &[(TYPE, "IP")],
        &[(TYPE, "IP"), (MODEL, "cisco 7841")],
        &[(TYPE, "webex_calling"), (MODEL, "DMS Cisco 7841"), own],
    ];
    for cells in harmless {
        let done = firm.import_room("Lobby", cells);
        assert_eq!(done.actions(), ["none"], "{cells:?}: {}", done.errors);
    }
    let done = firm.import_room("Lobby", &[(MODEL, "Cisco 8865")]);
    assert!(
        done.warnings().contains("Nothing was onboarded"),
        "{}",
        done.warnings()
    );
    let mut twice = row("WORKSPACE", "Lobby", &[own]);
    twice
        .rows
        .push(row("workspace", " LOBBY ", &[(MAC, "d8:2e:3e:10:01:05")]).rows[0].clone());
    let done = firm.import_rooms(&twice);
    assert_eq!(done.actions(), ["none", "failed"]);
    assert!(done.errors.contains("line 2 already"), "{}", done.errors);
    assert_eq!(firm.world().revision, revision);
}
