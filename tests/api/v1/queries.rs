//! Query parameters of every operation of the public API, as the OpenAPI document types them.

use hubsim::catalog;
use hubsim::http::openapi::DOCUMENTS;
use serde_json::{Value, json};

use crate::support::{Hub, path_to_nothing};

/// A query parameter of an operation: method, path, name, schema.
type Parameter = (String, String, String, Value);

/// The parameters of the document whose schema is more than text.
fn typed() -> Vec<Parameter> {
    let document = DOCUMENTS[0].render(catalog::table());
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let parameters = operation["parameters"].as_array();
            for one in parameters.into_iter().flatten() {
                let schema = &one["schema"];
                let is_text = schema["type"] == "string" && schema["enum"].is_null();
                if one["in"] == "query" && !is_text {
                    let name = one["name"].as_str().expect("a name");
                    let (method, name) = (method.to_uppercase(), name.to_owned());
                    found.push((method, path.clone(), name, schema.clone()));
                }
            }
        }
    }
    found
}

/// Values that a schema does not allow.
fn wrong(schema: &Value) -> Vec<String> {
    match schema["type"].as_str() {
        Some("boolean") => vec!["maybe".to_owned(), "1".to_owned()],
        Some("integer") => match schema["minimum"].as_i64() {
            Some(least) => vec!["many".to_owned(), "1.5".to_owned(), (least - 1).to_string()],
            None => vec!["many".to_owned()],
        },
        _ => vec!["NO_SUCH_WORD".to_owned()],
    }
}

#[test]
fn a_value_that_a_query_parameter_cannot_have_is_refused_by_its_name_wherever_it_stands() {
    let hub = Hub::with_scenario("partner");
    let before = hub.revision();
    let (mut tried, mut passed) = (0, Vec::new());
    for (method, path, name, schema) in typed() {
        for value in wrong(&schema) {
            tried += 1;
            // The value is refused before anybody looks for what the path names.
            let asked = format!("{}?{name}={value}", path_to_nothing(&path));
            let answer = hub.call(&method, &asked, &json!({}));
            if answer.status != 400 || !answer.text.contains(&name) {
                passed.push(format!(
                    "{method} {asked}: {} {}",
                    answer.status, answer.text
                ));
            }
        }
    }
    assert!(tried > 250, "only {tried} were tried");
    assert!(
        passed.is_empty(),
        "{} of {tried}:\n{}",
        passed.len(),
        passed.join("\n")
    );
    assert_eq!(hub.revision(), before);
}

#[test]
fn truth_values_count_in_any_case_of_letters_and_an_empty_value_is_none() {
    let hub = Hub::with_scenario("demo");
    let count = |query: &str| {
        let answer = hub.get(&format!("/v1/workspaces?{query}")).expect(200);
        answer.json()["items"].as_array().map_or(0, Vec::len)
    };
    let all = count("max=1000");
    let called = count("max=1000&calling=webexCalling");
    assert!(0 < called && called < all, "{called} of {all}");
    assert_eq!(
        count("max=1000&calling=webexCalling&includeDevices=TRUE"),
        called
    );
    assert_eq!(count("max=1000&calling=&includeDevices="), all);
}

#[test]
fn a_documented_order_of_locations_is_taken_in_both_of_its_forms() {
    let hub = Hub::with_scenario("demo");
    let names = |order: &str| -> Vec<String> {
        let path = format!("/v1/telephony/config/locations?order={order}");
        let found = hub.get(&path).expect(200).json();
        let found = found["locations"].as_array().expect("locations").iter();
        let names = found.map(|one| one["name"].as_str().expect("a name").to_owned());
        names.collect()
    };
    let mut falling = names("name-desc");
    assert_eq!(falling, names("desc"));
    falling.reverse();
    assert_eq!(falling, names("name-asc"));
}

/// What a list filters by upstream it filters by here, and nothing else: a parameter that Webex
/// does not know is passed over.
#[test]
fn lists_of_available_numbers_know_the_parameters_of_their_documents_alone() {
    let hub = Hub::with_scenario("demo");
    let person = hub.find("/v1/people?callingData=true", "extension", "1103");
    let id = person["id"].as_str().expect("an id");
    let count = |purpose: &str, query: &str| {
        let path = format!("/v1/telephony/config/people/{id}/{purpose}/availableNumbers?{query}");
        let found = hub.get(&path).expect(200).json();
        found["phoneNumbers"].as_array().map_or(0, Vec::len)
    };
    let all = count("callForwarding", "");
    assert!(all > 0);
    assert_eq!(count("callForwarding", "extension=nobodys"), 0);
    assert_eq!(count("emergencyCallbackNumber", "extension=nobodys"), all);
    assert_eq!(count("callForwarding", "ownerName=nobody"), 0);
    let free = count("secondary", "");
    assert_eq!(
        count("secondary", "ownerName=nobody&extension=nobodys"),
        free
    );
}

#[test]
fn the_settings_of_a_holder_are_asked_for_in_its_own_organization_alone() {
    let hub = Hub::with_scenario("demo");
    let person = hub.find("/v1/people?callingData=true", "extension", "1103");
    let path = format!(
        "/v1/people/{}/features/callerId",
        person["id"].as_str().expect("an id")
    );
    let own = person["orgId"].as_str().expect("an id");
    hub.get(&format!("{path}?orgId={own}")).expect(200);
    let other = hub.get(&format!(
        "{path}?orgId=Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi94"
    ));
    other.expect(404);
}
