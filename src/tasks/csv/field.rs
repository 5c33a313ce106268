//! The columns about the holder of a row, by their headers.

/// A column about the holder: its header, and accepted other spellings.
#[derive(Debug, PartialEq, Eq)]
pub struct Header<F: 'static> {
    /// Which.
    pub field: F,
    /// The header.
    pub name: &'static str,
    /// Accepted other spellings.
    pub aliases: &'static [&'static str],
}

/// A column that is about the holder, not about a licence.
pub trait Field: Copy + 'static {
    /// All of them in the order of a file.
    const HEADERS: &'static [Header<Self>];

    /// Its position among them.
    fn position(self) -> usize;

    /// The header.
    #[must_use]
    fn header(self) -> &'static str {
        let header = Self::HEADERS.get(self.position());
        header.map_or("", |header| header.name)
    }

    /// The column of a header in any case.
    #[must_use]
    fn named(name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let mut headers = Self::HEADERS.iter();
        let found = headers.find(|one| is(one.name) || one.aliases.iter().any(|alias| is(alias)));
        found.map(|header| header.field)
    }
}
