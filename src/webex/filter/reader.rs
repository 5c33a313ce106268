//! Reads a filter word by word.

use std::borrow::Cow;

use super::Operator::{After, Present};
use super::words::{Word, words};
use super::{Attributes, Comparison, Filter, Operator};
use crate::model::number::shorten;
use crate::world::Moment;

/// The longest filter, the most comparisons in one, and how deep they may stand in each other.
const LENGTH_MAX: usize = 2000;
const COMPARISONS_MAX: usize = 50;
const DEPTH_MAX: usize = 10;

/// Reads a filter, by some attributes or by any.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(text: &str, known: Option<Attributes>) -> Result<Filter, String> {
    if text.len() > LENGTH_MAX {
        let message = format!("filter must not be longer than {LENGTH_MAX} characters.");
        return Err(message);
    }
    let words = words(text)?;
    let mut reader = Reader {
        words: words.iter().peekable(),
        known,
        within: None,
        comparisons: 0,
    };
    let filter = reader.any(0)?;
    match reader.words.next() {
        None => Ok(filter),
        Some(_) => Err("filter: comparisons are joined by and or or.".to_owned()),
    }
}

struct Reader<'w> {
    words: std::iter::Peekable<std::slice::Iter<'w, Word>>,
    known: Option<Attributes>,
    /// The list in whose elements the comparisons stand.
    within: Option<String>,
    comparisons: usize,
}

impl Reader<'_> {
    fn takes(&mut self, wanted: &str) -> bool {
        let is_next =
            |word: &&Word| matches!(word, Word::Plain(it) if it.eq_ignore_ascii_case(wanted));
        self.words.next_if(is_next).is_some()
    }

    /// Comparisons joined by `or`, which binds less than `and`.
    fn any(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.all(depth)?];
        while self.takes("or") {
            parts.push(self.all(depth)?);
        }
        Ok(Filter::Any(parts))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.one(depth)?];
        while self.takes("and") {
            parts.push(self.one(depth)?);
        }
        Ok(Filter::All(parts))
    }

    fn one(&mut self, depth: usize) -> Result<Filter, String> {
        if depth > DEPTH_MAX {
            return Err(format!(
                "filter: at most {DEPTH_MAX} parentheses in each other."
            ));
        }
        let is_negated = self.takes("not");
        let part = if self.takes("(") {
            let part = self.any(depth + 1)?;
            self.closes(")")?;
            part
        } else if is_negated {
            return Err("filter: not is followed by a parenthesis.".to_owned());
        } else {
            self.comparison(depth)?
        };
        Ok(match is_negated {
            true => Filter::Not(Box::new(part)),
            false => part,
        })
    }

    fn closes(&mut self, sign: &str) -> Result<(), String> {
        match self.takes(sign) {
            true => Ok(()),
            false => Err(format!("filter: a {sign} is missing.")),
        }
    }

    fn comparison(&mut self, depth: usize) -> Result<Filter, String> {
        self.comparisons += 1;
        if self.comparisons > COMPARISONS_MAX {
            return Err(format!("filter: at most {COMPARISONS_MAX} comparisons."));
        }
        let Some(Word::Plain(name)) = self.words.next() else {
            return Err(self.shape());
        };
        if self.within.is_none() && self.takes("[") {
            let list = self.list(name)?;
            self.within = Some(list.to_string());
            let part = self.any(depth + 1)?;
            self.within = None;
            self.closes("]")?;
            return Ok(Filter::Has(list, Box::new(part)));
        }
        let (attribute, operators) = self.attribute(name)?;
        let Some(Word::Plain(operator)) = self.words.next() else {
            return Err(self.shape());
        };
        let found = Operator::parse(operator);
        let allowed = |found: &Operator| operators.is_none_or(|it| it.contains(found));
        let operator = found.filter(allowed).ok_or_else(|| {
            let shown = shorten(operator);
            format!("filter: \"{shown}\" is no operator of {attribute}.")
        })?;
        let is_time = operators.is_some_and(|it| it.contains(&After));
        let value = match operator {
            Present => String::new(),
            _ if is_time => time(&attribute, &self.value()?)?,
            _ => self.value()?,
        };
        Ok(Filter::Is(Comparison {
            attribute,
            operator,
            lowered: value.to_lowercase(),
            value,
        }))
    }

    /// A text in quotes, a number, or a truth value.
    fn value(&mut self) -> Result<String, String> {
        match self.words.next() {
            Some(Word::Quoted(value)) => Ok(value.clone()),
            Some(Word::Plain(word))
                if matches!(word.as_str(), "true" | "false") || word.parse::<i64>().is_ok() =>
            {
                Ok(word.clone())
            }
            _ => Err(self.shape()),
        }
    }

    fn shape(&self) -> String {
        let first = self.known.and_then(|known| known.first());
        let name = first.map_or("type", |(name, _)| *name);
        format!("filter must be like {name} eq \"value\".")
    }

    /// A list, of whose elements something is known.
    fn list(&self, name: &str) -> Result<Cow<'static, str>, String> {
        let Some(known) = self.known else {
            return Err("filter: a list in a list cannot be filtered.".to_owned());
        };
        let short = name.rsplit(':').next().unwrap_or(name);
        let lists = known.iter().filter_map(|(name, _)| name.split_once('.'));
        let mut lists = lists.map(|(list, _)| list);
        let found = lists.find(|list| list.eq_ignore_ascii_case(short));
        let found = found.map(Cow::Borrowed);
        found.ok_or_else(|| format!("filter: \"{}\" is no list to filter by.", shorten(name)))
    }

    /// An attribute as the table spells it, and its operators.
    fn attribute(
        &self,
        name: &str,
    ) -> Result<(Cow<'static, str>, Option<&'static [Operator]>), String> {
        let Some(known) = self.known else {
            return Ok((name.to_owned().into(), None));
        };
        // An attribute may carry the name of its schema, which ends with a colon.
        let short = name.rsplit(':').next().unwrap_or(name);
        let whole = match &self.within {
            Some(list) => format!("{list}.{short}"),
            None => short.to_owned(),
        };
        let attribute = known
            .iter()
            .find(|(known, _)| whole.eq_ignore_ascii_case(known));
        match attribute {
            Some((attribute, operators)) => Ok((Cow::Borrowed(*attribute), Some(operators))),
            None => {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                let shown = shorten(name);
                let names = names.join(", ");
                Err(format!(
                    "filter: \"{shown}\" is no attribute to filter by; these are: {names}."
                ))
            }
        }
    }
}

/// A time as it is shown, however it was written.
fn time(attribute: &str, value: &str) -> Result<String, String> {
    let found = value.parse::<Moment>().map(|moment| moment.to_string());
    found.map_err(|_| {
        let shown = shorten(value);
        format!("filter: {attribute} is compared with a time such as 2026-01-31T09:00:00.000Z, not \"{shown}\".")
    })
}
