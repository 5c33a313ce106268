//! What is wrong with a scenario, and where: file, line, column and the path in the document.

use std::fmt;

use super::locate::{container_at, locate, path_at};
use crate::model::nearest::nearest;
use crate::model::number::shorten;

/// One error of a scenario. Lines and columns count from 1; what cannot be read has none: 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ScenarioError {
    /// The name of the built-in scenario, the path of the file, or `text`.
    pub file: String,
    /// Line of the place.
    pub line: u64,
    /// Column of the place.
    pub column: u64,
    /// Where in the document, for example `organizations[0].people[12].licenses[0]`; empty for
    /// what concerns the document as a whole.
    pub path: String,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl ScenarioError {
    /// An error that concerns the text as a whole.
    #[must_use]
    pub fn at_start(file: &str, message: String) -> Self {
        Self::new(file, (1, 1), String::new(), message)
    }

    /// A file that is not there or cannot be read.
    pub(super) fn unread(file: &str, message: String) -> Self {
        Self::new(file, (0, 0), String::new(), message)
    }

    /// An error found at a place of the document; line and column are looked up in the text.
    /// Something that a `generate` section produced has no place of its own: then the nearest
    /// part of the path that stands in the text is named.
    #[must_use]
    pub fn at_path(file: &str, text: &str, path: &str, message: String) -> Self {
        Self::new(file, locate(text, path), path.to_owned(), message)
    }

    /// What the YAML reader found in the text.
    pub(super) fn from_yaml(file: &str, text: &str, error: &serde_saphyr::Error) -> Self {
        let error = error.without_snippet();
        let place = error.location();
        let place = place.map_or((1, 1), |place| (place.line(), place.column()));
        let said = error.to_string();
        let said = without_place(&said);
        if let Some(place) = tab(text, said, place.0) {
            let message = "a tab indents this line; YAML takes blanks only".to_owned();
            let path = path_at(text, place);
            return Self::new(file, place, path, message);
        }
        // What is missing has no place: the mapping that lacks it is named.
        if matches!(error, serde_saphyr::Error::SerdeMissingField { .. }) {
            let path = container_at(text, place);
            let place = locate(text, &path);
            return Self::new(file, place, path, said.to_owned());
        }
        let wrong = WRONG_TYPES.iter().find(|(found, _)| *found == said);
        let message = wrong.map_or(said, |(_, message)| message);
        let message = misnamed(error).unwrap_or_else(|| message.to_owned());
        Self::new(file, place, path_at(text, place), message)
    }

    fn new(file: &str, (line, column): (u64, u64), path: String, message: String) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column,
            path,
            message,
        }
    }
}

const NO_TEXT: &str = "this must be a single value, not a list or a mapping";

/// What the reader says of values of another type, and what is said instead.
const WRONG_TYPES: &[(&str, &str)] = &[
    ("invalid i64", "this must be a whole number"),
    (
        "invalid i32",
        "this must be a whole number from -2147483648 to 2147483647",
    ),
    ("invalid u64", "this must be a whole number of at least 0"),
    ("invalid u32", "this must be a whole number of at least 0"),
    ("invalid u16", "this must be a whole number from 0 to 65535"),
    ("invalid u8", "this must be a whole number from 0 to 255"),
    ("invalid floating point", "this must be a number"),
    ("invalid boolean", "this must be true or false"),
    (
        "expected mapping start",
        "this must be a mapping, written as `key: value`",
    ),
    (
        "expected sequence start",
        "this must be a list, each item on a line of its own after `- `, or in brackets",
    ),
    ("expected string scalar", NO_TEXT),
    ("expected scalar", NO_TEXT),
    ("externally tagged enum expected scalar or mapping", NO_TEXT),
    (
        "cannot deserialize null into string; use Option<String>",
        "this must be a text, and nothing is written here",
    ),
];

/// What is said of a name that is not known at its place, or stands there twice.
fn misnamed(error: &serde_saphyr::Error) -> Option<String> {
    use serde_saphyr::Error;
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let shown = |key: &String| format!("`{}`", shorten(key));
            let key = key.as_ref().map_or_else(|| "a key".to_owned(), shown);
            Some(format!("{key} stands twice in this mapping; write it once"))
        }
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => {
            let (shown, hint) = (shorten(variant), meant(variant, expected));
            Some(format!(
                "`{shown}` is not among the values that are known here{hint}"
            ))
        }
        Error::SerdeUnknownField {
            field, expected, ..
        } => {
            let (shown, hint) = (shorten(field), meant(field, expected));
            Some(format!("unknown field `{shown}`{hint}"))
        }
        _ => None,
    }
}

/// The nearest of the known names, and all of them.
fn meant(name: &str, known: &[&str]) -> String {
    let hint = nearest(name, known.iter().copied());
    let hint = hint.map_or_else(String::new, |hint| format!("; did you mean `{hint}`?"));
    match known {
        [] => hint,
        known => format!("{hint} (known are {})", known.join(", ")),
    }
}

/// Where a tab indents, when that is what the reader stumbled over: it names the line before.
fn tab(text: &str, said: &str, line: u64) -> Option<(u64, u64)> {
    if !said.contains("tab") {
        return None;
    }
    let lines = (1..).zip(text.lines());
    let mut from = lines.skip_while(|(number, _)| *number < line);
    from.find_map(|(number, line)| {
        let indent = line.chars().take_while(|sign| sign.is_whitespace());
        let column = indent.into_iter().position(|sign| sign == '\t')?;
        Some((number, column as u64 + 1))
    })
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
        match line {
            0 => write!(formatter, "{file}: {message}")?,
            _ => write!(formatter, "{file}:{line}:{column}: {message}")?,
        }
        match self.path.as_str() {
            "" => Ok(()),
            path => write!(formatter, " (at {path})"),
        }
    }
}

/// The reader ends its messages with the place, which stands in its own fields here.
fn without_place(message: &str) -> &str {
    let before = message.rsplit_once(" at line ").map(|(before, _)| before);
    before.map_or(message, |before| before.trim_end_matches(','))
}
