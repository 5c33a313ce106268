//! `/_sim/v1/openapi.json` and `/_sim/v1/openapi/{name}`

use hubsim::http::{Method, Operation, Space};
use serde_json::Value;

use crate::support::Hub;

#[test]
fn an_index_leads_to_three_documents() {
    let hub = Hub::start();
    let index = hub.get("/_sim/v1/openapi.json").expect(200).json();
    let items = index["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    for item in items {
        let url = item["url"].as_str().unwrap();
        let path = url.strip_prefix(&hub.server.url()).expect("on this server");
        let document = hub.send("GET", path, &[], &Value::Null).expect(200).json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert!(!document["paths"].as_object().unwrap().is_empty());
    }
    hub.get("/_sim/v1/openapi/sim").expect(200);
    hub.get("/_sim/v1/openapi/other.json").expect(404);
}

/// Every `$ref` of a document leads somewhere in it.
#[test]
fn every_reference_of_a_document_leads_somewhere() {
    for document in hubsim::http::openapi::DOCUMENTS {
        let rendered = document.render(hubsim::catalog::table());
        let mut waiting = vec![&rendered];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(Value::String(reference)) = members.get("$ref") {
                        let pointer = reference.trim_start_matches('#');
                        assert!(rendered.pointer(pointer).is_some(), "{reference}");
                    }
                    waiting.extend(members.values());
                }
                Value::Array(items) => waiting.extend(items),
                _ => {}
            }
        }
    }
}

fn document(name: &str) -> Value {
    let mut documents = hubsim::http::openapi::DOCUMENTS.iter();
    let found = documents.find(|document| document.name == name);
    found.expect("a document").render(hubsim::catalog::table())
}

/// Operations, and what their description must hold: a parameter, a status, a media type.
const PROMISES: &[(&str, &str, &str)] = &[
    (
        "webex",
        "/paths/~1v1~1adminAudit~1events/get/parameters",
        "\"from\"",
    ),
    (
        "webex",
        "/paths/~1v1~1people/get/parameters",
        "\"callingData\"",
    ),
    (
        "webex",
        "/paths/~1v1~1people/get/responses/200/content",
        "schema",
    ),
    (
        "webex",
        "/paths/~1v1~1people~1{personId}/put/responses/204",
        "done",
    ),
    (
        "webex",
        "/paths/~1v1~1licenses~1users/patch/responses/206",
        "schema",
    ),
    (
        "webex",
        "/paths/~1v1~1telephony~1config~1locations~1{locationId}/put/responses/200",
        "schema",
    ),
    (
        "webex",
        "/paths/~1v1~1access_token/post/requestBody/content",
        "application/x-www-form-urlencoded",
    ),
    (
        "webex",
        "/paths/~1v1~1people~1{personId}~1features~1intercept~1actions~1announcementUpload~1invoke\
         /post/requestBody/content",
        "multipart/form-data",
    ),
    (
        "webex",
        "/paths/~1v1~1people~1{personId}~1features~1schedules/get/parameters",
        "\"name\":\"type\"",
    ),
    (
        "hub",
        "/paths/~1_hub~1v1~1organizations~1{org}~1users~1csv~1import/post/parameters",
        "\"behavior\"",
    ),
    (
        "hub",
        "/paths/~1_hub~1v1~1organizations~1{org}~1users~1csv~1import/post/requestBody/content",
        "multipart/form-data",
    ),
];

/// Calls of the control that answer a document.
const DOCUMENTS: &[(&str, &str)] = &[
    ("~1requests/get", "application~1json"),
    ("~1requests~1unmatched/get", "application~1json"),
    ("~1openapi.json/get", "application~1json"),
    ("~1openapi~1{name}/get", "application~1json"),
    ("~1scenarios~1schema.json/get", "application~1schema+json"),
    ("~1scenarios~1{name}/get", "application~1yaml"),
    ("~1snapshots~1{name}/get", "application~1json"),
    ("~1plan~1{id}~1apply/post", "application~1json"),
    ("~1metrics/get", "text~1plain"),
    ("~1events/get", "text~1event-stream"),
    ("~1ca.pem/get", "application~1pem-certificate-chain"),
];

#[test]
fn what_the_control_answers_is_described() {
    let document = document("sim");
    for (call, media_type) in DOCUMENTS {
        let pointer = format!("/paths/~1_sim~1v1{call}/responses/200/content/{media_type}/schema");
        assert!(document.pointer(&pointer).is_some(), "{pointer}");
    }
}

#[test]
fn the_simulators_own_headers_are_parameters_where_they_are_understood() {
    for name in ["webex", "hub", "sim"] {
        let document = document(name);
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                let told = operation["parameters"].to_string();
                let has = |key: &str| told.contains(&format!("#/components/parameters/{key}\""));
                let is_open = operation["security"] == serde_json::json!([]);
                let of_world = name != "sim" && !is_open;
                let place = format!("{method} {path}");
                assert!(has("Sandbox"), "{place}");
                assert_eq!(has("At"), of_world && method == "get", "{place}");
                let changes = of_world && method != "get";
                assert_eq!(
                    (has("DryRun"), has("MaxLoss")),
                    (changes, changes),
                    "{place}"
                );
                let plan = operation["responses"]["200"].to_string();
                assert!(
                    name == "sim" || plan.contains("/PlanBody\"") == changes,
                    "{place}"
                );
            }
        }
    }
    let sim = document("sim");
    let admin = &sim["components"]["securitySchemes"]["adminToken"];
    assert_eq!(
        (&admin["in"], &admin["name"]),
        (&"header".into(), &"X-Sim-Admin-Token".into())
    );
    let shutdown = &sim["paths"]["/_sim/v1/shutdown"]["post"]["responses"]["202"];
    assert_eq!(
        shutdown["description"],
        "It was accepted. There is no body."
    );
}

#[test]
fn parameters_bodies_and_further_statuses_stand_in_the_documents() {
    for (name, pointer, part) in PROMISES {
        let document = document(name);
        let told = document.pointer(pointer).unwrap_or(&Value::Null);
        assert!(told.to_string().contains(part), "{pointer}: {told}");
    }
}

/// A path of the demo organisation; none when a part of it is not there.
fn path(hub: &Hub, operation: &Operation) -> Option<String> {
    let first = |path: &str| {
        let items = hub.get(path).expect(200).json();
        items["items"][0]["id"].as_str().map(str::to_owned)
    };
    let mut path = operation.path.to_owned();
    for name in &operation.params {
        let value = match *name {
            "personId" => hub.get("/v1/people/me").json()["id"].as_str()?.to_owned(),
            "workspaceId" => first("/v1/workspaces")?,
            "locationId" => first("/v1/locations")?,
            "licenseId" => first("/v1/licenses")?,
            "roleId" => first("/v1/roles")?,
            "orgId" => first("/v1/organizations")?,
            "subscriptionId" => first("/_hub/v1/organizations/me/subscriptions")?,
            "org" => "me".to_owned(),
            _ => return None,
        };
        path = path.replace(&format!("{{{name}}}"), &value);
    }
    Some(path)
}

/// What a schema says of an object's fields, references and compositions followed.
fn fields<'d>(
    document: &'d Value,
    schema: &'d Value,
    known: &mut Vec<&'d str>,
    needed: &mut Vec<&'d str>,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return fields(document, target.expect("a schema"), known, needed);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fields(document, part, known, needed);
    }
    let properties = schema["properties"].as_object();
    known.extend(
        properties
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str()),
    );
    let required = schema["required"].as_array();
    needed.extend(required.into_iter().flatten().filter_map(Value::as_str));
}

#[test]
fn what_a_get_answers_is_what_its_document_says() {
    let hub = Hub::with_scenario("demo");
    let table = hub.server.app().table;
    let documents = [
        (Space::Webex, document("webex")),
        (Space::Hub, document("hub")),
    ];
    let mut seen = 0;
    for (space, document) in &documents {
        let simulated = |o: &&Operation| {
            o.space == *space && o.method == Method::Get && document["paths"][o.path].is_object()
        };
        for operation in table.operations.iter().filter(simulated) {
            let Some(path) = path(&hub, operation) else {
                continue;
            };
            let answer = hub.get(&path);
            if answer.status >= 400 {
                continue;
            }
            seen += 1;
            let told = &document["paths"][operation.path]["get"]["responses"];
            let response = &told[answer.status.to_string()];
            assert!(response.is_object(), "{path} answered {}", answer.status);
            let schema = &response["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            // Lists of Contact Center are bare.
            let (schema, body) = match answer.json() {
                Value::Array(mut items) => {
                    assert_eq!(schema["type"], "array", "{path}");
                    let Some(item) = items.pop() else { continue };
                    (&schema["items"], item)
                }
                body => (schema, body),
            };
            let (mut known, mut needed) = (Vec::new(), Vec::new());
            fields(document, schema, &mut known, &mut needed);
            let sent = body.as_object().expect("an object");
            for name in needed {
                assert!(sent.contains_key(name), "{path} lacks {name}");
            }
            for name in sent.keys() {
                assert!(known.contains(&name.as_str()), "{path} has {name}");
            }
        }
    }
    assert!(seen > 60, "{seen}");
}
