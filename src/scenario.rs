//! Scenarios: whole organisations written down as YAML or JSON. This room turns such a text into
//! calls of the same rules that HTTP uses; it never writes into a table itself.

pub mod document;
pub mod error;
pub mod generate;
pub mod library;
pub mod load;
pub mod locate;
pub mod numbers;
pub mod reference;
pub mod schema;
pub mod source;
pub mod start;
pub mod when;
pub mod wholesale;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use error::ScenarioError;
pub use start::{start_clock, start_world};

/// The largest scenario text that is read, in bytes.
const MAX_SCENARIO_BYTES: usize = 16 * 1024 * 1024;

/// Parses a scenario. `file` is only used to name the place of an error.
///
/// # Errors
/// What the text has too much, too little or misspelled, and where.
pub fn parse(file: &str, text: &str) -> Result<Document, ScenarioError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_SCENARIO_BYTES {
        return Err(ScenarioError::at_start(file, too_large()));
    }
    let options = serde_saphyr::options! {
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| ScenarioError::from_yaml(file, text, &error))
}

fn too_large() -> String {
    format!("the scenario is larger than {MAX_SCENARIO_BYTES} bytes")
}
