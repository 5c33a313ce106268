//! Which tests prove a rule, as the generated page lists them: the page goes into the binary, and
//! no test does.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static PAGE: &str = include_str!("../../../openapi/BEHAVIOUR.md");

static PROOFS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| read(PAGE));

/// The tests that prove a rule, each as `file::test`.
#[must_use]
pub fn proofs(id: &str) -> &'static [&'static str] {
    PROOFS.get(id).map_or(&[], Vec::as_slice)
}

/// The last cell of each line of a table that starts with a rule: its tests, each in backticks.
fn read(page: &str) -> BTreeMap<&str, Vec<&str>> {
    let rows = page.lines().filter_map(|line| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let (id, rest) = cells.split_once(" | ")?;
        let (_, proof) = rest.rsplit_once(" | ")?;
        let tests = proof.split("<br>").filter_map(|test| {
            let test = test.strip_prefix('`')?;
            test.strip_suffix('`')
        });
        Some((id, tests.collect::<Vec<_>>()))
    });
    rows.filter(|(_, tests)| !tests.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::behaviour_page;
    use super::*;

    #[test]
    fn what_the_page_lists_is_read_back() {
        let listed = BTreeMap::from([
            ("CSV-20", vec!["a.rs::one".to_owned()]),
            (
                "LOSS-01",
                vec!["a.rs::one".to_owned(), "b.rs::two".to_owned()],
            ),
        ]);
        let page = behaviour_page(&listed);
        let read = read(&page);
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!(read["CSV-20"], ["a.rs::one"]);
        assert_eq!(read["LOSS-01"], ["a.rs::one", "b.rs::two"]);
    }
}
