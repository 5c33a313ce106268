//! `/v1/wholesale/billing/reports`.

use serde_json::{Value, json};

use crate::hub::packages::{MARGUERITE, TEODOR};
use crate::support::{Answer, Hub, person_id};

const PARTNER: &str = "partner-full-admin";
const REPORTS: &str = "/v1/wholesale/billing/reports";

fn ask(hub: &Hub, method: &str, path: &str, body: &Value) -> Answer {
    hub.send_as(PARTNER, method, path, body)
}

fn advance(hub: &Hub, by: &str) {
    let body = json!({"by": by});
    hub.call("POST", "/_sim/v1/clock/advance", &body)
        .expect(200);
}

fn asked(hub: &Hub, kind: &str, start: &str, end: &str) -> String {
    let body = json!({"billingStartDate": start, "billingEndDate": end, "type": kind});
    let made = ask(hub, "POST", REPORTS, &body).expect(200).json();
    assert_eq!(made["category"], "RECONCILIATION");
    format!("{REPORTS}/{}", made["id"].as_str().unwrap())
}

/// The rows of a report, once it is made.
fn report(hub: &Hub, kind: &str, start: &str, end: &str) -> Vec<csv::StringRecord> {
    let own = asked(hub, kind, start, end);
    let waits = ask(hub, "GET", &own, &Value::Null).expect(200).json();
    assert_eq!(waits["status"], "IN_PROGRESS");
    assert_eq!(waits.get("tempDownloadURL"), None);
    advance(hub, "PT1M");
    let made = ask(hub, "GET", &own, &Value::Null).expect(200).json();
    assert_eq!(made["status"], "COMPLETED");
    let url = made["tempDownloadURL"].as_str().unwrap().to_owned();
    let path = url.split_once("/_sim").expect("an address").1;
    let file = hub.send("GET", &format!("/_sim{path}"), &[], &Value::Null);
    let file = file.expect(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

/// Package and days of the rows in which a text stands.
fn days(rows: &[csv::StringRecord], text: &str) -> Vec<(String, i64)> {
    let own = rows
        .iter()
        .filter(|row| row.iter().any(|cell| cell == text));
    own.map(|row| (row[2].to_owned(), row[5].parse().unwrap()))
        .collect()
}

#[test]
fn a_partner_is_billed_by_the_days_on_which_packages_were_assigned() {
    let hub = Hub::with_scenario("partner");
    let rows = report(&hub, "PARTNER", "2026-02-01", "2026-02-28");
    let found = days(&rows, "Harbour & Finch Networks");
    let wanted = [
        ("webex_calling", 56),
        ("webex_meetings", 28),
        ("webex_suite", 28),
        ("webex_voice", 28),
        ("webex_calling_standard", 28),
        ("attendant_console", 28),
    ];
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (package, count) in wanted {
        assert!(
            found.contains(&(package.to_owned(), count)),
            "{package}: {found:?}"
        );
    }
    let rows = report(&hub, "CUSTOMER", "2026-02-28", "2026-02-28");
    assert_eq!(days(&rows, "CK-1001").len(), 6);
    assert_eq!(&rows[0][8], "Copperkettle Bakeries");
}

/// Who changes the package or leaves in the period is billed for each for its days.
#[test]
fn changes_and_departures_within_the_period_are_told_apart() {
    let hub = Hub::with_scenario("partner");
    let token = crate::hub::customers::launched(&hub, "Copperkettle Bakeries");
    let path = format!("/_hub/v1/organizations/me/users/{TEODOR}/package");
    let suite = json!({"package": "webex_suite"});
    hub.send_as(&token, "PUT", &path, &suite).expect(200);
    let gone = person_id(&hub, &token, MARGUERITE);
    let path = format!("/v1/people/{gone}");
    hub.send_as(&token, "DELETE", &path, &Value::Null)
        .expect(204);
    advance(&hub, "P5D");
    let rows = report(&hub, "USER", "2026-03-01", "2026-03-06");
    let mut teodor = days(&rows, TEODOR);
    teodor.sort();
    let wanted = [
        ("webex_calling".to_owned(), 2),
        ("webex_suite".to_owned(), 5),
    ];
    assert_eq!(teodor, wanted);
    assert_eq!(days(&rows, MARGUERITE), [("webex_meetings".to_owned(), 2)]);
    assert_eq!(days(&rows, "Marguerite Scone").len(), 1);
}

#[test]
fn reports_are_listed_by_what_they_are_and_deleted() {
    let hub = Hub::with_scenario("partner");
    let first = asked(&hub, "USER", "2026-01-01", "2026-01-31");
    advance(&hub, "PT1M");
    let second = asked(&hub, "PARTNER", "2025-12-01", "2025-12-31");
    let listed = |query: &str| {
        let page = ask(&hub, "GET", &format!("{REPORTS}{query}"), &Value::Null);
        let items = page.expect(200).json()["items"].as_array().unwrap().clone();
        let ids = items.iter().map(|it| it["id"].as_str().unwrap().to_owned());
        ids.map(|id| format!("{REPORTS}/{id}")).collect::<Vec<_>>()
    };
    assert_eq!(listed(""), [second.clone(), first.clone()]);
    assert_eq!(listed("?sortBy=status"), [first.clone(), second.clone()]);
    assert_eq!(listed("?status=IN_PROGRESS"), std::slice::from_ref(&second));
    assert_eq!(listed("?type=USER"), std::slice::from_ref(&first));
    assert_eq!(
        listed("?billingStartDate=2025-12-01"),
        std::slice::from_ref(&second)
    );
    assert_eq!(
        listed("?billingEndDate=2026-01-31&max=1"),
        std::slice::from_ref(&first)
    );
    for query in ["?type=user", "?status=DONE", "?sortBy=type", "?max=0"] {
        let path = format!("{REPORTS}{query}");
        ask(&hub, "GET", &path, &Value::Null).expect(400);
    }
    ask(&hub, "DELETE", &first, &Value::Null).expect(204);
    ask(&hub, "GET", &first, &Value::Null).expect(404);
    ask(&hub, "DELETE", &first, &Value::Null).expect(404);
    assert_eq!(listed(""), [second]);
}

#[test]
fn a_report_that_cannot_be_says_why() {
    let hub = Hub::with_scenario("partner");
    let revision = hub.revision();
    let period = |start: &str, end: &str| json!({"billingStartDate": start, "billingEndDate": end});
    let mut kind = period("2026-01-01", "2026-01-31");
    kind["type"] = json!("EVERYTHING");
    let mut sub = period("2026-01-01", "2026-01-31");
    sub["subPartnerOrgId"] = json!("Y2lzY28");
    let cases = [
        (period("2026-02-30", "2026-03-01"), 400, "billingStartDate"),
        (period("2026-01-01", "soon"), 400, "YYYY-MM-DD"),
        (
            period("2026-01-01T00:00:00Z", "2026-01-02"),
            400,
            "YYYY-MM-DD",
        ),
        (period("2026-02-02", "2026-02-01"), 400, "after"),
        (period("2026-02-02", "2026-03-02"), 400, "before today"),
        (period("2020-02-02", "2026-02-01"), 400, "five years"),
        (
            json!({"billingStartDate": "2026-01-01"}),
            400,
            "billingEndDate",
        ),
        (kind, 400, "EVERYTHING"),
        (sub, 404, "Sub-partner"),
    ];
    for (body, status, part) in cases {
        let answer = ask(&hub, "POST", REPORTS, &body).expect(status);
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    assert_eq!(hub.revision(), revision);
    // Who is no partner has no reports, and nobody has a file that is not made.
    hub.send_as(
        "user:cordelia.marsh@tidewater.example",
        "GET",
        REPORTS,
        &Value::Null,
    )
    .expect(404);
    hub.get("/_sim/v1/billingReports/none").expect(404);
    for _ in 0..100 {
        asked(&hub, "USER", "2026-01-01", "2026-01-31");
    }
    let one_more = period("2026-01-01", "2026-01-31");
    ask(&hub, "POST", REPORTS, &one_more).expect(409);
}

#[test]
fn a_report_that_is_deleted_before_it_is_made_leaves_nothing_behind() {
    let hub = Hub::with_scenario("partner");
    advance(&hub, "P3D");
    let own = asked(&hub, "PARTNER", "2026-03-02", "2026-03-03");
    ask(&hub, "DELETE", &own, &Value::Null).expect(204);
    let moved = hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1M"}));
    let moved = moved.expect(200).json();
    let fired = moved["fired"].as_array().expect("what fired");
    assert!(
        fired.iter().all(|it| it["kind"] != "wholesale.report"),
        "{moved}"
    );
}
