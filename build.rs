//! Prepares what a server needs at every start. Each built-in scenario's YAML text becomes JSON,
//! which is read ten times faster; the texts themselves are embedded too, for people and for error
//! messages. The list of upstream operations becomes a table of the program, which is not read.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads and writes files"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

const OPERATIONS: &str = "openapi/operations.csv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=scenarios");
    println!("cargo::rerun-if-changed={OPERATIONS}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("operations.rs"), operations()?)?;
    for entry in fs::read_dir("scenarios")? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_stem().ok_or("a scenario without a name")?;
        // What cannot be read is left to the tests and the start, which say where it is wrong.
        let read = serde_saphyr::from_str::<serde_json::Value>(&fs::read_to_string(&path)?);
        let json = read.map_or_else(|_| String::new(), |value| value.to_string());
        fs::write(out.join(name).with_extension("json"), json)?;
    }
    Ok(())
}

/// The rows of the list as values of `http::upstream::Upstream`.
fn operations() -> Result<String, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(OPERATIONS)?;
    let headers = reader.headers()?.clone();
    let mut table = String::from("&[");
    for record in reader.records() {
        let record = record?;
        let column = |name: &str| headers.iter().position(|header| header == name);
        let text = |name: &str| column(name).and_then(|column| record.get(column));
        let text = |name: &str| text(name).ok_or_else(|| format!("no column {name}"));
        let tier: u8 = text("tier")?.parse()?;
        let method = match text("method")? {
            "GET" => "Get",
            "POST" => "Post",
            "PUT" => "Put",
            "PATCH" => "Patch",
            "DELETE" => "Delete",
            other => return Err(format!("no method {other}").into()),
        };
        writeln!(
            table,
            "Upstream {{ method: Method::{method}, path: {:?}, id: {:?}, title: {:?}, \
             tier: {tier}, roles: {:?}, scopes: {:?} }},",
            text("path")?,
            text("operation")?,
            text("title")?,
            text("roles")?,
            text("scopes")?,
        )?;
    }
    table.push(']');
    Ok(table)
}
