//! Columns by their names: in any order, in any case, each once.

use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// What a name in a header means.
#[derive(Debug, Clone, PartialEq)]
pub enum Known<C> {
    /// A column.
    Column(C),
    /// A column that is accepted and not read, with the reason.
    Ignored(String),
    /// A column that can be named but not accepted.
    Refused(Refusal),
}

impl<C> Known<C> {
    /// The same of another kind of column.
    pub fn map<D>(self, column: impl FnOnce(C) -> D) -> Known<D> {
        match self {
            Self::Column(known) => Known::Column(column(known)),
            Self::Ignored(reason) => Known::Ignored(reason),
            Self::Refused(refusal) => Known::Refused(refusal),
        }
    }
}

/// The columns that a header names, and warnings about those that are not read.
///
/// # Errors
/// 900009 for a name that nobody knows, with the nearest of `names`; 900016 for a column that
/// stands there twice.
pub fn columns<C: PartialEq>(
    header: &[String],
    names: &[String],
    find: impl Fn(&str) -> Option<Known<C>>,
) -> Result<(Vec<Option<C>>, Vec<String>), Refusal> {
    let mut found: Vec<Option<C>> = Vec::with_capacity(header.len());
    let mut warnings = Vec::new();
    for name in header {
        let column = match find(name) {
            Some(Known::Column(column)) => column,
            Some(Known::Ignored(reason)) => {
                warnings.push(reason);
                found.push(None);
                continue;
            }
            Some(Known::Refused(refusal)) => return Err(refusal),
            None => return Err(unknown(name, names)),
        };
        if let Some(first) = found
            .iter()
            .position(|known| known.as_ref() == Some(&column))
        {
            let detail = format!(
                "Columns {} and {} of the header are the same: \"{}\".",
                first + 1,
                found.len() + 1,
                shorten(name),
            );
            return Err(Refusal::new(ErrorKind::NotCsv, detail));
        }
        found.push(Some(column));
    }
    Ok((found, warnings))
}

fn unknown(name: &str, names: &[String]) -> Refusal {
    let shown = shorten(name);
    let detail = match nearest(name, names.iter().map(String::as_str)) {
        Some(meant) => format!("Header \"{shown}\" is not known; the nearest is \"{meant}\"."),
        None => format!("Header \"{shown}\" is not known."),
    };
    Refusal::new(ErrorKind::UnknownHeader, detail).by("DEC-27")
}
