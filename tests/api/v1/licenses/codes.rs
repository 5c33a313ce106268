//! Every documented error of `PATCH /v1/licenses/users`, with its exact words.

use serde_json::{Value, json};

use super::{license, patch, person, text};
use crate::support::Hub;

/// People of whom each stands just before one of the errors.
const SCENARIO: &str = r#"
name: codes
description: One organisation that sells everything the licence request can refuse.
organizations:
  - name: Codes
    domain: codes.example
    country: US
    subscriptions:
      - id: Sub100001
        name: Everything
        status: active
        createdAt: -P400D
        endDate: +P330D
        licenses:
          - {name: Webex Calling - Professional, totalUnits: 10}
          - {name: Webex Calling - Standard, totalUnits: 10}
          - {name: Customer Experience - Essential, totalUnits: 10}
          - {name: Webex Attendant Console, totalUnits: 10}
          - {name: Messaging, totalUnits: 10}
          - {name: Meeting - Webex Meeting Center, totalUnits: 10, siteUrl: codes.webex.com}
          - {name: Webex Messenger, totalUnits: 10}
          - {name: Basic Messaging, totalUnits: -1}
          - {name: Basic Space Meetings, totalUnits: -1}
          - {name: Screen Share, totalUnits: -1}
      - id: Sub200002
        name: Renewal
        status: active
        createdAt: -P10D
        endDate: +P720D
        licenses:
          - {name: Webex Calling - Professional, totalUnits: 10}
    locations:
      - name: Office
        address: {address1: 1 Main, city: Portland, state: OR, postalCode: "97201", country: US}
        timeZone: America/Los_Angeles
        calling: {mainNumber: "+15035550100", numbers: ["+15035550100-+15035550119"]}
    people:
      - {firstName: Full, lastName: Admin, roles: [id_full_admin]}
      - {firstName: Pat, lastName: Professional, location: Office, extension: "1101",
         licenses: ["Webex Calling - Professional [Sub100001]"]}
      - {firstName: Sam, lastName: Standard, location: Office, extension: "1102",
         licenses: ["Webex Calling - Standard"]}
      - {firstName: Cat, lastName: Assist, location: Office, extension: "1103",
         licenses: ["Customer Experience - Essential"]}
      - {firstName: Bea, lastName: Bare}
      - {firstName: Mel, lastName: Messages, licenses: ["Basic Messaging"]}
      - {firstName: Sue, lastName: Shares, licenses: ["Screen Share"]}
"#;

const PROFESSIONAL: &str = "Webex Calling - Professional";
const STANDARD: &str = "Webex Calling - Standard";
const ASSIST: &str = "Customer Experience - Essential";
const CONSOLE: &str = "Webex Attendant Console";

/// What a case asks of a licence.
#[derive(Clone, Copy)]
enum Ask {
    /// Give it with properties of its own.
    Add,
    /// Give it without properties.
    Bare,
    /// Give it with an unknown location.
    Nowhere,
    /// Take it away.
    Remove,
}

/// Code, who, what is asked, `message`, and `description` in which `{}` is the last licence.
type Case = (
    i64,
    &'static str,
    &'static [(&'static str, Ask)],
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const CASES: &[Case] = &[
    (400, "Bea Bare", &[(PROFESSIONAL, Ask::Nowhere)], "Unable to find location", "Unable to find location."),
    (400_112, "Pat Professional", &[(PROFESSIONAL, Ask::Remove), (STANDARD, Ask::Add)], "License assignment failed", "Changing a user's Webex Calling license from Professional to Standard is not allowed. The following license(s) could not be applied as requested: {}"),
    (400_118, "Bea Bare", &[("Webex Messenger", Ask::Bare)], "License management not supported", "User management of Messenger license {} is not supported"),
    (400_404, "Pat Professional", &[(STANDARD, Ask::Add)], "License conflict", "User cannot have both Webex Calling Professional and Standard License together. The following license(s) could not be applied as requested: {}"),
    (400_406, "Sam Standard", &[(CONSOLE, Ask::Bare)], "License conflict", "User cannot have both Webex Calling Standard and Webex Attendant Console licenses together. The following license(s) could not be applied as requested: {}"),
    (400_407, "Sam Standard", &[(ASSIST, Ask::Add)], "License conflict", "User cannot have both Webex Calling Standard and CX Essential licenses together. The following license(s) could not be applied as requested: {}"),
    (400_408, "Bea Bare", &[(CONSOLE, Ask::Bare)], "License prerequisite missing", "User needs Webex Calling Professional license to be assigned before assigning Webex Attendant Console: {}"),
    (400_410, "Cat Assist", &[(ASSIST, Ask::Remove), (STANDARD, Ask::Add)], "License downgrade not allowed", "Changing a user's license from CX Essential to Webex Calling Standard is not allowed. The following license(s) could not be applied as requested: {}"),
    (400_411, "Bea Bare", &[(PROFESSIONAL, Ask::Bare)], "License properties missing", "Each Webex Calling license should contain its own calling properties. The following license(s) do not have properties: {}"),
    (400_413, "Pat Professional", &[("Sub200002", Ask::Add)], "License conflict", "Could not apply the following license(s): {} as the user can be assigned only one of licenses with the offer code from the list:"),
    (700_003, "Bea Bare", &[("Messaging", Ask::Bare)], "License prerequisite missing", "Free teams messaging mandatory for paid teams messaging license. The following license could not be applied as requested: {}"),
    (700_004, "Mel Messages", &[("Meeting - Webex Meeting Center", Ask::Bare)], "License prerequisite missing", "Free teams meeting mandatory for paid teams meeting license. The following license could not be applied as requested: {}"),
    (700_005, "Bea Bare", &[("Basic Space Meetings", Ask::Bare)], "License prerequisite missing", "Free teams messaging mandatory for teams meeting license. The following license(s) could not be applied as requested: {}"),
    (700_006, "Sue Shares", &[("Screen Share", Ask::Remove)], "License removal not allowed", "Screen Share {} is implicitly assigned and cannot be removed"),
];

fn start() -> Hub {
    let hub = Hub::with_scenario("minimal");
    let path = "/_sim/v1/scenarios?mode=replace";
    hub.upload(path, "application/yaml", SCENARIO).expect(200);
    hub
}

/// One item of the request; a subscription stands for its Professional.
fn item(hub: &Hub, (name, ask): (&str, Ask)) -> Value {
    let id = match name.starts_with("Sub") {
        true => license(hub, PROFESSIONAL, name),
        false => license(hub, name, "Sub100001"),
    };
    let properties = |location: &str| json!({"locationId": location, "extension": "1199"});
    match ask {
        Ask::Add => json!({"id": id, "properties": properties(&hub.location("Office"))}),
        Ask::Nowhere => json!({"id": id, "properties": properties("bm93aGVyZQ")}),
        Ask::Bare => json!({"id": id}),
        Ask::Remove => json!({"id": id, "operation": "remove"}),
    }
}

fn refused(hub: &Hub, body: &Value, code: i64, message: &str, description: &str) {
    let before = hub.revision();
    let refused = patch(hub, body).expect(400);
    assert!(!refused.header("x-hubsim-explain").is_empty(), "{code}");
    let refused = refused.json();
    assert_eq!(refused["errors"][0]["errorCode"], code, "{refused}");
    assert_eq!(refused["message"], message, "{refused}");
    assert_eq!(
        refused["errors"][0]["description"], description,
        "{refused}"
    );
    assert_eq!(hub.revision(), before, "{code}");
}

/// Proves: COMBO-01, COMBO-02, COMBO-03, COMBO-05, COMBO-07, COMBO-12, MOVE-17
#[test]
fn every_documented_conflict_has_its_code_and_its_words() {
    let hub = start();
    for (code, name, asked, message, description) in CASES {
        let who = text(&person(&hub, name)["id"]);
        let licenses: Vec<Value> = asked.iter().map(|one| item(&hub, *one)).collect();
        let last = text(&licenses.last().expect("a licence")["id"]);
        let body = json!({"personId": who, "licenses": licenses});
        refused(
            &hub,
            &body,
            *code,
            message,
            &description.replace("{}", &last),
        );
    }
}

#[test]
fn an_unknown_license_and_an_unknown_site_are_named_back() {
    let hub = start();
    let who = text(&person(&hub, "Bea Bare")["id"]);
    let body = json!({"personId": who, "licenses": [{"id": "bm9uZQ"}]});
    let description = "License not recognized bm9uZQ";
    refused(&hub, &body, 400_000, "License not recognized", description);
    let site = json!({"siteUrl": "elsewhere.webex.com", "accountType": "attendee"});
    let body = json!({"personId": who, "siteUrls": [site]});
    let description = "Request contains invalid attendee siteUrls: elsewhere.webex.com";
    refused(&hub, &body, 400_216, "Invalid site URL", description);
}
