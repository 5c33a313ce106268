//! Where a scenario comes from: the binary, a file, or a text that somebody sent.

use std::{fs, io};

use super::{Document, ScenarioError, library, parse};
use crate::catalog::ENGINE;
use crate::http::app::real_time;
use crate::model::nearest::nearest;
use crate::world::World;
use crate::world::snapshot::{self, RestoreError};

/// The largest file that is read, in bytes: a snapshot may be larger than any scenario.
const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// The text of a scenario and its name for messages.
#[derive(Debug, Clone)]
pub struct Source {
    /// The built-in scenario's name, the file's path, or what the sender calls it.
    pub name: String,
    /// The text.
    pub text: String,
    /// The text as JSON, of a built-in scenario.
    prepared: Option<&'static str>,
}

impl Source {
    /// A text that somebody sent.
    #[must_use]
    pub fn sent(text: &str) -> Self {
        Self {
            name: "text".to_owned(),
            text: text.to_owned(),
            prepared: None,
        }
    }

    /// The built-in scenario of that name, or else the file at that path.
    ///
    /// # Errors
    /// When there is neither, or the file is too large or no text.
    pub fn open(name: &str) -> Result<Self, ScenarioError> {
        if let Some(built_in) = library::find(name) {
            return Ok(Self {
                name: name.to_owned(),
                text: built_in.text.to_owned(),
                prepared: Some(built_in.prepared),
            });
        }
        let text = read(name).map_err(|message| ScenarioError::unread(name, message))?;
        Ok(Self {
            name: name.to_owned(),
            text,
            prepared: None,
        })
    }

    /// Whether the text is a snapshot document instead of a scenario.
    #[must_use]
    pub fn is_snapshot(&self) -> bool {
        self.prepared.is_none() && snapshot::is_document(&self.text)
    }

    /// The world of a snapshot document; its clock goes on from what it showed.
    ///
    /// # Errors
    /// What is wrong with the document.
    pub fn restored(&self) -> Result<World, ScenarioError> {
        let restored = snapshot::read(self.text.as_bytes())
            .and_then(|document| snapshot::restore(document, &ENGINE, real_time()));
        restored.map_err(|error| {
            let whole = ScenarioError::at_start(&self.name, error.to_string());
            match error {
                RestoreError::Unreadable(error) => ScenarioError {
                    line: error.line() as u64,
                    column: error.column() as u64,
                    ..whole
                },
                _ => whole,
            }
        })
    }

    /// The document that the text holds.
    ///
    /// # Errors
    /// What the text has too much, too little or misspelled, and where; a snapshot is none.
    pub fn document(&self) -> Result<Document, ScenarioError> {
        if self.is_snapshot() {
            let message = "this is a snapshot, which is a whole sandbox: it can be loaded, and \
                           replaces everything; it cannot be merged";
            return Err(ScenarioError::at_start(&self.name, message.to_owned()));
        }
        let prepared = self
            .prepared
            .and_then(|json| serde_json::from_str(json).ok());
        prepared.map_or_else(|| parse(&self.name, &self.text), Ok)
    }
}

fn read(path: &str) -> Result<String, String> {
    let size = fs::metadata(path)
        .map_err(|error| missing(path, &error))?
        .len();
    if size > MAX_FILE_BYTES {
        return Err(format!("the file is larger than {MAX_FILE_BYTES} bytes"));
    }
    let bytes = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    String::from_utf8(bytes).map_err(|_| "the file is not text in UTF-8".to_owned())
}

/// What is said of a name that is neither a built-in scenario nor a file.
fn missing(name: &str, error: &io::Error) -> String {
    let names = || library::BUILT_IN.iter().map(|scenario| scenario.name);
    let hint = nearest(name, names());
    let hint = hint.map_or_else(String::new, |hint| format!("; did you mean `{hint}`?"));
    let known = names().collect::<Vec<_>>().join(", ");
    let file = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file either".to_owned(),
        _ => format!("no file can be read there: {error}"),
    };
    format!("no such built-in scenario (there are {known}), and {file}{hint}")
}
