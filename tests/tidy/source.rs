//! A Rust file as the house rules see it: its text, and its code with every comment and literal
//! blanked out, so that a word in a sentence is never taken for a word of code.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders that hold Rust code of ours.
const RUST_FOLDERS: [&str; 4] = ["src", "tests", "benches", "examples"];
/// Kinds of files that hold words of ours.
const TEXT_ENDINGS: [&str; 10] = [
    "rs", "md", "toml", "py", "sh", "yaml", "yml", "html", "txt", "run",
];
/// Folders that hold nothing of ours.
const FOREIGN_FOLDERS: [&str; 5] = ["target", ".git", ".venv", "__pycache__", "node_modules"];

/// Stands in the code for a character of a literal.
const LITERAL: char = '\u{1}';
/// Stands in the code for the further bytes of a character.
const FILLER: char = '\u{2}';

/// One file.
pub struct Source {
    /// Path below the repository, with `/`.
    pub path: String,
    /// The file as it is written.
    pub text: String,
    /// The same length as `text`, but comments are blanks and literals `LITERAL`.
    code: String,
}

/// One function.
pub struct Function {
    pub name: String,
    pub position: usize,
    pub lines: usize,
}

/// Every Rust file of the package.
pub fn rust_files() -> Vec<Source> {
    let mut files = Vec::new();
    for folder in RUST_FOLDERS {
        collect(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).as_path(),
            &["rs"],
            &mut files,
        );
    }
    files
}

/// The room in which each macro of the library is defined.
pub fn rooms_of_macros(files: &[Source]) -> BTreeMap<String, String> {
    let rooms = files.iter().filter_map(|file| Some((file, file.room()?)));
    rooms
        .flat_map(|(file, room)| file.macros().map(|name| (name.to_owned(), room.to_owned())))
        .collect()
}

/// Every file of the repository that people read.
pub fn text_files() -> Vec<Source> {
    let mut files = Vec::new();
    collect(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &TEXT_ENDINGS,
        &mut files,
    );
    files
}

fn collect(folder: &Path, endings: &[&str], files: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !FOREIGN_FOLDERS.contains(&name.as_str()) {
                collect(&path, endings, files);
            }
        } else if endings.contains(&name.rsplit('.').next().unwrap_or_default()) || name == "run" {
            let below = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            let text = fs::read_to_string(&path).unwrap();
            files.push(Source::new(
                &below.to_string_lossy().replace('\\', "/"),
                text,
            ));
        }
    }
}

impl Source {
    /// A file from its path and text.
    pub fn new(path: &str, text: String) -> Self {
        let code = blank_comments_and_literals(&text);
        Source {
            path: path.to_owned(),
            text,
            code,
        }
    }

    /// `path:line: what is wrong`.
    pub fn at(&self, position: usize, what: &str) -> String {
        let line = self.text[..position].matches('\n').count() + 1;
        format!("{}:{line}: {what}", self.path)
    }

    /// What stands between backticks, and where it begins.
    pub fn quoted(&self) -> impl Iterator<Item = (usize, &str)> {
        let ticks = self.text.split('`').scan(0, |position, part| {
            let begins = *position;
            *position += part.len() + 1;
            Some((begins, part))
        });
        ticks.skip(1).step_by(2)
    }

    /// The room a file of `src/` stands in: its first folder, or its own name.
    pub fn room(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?;
        Some(
            below
                .split_once('/')
                .map_or(below.trim_end_matches(".rs"), |(room, _)| room),
        )
    }

    /// How long each line is, literals not counted: a table keeps its rows on one line each, and
    /// a sentence cannot be broken.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.code.lines().map(|line| {
            line.chars()
                .filter(|c| !matches!(*c, LITERAL | FILLER))
                .count()
        })
    }

    /// The macros that the file defines.
    pub fn macros(&self) -> impl Iterator<Item = &str> {
        self.code
            .match_indices("macro_rules! ")
            .map(|(position, found)| {
                let rest = &self.code[position + found.len()..];
                &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
            })
    }

    /// Where a word stands in the code, as a word of its own.
    pub fn words(&self, word: &str) -> Vec<usize> {
        let ends_open = word.ends_with(is_word);
        self.code
            .match_indices(word)
            .map(|(position, _)| position)
            .filter(|position| !self.code[..*position].ends_with(is_word))
            .filter(|position| {
                !(ends_open && self.code[position + word.len()..].starts_with(is_word))
            })
            .collect()
    }

    /// What the code names directly below the crate root, as `crate::room` or by as many
    /// `super::` as lead there, alone or in a group `crate::{…}`.
    pub fn rooms_imported(&self) -> Vec<(usize, String)> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let to_root = "super::".repeat(below.split('/').count());
        let mut found = Vec::new();
        for root in ["crate::", to_root.as_str()] {
            for (position, _) in self.code.match_indices(root) {
                let before = &self.code[..position];
                if before.ends_with(is_word) || before.ends_with("super::") {
                    continue;
                }
                for (offset, name) in first_names(&self.code[position + root.len()..]) {
                    // `use super::*` in a test module inside the file stays in its room.
                    if root == "crate::" || crate::CORE.contains(&name) {
                        found.push((position + root.len() + offset, name.to_owned()));
                    }
                }
            }
        }
        found
    }

    /// Every function that has a body.
    pub fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        for position in self.words("fn") {
            let rest = &self.code[position..];
            let name: String = rest[2..]
                .trim_start()
                .chars()
                .take_while(|c| is_word(*c))
                .collect();
            let Some(open) = body(rest) else { continue };
            if name.is_empty() {
                continue;
            }
            let close = open + matching_brace(&rest[open..]);
            let lines = rest[..close].matches('\n').count() + 1;
            found.push(Function {
                name,
                position,
                lines,
            });
        }
        found
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names a path goes on with: one, or the heads of a group in braces.
fn first_names(rest: &str) -> Vec<(usize, &str)> {
    let name_at = |start: usize| {
        let end = rest[start..]
            .find(|c| !is_word(c))
            .map_or(rest.len(), |length| start + length);
        (start, &rest[start..end])
    };
    if !rest.starts_with('{') {
        return vec![name_at(0)];
    }
    let (mut names, mut depth, mut expects) = (Vec::new(), 0, true);
    for (position, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => expects = true,
            _ if depth == 1 && expects && is_word(c) => {
                names.push(name_at(position));
                expects = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// Where the body of the function that starts here opens; none for a mere signature.
fn body(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (position, c) in rest.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(position),
            ';' if depth == 0 => return None,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    None
}

/// Where the brace that opens `rest` is closed.
fn matching_brace(rest: &str) -> usize {
    let mut depth = 0;
    for (position, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return position;
        }
    }
    rest.len()
}

/// The text with blanks for comments and for what stands inside literals; line ends stay.
fn blank_comments_and_literals(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after_word = code.ends_with(is_word);
        let length = foreign_length(rest, after_word);
        if length == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let blank = if rest.starts_with("//") || rest.starts_with("/*") {
            ' '
        } else {
            LITERAL
        };
        for c in rest[..length].chars() {
            code.push(if c == '\n' { '\n' } else { blank });
            code.extend(std::iter::repeat_n(FILLER, c.len_utf8() - 1));
        }
        rest = &rest[length..];
    }
    code
}

/// How many bytes from here on are a comment or a literal; 0 for code.
fn foreign_length(rest: &str, after_word: bool) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_length(rest);
    }
    if rest.starts_with('"') {
        return quoted_length(rest, '"');
    }
    if rest.starts_with('\'') {
        return character_length(rest);
    }
    if !after_word {
        let prefix = rest
            .chars()
            .take_while(|c| matches!(c, 'b' | 'c' | 'r'))
            .count();
        let tail = &rest[prefix..];
        let marks = tail.chars().take_while(|c| *c == '#').count();
        if prefix > 0 && rest[..prefix].ends_with('r') && tail[marks..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(marks));
            let inside = prefix + marks + 1;
            let close = rest[inside..]
                .find(&end)
                .map_or(rest.len(), |at| inside + at + end.len());
            return close;
        }
        if prefix == 1 && tail.starts_with('"') {
            return prefix + quoted_length(tail, '"');
        }
    }
    0
}

fn block_comment_length(rest: &str) -> usize {
    let mut depth = 0;
    let mut position = 0;
    while position < rest.len() {
        if rest[position..].starts_with("/*") {
            depth += 1;
            position += 2;
        } else if rest[position..].starts_with("*/") {
            depth -= 1;
            position += 2;
            if depth == 0 {
                return position;
            }
        } else {
            position += rest[position..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (position, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return position + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character literal; a lifetime is code.
fn character_length(rest: &str) -> usize {
    let mut characters = rest.chars().skip(1);
    let (first, second) = (characters.next(), characters.next());
    match (first, second) {
        (Some('\\'), _) => quoted_length(rest, '\''),
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 0,
    }
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = "let a = \"todo! \\\" x\"; // todo!\n/* todo! /* */ */ r#\"todo!\"# 'a' b'{' fn";
    let file = Source::new("src/a.rs", text.to_owned());
    assert!(file.words("todo!").is_empty());
    assert_eq!(file.code.len(), file.text.len());
    assert_eq!(
        Source::new("a", "f(\"ä\"); // ä".into())
            .columns()
            .collect::<Vec<_>>(),
        [9]
    );
    assert_eq!(file.words("fn").len(), 1);
    assert!(!file.code.contains('{'));
}

#[test]
fn imports_are_seen_in_groups_and_by_super() {
    let text = "use crate::{hub::x, model::{a, b}};\nuse super::super::webex::y;\ncrate::http::z()";
    let file = Source::new("src/model/person.rs", text.to_owned());
    let names: Vec<String> = file
        .rooms_imported()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, ["hub", "model", "http"]);
    let up = Source::new(
        "src/model/person.rs",
        "use super::super::tasks::y;".to_owned(),
    );
    assert_eq!(up.rooms_imported()[0].1, "tasks");
}

#[test]
fn a_function_is_measured_from_its_name_to_its_brace() {
    let text = "fn a(x: &'a str) -> [u8; 2]\n{\n  '}';\n}\ntrait T { fn b(); f: fn() }";
    let functions = Source::new("src/a.rs", text.to_owned()).functions();
    assert_eq!(functions.len(), 1);
    assert_eq!((functions[0].lines, functions[0].name.as_str()), (4, "a"));
}
