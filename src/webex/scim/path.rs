//! The paths of PATCH (RFC 7644, 3.5.2): `title`, `name.givenName`,
//! `addresses[type eq "work"].locality`, each below a schema's name where it is an extension's.

use super::shape::{Access, Attribute, Shape, unkept};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::webex::filter::Filter;

/// What a path names.
pub(super) enum Path {
    /// All that an extension adds.
    Extension(&'static str),
    /// An attribute, or a part of it.
    Attribute(Target),
    /// Something of a schema that Webex does not know, which is ignored (contract: Create a user).
    Foreign,
}

/// An attribute, or a part of it.
pub(super) struct Target {
    /// The attribute.
    pub attribute: &'static Attribute,
    /// Which elements of a list.
    pub filter: Option<Filter>,
    /// Which part of it.
    pub part: Option<&'static str>,
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// 400 (`invalidPath`, `invalidFilter`), and for what would not be kept.
    pub(super) fn parse(shape: &'static Shape, text: &str) -> Result<Self, Refusal> {
        if let Some(extension) = shape
            .extensions
            .iter()
            .find(|it| text.eq_ignore_ascii_case(it))
        {
            return Ok(Self::Extension(extension));
        }
        let mut schemas = shape.extensions.iter().chain(std::iter::once(&shape.core));
        let found = schemas.find_map(|schema| Some((*schema, below(text, schema)?)));
        let (within, rest) = match found {
            Some((schema, rest)) if schema == shape.core => ("", rest),
            Some(found) => found,
            None if text
                .get(..4)
                .is_some_and(|it| it.eq_ignore_ascii_case("urn:")) =>
            {
                return Ok(Self::Foreign);
            }
            None => ("", text),
        };
        let (name, filter, part) = parts(rest).ok_or_else(|| wrong(text, "it has another form"))?;
        if shape.is_unkept(within, name) {
            return Err(unkept(within, name));
        }
        let mut known = shape.attributes.iter().filter(|it| it.within == within);
        let found = known.find(|it| it.name.eq_ignore_ascii_case(name));
        let Some(attribute) = found else {
            return Err(unknown(shape, within, name, text));
        };
        let filter = filter.filter(|_| attribute.access != Access::ReadOnly);
        let part = part.filter(|_| attribute.access != Access::ReadOnly);
        if let Some(part) = part.filter(|part| shape.is_unkept(attribute.name, part)) {
            return Err(unkept(attribute.name, part));
        }
        let filter = filter.map(Filter::of_path).transpose();
        let filter = filter.map_err(Refusal::bad_request)?;
        let part = part.map(|part| {
            let found = attribute
                .parts
                .iter()
                .find(|it| it.eq_ignore_ascii_case(part));
            let names = attribute.parts.join(", ");
            found.copied().ok_or_else(|| {
                let why = format!("{} has these parts: {names}", attribute.name);
                wrong(
                    text,
                    if names.is_empty() {
                        "it has no parts"
                    } else {
                        &why
                    },
                )
            })
        });
        Ok(Self::Attribute(Target {
            attribute,
            filter,
            part: part.transpose()?,
        }))
    }
}

/// What stands below the name of a schema; Webex joins them by a colon or a dot.
fn below<'a>(text: &'a str, schema: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(schema.len())?;
    let rest = rest.strip_prefix([':', '.'])?;
    head.eq_ignore_ascii_case(schema).then_some(rest)
}

/// A name, the filter behind it, and a part.
fn parts(text: &str) -> Option<(&str, Option<&str>, Option<&str>)> {
    let Some((name, rest)) = text.split_once('[') else {
        return Some(match text.split_once('.') {
            Some((name, part)) => (name, None, Some(part)),
            None => (text, None, None),
        });
    };
    let (filter, rest) = rest.rsplit_once(']')?;
    match rest {
        "" => Some((name, Some(filter), None)),
        rest => Some((name, Some(filter), Some(rest.strip_prefix('.')?))),
    }
}

fn unknown(shape: &Shape, within: &str, name: &str, text: &str) -> Refusal {
    let known = shape.attributes.iter().filter(|it| it.within == within);
    let changed = known.filter(|it| it.access != Access::ReadOnly);
    let names: Vec<&str> = changed.map(|it| it.name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => wrong(text, &format!("did you mean {near}?")),
        None => wrong(text, &format!("these can be changed: {}", names.join(", "))),
    }
}

/// The refusal of a path.
pub(super) fn wrong(text: &str, why: &str) -> Refusal {
    let shown = shorten(text);
    let detail = format!("path \"{shown}\" names nothing that can be changed: {why}.");
    Refusal::new(ErrorKind::ScimPath, detail)
}
