//! Paths such as `organizations[0].people[12]` and the lines and columns at which they stand in
//! the text of a scenario. Only called when there is an error to report, so it simply reads the
//! text again.

use serde_saphyr::granit_parser::{Event, Options, Parser};

/// Line and column, from 1.
type Place = (u64, u64);

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The key of a mapping.
    Key,
    /// A mapping or a sequence.
    Container,
    /// Anything else.
    Scalar,
}

/// Line and column of `path`, or of the longest beginning of it that stands in the text. A plain
/// value is shown itself; whatever holds more is shown by its key, where it has one.
#[must_use]
pub fn locate(text: &str, path: &str) -> Place {
    let mut found = (1, 1);
    let mut longest = 0;
    walk(text, |Here { path: here, .. }, part, place| {
        let rest = path.strip_prefix(here);
        let is_on_the_way = rest.is_some_and(|rest| {
            let ends = rest.is_empty() || rest.starts_with(['.', '[']);
            ends && !here.is_empty()
        });
        let is_nearer = here.len() > longest || (here.len() == longest && part == Part::Scalar);
        if is_on_the_way && is_nearer {
            longest = here.len();
            found = place;
        }
    });
    found
}

/// Where in the text the cause of a message stands: messages often begin with the field that they
/// mean. A field that does not stand there leaves the path as it is.
#[must_use]
pub fn narrowed(text: &str, path: &str, message: &str) -> String {
    let word = message.split([' ', ':']).next().unwrap_or_default();
    let is_field = |sign: char| sign.is_ascii_alphanumeric() || ".[]".contains(sign);
    let below = format!("{path}.{}", word.trim_end_matches(['.', ',']));
    let mut stands = false;
    if !word.is_empty() && word.chars().all(is_field) {
        walk(text, |here, _, _| stands |= here.path == below);
    }
    if stands { below } else { path.to_owned() }
}

/// The path of what stands at a line and column: of the last thing that begins there or before.
#[must_use]
pub fn path_at(text: &str, place: Place) -> String {
    last_before(text, place).0
}

/// The path of the mapping or sequence in which something stands at a line and column.
#[must_use]
pub fn container_at(text: &str, place: Place) -> String {
    let (mut path, part, length) = last_before(text, place);
    if part != Part::Container {
        path.truncate(length);
    }
    path
}

/// The last thing that begins at a place or before: its path, what it is, and how much of the path
/// leads to what holds it.
fn last_before(text: &str, place: Place) -> (String, Part, usize) {
    let mut found = (String::new(), Part::Container, 0);
    walk(text, |here, part, begins| {
        if begins <= place {
            found = (here.path.to_owned(), part, here.holder);
        }
    });
    found
}

/// A path, and how much of it leads to what holds the last part.
#[derive(Debug, Clone, Copy)]
struct Here<'a> {
    path: &'a str,
    holder: usize,
}

/// A container that is being read, and the length of its own path.
enum Open {
    /// A sequence, and which item comes next.
    Sequence(usize, usize),
    /// A mapping, and whether a value comes next.
    Mapping(usize, bool),
}

struct Walk<V> {
    path: String,
    open: Vec<Open>,
    visit: V,
}

/// Visits every key, container and scalar with its path, in the order of the text, as far as it
/// can be read.
fn walk(text: &str, visit: impl FnMut(Here<'_>, Part, Place)) {
    let mut walk = Walk {
        path: String::new(),
        open: Vec::new(),
        visit,
    };
    let mut options = Options::default();
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else { break };
        let place = (span.start.line() as u64, span.start.col() as u64 + 1);
        walk.event(event, place);
    }
}

impl<V: FnMut(Here<'_>, Part, Place)> Walk<V> {
    fn event(&mut self, event: Event<'_>, place: Place) {
        match event {
            Event::SequenceStart(..) => {
                self.begin(Part::Container, place);
                self.open.push(Open::Sequence(self.path.len(), 0));
            }
            Event::MappingStart(..) => {
                self.begin(Part::Container, place);
                self.open.push(Open::Mapping(self.path.len(), false));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.end();
            }
            Event::Scalar(value, ..) => self.scalar(&value, place),
            Event::Alias(_) => self.scalar("", place),
            _ => {}
        }
    }

    fn scalar(&mut self, value: &str, place: Place) {
        if let Some(Open::Mapping(length, is_value @ false)) = self.open.last_mut() {
            *is_value = true;
            let length = *length;
            self.path.truncate(length);
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(value);
            self.tell(length, Part::Key, place);
            return;
        }
        self.begin(Part::Scalar, place);
        self.end();
    }

    /// A node begins: the next item of a sequence, or the value of a key.
    fn begin(&mut self, part: Part, place: Place) {
        let holder = match self.open.last() {
            Some(Open::Sequence(length, index)) => {
                self.path.truncate(*length);
                self.path.push_str(&format!("[{index}]"));
                *length
            }
            Some(Open::Mapping(length, _)) => *length,
            None => 0,
        };
        self.tell(holder, part, place);
    }

    fn tell(&mut self, holder: usize, part: Part, place: Place) {
        let here = Here {
            path: &self.path,
            holder,
        };
        (self.visit)(here, part, place);
    }

    fn end(&mut self) {
        match self.open.last_mut() {
            Some(Open::Sequence(_, index)) => *index += 1,
            Some(Open::Mapping(length, is_value)) => {
                *is_value = false;
                let length = *length;
                self.path.truncate(length);
            }
            None => {}
        }
    }
}
