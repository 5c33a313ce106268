//! Proofs of the CSV machinery.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::refusal::ErrorKind;

fn cells(sheet: &Sheet) -> Vec<Vec<String>> {
    let row = |record: &Record| {
        (0..sheet.header.len())
            .map(|at| record.cell(at).to_owned())
            .collect()
    };
    sheet.rows.iter().map(row).collect()
}

fn refusal(bytes: &[u8]) -> (ErrorKind, String) {
    let refusal = read(bytes, 10).expect_err("a refusal");
    (refusal.kind, refusal.detail)
}

#[test]
fn a_byte_order_mark_line_ends_and_blank_lines_do_not_matter() {
    let bytes = "\u{feff} a ,b\r\n\r\n1,\"two\r\nlines\"\r\n3,4\r\n\r\n,\r\n".as_bytes();
    let sheet = read(bytes, 10).expect("a sheet");
    assert_eq!(sheet.header, ["a", "b"]);
    assert_eq!(cells(&sheet), [["1", "two\r\nlines"], ["3", "4"]]);
    assert_eq!(
        sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [3, 5]
    );
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "1,2", "", "\"x", "y\",4", "5,6"].join(end);
        let sheet = read(text.as_bytes(), 10).expect("a sheet");
        let lines: Vec<u32> = sheet.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 6], "{end:?}");
    }
}

/// Proves: DEC-33
#[test]
fn what_is_no_such_file_is_refused_with_its_line() {
    let cases: [(&[u8], &str); 15] = [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a;b\n1;2\n", "semicolons"),
        (b"a\tb\n", "tabs"),
        (b"\n\"a\";\"b\"\n1;2\n", "Line 2 is separated by semicolons"),
        (
            b"a,b\n1,2\n3\n",
            "Line 3 (\"3\") does not fit the header: cells 1, columns 2.",
        ),
        (b"a,b\n1,\xff\n", "Line 2 is not valid UTF-8."),
        (b"a,b\n1,2\n1,\0\n", "Line 3 contains a NUL byte."),
        (
            b"a,b\n1,2\n1,\"open\n5,6\n",
            "opens on line 3 is never closed",
        ),
        (b"a,b\n1,x\"y\n", "Line 2: a quote stands within a cell"),
        (b"a,b\n1,x\"\"y\n", "Line 2: a quote stands within a cell"),
        (b"a,b\n1, \"x\"\n", "Line 2: a quote stands within a cell"),
        (
            b"a,b\n\"1\n1\",\"x\"y\"\n",
            "Line 3: something stands between a closing quote",
        ),
        (b"\"a\" ,b\n", "Line 1: something stands between"),
        (b"\xff\xfea\0", "UTF-16"),
    ];
    for (bytes, part) in cases {
        let (kind, detail) = refusal(bytes);
        assert_eq!(kind, ErrorKind::NotCsv);
        assert!(detail.contains(part), "{detail} does not say {part}");
    }
}

/// Proves: CSV-02
#[test]
fn too_many_rows_are_counted_and_refused() {
    let (kind, detail) = refusal(format!("a\n{}", "1\n".repeat(11)).as_bytes());
    assert_eq!(kind, ErrorKind::TooManyRows);
    assert!(detail.contains("11 rows"), "{detail}");
    assert_eq!(
        read(format!("a\n{}", "1\n".repeat(10)).as_bytes(), 10).map(|s| s.rows.len()),
        Ok(10)
    );
}

#[test]
fn columns_stand_in_any_order_and_once() {
    let header = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let names = header(&["First", "Second"]);
    let find = |name: &str| match name.to_lowercase().as_str() {
        "first" => Some(Known::Column(1)),
        "second" => Some(Known::Column(2)),
        "old" => Some(Known::Ignored("Old is gone.".to_owned())),
        _ => None,
    };
    let found = columns(&header(&["SECOND", "old", "first"]), &names, find);
    assert_eq!(
        found,
        Ok((
            vec![Some(2), None, Some(1)],
            vec!["Old is gone.".to_owned()]
        ))
    );
    let twice = columns(&header(&["first", "First"]), &names, find).expect_err("a refusal");
    assert!(twice.detail.contains("Columns 1 and 2"), "{}", twice.detail);
    let unknown = columns(&header(&["Frist"]), &names, find).expect_err("a refusal");
    assert!(
        unknown.detail.ends_with("the nearest is \"First\"."),
        "{}",
        unknown.detail
    );
}

/// Proves: DEC-34
#[test]
fn a_formula_is_written_so_that_it_does_not_run() {
    let mut writer = Writer::default();
    writer.texts(["=1+1", "'=1", "@x", "-", "'plain", "\tx"]);
    writer.row([
        Cell::Number(Cow::Borrowed("+14085550100")),
        Cell::Number(Cow::Borrowed("+1+2")),
        Cell::Flag(true),
        Cell::Empty,
    ]);
    let text = writer.finish();
    assert_eq!(
        text,
        "'=1+1,''=1,'@x,'-,'plain,'\tx\n+14085550100,'+1+2,TRUE,\n"
    );
}

proptest! {
    #[test]
    fn what_is_written_reads_back_unchanged(
        rows in prop::collection::vec(prop::collection::vec("[ -~äß='+@\t\r\n\"]{0,8}", 3), 0..8)
    ) {
        let mut writer = Writer::default();
        writer.texts(["key", "a", "b", "c"]);
        for row in &rows {
            let cells = row.iter().map(|cell| Cell::Text(Cow::Borrowed(cell)));
            writer.row(std::iter::once(Cell::Text(Cow::Borrowed("key"))).chain(cells));
        }
        let sheet = read(writer.finish().as_bytes(), 100).expect("a sheet");
        let expected: Vec<Vec<String>> =
            rows.into_iter().map(|row| [vec!["key".to_owned()], row].concat()).collect();
        prop_assert_eq!(cells(&sheet), expected);
    }

    #[test]
    fn no_bytes_make_reading_fail_otherwise(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(refusal) = read(&bytes, 3) {
            prop_assert!(matches!(refusal.kind, ErrorKind::NotCsv | ErrorKind::TooManyRows));
        }
    }
}

fn stand_in_order<F: Field>() {
    for (place, header) in F::HEADERS.iter().enumerate() {
        assert_eq!(header.field.position(), place, "{}", header.name);
        for name in std::iter::once(&header.name).chain(header.aliases) {
            let found = F::named(&name.to_uppercase()).map(F::position);
            assert_eq!(found, Some(place), "{name}");
        }
    }
}

#[test]
fn columns_stand_in_their_tables_in_the_order_of_their_numbers_and_are_found_by_every_name() {
    stand_in_order::<crate::tasks::user_csv::Attribute>();
    stand_in_order::<crate::tasks::workspace_csv::Attribute>();
}
