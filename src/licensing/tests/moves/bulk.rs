//! The rows of the move table that act on many people: CSV imports and templates.

use super::Move;
use crate::licensing::{Action, Route};
use crate::model::SubscriptionStatus::{Active, Suspended};
use crate::refusal::ErrorKind;

/// Proves: MOVE-13
#[test]
fn a_csv_move_from_a_suspended_subscription_keeps_everything_or_loses_it_as_the_quirk_says() {
    Move::new()
        .source(Suspended)
        .assert_swapped(Route::CsvAddAndRemove);
    let mut strict = Move::new()
        .source(Suspended)
        .quirk("csv_from_suspended", "lost");
    let outcome = strict.assert_lost(Route::CsvAddAndRemove, &[]);
    assert!(outcome.lost.iter().all(|lost| lost.rule == "MOVE-13"));
}

/// Proves: MOVE-09, CSV-09
#[test]
fn add_services_only_ignores_the_removal_and_refuses_two_calling_licences() {
    for source in [Active, Suspended] {
        let mut ann = Move::new().source(source);
        let refusal = ann.assert_refused(Route::CsvAddOnly, ErrorKind::TwoCallingLicenses);
        assert!(refusal.rules.contains(&"MOVE-09"));
    }
}

/// Proves: MOVE-12, DEC-01
#[test]
fn a_template_on_a_suspended_subscription_strips_the_person() {
    let mut ann = Move::new().source(Suspended);
    let outcome = ann.assert_lost(Route::TemplateReplace, &[]);
    assert!(ann.firm.calling(ann.holder).is_none());
    assert_eq!(outcome.licenses_removed.len(), 1);
    assert!(outcome.licenses_added.is_empty());
    assert!(
        outcome
            .lost
            .iter()
            .all(|lost| lost.rule == "MOVE-12" && !lost.reversible)
    );
    assert_eq!(outcome.error.unwrap().code, 900_002);
}

/// Proves: MOVE-12, DEC-01
#[test]
fn a_template_on_a_suspended_subscription_may_leave_the_person_stuck() {
    let quirk = ("suspended_template_outcome", "stuck");
    let mut ann = Move::new().source(Suspended).quirk(quirk.0, quirk.1);
    let a = ann.a;
    let outcome = ann.assert_lost(Route::TemplateReplace, &[a]);
    assert!(ann.firm.calling(ann.holder).is_some());
    assert!(outcome.licenses_removed.is_empty());
    let names_location = outcome.lost.iter().any(|lost| lost.family == "location");
    assert!(!names_location, "whoever is stuck keeps the location");
    assert!(outcome.kept.iter().any(|name| name == "licenses"));
    let csv = Move::new().source(Suspended).quirk(quirk.0, quirk.1);
    let mut csv = csv.quirk("csv_from_suspended", "lost");
    let a = csv.a;
    csv.assert_lost(Route::CsvAddAndRemove, &[a]);
}

/// Proves: DEC-19, TMPL-18
#[test]
fn a_template_whose_target_is_full_leaves_the_person_as_they_are() {
    for source in [Active, Suspended] {
        Move::new()
            .source(source)
            .full()
            .assert_refused(Route::TemplateReplace, ErrorKind::NoFreeUnit);
    }
}

/// Proves: MOVE-14, DEC-21
#[test]
fn a_template_that_preserves_leaves_the_old_licence_with_a_warning() {
    for source in [Active, Suspended] {
        let mut ann = Move::new().source(source);
        let outcome = ann.run(Route::TemplatePreserve).unwrap();
        assert_eq!(outcome.action, Action::None);
        assert_eq!(outcome.warnings.len(), 1);
        assert!(outcome.succeeded());
        assert_eq!(ann.firm.licenses(ann.holder), [ann.a]);
        assert_eq!(ann.firm.configuration(ann.holder), ann.before);
    }
}

/// Proves: CSV-25, CSV-10
#[test]
fn two_calling_columns_with_true_fail_the_row_under_either_behaviour() {
    for (route, remove) in [(Route::CsvAddOnly, false), (Route::CsvAddAndRemove, true)] {
        let mut ann = Move::new();
        let third = ann.firm.license("Sub300000", "BCSTD", 10);
        let old = ann.a;
        let remove: &[_] = if remove { &[old] } else { &[] };
        let both = [ann.b, third];
        let refusal = ann.firm.save(route, ann.holder, remove, &both).unwrap_err();
        assert_eq!(refusal.kind, ErrorKind::TwoCallingLicenses);
        assert!(refusal.rules.contains(&"CSV-25"));
        assert_eq!(ann.firm.licenses(ann.holder), [old]);
        assert_eq!(ann.firm.configuration(ann.holder), ann.before);
    }
}
