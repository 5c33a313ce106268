//! The filters of Contact Center: RSQL over the fields of a document, as its documents show it:
//! `id=="…"`, `!=`, `=in=(…)`, `=out=(…)`, joined by `;` or `and`.

use serde_json::Value;

use crate::model::number::shorten;
use crate::refusal::Refusal;

/// The most clauses, and the most values of one.
const MOST: usize = 200;

/// A filter: all clauses must apply.
#[derive(Debug)]
pub(super) struct Filter(Vec<Clause>);

/// One comparison.
#[derive(Debug)]
struct Clause {
    field: String,
    values: Vec<String>,
    /// Whether one of the values must be there, or none.
    wanted: bool,
}

/// A search for a text in some fields.
#[derive(Debug)]
pub(super) struct Search {
    fields: Vec<String>,
    text: String,
}

/// Operators, the longer ones first, and whether the value must be there.
const OPERATORS: [(&str, bool); 4] = [
    ("=in=", true),
    ("=out=", false),
    ("==", true),
    ("!=", false),
];

/// The fields that a search looks at unless it names others.
const SEARCHED: [&str; 6] = [
    "firstName",
    "lastName",
    "email",
    "name",
    "description",
    "profileType",
];

fn wrong(text: &str, why: &str) -> Refusal {
    let shown = shorten(text);
    Refusal::bad_request(format!("filter \"{shown}\": {why}."))
}

/// Splits at a separator that stands neither in quotes nor in parentheses.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut depth, mut quote) = (vec![String::new()], 0_usize, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        match c == separator && depth == 0 && quote.is_none() {
            true => parts.push(String::new()),
            false => parts.iter_mut().last().map_or((), |part| part.push(c)),
        }
    }
    parts
}

fn plain(value: &str) -> String {
    let value = value.trim();
    let quoted = ['"', '\''].iter().find_map(|quote| {
        let inner = value.strip_prefix(*quote)?;
        inner.strip_suffix(*quote)
    });
    quoted.unwrap_or(value).to_owned()
}

impl Clause {
    fn parse(text: &str) -> Result<Self, Refusal> {
        let mut found = OPERATORS.iter();
        let found = found.find_map(|(operator, wanted)| {
            let (field, rest) = text.split_once(operator)?;
            Some((field, operator.len() > 2, rest, *wanted))
        });
        let Some((field, is_list, rest, wanted)) = found else {
            return Err(wrong(text, "it has none of ==, !=, =in= and =out="));
        };
        let values = match is_list {
            false => vec![plain(rest)],
            true => {
                let list = rest.trim().strip_prefix('(');
                let list = list.and_then(|list| list.strip_suffix(')'));
                let list = list.ok_or_else(|| wrong(text, "its values must stand in (…)"))?;
                split(list, ',').iter().map(|value| plain(value)).collect()
            }
        };
        if values.len() > MOST {
            return Err(wrong(text, "it has more than 200 values"));
        }
        Ok(Self {
            field: field.trim().to_owned(),
            values,
            wanted,
        })
    }

    fn fits(&self, document: &Value) -> bool {
        let is = |value: &Value, wanted: &str| match value {
            Value::String(text) => text.eq_ignore_ascii_case(wanted),
            other => wanted.parse::<Value>().is_ok_and(|wanted| wanted == *other),
        };
        let value = &document[self.field.as_str()];
        let found = match value {
            Value::Array(items) => {
                let mut wanted = self.values.iter();
                wanted.any(|wanted| items.iter().any(|item| is(item, wanted)))
            }
            value => self.values.iter().any(|wanted| is(value, wanted)),
        };
        found == self.wanted
    }
}

/// Fields by which nothing can be filtered (`contract`: List Users).
const UNFILTERED: [&str; 4] = [
    "organizationId",
    "xspVersion",
    "createdTime",
    "lastUpdatedTime",
];

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// 400 for what is none.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        if split(text, ',').len() > 1 {
            return Err(wrong(
                text,
                "clauses joined by , are not simulated; join them by ;",
            ));
        }
        let clauses = text.replace(" and ", ";");
        let clauses = split(&clauses, ';');
        let clauses = clauses.iter().map(|clause| Clause::parse(clause));
        let clauses = clauses.collect::<Result<Vec<_>, _>>()?;
        if clauses.len() > MOST {
            return Err(wrong(text, "it has more than 200 clauses"));
        }
        let barred = clauses
            .iter()
            .find(|it| UNFILTERED.contains(&it.field.as_str()));
        match barred {
            Some(clause) => Err(wrong(&clause.field, "this field is not for filters")),
            None => Ok(Self(clauses)),
        }
    }

    /// Whether every clause applies to a document.
    pub(super) fn fits(&self, document: &Value) -> bool {
        self.0.iter().all(|clause| clause.fits(document))
    }
}

/// Reads a search: a text, or `field=="firstName";value=="Cisco"`, or `fields=in=(…);value==…`.
///
/// # Errors
/// 400 for what is none.
pub(super) fn search(text: &str) -> Result<Search, Refusal> {
    search_in(text, &SEARCHED)
}

/// The same, in other fields where none is named.
///
/// # Errors
/// 400 for what is none.
pub(super) fn search_in(text: &str, fields: &[&str]) -> Result<Search, Refusal> {
    if !text.contains("value==") {
        return Ok(Search {
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            text: plain(text).to_lowercase(),
        });
    }
    let Filter(clauses) = Filter::parse(text)?;
    let named = |names: &[&str]| clauses.iter().find(|it| names.contains(&it.field.as_str()));
    let value = named(&["value"]).and_then(|clause| clause.values.first());
    let fields = named(&["field", "fields"]).map(|clause| clause.values.clone());
    match (fields, value) {
        (Some(fields), Some(value)) => Ok(Search {
            fields,
            text: value.to_lowercase(),
        }),
        _ => Err(wrong(text, "a search has field and value")),
    }
}

impl Search {
    /// Whether one of the fields holds the text.
    pub(super) fn fits(&self, document: &Value) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| {
            let value = document[field.as_str()].as_str();
            value.is_some_and(|value| value.to_lowercase().contains(&self.text))
        })
    }
}
