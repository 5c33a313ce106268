//! The words of a filter.

/// A word.
pub(super) enum Word {
    /// A name, an operator, a number, or one of the signs `(`, `)`, `[` and `]`.
    Plain(String),
    /// A text in quotes.
    Quoted(String),
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']')
}

/// The words of a filter; a quoted one may hold blanks, and a quote after a backslash.
pub(super) fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut word = String::new();
        if letter != '"' {
            word.push(letter);
            let goes_on = |next: &char| !next.is_whitespace() && *next != '"' && !is_sign(*next);
            while let Some(next) = letters.next_if(|next| !is_sign(letter) && goes_on(next)) {
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
