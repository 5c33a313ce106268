//! About how many bytes a value takes: as many as its document has. What is kept in bounds needs an
//! estimate that costs no memory, not the truth.

use std::io::{self, Write};

use serde::Serialize;

/// Counts what is written and keeps none of it.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The length of a value's document.
pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> usize {
    let mut counter = Counter(0);
    // A value that has no document weighs what was written until then.
    let _ = serde_json::to_writer(&mut counter, value);
    counter.0
}
