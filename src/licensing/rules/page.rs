//! Renders the rule table as the page `openapi/BEHAVIOUR.md`.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::{GROUPS, Rule, all, left_out};

const INTRODUCTION: &str = "\
# Behaviour: rules and their proofs

Generated from the rule table, see `tests/generated.rs`. A test proves a rule when its name holds
the rule's id or a comment `Proves:` above it names the rule.

The Management Portal of Contact Center is not simulated: of the article 52ulis, its last step, the
upload of agent details there, is left out.

";

const TABLE_HEAD: &str = "\
| rule | what holds | source | confidence | proof |
| --- | --- | --- | --- | --- |
";

const LEFT_OUT_HEAD: &str = "
## Known and not implemented

| rule | why |
| --- | --- |
";

/// The page: every rule with its source and the tests that prove it.
///
/// `proofs` gives, by rule id, the tests that name the rule.
#[must_use]
pub fn behaviour_page(proofs: &BTreeMap<&str, Vec<String>>) -> String {
    let mut page = String::new();
    // Writing into a String cannot fail.
    let _ = write_page(&mut page, proofs);
    page
}

fn write_page(page: &mut String, proofs: &BTreeMap<&str, Vec<String>>) -> fmt::Result {
    let proved = all()
        .filter(|rule| !tests_of(rule, proofs).is_empty())
        .count();
    page.push_str(INTRODUCTION);
    writeln!(page, "{} rules, {proved} with a proof.", all().count())?;
    for group in GROUPS {
        write!(page, "\n## {}\n\n{TABLE_HEAD}", group.title)?;
        for rule in group.rules {
            let sentence = cell(rule.sentence);
            let (source, confidence) = (cell(rule.source), rule.confidence.name());
            let proof = proof(tests_of(rule, proofs));
            writeln!(
                page,
                "| {} | {sentence} | {source} | {confidence} | {proof} |",
                rule.id
            )?;
        }
    }
    page.push_str(LEFT_OUT_HEAD);
    for (id, reason) in left_out() {
        writeln!(page, "| {id} | {} |", cell(reason))?;
    }
    Ok(())
}

fn tests_of<'a>(rule: &Rule, proofs: &'a BTreeMap<&str, Vec<String>>) -> &'a [String] {
    proofs.get(rule.id).map_or(&[], Vec::as_slice)
}

fn proof(tests: &[String]) -> String {
    if tests.is_empty() {
        return "no proof yet".to_owned();
    }
    let named: Vec<_> = tests.iter().map(|test| format!("`{test}`")).collect();
    named.join("<br>")
}

/// A table cell must not hold what Markdown takes for the end of a cell or for a tag.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_of<'a>(page: &'a str, id: &str) -> &'a str {
        let start = format!("| {id} |");
        page.lines()
            .find(|line| line.starts_with(&start))
            .expect("a line of the rule")
    }

    #[test]
    fn a_rule_shows_the_tests_that_prove_it() {
        let tests = vec!["a.rs::one".to_owned(), "a.rs::two".to_owned()];
        let page = behaviour_page(&BTreeMap::from([("LOSS-01", tests)]));
        assert!(line_of(&page, "LOSS-01").ends_with("| `a.rs::one`<br>`a.rs::two` |"));
        assert!(page.contains(" rules, 1 with a proof."));
    }

    #[test]
    fn a_rule_without_tests_says_so() {
        let page = behaviour_page(&BTreeMap::new());
        assert!(line_of(&page, "LOSS-01").ends_with("| no proof yet |"));
    }

    #[test]
    fn a_bar_or_a_bracket_in_a_sentence_stays_in_its_cell() {
        let page = behaviour_page(&BTreeMap::new());
        assert!(line_of(&page, "CSV-20").contains("REMOVE\\| before"));
        assert!(line_of(&page, "CSV-22").contains("&lt;"));
    }
}
