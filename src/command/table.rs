//! Values of a document as aligned text: tables of lists, lines of objects.

use anstyle::Style;
use serde_json::Value;

use super::text::{HEAD, clean, shortened, width};

/// The widest cell of any column but the last.
const CELL_MAX: usize = 60;

/// A column of a table, or a line of an object.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    title: &'static str,
    /// Where the value stands, segments between slashes; `*` is each item of a list.
    place: &'static str,
    is_number: bool,
    paint: Option<fn(&str) -> Style>,
}

/// A column of texts.
#[must_use]
pub const fn text(title: &'static str, place: &'static str) -> Column {
    Column {
        title,
        place,
        is_number: false,
        paint: None,
    }
}

/// A column of numbers.
#[must_use]
pub const fn number(title: &'static str, place: &'static str) -> Column {
    Column {
        is_number: true,
        ..text(title, place)
    }
}

impl Column {
    /// The same column in a style that depends on its text.
    #[must_use]
    pub const fn painted(self, paint: fn(&str) -> Style) -> Self {
        Self {
            paint: Some(paint),
            ..self
        }
    }
}

/// What stands at a place, for people: clean, on one line.
#[must_use]
pub fn at(value: &Value, place: &str) -> String {
    let (head, rest) = place.split_once('/').unwrap_or((place, ""));
    match (head, value) {
        ("", value) => shown(value),
        ("*", Value::Array(items)) => {
            let texts: Vec<String> = items.iter().map(|item| at(item, rest)).collect();
            texts.join(", ")
        }
        (name, value) => value.get(name).map_or_else(String::new, |it| at(it, rest)),
    }
}

/// A value for people.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            let texts: Vec<String> = items.iter().map(shown).collect();
            texts.join(", ")
        }
        other => clean(&other.to_string()),
    }
}

/// A list as a table with a heading; nothing of an empty one. It is as wide as its widest cells.
#[must_use]
pub fn table(rows: &[Value], columns: &[Column]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let last = columns.len().saturating_sub(1);
    let cell = |row: &Value, (index, column): (usize, &Column)| {
        let text = at(row, column.place);
        if index == last {
            return text;
        }
        shortened(text, CELL_MAX)
    };
    let cells = rows
        .iter()
        .map(|row| columns.iter().enumerate().map(|it| cell(row, it)).collect());
    let cells: Vec<Vec<String>> = cells.collect();
    let wide = |index: usize, column: &Column| {
        let widths = cells
            .iter()
            .filter_map(|row| row.get(index))
            .map(|it| width(it));
        widths.chain([width(column.title)]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..)
        .zip(columns)
        .map(|(i, column)| wide(i, column))
        .collect();
    let mut text = String::new();
    let titles: Vec<String> = columns.iter().map(|it| it.title.to_owned()).collect();
    line(&mut text, &titles, columns, &widths, true);
    for row in &cells {
        line(&mut text, row, columns, &widths, false);
    }
    text
}

fn line(out: &mut String, cells: &[String], columns: &[Column], widths: &[usize], head: bool) {
    let mut waiting = String::new();
    for ((cell, column), wide) in cells.iter().zip(columns).zip(widths) {
        let room = " ".repeat(wide.saturating_sub(width(cell)));
        let style = match column.paint {
            _ if head => HEAD,
            Some(paint) => paint(cell),
            None => Style::new(),
        };
        // Blanks are only written before something, so that no line ends in them.
        if column.is_number {
            waiting.push_str(&room);
        }
        if !cell.is_empty() {
            out.push_str(&waiting);
            waiting.clear();
            out.push_str(&format!("{style}{cell}{style:#}"));
        }
        if !column.is_number {
            waiting.push_str(&room);
        }
        waiting.push_str("  ");
    }
    out.push('\n');
}

/// An object, one line for each value that is there.
#[must_use]
pub fn fields(value: &Value, columns: &[Column]) -> String {
    let there = columns
        .iter()
        .map(|column| (column, at(value, column.place)));
    let there: Vec<(&Column, String)> = there.filter(|(_, text)| !text.is_empty()).collect();
    let widest = there.iter().map(|(column, _)| width(column.title)).max();
    let mut out = String::new();
    for (column, text) in there {
        let room = " ".repeat(widest.unwrap_or(0).saturating_sub(width(column.title)));
        let style = column.paint.map_or_else(Style::new, |paint| paint(&text));
        let title = column.title;
        out.push_str(&format!(
            "{HEAD}{title}{HEAD:#}{room}  {style}{text}{style:#}\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Without its colours.
    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_on_the_screen() {
        let rows = [
            json!({"who": "李小龍", "left": 7, "all": [{"n": "a"}, {"n": "b"}]}),
            json!({"who": "Al", "left": 120}),
        ];
        let columns = [
            text("WHO", "who"),
            number("LEFT", "left"),
            text("ALL", "all/*/n"),
        ];
        let expected = "WHO     LEFT  ALL\n李小龍     7  a, b\nAl       120\n";
        assert_eq!(plain(&table(&rows, &columns)), expected);
        assert_eq!(table(&[], &columns), "");
    }

    #[test]
    fn an_object_shows_what_it_has() {
        let columns = [text("Id", "id"), text("Reason", "reason")];
        let shown = fields(&json!({"id": "x\u{1b}", "reason": null}), &columns);
        assert_eq!(plain(&shown), "Id  x\\u{1b}\n");
    }
}
