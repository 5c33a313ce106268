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
use serde::ser::{Serialize, SerializeSeq, Serializer};

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
    HttpResponse::Ok().json(Page {
        items: First(&state, 100),
    })
}

/// A page that borrows: the list is written without a copy of anyone.
#[derive(serde::Serialize)]
struct Page<'a> {
    items: First<'a>,
}

/// The first so many people.
struct First<'a>(&'a State, usize);

impl Serialize for First<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        for id in self.0.order.iter().take(self.1) {
            if let Some(person) = self.0.people.get(id) {
                items.serialize_element(person.value())?;
            }
        }
        items.end()
    }
}

async fn forward(state: Data<State>, id: Path<String>, body: Json<CallForwarding>) -> HttpResponse {
    state.forwarding.insert(id.into_inner(), body.into_inner());
    HttpResponse::NoContent().finish()
}

#[expect(
    clippy::disallowed_methods,
    reason = "two arguments are all its options"
)]
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
