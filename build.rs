//! Prepares the built-in scenarios: each YAML text becomes JSON, which a server reads at start ten
//! times faster. The texts themselves are embedded too, for people and for error messages.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads and writes files"
)]

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=scenarios");
    let out = PathBuf::from(env::var("OUT_DIR")?);
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
