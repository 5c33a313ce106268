//! `orgId` in the query: whatever a path names, the call is held to that organisation. The rows
//! come from the table itself.

use hubsim::catalog;
use hubsim::http::operation::{Access, Method, Operation};
use hubsim::http::{Fidelity, Space};
use hubsim::model::WebexId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Hub, filled, person_id};

const PARTNER: &str = "partner-full-admin";
const CORDELIA: &str = "cordelia.marsh@tidewater.example";

/// The simulated rows of the public API, but for those that name customers without acting in them.
fn rows() -> impl Iterator<Item = &'static Operation> {
    let operations = catalog::table().operations.iter();
    operations.filter(|row| {
        let own = ["/v1/wholesale/", "/v1/partner/"];
        let is_partners = own.iter().any(|prefix| row.path.starts_with(prefix));
        let is_public = row.space == Space::Webex && row.access != Access::Open;
        is_public && !is_partners && row.fidelity != Fidelity::F0
    })
}

/// A row's path with a person and a workspace that are there.
fn path_of<'a>(row: &'a Operation, person: &'a str, workspace: &'a str) -> String {
    filled(row.path, |name| match name {
        "personId" | "userId" => person,
        "workspaceId" | "placeId" => workspace,
        "orgId" | "organizationId" => "me",
        _ => "nothing",
    })
}

/// Proves: DEC-114
#[test]
fn an_organization_that_is_not_the_callers_is_found_by_no_operation() {
    let hub = Hub::with_scenario("partner");
    let person = person_id(&hub, "full-admin", "bram.finchley@harbourfinch.example");
    let room = json!({"displayName": "Cedar"});
    let room = hub.call("POST", "/v1/workspaces", &room).expect(201).json();
    let room = room["id"].as_str().expect("an id").to_owned();
    let unknown = WebexId::Organization.encode(Uuid::from_u128(7));
    let foreign = organization(&hub, "Tidewater Clinics");
    let cordelia = format!("user:{CORDELIA}");
    let callers = [
        ("full-admin", [unknown.as_str(), "no-id", person.as_str()]),
        ("user-admin", [&unknown, "no-id", &foreign]),
    ];
    let before = hub.revision();
    let mut count = 0;
    for row in rows() {
        let path = path_of(row, &person, &room);
        for (token, organizations) in callers {
            for named in organizations {
                for key in ["orgId", "org_id"] {
                    let path = format!("{path}?{key}={named}");
                    let answer = hub.send_as(token, row.method.name(), &path, &json!({}));
                    let (status, text) = (answer.status, &answer.text);
                    let is_barred = [403, 415].contains(&status) && !text.contains("items");
                    assert!(
                        status == 404 || is_barred,
                        "{} {path}: {status} {text}",
                        row.id
                    );
                    count += usize::from(status == 404);
                }
            }
        }
    }
    assert_eq!(hub.revision(), before);
    assert!(count > 3000, "{count} were asked");
    let own = format!("/v1/people?orgId={foreign}");
    hub.send_as(&cordelia, "GET", &own, &Value::Null)
        .expect(200);
}

fn organization(hub: &Hub, name: &str) -> String {
    let path = "/_hub/v1/organizations/me/customers";
    let all = hub
        .send_as(PARTNER, "GET", path, &Value::Null)
        .expect(200)
        .json();
    let mut all = all["items"].as_array().expect("customers").iter();
    let found = all.find(|it| it["name"] == name).expect("the customer");
    found["orgId"].as_str().expect("an id").to_owned()
}

/// Proves: DEC-114
#[test]
fn a_person_is_found_in_the_own_organization_and_in_no_other_that_the_caller_reaches() {
    let hub = Hub::with_scenario("partner");
    let [clinic, school] = ["Tidewater Clinics", "Larkspur School"];
    let [clinic, school] = [clinic, school].map(|name| organization(&hub, name));
    let cordelia = format!("user:{CORDELIA}");
    let person = person_id(&hub, &cordelia, CORDELIA);
    let me = hub
        .send_as(PARTNER, "GET", "/v1/people/me", &Value::Null)
        .expect(200);
    let partner = me.json()["orgId"].as_str().expect("an id").to_owned();
    let ask = |token: &str, path: &str, organization: &str| {
        let path = format!("{path}?orgId={organization}");
        hub.send_as(token, "GET", &path, &Value::Null)
    };
    let of_people = rows().filter(|row| row.method == Method::Get && row.params == ["personId"]);
    let mut found = 0;
    for row in of_people {
        let path = path_of(row, &person, "");
        for named in [&school, &partner] {
            ask(PARTNER, &path, named).expect(404);
            ask(&cordelia, &path, named).expect(404);
        }
        for token in [PARTNER, &cordelia] {
            let status = ask(token, &path, &clinic).status;
            assert!([200, 400, 404].contains(&status), "{}: {status}", row.id);
            found += usize::from(status == 200);
        }
    }
    assert!(found > 80, "{found} were found");
    let path = format!("/v1/people/{person}/features/doNotDisturb");
    let on = json!({"enabled": true, "ringSplashEnabled": true});
    let put = |token: &str, organization: &str| {
        let path = format!("{path}?orgId={organization}");
        hub.send_as(token, "PUT", &path, &on)
    };
    let before = hub.revision();
    for named in [&school, &partner, &"no-id".to_owned()] {
        put(PARTNER, named).expect(404);
        put(&cordelia, named).expect(404);
    }
    assert_eq!(hub.revision(), before);
    put(PARTNER, &clinic).expect(204);
    put(&cordelia, "me").expect(204);
    let own = ask(&cordelia, &path, &clinic).expect(200).json();
    assert_eq!(own["enabled"], true);
}
