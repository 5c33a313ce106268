//! Filters of lists in the words of SCIM (RFC 7644, 3.4.2.2), as far as Webex lists them:
//! comparisons of an attribute with a quoted text, joined by `and` and `or`.

use std::borrow::Cow;

use crate::model::number::shorten;

/// The longest filter and the most comparisons in one.
const LENGTH_MAX: usize = 2000;
const COMPARISONS_MAX: usize = 50;

/// How two texts are compared, letters without case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`
    Equals,
    /// `sw`
    StartsWith,
    /// `ew`
    EndsWith,
}

use Operator::{EndsWith, Equals, StartsWith};

impl Operator {
    fn parse(word: &str) -> Option<Self> {
        [("eq", Equals), ("sw", StartsWith), ("ew", EndsWith)]
            .into_iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name))
            .map(|(_, operator)| operator)
    }

    fn holds(self, found: &str, wanted: &str) -> bool {
        let found = found.to_lowercase();
        match self {
            Equals => found == wanted,
            StartsWith => found.starts_with(wanted),
            EndsWith => found.ends_with(wanted),
        }
    }
}

/// Attributes that may be compared, each with its operators as the documents list them.
pub type Attributes = &'static [(&'static str, &'static [Operator])];

/// `eq`, `sw`, `ew`
pub const ANY: &[Operator] = &[Equals, StartsWith, EndsWith];
/// `eq`, `sw`
pub const START: &[Operator] = &[Equals, StartsWith];
/// `eq`
pub const SAME: &[Operator] = &[Equals];

#[derive(Debug)]
struct Comparison {
    attribute: &'static str,
    operator: Operator,
    value: String,
}

/// A filter: any of these, of each all.
#[derive(Debug)]
pub struct Filter(Vec<Vec<Comparison>>);

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, known: Attributes) -> Result<Self, String> {
        if text.len() > LENGTH_MAX {
            let message = format!("filter must not be longer than {LENGTH_MAX} characters.");
            return Err(message);
        }
        let words = words(text)?;
        let mut words = words.iter();
        let mut any = vec![Vec::new()];
        for _ in 0..COMPARISONS_MAX {
            let comparison = comparison(&mut words, known)?;
            if let Some(all) = any.last_mut() {
                all.push(comparison);
            }
            match words.next() {
                None => return Ok(Self(any)),
                Some(Word::Plain(word)) if word.eq_ignore_ascii_case("and") => {}
                Some(Word::Plain(word)) if word.eq_ignore_ascii_case("or") => any.push(Vec::new()),
                Some(_) => return Err("filter: comparisons are joined by and or or.".to_owned()),
            }
        }
        Err(format!("filter: at most {COMPARISONS_MAX} comparisons."))
    }

    /// Whether something fits whose attributes have these values.
    pub fn fits<'a>(&self, values: impl Fn(&str) -> Vec<Cow<'a, str>>) -> bool {
        let holds = |it: &Comparison| {
            let values = values(it.attribute);
            values
                .iter()
                .any(|value| it.operator.holds(value, &it.value))
        };
        self.0.iter().any(|all| all.iter().all(holds))
    }
}

enum Word {
    Plain(String),
    Quoted(String),
}

/// The words of a filter; a quoted one may hold blanks, and a quote after a backslash.
fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut word = String::new();
        if letter != '"' {
            word.push(letter);
            while let Some(next) = letters.next_if(|next| !next.is_whitespace() && *next != '"') {
                word.push(next);
            }
            found.push(Word::Plain(word));
            continue;
        }
        loop {
            match letters.next() {
                None => return Err("filter: a quote is not closed.".to_owned()),
                Some('"') => break,
                Some('\\') => word.extend(letters.next()),
                Some(other) => word.push(other),
            }
        }
        found.push(Word::Quoted(word));
    }
    Ok(found)
}

fn comparison<'a>(
    words: &mut impl Iterator<Item = &'a Word>,
    known: Attributes,
) -> Result<Comparison, String> {
    let shape = || {
        let (name, _) = known.first().copied().unwrap_or_default();
        format!("filter must be like {name} eq \"value\".")
    };
    let (Some(Word::Plain(name)), Some(Word::Plain(operator)), Some(Word::Quoted(value))) =
        (words.next(), words.next(), words.next())
    else {
        return Err(shape());
    };
    // An attribute may carry the name of its schema, which ends with a colon.
    let short = name.rsplit(':').next().unwrap_or(name);
    let attribute = known
        .iter()
        .find(|(known, _)| short.eq_ignore_ascii_case(known));
    let Some((attribute, operators)) = attribute else {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let shown = shorten(name);
        let names = names.join(", ");
        return Err(format!(
            "filter: \"{shown}\" is no attribute to filter by; these are: {names}."
        ));
    };
    let found = Operator::parse(operator).filter(|found| operators.contains(found));
    let operator = found.ok_or_else(|| {
        let shown = shorten(operator);
        format!("filter: \"{shown}\" is no operator of {attribute}.")
    })?;
    Ok(Comparison {
        attribute,
        operator,
        value: value.to_lowercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Attributes = &[("userName", ANY), ("id", SAME)];

    fn fits(text: &str, name: &str, id: &str) -> bool {
        let filter = Filter::parse(text, KNOWN).unwrap();
        filter.fits(|attribute| match attribute {
            "userName" => vec![name.into()],
            _ => vec![id.into()],
        })
    }

    #[test]
    fn comparisons_ignore_case_and_and_binds_tighter_than_or() {
        assert!(fits(r#"userName eq "Ada@Example""#, "ada@example", "1"));
        assert!(fits(r#"USERNAME sw "ada""#, "Ada@example", "1"));
        assert!(!fits(r#"userName ew "ada""#, "ada@example", "1"));
        assert!(fits(
            r#"userName eq "x" and id eq "2" or id eq "1""#,
            "y",
            "1"
        ));
        assert!(!fits(
            r#"userName eq "x" and id eq "1" or id eq "2""#,
            "y",
            "1"
        ));
        assert!(fits(r#"a:b:2.0:User:id eq "a \"b\" c""#, "", r#"a "b" c"#));
    }

    #[test]
    fn what_is_no_filter_is_said_in_words() {
        for (text, word) in [
            ("", "must be like"),
            ("userName", "must be like"),
            ("userName eq ada", "must be like"),
            (r#"userName co "ada""#, "no operator"),
            (r#"id sw "1""#, "no operator"),
            (r#"shoes eq "1""#, "no attribute"),
            (r#"id eq "1"#, "not closed"),
            (r#"id eq "1" xor id eq "2""#, "joined by"),
            (r#"id eq "1" and"#, "must be like"),
        ] {
            let refused = Filter::parse(text, KNOWN).unwrap_err();
            assert!(refused.contains(word), "{text}: {refused}");
        }
        let long = [r#"id eq "1""#; 60].join(" or ");
        assert!(Filter::parse(&long, KNOWN).is_err());
        assert!(Filter::parse(&"x".repeat(3000), KNOWN).is_err());
    }
}
