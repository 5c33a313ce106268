//! Texts of a server on a terminal: names are chosen by others and must not steer it.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// Headings.
pub const HEAD: Style = Style::new().bold();
/// What is lost, refused or invalid.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What deserves a look.
pub const ODD: Style = AnsiColor::Yellow.on_default();
/// What is well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What is said beside.
pub const FAINT: Style = Style::new().dimmed();

/// A text without anything that a terminal would obey or that would hide a part of it.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if steers(sign) {
            shown.extend(sign.escape_default());
        } else {
            shown.push(sign);
        }
    }
    shown
}

/// Controls, and the marks that turn the direction of writing or take no room at all.
fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        )
        || matches!(sign, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A JSON document for a terminal: the same document, with every control written out. A valid one
/// holds those in texts alone.
#[must_use]
pub fn clean_json(text: &str) -> Cow<'_, str> {
    let is_bad = |sign: char| steers(sign) && !matches!(sign, '\n' | '\r' | '\t');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        if is_bad(sign) {
            let mut units = [0; 2];
            for unit in sign.encode_utf16(&mut units) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(sign);
        }
    }
    Cow::Owned(shown)
}

/// How many columns a clean text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A clean text in at most so many columns; `…` stands for the rest.
#[must_use]
pub fn shortened(text: String, columns: usize) -> String {
    if width(&text) <= columns {
        return text;
    }
    let mut short = String::new();
    let mut wide = 0;
    for sign in text.chars() {
        wide += unicode_width::UnicodeWidthChar::width(sign).unwrap_or(0);
        if wide + 1 > columns {
            break;
        }
        short.push(sign);
    }
    short.push('…');
    short
}

/// A number with its noun.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_steers_the_terminal() {
        for hostile in [
            "\u{1b}[2J",
            "\u{9b}31m",
            "a\rb",
            "x\u{202e}txt",
            "\u{7}",
            "\u{feff}",
            "\u{e0041}",
        ] {
            let shown = clean(hostile);
            assert!(
                shown.is_ascii() && !shown.contains(char::is_control),
                "{shown}"
            );
        }
        assert_eq!(clean("Zoë 李 👩‍🔧"), "Zoë 李 👩‍🔧");
    }

    #[test]
    fn a_document_stays_the_same_document() {
        let text = "{\"name\":\"a\u{9b}b\u{202e}\u{e0041}\",\n \"tab\":\"\\t\"}";
        let shown = clean_json(text);
        assert!(
            !shown.contains('\u{9b}') && !shown.contains('\u{202e}'),
            "{shown}"
        );
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(read(&shown), read(text));
    }

    #[test]
    fn a_long_text_is_cut_by_columns_and_not_by_bytes() {
        assert_eq!(shortened("李李李李".to_owned(), 5), "李李…");
        assert_eq!(shortened("abc".to_owned(), 3), "abc");
    }
}
