//! `/_sim/v1/openapi.json` and `/_sim/v1/openapi/{name}`

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
