//! Writing rows.

use std::borrow::Cow;

use super::cell::{escape, is_number};

/// A cell to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text, made harmless where a spreadsheet would run it.
    Text(Cow<'a, str>),
    /// A phone number, which keeps its `+`.
    Number(Cow<'a, str>),
    /// TRUE or FALSE.
    Flag(bool),
    /// Nothing.
    Empty,
}

/// Writes rows into memory.
#[derive(Debug)]
pub struct Writer(csv::Writer<Vec<u8>>);

impl Default for Writer {
    fn default() -> Self {
        Self(
            csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(Vec::new()),
        )
    }
}

impl Writer {
    /// Writes a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for cell in cells {
            let text = match &cell {
                Cell::Number(text) if is_number(text) => Cow::Borrowed(text.as_ref()),
                Cell::Text(text) | Cell::Number(text) => escape(text),
                Cell::Flag(true) => Cow::Borrowed("TRUE"),
                Cell::Flag(false) => Cow::Borrowed("FALSE"),
                Cell::Empty => Cow::Borrowed(""),
            };
            // Writing into memory cannot fail.
            self.0.write_field(text.as_bytes()).unwrap_or_default();
        }
        self.0.write_record(None::<&[u8]>).unwrap_or_default();
    }

    /// Writes a row of texts.
    pub fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.row(
            texts
                .into_iter()
                .map(|text| Cell::Text(Cow::Borrowed(text))),
        );
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        let bytes = self.0.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}
