//! `/v1/reports` and `/v1/report/templates`.

use std::io::{Cursor, Read};
use std::sync::Arc;

use hubsim::model::report::ReportFile;
use hubsim::model::{Organization, Report};
use hubsim::resources::made_later::FILES_MIB_MAX;
use serde_json::{Value, json};

use crate::hub::firm::Firm;
use crate::support::Hub;

const REPORTS: &str = "/v1/reports";

fn ask(hub: &Hub, body: &Value) -> String {
    let made = hub.call("POST", REPORTS, body).expect(200).json();
    assert_eq!(made["items"]["Id"], made["items"]["id"]);
    made["items"]["Id"].as_str().expect("an id").to_owned()
}

fn advance(hub: &Hub) {
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT1M"}))
        .expect(200);
}

fn read(hub: &Hub, id: &str) -> Value {
    let whole = hub.get(&format!("{REPORTS}/{id}")).expect(200).json();
    assert_eq!(whole["numberOfReports"], 1);
    whole["items"][0].clone()
}

/// The path of a report's file.
fn path_of(report: &Value) -> String {
    let url = report["downloadURL"].as_str().expect("an address");
    let path = url.split_once("/_sim").expect("the simulator's own").1;
    format!("/_sim{path}")
}

/// The lines of a report's file, the names of the columns first.
fn lines(hub: &Hub, report: &Value) -> Vec<csv::StringRecord> {
    let bytes = hub.file("full-admin", &path_of(report));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    assert_eq!(archive.len(), 1);
    let mut text = String::new();
    let mut file = archive.by_index(0).expect("a file");
    assert_eq!(file.name().expect("a name"), "report.csv");
    file.read_to_string(&mut text).expect("a text");
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

/// The lines of a new report of a template.
fn made(hub: &Hub, body: &Value) -> Vec<csv::StringRecord> {
    let id = ask(hub, body);
    advance(hub);
    lines(hub, &read(hub, &id))
}

#[test]
fn a_report_is_made_after_a_while_read_downloaded_and_deleted() {
    let hub = Hub::with_scenario("minimal");
    let id = ask(&hub, &json!({"templateId": 603}));
    let waits = read(&hub, &id);
    assert_eq!(
        (&waits["status"], waits.get("downloadURL")),
        (&json!("pending"), None)
    );
    assert_eq!(
        (&waits["title"], &waits["service"]),
        (&json!("License Usage"), &json!("Webex Onboarding"))
    );
    assert_eq!(waits["created"], "2026-03-02 09:00:00");
    assert_eq!(
        waits["createdBy"],
        hub.get("/v1/people/me").expect(200).json()["id"]
    );
    let early = format!("/_sim/v1/reports/{id}");
    hub.get(&early).expect(404);
    advance(&hub);
    let done = read(&hub, &id);
    assert_eq!(done["status"], "done");
    assert_eq!(path_of(&done), early);
    let listed = hub.get(REPORTS).expect(200).json();
    assert_eq!(listed, json!({"items": [done], "numberOfReports": 1}));
    let path = format!("{REPORTS}/{id}");
    hub.call("DELETE", &path, &Value::Null).expect(204);
    hub.get(&path).expect(404);
    hub.get(&early).expect(404);
    hub.call("DELETE", &path, &Value::Null).expect(404);
}

/// Proves: DEC-108
#[test]
fn every_template_that_is_listed_is_made_of_what_the_organization_holds() {
    let hub = Hub::with_scenario("demo");
    let templates = hub.get("/v1/report/templates").expect(200).json();
    let items = templates["items"].as_array().expect("items");
    assert_eq!(templates["numberOfTemplate"], items.len());
    let count = |path: &str, key: &str| hub.pages(path, key).len();
    let expected = [
        (601, 400),
        (602, 400),
        (
            603,
            hub.get("/v1/licenses").expect(200).json()["items"]
                .as_array()
                .map_or(0, Vec::len),
        ),
        (621, count("/v1/devices", "items")),
        (622, count("/v1/workspaces", "items")),
    ];
    for template in items {
        assert_eq!(template["Id"], template["id"]);
        let mut body = json!({"templateId": template["Id"]});
        for rule in template["validations"].as_array().expect("rules") {
            assert_eq!(rule["required"], "yes");
            if rule["field"] != "templateId" {
                body[rule["field"].as_str().expect("a field")] = json!("2026-03-02");
            }
        }
        let lines = made(&hub, &body);
        let columns = lines[0].len();
        assert!(columns >= 7, "{template}");
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() == columns));
        let known = expected.iter().find(|(id, _)| template["Id"] == *id);
        if let Some((id, count)) = known {
            assert_eq!(lines.len() - 1, *count, "{id}");
        }
    }
}

/// Proves: DEC-108
#[test]
fn a_report_tells_what_was_there_when_it_was_made() {
    let hub = Hub::with_scenario("minimal");
    let people = |lines: &[csv::StringRecord]| {
        let found = lines.iter().skip(1).map(|line| line[1].to_owned());
        found.collect::<Vec<_>>()
    };
    let new = "new@pebblebrook.example";
    let body = json!({"emails": [new], "displayName": "=Nova, \"N\""});
    hub.call("POST", "/v1/people", &body).expect(200);
    let id = ask(&hub, &json!({"templateId": "601"}));
    advance(&hub);
    hub.call("DELETE", &format!("/v1/people/{new}"), &Value::Null)
        .expect(204);
    let lines = lines(&hub, &read(&hub, &id));
    assert!(people(&lines).contains(&new.to_owned()));
    let nova = lines.iter().find(|line| &line[1] == new).expect("a line");
    assert_eq!(&nova[4], "'=Nova, \"N\"", "no spreadsheet runs it");
    let later = made(&hub, &json!({"templateId": 601}));
    assert!(!people(&later).contains(&new.to_owned()));
    let nobody = json!({"templateId": 602, "startDate": "2025-12-20", "endDate": "2025-12-20"});
    assert_eq!(made(&hub, &nobody).len(), 1, "nobody came on that day");
}

#[test]
fn what_cannot_be_reported_is_refused_and_nothing_is_kept() {
    let hub = Hub::with_scenario("minimal");
    let before = hub.revision();
    for (body, says) in [
        (json!({}), "templateId"),
        (json!({"templateId": 130}), "601, 602, 603"),
        (
            json!({"templateId": "users"}),
            "templateId must be the number",
        ),
        (
            json!({"templateId": 601.5}),
            "templateId must be the number",
        ),
        (json!({"templateId": -1}), "templateId must be the number"),
        (json!({"templateId": [601]}), "templateId"),
        (json!({"templateId": 602}), "startDate is required"),
        (
            json!({"templateId": 602, "startDate": "2026-03-01"}),
            "endDate is required",
        ),
        (
            json!({"templateId": 602, "startDate": "1 March", "endDate": "2026-03-01"}),
            "startDate must be a day as YYYY-MM-DD",
        ),
        (
            json!({"templateId": 601, "endDate": "2026-02-30"}),
            "endDate must be a day",
        ),
        (
            json!({"templateId": 602, "startDate": "2026-03-02", "endDate": "2026-03-01"}),
            "must not be after endDate",
        ),
        (
            json!({"templateId": 602, "startDate": "2026-03-02", "endDate": "2026-03-03"}),
            "must not be after today",
        ),
        (
            json!({"templateId": 602, "startDate": "2025-11-01", "endDate": "2026-03-01"}),
            "at most 90 days, but startDate to endDate are 121",
        ),
    ] {
        let refused = hub.call("POST", REPORTS, &body).expect(400);
        assert!(refused.text.contains(says), "{body}: {}", refused.text);
    }
    for query in [
        "from=2026-03-01",
        "to=2026-03-01",
        "from=x&to=y",
        "templateId=x",
    ] {
        hub.get(&format!("{REPORTS}?{query}")).expect(400);
    }
    hub.get(&format!("{REPORTS}/nothing")).expect(404);
    assert_eq!(hub.revision(), before);
}

#[test]
fn reports_are_filtered_by_id_template_service_and_day() {
    let hub = Hub::with_scenario("minimal");
    let users = ask(&hub, &json!({"templateId": 601}));
    let numbers = ask(&hub, &json!({"templateId": 611}));
    let found = |query: &str| {
        let list = hub.get(&format!("{REPORTS}?{query}")).expect(200).json();
        let items = list["items"].as_array().expect("items").iter();
        let ids = items.map(|item| item["Id"].as_str().expect("an id").to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(found("templateId=601"), std::slice::from_ref(&users));
    assert_eq!(found("service=webex%20calling"), [numbers]);
    assert_eq!(found(&format!("reportId={users}")), [users]);
    assert_eq!(found("reportId=nothing"), Vec::<String>::new());
    assert_eq!(found("from=2026-03-02&to=2026-03-03").len(), 2);
    assert_eq!(found("from=2026-03-01&to=2026-03-02"), Vec::<String>::new());
}

#[test]
fn reports_of_another_organization_are_not_there() {
    let hub = Hub::with_scenario("partner");
    let partner = "partner-full-admin";
    let made = hub.send_as(partner, "POST", REPORTS, &json!({"templateId": 601}));
    let id = made.expect(200).json()["items"]["Id"].clone();
    let id = id.as_str().expect("an id");
    advance(&hub);
    let other = "user:wilhelmina.crust@copperkettle.example";
    let empty = hub.send_as(other, "GET", REPORTS, &Value::Null);
    assert_eq!(empty.expect(200).json()["numberOfReports"], 0);
    for path in [format!("{REPORTS}/{id}"), format!("/_sim/v1/reports/{id}")] {
        hub.send_as(other, "GET", &path, &Value::Null).expect(404);
        hub.send_as(partner, "GET", &path, &Value::Null).expect(200);
    }
    hub.send_as(other, "DELETE", &format!("{REPORTS}/{id}"), &Value::Null)
        .expect(404);
}

#[test]
fn an_organization_keeps_a_hundred_reports() {
    let hub = Hub::with_scenario("minimal");
    let ids: Vec<String> = (0..100)
        .map(|_| ask(&hub, &json!({"templateId": 603})))
        .collect();
    let refused = hub.call("POST", REPORTS, &json!({"templateId": 603}));
    assert!(refused.expect(409).text.contains("at most 100 reports"));
    let oldest = format!("{REPORTS}/{}", ids[0]);
    hub.call("DELETE", &oldest, &Value::Null).expect(204);
    ask(&hub, &json!({"templateId": 603}));
    advance(&hub);
    let listed = hub.get(REPORTS).expect(200).json();
    let items = listed["items"].as_array().expect("items");
    assert!(items.len() == 100 && items.iter().all(|item| item["status"] == "done"));
}

#[test]
fn the_demo_has_a_report_that_is_done() {
    let hub = Hub::with_scenario("demo");
    let report = hub.get(REPORTS).expect(200).json()["items"][0].clone();
    assert_eq!(
        (&report["status"], &report["title"]),
        (&json!("done"), &json!("License Usage"))
    );
    let lines = lines(&hub, &report);
    let full = lines
        .iter()
        .find(|line| &line[2] == "Sub118204")
        .expect("a line");
    assert_eq!((&full[4], &full[5]), ("25", "25"));
}

/// Leaves so many bytes of the room for files, as another report with a large file would.
fn fill_up_to(firm: &Firm, left: usize) {
    let bytes = FILES_MIB_MAX * 1024 * 1024 - left;
    let cells = bytes / size_of::<String>();
    firm.change(|tx| {
        let (organization, _) = tx.list::<Organization>().next().expect("an organization");
        let report = Report {
            organization,
            template: 601,
            start: None,
            end: None,
            created: tx.now(),
            created_by: None,
            file: ReportFile::Made(Arc::new(vec![vec![String::new(); cells]])),
        };
        let id = tx.new_id::<Report>();
        tx.put(id, report)?;
        Ok(())
    });
}

#[test]
fn a_report_for_whose_file_there_is_no_room_fails_until_another_is_deleted() {
    let firm = Firm {
        hub: Hub::with_scenario("minimal"),
    };
    fill_up_to(&firm, 8 * 1024);
    let hub = &firm.hub;
    hub.call("PUT", "/_sim/v1/clock", &json!({"mode": "frozen"}))
        .expect(200);
    let everybody = json!({"templateId": 601});
    let asked: Vec<String> = (0..8).map(|_| ask(hub, &everybody)).collect();
    advance(hub);
    let states: Vec<Value> = asked.iter().map(|id| read(hub, id)).collect();
    let failed = states.iter().position(|it| it["status"] == "failed");
    let failed = failed.expect("the bound is reached");
    assert!(failed > 0, "the first has room");
    for (position, state) in states.iter().enumerate() {
        let expected = if position < failed { "done" } else { "failed" };
        assert_eq!(state["status"], expected, "{position}");
        assert_eq!(state["downloadURL"].is_null(), position >= failed);
    }
    hub.get(&format!("/_sim/v1/reports/{}", asked[failed]))
        .expect(404);
    let delete = |id: &String| hub.call("DELETE", &format!("{REPORTS}/{id}"), &Value::Null);
    delete(&asked[0]).expect(204);
    let again = ask(hub, &everybody);
    advance(hub);
    assert_eq!(read(hub, &again)["status"], "done");
}

#[test]
fn a_number_is_written_as_it_is_dialled_and_nothing_is_run_by_a_spreadsheet() {
    let hub = Hub::with_scenario("demo");
    let numbers = made(&hub, &json!({"templateId": 611}));
    let is_number = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let dialled = |cell: &str| cell.strip_prefix('+').is_some_and(is_number);
    assert!(numbers.iter().skip(1).all(|line| line.iter().any(dialled)));
    let person = json!({"emails": ["sum@quillhaven.example"], "displayName": "=SUM(A1)"});
    hub.call("POST", "/v1/people", &person).expect(200);
    let people = made(&hub, &json!({"templateId": 601}));
    let cells = people.iter().flat_map(|line| line.iter());
    let summed: Vec<&str> = cells.filter(|cell| cell.contains("SUM(A1)")).collect();
    assert!(!summed.is_empty());
    assert!(summed.iter().all(|cell| *cell == "'=SUM(A1)"), "{summed:?}");
}
