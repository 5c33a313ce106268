//! Finds the line and column of a path such as `organizations[0].people[12]` in the text of a
//! scenario. Only called when there is an error to report, so it simply reads the text again.

use serde_saphyr::granit_parser::{Event, Options, Parser};

/// Line and column of `path`, or of the longest beginning of it that stands in the text.
#[must_use]
pub fn locate(text: &str, path: &str) -> (u64, u64) {
    let mut search = Search {
        target: segments(path),
        open: Vec::new(),
        found: (1, 1),
        depth: 0,
    };
    let mut options = Options::default();
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else { break };
        let place = (span.start.line() as u64, span.start.col() as u64 + 1);
        search.visit(event, place);
    }
    search.found
}

/// A container that is being read and where in it the next node stands.
enum Open {
    Sequence(usize),
    /// The key whose value comes next, when it has been read.
    Mapping(Option<String>),
}

struct Search {
    target: Vec<String>,
    open: Vec<Open>,
    found: (u64, u64),
    depth: usize,
}

impl Search {
    fn visit(&mut self, event: Event<'_>, place: (u64, u64)) {
        match event {
            Event::SequenceStart(..) => {
                self.node(place);
                self.open.push(Open::Sequence(0));
            }
            Event::MappingStart(..) => {
                self.node(place);
                self.open.push(Open::Mapping(None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.node_ends();
            }
            Event::Scalar(value, ..) => self.scalar(&value, place),
            Event::Alias(_) => self.scalar("", place),
            _ => {}
        }
    }

    fn scalar(&mut self, value: &str, place: (u64, u64)) {
        if let Some(Open::Mapping(key @ None)) = self.open.last_mut() {
            *key = Some(value.to_owned());
            return;
        }
        self.node(place);
        self.node_ends();
    }

    fn node(&mut self, place: (u64, u64)) {
        let depth = self.open.len();
        if depth > self.depth && depth <= self.target.len() && self.is_on_the_way() {
            self.depth = depth;
            self.found = place;
        }
    }

    fn is_on_the_way(&self) -> bool {
        self.open
            .iter()
            .zip(&self.target)
            .all(|(open, segment)| match open {
                Open::Sequence(index) => segment.parse() == Ok(*index),
                Open::Mapping(key) => key.as_deref() == Some(segment),
            })
    }

    fn node_ends(&mut self) {
        match self.open.last_mut() {
            Some(Open::Sequence(index)) => *index += 1,
            Some(Open::Mapping(key)) => *key = None,
            None => {}
        }
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split(['.', '[', ']'])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
