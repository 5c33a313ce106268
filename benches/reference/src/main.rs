//! The server that hubsim is measured against: the same documents, straight from a map through
//! serde_json, without tokens, tracking, recording or rules.
//!
//! `reference PORT PEOPLE.json`, the second being an answer of `GET /v1/people`.

mod document;

use std::error::Error;
use std::{env, fs};

use actix_web::web::{Data, Json, Path, get, put};
use actix_web::{App, HttpResponse, HttpServer};
use dashmap::DashMap;

use document::{CallForwarding, People, Person};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// All that the server knows.
struct State {
    order: Vec<String>,
    people: DashMap<String, Person>,
    forwarding: DashMap<String, CallForwarding>,
}

async fn person(state: Data<State>, id: Path<String>) -> HttpResponse {
    match state.people.get(id.as_str()) {
        Some(found) => HttpResponse::Ok().json(found.value()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn people(state: Data<State>) -> HttpResponse {
    let found = state
        .order
        .iter()
        .take(100)
        .filter_map(|id| state.people.get(id));
    let items = found.map(|person| person.value().clone()).collect();
    HttpResponse::Ok().json(People { items })
}

async fn forward(state: Data<State>, id: Path<String>, body: Json<CallForwarding>) -> HttpResponse {
    state.forwarding.insert(id.into_inner(), body.into_inner());
    HttpResponse::NoContent().finish()
}

#[expect(clippy::disallowed_methods, reason = "two arguments are all its options")]
#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let [_, port, file] = arguments.as_slice() else {
        return Err("usage: reference PORT PEOPLE.json".into());
    };
    let listed: People = serde_json::from_slice(&fs::read(file)?)?;
    let state = Data::new(State {
        order: listed
            .items
            .iter()
            .map(|person| person.id.clone())
            .collect(),
        people: listed
            .items
            .into_iter()
            .map(|person| (person.id.clone(), person))
            .collect(),
        forwarding: DashMap::new(),
    });
    let application = move || {
        App::new()
            .app_data(state.clone())
            .route("/v1/people", get().to(people))
            .route("/v1/people/{id}", get().to(person))
            .route("/v1/people/{id}/features/callForwarding", put().to(forward))
    };
    HttpServer::new(application)
        .bind(("127.0.0.1", port.parse()?))?
        .run()
        .await?;
    Ok(())
}
