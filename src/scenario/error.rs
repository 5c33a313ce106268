//! What is wrong with a scenario, and where: file, line, column and the path in the document.

use std::fmt;

use super::locate::locate;

/// One error of a scenario. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ScenarioError {
    /// The name of the built-in scenario, the path of the file, or `text`.
    pub file: String,
    /// Line of the place.
    pub line: u64,
    /// Column of the place.
    pub column: u64,
    /// Where in the document, for example `organizations[0].people[12].licenses[0]`.
    pub path: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl ScenarioError {
    /// An error that concerns the text as a whole.
    #[must_use]
    pub fn at_start(file: &str, message: String) -> Self {
        Self {
            file: file.to_owned(),
            line: 1,
            column: 1,
            path: None,
            message,
        }
    }

    /// An error found at a place of the document; line and column are looked up in the text.
    /// Something that a `generate` section produced has no place of its own: then the nearest
    /// part of the path that stands in the text is named.
    #[must_use]
    pub fn at_path(file: &str, text: &str, path: &str, message: String) -> Self {
        let (line, column) = locate(text, path);
        let path = (!path.is_empty()).then(|| path.to_owned());
        Self {
            file: file.to_owned(),
            line,
            column,
            path,
            message,
        }
    }

    /// What the YAML reader found.
    pub(super) fn from_yaml(file: &str, error: &serde_saphyr::Error) -> Self {
        let place = error.location();
        let text = error.without_snippet().to_string();
        let message = without_place(&text).to_owned();
        Self {
            file: file.to_owned(),
            line: place.map_or(1, |place| place.line()),
            column: place.map_or(1, |place| place.column()),
            path: None,
            message,
        }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            message,
            ..
        } = self;
        write!(formatter, "{file}:{line}:{column}: {message}")?;
        match &self.path {
            Some(path) => write!(formatter, " (at {path})"),
            None => Ok(()),
        }
    }
}

/// The reader ends its messages with the place, which stands in its own fields here.
fn without_place(message: &str) -> &str {
    let before = message.rsplit_once(" at line ").map(|(before, _)| before);
    before.map_or(message, |before| before.trim_end_matches(','))
}
