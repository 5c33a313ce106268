//! Filters read, applied and refused.

use super::*;

const KNOWN: Attributes = &[
    ("userName", ANY),
    ("id", SAME),
    ("phones.type", SAME),
    ("phones.value", ANY),
];

struct Phones(Vec<(&'static str, &'static str)>);

impl<'a> Subject<'a> for Phones {
    fn values(&self, _attribute: &str) -> Vec<Cow<'a, str>> {
        Vec::new()
    }

    fn elements(&self, _list: &str) -> Option<Vec<Element<'a>>> {
        let phones = self.0.iter();
        let element = |(kind, value): &(&'static str, &'static str)| {
            vec![("type", (*kind).into()), ("value", (*value).into())]
        };
        Some(phones.map(element).collect())
    }
}

#[test]
fn one_element_of_a_list_must_fit_as_a_whole() {
    let filter = r#"phones[type eq "work" and value sw "1"]"#;
    let filter = Filter::parse(filter, KNOWN).unwrap();
    assert!(filter.fits(&Phones(vec![("home", "2"), ("work", "12")])));
    assert!(!filter.fits(&Phones(vec![("home", "12"), ("work", "2")])));
    let filter = Filter::parse(r#"not (phones[type eq "work"])"#, KNOWN).unwrap();
    assert!(filter.fits(&Phones(vec![("home", "1")])));
    assert!(!filter.fits(&Phones(vec![("work", "1")])));
}

#[test]
fn parentheses_bind_before_and() {
    let either = r#"(userName eq "x" or id eq "1") and id eq "2""#;
    assert!(fits(either, "x", "2"));
    assert!(!fits(either, "x", "1"));
}

fn fits(text: &str, name: &str, id: &str) -> bool {
    let filter = Filter::parse(text, KNOWN).unwrap();
    filter.fits(&|attribute: &str| match attribute {
        "userName" => vec![name.into()],
        _ => vec![id.into()],
    })
}

#[test]
fn comparisons_ignore_case_and_and_binds_tighter_than_or() {
    assert!(fits(r#"userName eq "Ada@Example""#, "ada@example", "1"));
    assert!(fits(r#"USERNAME sw "ada""#, "Ada@example", "1"));
    assert!(!fits(r#"userName ew "ada""#, "ada@example", "1"));
    assert!(fits(
        r#"userName eq "x" and id eq "2" or id eq "1""#,
        "y",
        "1"
    ));
    assert!(!fits(
        r#"userName eq "x" and id eq "1" or id eq "2""#,
        "y",
        "1"
    ));
    assert!(fits(r#"a:b:2.0:User:id eq "a \"b\" c""#, "", r#"a "b" c"#));
}

#[test]
fn what_is_no_filter_is_said_in_words() {
    for (text, word) in [
        ("", "must be like"),
        ("userName", "must be like"),
        ("userName eq ada", "must be like"),
        (r#"userName co "ada""#, "no operator"),
        (r#"id sw "1""#, "no operator"),
        (r#"shoes eq "1""#, "no attribute"),
        (r#"id eq "1"#, "not closed"),
        (r#"id eq "1" xor id eq "2""#, "joined by"),
        (r#"id eq "1" and"#, "must be like"),
        (r#"(id eq "1""#, "a ) is missing"),
        (r#"not id eq "1""#, "followed by a parenthesis"),
        (r#"phones[value eq "1""#, "a ] is missing"),
        (r#"phones[shoes eq "1"]"#, "no attribute"),
        (r#"shoes[value eq "1"]"#, "no list"),
        (&"(".repeat(40), "in each other"),
    ] {
        let refused = Filter::parse(text, KNOWN).unwrap_err();
        assert!(refused.contains(word), "{text}: {refused}");
    }
    let long = [r#"id eq "1""#; 60].join(" or ");
    assert!(Filter::parse(&long, KNOWN).is_err());
    assert!(Filter::parse(&"x".repeat(3000), KNOWN).is_err());
}
