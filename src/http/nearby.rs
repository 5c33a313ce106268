//! Did you mean …: the operations whose paths are like one that leads nowhere.

use super::operation::{Method, Operation, Space};
use super::table::Table;
use crate::model::nearest::likeness;

/// An operation that may have been meant.
#[derive(Debug, Clone)]
pub struct Nearby<'t> {
    /// The operation; of several at one path, that with the caller's method.
    pub operation: &'t Operation,
    /// Its path, with the caller's own values where that is clear.
    pub path: String,
}

/// How far a path may be from what was meant: a segment too few or too many, or some letters.
const FAR: u32 = 12;
/// A segment that is missing, or too many.
const SEGMENT: u32 = 10;
/// A segment where the path takes any value: a literal that fits is nearer.
const VALUE: u32 = 1;

/// The operations whose paths are most like one, the nearest first, each path once.
#[must_use]
pub fn nearby<'t>(
    table: &'t Table,
    space: Option<Space>,
    method: Option<Method>,
    path: &str,
    most: usize,
) -> Vec<Nearby<'t>> {
    let home = at_home(path);
    let named_space = Some(Space::of(path)).filter(|space| *space != Space::Page);
    let asked: Vec<&str> = segments(path).collect();
    let home: Option<Vec<&str>> = home.as_deref().map(|path| segments(path).collect());
    let mut found: Vec<(u32, bool, Nearby<'t>)> = Vec::new();
    for operation in &table.operations {
        if space.is_some_and(|space| space != operation.space) {
            continue;
        }
        let own: Vec<&str> = segments(operation.path).collect();
        let at_home = || Some((home.as_ref()?, distance(home.as_ref()?, &own)? + SEGMENT));
        let is_near = distance(&asked, &own).map(|cost| (&asked, cost));
        let Some((as_asked, cost)) = is_near.or_else(at_home) else {
            continue;
        };
        // Whoever asks for a page of Control Hub does not mean the public API.
        let is_foreign = named_space.is_some_and(|space| space != operation.space);
        let cost = cost + if is_foreign { 2 * SEGMENT } else { 0 };
        let other_method = Some(operation.method) != method;
        let near = Nearby {
            operation,
            path: filled(as_asked, &own),
        };
        match found.iter_mut().find(|(.., known)| known.path == near.path) {
            Some(known) if known.1 && !other_method => *known = (cost, other_method, near),
            Some(_) => {}
            None => found.push((cost, other_method, near)),
        }
    }
    found.sort_by_key(|(cost, other_method, _)| (*cost, *other_method));
    let found = found.into_iter().take(most);
    found.map(|(.., near)| near).collect()
}

/// The operations that a path has, whatever the method.
#[must_use]
pub fn operations_at<'t>(table: &'t Table, path: &str) -> Vec<&'t Operation> {
    use super::table::Found;
    let methods = [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
    ];
    let found = methods.iter().map(|method| table.find(Some(*method), path));
    let found = found.filter_map(|found| match found {
        Found::Operation(operation, _) => Some(operation),
        _ => None,
    });
    found.collect()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// A path of Control Hub's pages in the caller's organisation, when it names none.
fn at_home(path: &str) -> Option<String> {
    let rest = path.strip_prefix("/_hub/")?;
    let rest = rest.strip_prefix("v1/").unwrap_or(rest);
    let is_home = rest.is_empty() || rest.starts_with("organizations");
    (!is_home).then(|| format!("/_hub/v1/organizations/me/{rest}"))
}

/// How far an asked path is from an operation's, when it is near: the start of a longer one, or
/// one of which little differs.
fn distance(asked: &[&str], own: &[&str]) -> Option<u32> {
    // A word alone has nothing in common with the empty path.
    if own.is_empty() || asked.is_empty() {
        return None;
    }
    if own.starts_with(asked) && own.len() > asked.len() + 1 {
        let missing = u32::try_from(own.len() - asked.len()).ok()?;
        return Some(missing * SEGMENT);
    }
    let cost = match asked.len().abs_diff(own.len()) {
        0 => pairs(asked, own),
        1 if asked.len() > own.len() => with_one_left_out(asked, own),
        1 => with_one_left_out(own, asked),
        _ => None,
    };
    cost.filter(|cost| *cost <= FAR && have_a_word_in_common(asked, own))
}

/// Whether some word of the one is like a word of the other.
fn have_a_word_in_common(asked: &[&str], own: &[&str]) -> bool {
    let mut words = own.iter().filter(|word| !word.starts_with('{'));
    words.any(|word| asked.iter().any(|other| likeness(other, word).is_some()))
}

/// The distance when one segment of the longer path is passed over.
fn with_one_left_out(longer: &[&str], shorter: &[&str]) -> Option<u32> {
    let costs = (0..longer.len()).filter_map(|left_out| {
        let (before, after) = (longer.get(..left_out)?, longer.get(left_out + 1..)?);
        let (first, rest) = shorter.split_at_checked(left_out)?;
        Some(pairs(before, first)? + pairs(after, rest)?)
    });
    costs.min().map(|cost| cost + SEGMENT)
}

/// The distance of paths of one length, segment by segment.
fn pairs(left: &[&str], right: &[&str]) -> Option<u32> {
    let mut sum = 0;
    for (left, right) in left.iter().zip(right) {
        sum += match likeness(left, right) {
            _ if left.starts_with('{') || right.starts_with('{') => VALUE,
            edits => u32::try_from(edits? * 3).ok()?,
        };
        if sum > FAR {
            return None;
        }
    }
    Some(sum)
}

/// The operation's path with the asked values in it, where the two have as many segments.
fn filled(asked: &[&str], own: &[&str]) -> String {
    let same = asked.len() == own.len();
    let mut path = String::new();
    for (position, segment) in own.iter().enumerate() {
        path.push('/');
        let value = asked.get(position).filter(|_| same);
        match value {
            Some(value) if segment.starts_with('{') => path.push_str(value),
            _ => path.push_str(segment),
        }
    }
    path
}
