//! Filters in the words of SCIM (RFC 7644, 3.4.2.2): of lists, as far as Webex lists attributes and
//! operators, and of the elements that a path of PATCH names.

mod words;

use std::borrow::Cow;

use crate::model::number::shorten;

use words::{Word, words};

/// The longest filter, the most comparisons in one, and how deep they may stand in each other.
const LENGTH_MAX: usize = 2000;
const COMPARISONS_MAX: usize = 50;
const DEPTH_MAX: usize = 10;

/// How two texts are compared, letters without case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`
    Equals,
    /// `ne`
    Differs,
    /// `co`
    Contains,
    /// `sw`
    StartsWith,
    /// `ew`
    EndsWith,
    /// `pr`: there is one.
    Present,
}

use Operator::{Contains, Differs, EndsWith, Equals, Present, StartsWith};

impl Operator {
    fn parse(word: &str) -> Option<Self> {
        [
            ("eq", Equals),
            ("ne", Differs),
            ("co", Contains),
            ("sw", StartsWith),
            ("ew", EndsWith),
            ("pr", Present),
        ]
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, operator)| operator)
    }

    fn holds(self, found: &[Cow<'_, str>], wanted: &str) -> bool {
        let mut found = found.iter().map(|text| text.to_lowercase());
        match self {
            Equals => found.any(|it| it == wanted),
            Differs => found.all(|it| it != wanted),
            Contains => found.any(|it| it.contains(wanted)),
            StartsWith => found.any(|it| it.starts_with(wanted)),
            EndsWith => found.any(|it| it.ends_with(wanted)),
            Present => found.any(|it| !it.is_empty()),
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

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The attribute, as the table of attributes spells it.
    pub attribute: Cow<'static, str>,
    operator: Operator,
    /// The value as it was written.
    pub value: String,
    lowered: String,
}

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Any of these holds.
    Any(Vec<Self>),
    /// All of these hold.
    All(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// One element of a list fits as a whole: `phoneNumbers[type eq "work" and value eq "1"]`.
    Has(Cow<'static, str>, Box<Self>),
    /// One comparison.
    Is(Comparison),
}

/// What something has, to be filtered by.
pub trait Subject<'a> {
    /// The values of an attribute.
    fn values(&self, attribute: &str) -> Vec<Cow<'a, str>>;

    /// The elements of a list, each with its own attributes and their values; none of what is one
    /// thing and no list.
    fn elements(&self, _list: &str) -> Option<Vec<Element<'a>>> {
        None
    }

    /// Whether a value of an attribute is this text, where that is found without looking at all.
    fn has(&self, _attribute: &str, _value: &str) -> Option<bool> {
        None
    }
}

/// An element of a list: its attributes and their values.
pub type Element<'a> = Vec<(&'static str, Cow<'a, str>)>;

impl<'a, F: Fn(&str) -> Vec<Cow<'a, str>>> Subject<'a> for F {
    fn values(&self, attribute: &str) -> Vec<Cow<'a, str>> {
        self(attribute)
    }
}

impl Filter {
    /// Reads a filter by some attributes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, known: Attributes) -> Result<Self, String> {
        read(text, Some(known))
    }

    /// Reads the filter of a path, which may compare anything.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of_path(text: &str) -> Result<Self, String> {
        read(text, None)
    }

    /// Whether something fits.
    pub fn fits<'a>(&self, subject: &impl Subject<'a>) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.fits(subject)),
            Self::All(parts) => parts.iter().all(|part| part.fits(subject)),
            Self::Not(part) => !part.fits(subject),
            Self::Has(list, part) => match subject.elements(list) {
                Some(elements) => elements.iter().any(|element| part.fits_element(element)),
                None => part.fits_one(&|name: &str| subject.values(name)),
            },
            Self::Is(it) => {
                let is_found = (it.operator == Equals)
                    .then(|| subject.has(&it.attribute, &it.lowered))
                    .flatten();
                let look = || {
                    let values = subject.values(&it.attribute);
                    it.operator.holds(&values, &it.lowered)
                };
                is_found.unwrap_or_else(look)
            }
        }
    }

    fn fits_element(&self, element: &Element<'_>) -> bool {
        self.fits_one(&|name: &str| {
            let short = name.rsplit('.').next().unwrap_or(name);
            let own = element.iter().filter(|(own, _)| *own == short);
            own.map(|(_, value)| value.clone()).collect()
        })
    }

    /// The same for an element, in which there are no lists.
    fn fits_one<'a>(&self, values: &dyn Fn(&str) -> Vec<Cow<'a, str>>) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.fits_one(values)),
            Self::All(parts) => parts.iter().all(|part| part.fits_one(values)),
            Self::Not(part) => !part.fits_one(values),
            Self::Has(..) => false,
            Self::Is(it) => it.operator.holds(&values(&it.attribute), &it.lowered),
        }
    }

    /// The comparisons by which an element can be made that fits: those that say what is equal,
    /// where all must hold.
    #[must_use]
    pub fn equalities(&self) -> Vec<&Comparison> {
        match self {
            Self::Is(it) if it.operator == Equals => vec![it],
            Self::Any(parts) | Self::All(parts) if parts.len() == 1 => {
                parts.first().map(Self::equalities).unwrap_or_default()
            }
            Self::All(parts) => parts.iter().flat_map(Self::equalities).collect(),
            _ => Vec::new(),
        }
    }
}

fn read(text: &str, known: Option<Attributes>) -> Result<Filter, String> {
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
        let value = match operator {
            Present => String::new(),
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

#[cfg(test)]
mod tests;
