//! Reads a filter: comparisons in parentheses, joined by `;` or `and`, which bind tighter than `,`
//! and `or`.

use super::fields::Fields;
use super::operators::OPERATORS;
use super::{Comparison, Filter};
use crate::model::number::shorten;

/// The longest filter, the most comparisons in one, the most values in all of them, and how many
/// parentheses may stand in each other.
const LENGTH_MAX: usize = 8000;
const COMPARISONS_MAX: usize = 100;
const VALUES_MAX: usize = 200;
const DEPTH_MAX: usize = 10;

/// Reads a filter.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(text: &str, fields: &Fields) -> Result<Filter, String> {
    if text.len() > LENGTH_MAX {
        return Err(format!("it is longer than {LENGTH_MAX} bytes"));
    }
    let mut reader = Reader {
        rest: text,
        fields,
        comparisons: 0,
        values: 0,
    };
    let filter = reader.any(0)?;
    match reader.rest.trim_start() {
        "" => Ok(filter),
        rest => Err(format!(
            "\"{}\" joins nothing; comparisons are joined by ; or , and a value with blanks or \
             signs stands in quotes",
            shorten(rest)
        )),
    }
}

struct Reader<'t> {
    rest: &'t str,
    fields: &'t Fields,
    comparisons: usize,
    values: usize,
}

/// Letters that end a name or a value that stands in no quotes (RSQL: reserved).
fn is_reserved(letter: char) -> bool {
    letter.is_whitespace() || "\"'();,=!~<>".contains(letter)
}

impl<'t> Reader<'t> {
    fn any(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.all(depth)?];
        while self.joins(",", "or") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Filter::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.one(depth)?];
        while self.joins(";", "and") {
            parts.push(self.one(depth)?);
        }
        Ok(one_or(parts, Filter::All))
    }

    fn one(&mut self, depth: usize) -> Result<Filter, String> {
        if !self.takes("(") {
            return self.comparison().map(Filter::Is);
        }
        if depth == DEPTH_MAX {
            return Err(format!(
                "at most {DEPTH_MAX} parentheses stand in each other"
            ));
        }
        let part = self.any(depth + 1)?;
        match self.takes(")") {
            true => Ok(part),
            false => Err("a ) is missing".to_owned()),
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    /// A sign, or a word that ends there.
    fn joins(&mut self, sign: &str, word: &str) -> bool {
        if self.takes(sign) {
            return true;
        }
        let ends = |rest: &&str| {
            let next = rest.chars().next();
            next.is_none_or(|it| it.is_whitespace() || it == '(')
        };
        let found = self.rest.strip_prefix(word).filter(ends);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// Letters up to the next reserved one.
    fn plain(&mut self) -> &'t str {
        let rest = self.rest.trim_start();
        let end = rest.find(is_reserved).unwrap_or(rest.len());
        let (found, rest) = rest.split_at(end);
        self.rest = rest;
        found
    }

    fn comparison(&mut self) -> Result<Comparison, String> {
        self.comparisons += 1;
        if self.comparisons > COMPARISONS_MAX {
            return Err(format!("it has more than {COMPARISONS_MAX} comparisons"));
        }
        let name = self.plain();
        if name.is_empty() {
            return Err("a field is missing; a comparison is like name==\"value\"".to_owned());
        }
        let rest = self.rest.trim_start();
        let operators = OPERATORS.iter();
        let operators = operators.filter(|(spelled, ..)| rest.starts_with(spelled));
        let Some((spelled, operator, wanted)) = operators.max_by_key(|(it, ..)| it.len()) else {
            let shown = shorten(name);
            return Err(format!(
                "{shown} is followed by no operator such as ==, !=, =in= and =out="
            ));
        };
        let field = self.fields.find(name)?;
        self.rest = rest.get(spelled.len()..).unwrap_or_default();
        let values = self.values(&format!("{name}{spelled}"), operator.takes())?;
        for value in &values {
            let suits = operator.suits(field.kind, value);
            suits.map_err(|why| format!("{name}{spelled}{}: {why}", shorten(value)))?;
        }
        Ok(Comparison {
            field: field.clone(),
            operator: *operator,
            wanted: *wanted,
            values,
        })
    }

    /// One value, or several in parentheses.
    fn values(
        &mut self,
        before: &str,
        (fewest, most, are_many): (usize, usize, bool),
    ) -> Result<Vec<String>, String> {
        if !are_many {
            return Ok(vec![self.value(before)?]);
        }
        if !self.takes("(") {
            return Err(format!("the values of {before} must stand in (…)"));
        }
        let mut values = vec![self.value(before)?];
        while self.takes(",") {
            values.push(self.value(before)?);
        }
        if !self.takes(")") {
            return Err("a ) is missing".to_owned());
        }
        match (fewest..=most).contains(&values.len()) {
            true => Ok(values),
            false => Err(format!("{before} takes {most} values")),
        }
    }

    /// A text in quotes, in which a backslash stands before a quote or a backslash, or letters
    /// without blanks and signs.
    fn value(&mut self, before: &str) -> Result<String, String> {
        self.values += 1;
        if self.values > VALUES_MAX {
            return Err(format!("it has more than {VALUES_MAX} values"));
        }
        let rest = self.rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
            return match self.plain() {
                "" => Err(format!(
                    "a value is missing after {before}; an empty one is ''"
                )),
                value => Ok(value.to_owned()),
            };
        };
        let mut value = String::new();
        let mut letters = rest.char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            match letter {
                '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
                _ if letter == quote => {
                    self.rest = rest.get(place + 1..).unwrap_or_default();
                    return Ok(value);
                }
                _ => value.push(letter),
            }
        }
        Err("a quote is not closed".to_owned())
    }
}

/// Parts that are joined, or the only one.
fn one_or(mut parts: Vec<Filter>, joined: fn(Vec<Filter>) -> Filter) -> Filter {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            joined(parts)
        }
    }
}
