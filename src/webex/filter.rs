//! Filters in the words of SCIM (RFC 7644, 3.4.2.2): of lists, as far as Webex lists attributes and
//! operators, and of the elements that a path of PATCH names.

mod reader;
mod words;

use std::borrow::Cow;

use reader::read;

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
    /// `gt`
    After,
    /// `ge`
    From,
    /// `lt`
    Before,
    /// `le`
    UpTo,
}

use Operator::{
    After, Before, Contains, Differs, EndsWith, Equals, From, Present, StartsWith, UpTo,
};

impl Operator {
    fn parse(word: &str) -> Option<Self> {
        [
            ("eq", Equals),
            ("ne", Differs),
            ("co", Contains),
            ("sw", StartsWith),
            ("ew", EndsWith),
            ("pr", Present),
            ("gt", After),
            ("ge", From),
            ("lt", Before),
            ("le", UpTo),
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
            After => found.any(|it| *it > *wanted),
            From => found.any(|it| *it >= *wanted),
            Before => found.any(|it| *it < *wanted),
            UpTo => found.any(|it| *it <= *wanted),
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
/// All of texts.
pub const TEXT: &[Operator] = &[Equals, Differs, Contains, StartsWith, EndsWith, Present];
/// Those of what is found without looking at all of it.
pub const AMONG: &[Operator] = &[Equals, Differs, Present];
/// Those of times, which are compared as such.
pub const TIME: &[Operator] = &[Equals, Differs, Present, After, From, Before, UpTo];

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
                let is_found = matches!(it.operator, Equals | Differs)
                    .then(|| subject.has(&it.attribute, &it.lowered))
                    .flatten()
                    .map(|found| found == (it.operator == Equals));
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

    /// How many comparisons it takes at most.
    #[must_use]
    pub fn comparisons(&self) -> usize {
        match self {
            Self::Any(parts) | Self::All(parts) => parts.iter().map(Self::comparisons).sum(),
            Self::Not(part) | Self::Has(_, part) => part.comparisons(),
            Self::Is(_) => 1,
        }
    }

    /// The values that an attribute may be equal to, where the filter says nothing else.
    #[must_use]
    pub fn named(&self, attribute: &str) -> Option<Vec<&str>> {
        match self {
            Self::Is(it) => {
                let is_it = it.operator == Equals && it.attribute.eq_ignore_ascii_case(attribute);
                is_it.then(|| vec![it.value.as_str()])
            }
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.named(attribute));
                Some(parts.collect::<Option<Vec<_>>>()?.concat())
            }
            Self::All(parts) => match parts.as_slice() {
                [only] => only.named(attribute),
                _ => None,
            },
            Self::Not(_) | Self::Has(..) => None,
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

#[cfg(test)]
mod tests;
