//! Filters read, applied and refused.

use proptest::prelude::*;
use serde_json::json;

use super::operators::OPERATORS;
use super::*;

fn fields() -> Fields {
    Fields::texts(&["name", "email", "teamIds", "id"])
}

fn fits(filter: &str) -> bool {
    let document = json!({
        "name": "Amara (day) O'Neil", "email": "amara@example.com", "teamIds": ["red", "blue"],
        "id": "57efb0e6-5af0-4245-a67d-d3c5045cdb6e",
    });
    let filter = Filter::parse(filter, &fields());
    filter.expect("a filter").fits(&document)
}

#[test]
fn comparisons_apply_as_the_syntax_guide_says() {
    for (filter, wanted) in [
        ("email==amara@example.com", true),
        ("email==AMARA@example.com", false),
        ("email==^AMARA@example.com", true),
        ("email==amara*", true),
        ("email==*example*", true),
        ("email==a*a*com", true),
        ("email==*a", false),
        ("email=='^*EXAMPLE.COM'", true),
        ("email=in=(amara*)", false),
        ("email!=amara*", false),
        ("email=like=mara@", true),
        ("email=notlike=mara@", false),
        ("email=ilike=MARA@", true),
        ("email=icase=AMARA@EXAMPLE.COM", true),
        ("email>a;email<b", true),
        ("email=bt=(a,b)", true),
        ("email=nb=(a,b)", false),
        ("teamIds==blue", true),
        ("teamIds!=blue", false),
        ("teamIds=in=(green,red)", true),
        ("teamIds=out=(green)", true),
        ("teamIds=isnull=''", false),
        ("teamIds=notnull=''", true),
        ("name==\"Amara (day) O'Neil\"", true),
        (r"name=='Amara (day) O\'Neil'", true),
        ("id==57EFB0E6-5AF0-4245-A67D-D3C5045CDB6E", true),
    ] {
        assert_eq!(fits(filter), wanted, "{filter}");
    }
}

#[test]
fn and_binds_tighter_than_or_and_parentheses_tighter_than_both() {
    for (filter, wanted) in [
        ("id==1,email==amara*", true),
        ("id==1 or email==amara*", true),
        ("id==1 and email==x or teamIds==red", true),
        ("id==1;(email==x,teamIds==red)", false),
        ("(id==1 or id==57*) and (teamIds==red)", true),
        ("((email==amara*))", true),
        ("id==1 or(email==amara*)", true),
    ] {
        assert_eq!(fits(filter), wanted, "{filter}");
    }
}

/// A filter, and a text for it.
fn filters() -> impl Strategy<Value = (Filter, String)> {
    let value = "[a-zA-Z0-9 ,;()'\"\\\\=*^äß]{1,8}";
    let operators = (0..OPERATORS.len()).prop_map(|it| OPERATORS[it]);
    let one = (operators, 0..4_usize, proptest::collection::vec(value, 2));
    let one = one.prop_map(|((spelled, operator, wanted), field, mut values)| {
        let name = ["name", "email", "teamIds", "id"][field];
        let (_, most, are_many) = operator.takes();
        values.truncate(most);
        let quoted = values.iter().map(|value| {
            let value = value.replace('\\', r"\\").replace('"', "\\\"");
            format!("\"{value}\"")
        });
        let quoted = quoted.collect::<Vec<_>>().join(" , ");
        let text = match are_many {
            true => format!("{name}{spelled}({quoted})"),
            false => format!("{name} {spelled}{quoted}"),
        };
        let field = fields().find(name).expect("a field").clone();
        let comparison = Comparison {
            field,
            operator,
            wanted,
            values,
        };
        (Filter::Is(comparison), text)
    });
    one.prop_recursive(3, 12, 3, |part| {
        let parts = proptest::collection::vec(part, 2..4);
        (parts, any::<bool>(), any::<bool>()).prop_map(|(parts, is_any, is_sign)| {
            let (parts, texts): (Vec<Filter>, Vec<String>) = parts.into_iter().unzip();
            let texts = texts.into_iter().map(|text| format!("({text})"));
            let joint = match (is_any, is_sign) {
                (true, true) => ",",
                (true, false) => " or ",
                (false, true) => ";",
                (false, false) => " and ",
            };
            let text = texts.collect::<Vec<_>>().join(joint);
            match is_any {
                true => (Filter::Any(parts), text),
                false => (Filter::All(parts), text),
            }
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_it_was_meant((filter, text) in filters()) {
        prop_assert_eq!(Filter::parse(&text, &fields()).expect("a filter"), filter);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-z(),;=!<>'\"* ^\\\\]{0,60}") {
        if let Err(refusal) = Filter::parse(&text, &fields()) {
            prop_assert!(refusal.detail.starts_with("filter "));
        }
    }
}

#[test]
fn filters_are_bounded() {
    let deep = format!("{}id==1{}", "(".repeat(11), ")".repeat(11));
    let many = vec!["id==1"; 101].join(",");
    let values = format!("id=in=({})", vec!["1"; 201].join(","));
    let long = format!("id=={}", "x".repeat(8_000));
    let endless = "(".repeat(7_000);
    for text in [&deep, &many, &values, &long, &endless] {
        assert!(Filter::parse(text, &fields()).is_err());
    }
}
