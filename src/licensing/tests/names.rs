//! Licences by name and by age.

use super::firm::Firm;
use crate::licensing::choose::{by_age, for_workspace, oldest};
use crate::licensing::headers::{csv_header, find_license, workspace_csv_header};
use crate::model::SubscriptionStatus::{Cancelled, Suspended};
use crate::refusal::ErrorKind;

/// Proves: CSV-13, CSV-14, DEC-26
#[test]
fn a_licence_is_found_by_every_spelling_of_its_header() {
    let mut firm = Firm::new();
    let a = firm.license("Sub119911", "BCSTD", 10);
    let b = firm.license("Sub121331", "BCSTD", 10);
    let meetings = firm.license("Sub121331", "EE", 10);
    let base = firm.license("Sub121331", "COW", -1);
    firm.status("Sub119911", Suspended);
    assert_eq!(
        csv_header(&firm.tx, a),
        "Webex Calling VAR Professional [Sub119911] (Suspended)"
    );
    assert_eq!(csv_header(&firm.tx, base), "Call on Webex");
    let site = "firm.webex.com - WebEx Enterprise Edition [Sub121331]";
    assert_eq!(csv_header(&firm.tx, meetings), site);
    let id = crate::licensing::held::webex_id(&firm.tx, a);
    let spellings = [
        ("Webex Calling VAR Professional [Sub119911]", Some(a)),
        (
            "webex calling professional [SUB119911] (suspended)",
            Some(a),
        ),
        ("Webex Calling - Professional [Sub121331]", Some(b)),
        ("Webex Calling Professional Workspace [Sub121331]", Some(b)),
        ("Webex Calling VAR Professional", None),
        ("Webex Calling VAR Professional [Sub1]", None),
        (site, Some(meetings)),
        (
            "other.webex.com - WebEx Enterprise Edition [Sub121331]",
            None,
        ),
        ("Call on Webex", Some(base)),
        ("Call on Webex [Sub121331]", Some(base)),
        (id.as_str(), Some(a)),
        (&b.to_string(), Some(b)),
        ("Display Name", None),
        ("", None),
        ("] [ - ", None),
    ];
    for (text, expected) in spellings {
        assert_eq!(find_license(&firm.tx, firm.org, text), expected, "{text}");
        assert_eq!(
            find_license(&firm.tx, firm.hq, text),
            None,
            "{text} elsewhere"
        );
    }
    let header = workspace_csv_header(&firm.tx, b);
    assert_eq!(header, "Webex Calling Professional Workspace [Sub121331]");
}

/// Proves: SUB-10
#[test]
fn the_oldest_subscription_with_a_free_unit_comes_first() {
    let mut firm = Firm::new();
    let first = firm.license("Sub900000", "BCSTD", 1);
    let second = firm.license("Sub100000", "BCSTD", 1);
    let ann = firm.person("ann");
    assert_eq!(by_age(&firm.tx, [second, first]), [first, second]);
    assert_eq!(oldest(&firm.tx, [second, first], ann), Some(first));
    firm.caller(ann, first, "2001");
    assert_eq!(oldest(&firm.tx, [second, first], ann), Some(second));
    firm.status("Sub100000", Suspended);
    assert_eq!(oldest(&firm.tx, [second, first], ann), None);
}

/// Proves: WS-10, WS-11
#[test]
fn a_workspace_keeps_its_licence_or_gets_the_oldest_suitable_one() {
    let mut firm = Firm::new();
    let old = firm.license("Sub100000", "BCSTD", 1);
    let common = firm.license("Sub200000", "BCCA", 1);
    let young = firm.license("Sub300000", "BCCA", 1);
    let people = firm.license("Sub100000", "BCBAS", 1);
    let org = firm.org;
    assert_eq!(for_workspace(&firm.tx, org, None, &[]), Ok(old));
    assert_eq!(for_workspace(&firm.tx, org, Some(young), &[]), Ok(young));
    assert_eq!(
        for_workspace(&firm.tx, org, Some(young), &[old, young]),
        Ok(young)
    );
    assert_eq!(
        for_workspace(&firm.tx, org, Some(old), &[young, common]),
        Ok(common)
    );
    let refusal = for_workspace(&firm.tx, org, None, &[people]).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::LicenseNotRecognized);
    firm.status("Sub100000", Cancelled);
    assert_eq!(for_workspace(&firm.tx, org, None, &[]), Ok(common));
    let refusal = for_workspace(&firm.tx, org, None, &[old]).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::SubscriptionNotActive);
    let refusal = for_workspace(&firm.tx, firm.hq, None, &[]).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::NothingToMoveTo);
}
