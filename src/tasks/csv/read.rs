//! Reading a whole file. What cannot be meant is refused with its line, before anything is done.

use csv::{ReaderBuilder, StringRecord};

use super::{Record, Sheet, is_blank};
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// The longest cell, in bytes: more characters no spreadsheet keeps in one, and outcomes and errors
/// repeat the key of their row.
const CELL_MAX: usize = 32_767;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads a file: UTF-8 with or without a byte-order mark, lines that end in any way, line breaks
/// within quotes. Rows without anything in them do not count.
///
/// # Errors
/// 900016 for what is no such file, with the line; 900010 for too many rows.
pub fn read(bytes: &[u8], most: usize) -> Result<Sheet, Refusal> {
    let text = text(bytes)?;
    check_separator(text)?;
    check_quotes(text)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(text);
    let mut sheet = Sheet::default();
    let mut record = StringRecord::new();
    let mut count = 0_usize;
    loop {
        let more = reader.read_record(&mut record);
        if !more.map_err(|error| not_csv(format!("The file cannot be read: {error}.")))? {
            break;
        }
        if record.iter().all(is_blank) {
            continue;
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        check_length(&record, line)?;
        if sheet.header.is_empty() {
            sheet.header = header(&record, line)?;
            continue;
        }
        check_width(&record, sheet.header.len(), line)?;
        count += 1;
        if count <= most {
            sheet.rows.push(Record::new(line, record.clone()));
        }
    }
    if sheet.header.is_empty() {
        return Err(not_csv("The file is empty: it needs a header."));
    }
    if count > most {
        let detail = format!("The file has {count} rows; at most {most} are accepted.");
        return Err(Refusal::new(ErrorKind::TooManyRows, detail).by("CSV-02"));
    }
    Ok(sheet)
}

fn not_csv(detail: impl Into<String>) -> Refusal {
    Refusal::new(ErrorKind::NotCsv, detail)
}

/// The bytes as text without a byte-order mark.
fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_csv("The file is in UTF-16; it must be in UTF-8."));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + newlines(bytes.get(..error.valid_up_to()).unwrap_or_default());
        not_csv(format!("Line {line} is not valid UTF-8."))
    })?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if let Some(position) = text.bytes().position(|byte| byte == 0) {
        let line = Lines::new(text).at(position);
        return Err(not_csv(format!("Line {line} contains a NUL byte.")).by("DEC-33"));
    }
    Ok(text)
}

/// Refuses a file whose header has another separator, before its quotes make no sense either.
fn check_separator(text: &str) -> Result<(), Refusal> {
    let first = text.split(['\n', '\r']).find(|line| !is_blank(line));
    let first = first.filter(|line| !line.contains(',')).unwrap_or_default();
    for (separator, called) in [(';', "semicolons"), ('\t', "tabs")] {
        if first.trim().contains(separator) {
            let start = text.len() - text.trim_start().len();
            let line = Lines::new(text).at(start);
            let detail = format!("Line {line} is separated by {called} instead of commas.");
            return Err(not_csv(detail));
        }
    }
    Ok(())
}

/// Refuses quotes that RFC 4180 does not know: within a cell that does not begin with one, text
/// behind a closing one, and one that is never closed. Whoever repairs them guesses.
fn check_quotes(text: &str) -> Result<(), Refusal> {
    enum State {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let mut state = State::Start;
    let mut opened = 0;
    for (position, byte) in text.bytes().enumerate() {
        state = match (state, byte) {
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) | (State::Closed, b'"') => State::Quoted,
            (State::Start, b'"') => {
                opened = position;
                State::Quoted
            }
            (_, b',' | b'\n' | b'\r') => State::Start,
            (State::Plain, b'"') => return stray(text, position, IN_PLAIN),
            (State::Closed, _) => return stray(text, position, BEHIND_QUOTED),
            (State::Start | State::Plain, _) => State::Plain,
        };
    }
    match state {
        State::Quoted => {
            let line = Lines::new(text).at(opened);
            let detail = format!("The quote that opens on line {line} is never closed.");
            Err(not_csv(detail).by("DEC-33"))
        }
        _ => Ok(()),
    }
}

const IN_PLAIN: &str = "a quote stands within a cell that does not begin with one; put the whole \
                        cell in quotes and write each quote in it twice";
const BEHIND_QUOTED: &str = "something stands between a closing quote and the next comma; write \
                             each quote within a cell twice";

fn stray(text: &str, position: usize, what: &str) -> Result<(), Refusal> {
    let line = Lines::new(text).at(position);
    Err(not_csv(format!("Line {line}: {what}.")).by("DEC-33"))
}

fn header(record: &StringRecord, line: u32) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    if let Some(position) = names.iter().position(String::is_empty) {
        let detail = format!("Column {} has no name on line {line}.", position + 1);
        return Err(not_csv(detail));
    }
    Ok(names)
}

fn check_length(record: &StringRecord, line: u32) -> Result<(), Refusal> {
    let Some(position) = record.iter().position(|cell| cell.len() > CELL_MAX) else {
        return Ok(());
    };
    let detail = format!(
        "The cell in column {} of line {line} is longer than {CELL_MAX} bytes.",
        position + 1,
    );
    Err(not_csv(detail).by("DEC-33"))
}

fn check_width(record: &StringRecord, width: usize, line: u32) -> Result<(), Refusal> {
    if record.len() == width {
        return Ok(());
    }
    let first = shorten(record.get(0).unwrap_or_default());
    let detail = format!(
        "Line {line} (\"{first}\") does not fit the header: cells {}, columns {width}.",
        record.len(),
    );
    Err(not_csv(detail))
}

/// Counts line ends, of which `\r\n` is one.
fn newlines(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut previous = 0;
    for byte in bytes {
        count += u32::from(*byte == b'\r' || (*byte == b'\n' && previous != b'\r'));
        previous = *byte;
    }
    count
}

/// Finds the lines of rising positions.
struct Lines<'a> {
    bytes: &'a [u8],
    position: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            position: 0,
            line: 1,
        }
    }

    /// The line of a position; a row's line ends before it are passed over.
    fn at(&mut self, position: usize) -> u32 {
        let rest = self.bytes.get(position..).unwrap_or_default();
        let ends = rest
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        let start = (position + ends).min(self.bytes.len());
        if let Some(passed) = self.bytes.get(self.position..start) {
            // A position between `\r` and `\n` would count one line end twice; a row never starts
            // there, as the line ends before it were passed over.
            self.line += newlines(passed);
            self.position = start;
        }
        self.line
    }
}
