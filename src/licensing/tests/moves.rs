//! The move table, cell by cell: from subscription A to subscription B on every route.

mod bulk;

use uuid::Uuid;

use super::firm::Firm;
use crate::licensing::{Action, Add, Outcome, Properties, Route};
use crate::model::SubscriptionStatus::{Active, Cancelled, PendingAction, Suspended, Trial};
use crate::model::{Holder, SubscriptionStatus};
use crate::refusal::{ErrorKind, Refusal};

/// One person on A, and B to move to.
struct Move {
    firm: Firm,
    holder: Holder,
    a: Uuid,
    b: Uuid,
    properties: Properties,
    before: String,
}

impl Move {
    fn new() -> Self {
        let mut firm = Firm::new();
        let a = firm.license("Sub119911", "BCSTD", 10);
        let b = firm.license("Sub121331", "BCSTD", 10);
        let holder = firm.person("ann");
        let properties = firm.caller(holder, a, "2001");
        let before = firm.configuration(holder);
        Self {
            firm,
            holder,
            a,
            b,
            properties,
            before,
        }
    }

    fn source(mut self, status: SubscriptionStatus) -> Self {
        self.firm.status("Sub119911", status);
        self
    }

    fn target(mut self, status: SubscriptionStatus) -> Self {
        self.firm.status("Sub121331", status);
        self
    }

    fn full(mut self) -> Self {
        let other = self.firm.person("bob");
        self.firm.caller(other, self.b, "2999");
        let full = |license: &mut crate::model::License| license.total_units = 1;
        self.firm.tx.update(self.b, full).unwrap();
        self
    }

    fn quirk(mut self, name: &str, choice: &str) -> Self {
        self.firm.quirk(name, choice);
        self
    }

    /// Removes A and adds B in one save.
    fn run(&mut self, route: Route) -> Result<Outcome, Refusal> {
        let properties = (route == Route::PublicPatch).then(|| self.properties.clone());
        let add = vec![Add {
            license: self.b,
            properties,
        }];
        self.firm.save_with(route, self.holder, &[self.a], add)
    }

    fn assert_swapped(&mut self, route: Route) -> Outcome {
        let outcome = self.run(route).unwrap();
        assert_eq!(outcome.action, Action::Swapped, "{route:?}");
        assert_eq!(self.firm.licenses(self.holder), [self.b], "{route:?}");
        assert_eq!(
            self.firm.configuration(self.holder),
            self.before,
            "{route:?}"
        );
        assert_eq!(self.firm.units(self.a), (0, 0));
        assert_eq!(outcome.from.as_ref().unwrap().subscription_id, "Sub119911");
        assert_eq!(outcome.to.as_ref().unwrap().subscription_id, "Sub121331");
        assert!(
            outcome.lost.is_empty() && outcome.error.is_none(),
            "{route:?}"
        );
        assert!(
            outcome.kept.iter().any(|family| family == "callForwarding"),
            "{route:?}"
        );
        outcome
    }

    fn assert_refused(&mut self, route: Route, kind: ErrorKind) -> Refusal {
        let refusal = self.run(route).unwrap_err();
        assert_eq!(refusal.kind, kind, "{route:?}: {refusal}");
        assert_eq!(self.firm.licenses(self.holder), [self.a], "{route:?}");
        assert_eq!(
            self.firm.configuration(self.holder),
            self.before,
            "{route:?}"
        );
        refusal
    }

    fn assert_lost(&mut self, route: Route, left: &[Uuid]) -> Outcome {
        let outcome = self.run(route).unwrap();
        assert_eq!(outcome.action, Action::Lost, "{route:?}");
        assert_eq!(self.firm.licenses(self.holder), left, "{route:?}");
        assert!(self.firm.is_bare(self.holder), "{route:?}");
        assert_eq!(outcome.freed_numbers, ["+13125552001"], "{route:?}");
        assert!(
            outcome
                .lost
                .iter()
                .any(|lost| lost.family == "callForwarding")
        );
        assert!(outcome.error.is_some() && !outcome.succeeded(), "{route:?}");
        assert_eq!(self.firm.tx.notes().lost.len(), outcome.lost.len());
        outcome
    }
}

const SWAPPING: [Route; 6] = [
    Route::EditLicenses,
    Route::PublicPatch,
    Route::PeopleWrite,
    Route::CsvAddAndRemove,
    Route::TemplateReplace,
    Route::Scenario,
];

/// Proves: MOVE-01, MOVE-02, MOVE-03, MOVE-08, MOVE-11, DEC-07
#[test]
fn from_active_to_active_everything_is_kept_on_every_route() {
    for route in SWAPPING {
        let mut ann = Move::new();
        let bystander = ann.firm.person("cy");
        ann.firm.caller(bystander, ann.a, "2002");
        let others = ann.firm.configuration(bystander);
        ann.firm.save(Route::Scenario, bystander, &[], &[]).unwrap();
        let outcome = ann.run(route).unwrap();
        assert_eq!(outcome.action, Action::Swapped, "{route:?}");
        assert_eq!(ann.firm.configuration(ann.holder), ann.before);
        assert_eq!(ann.firm.units(ann.a), (1, 0));
        assert_eq!(ann.firm.units(ann.b), (1, 0));
        assert_eq!(ann.firm.configuration(bystander), others);
        for rule in ["MOVE-01", "MOVE-02", "MOVE-03"] {
            assert!(
                outcome.rules.iter().any(|known| known == rule),
                "{route:?} {rule}"
            );
            assert!(
                ann.firm.tx.notes().rules.contains(&rule),
                "{route:?} {rule}"
            );
        }
    }
}

/// Proves: DEC-04
#[test]
fn people_can_be_moved_to_a_trial_and_to_a_subscription_that_waits_for_an_action() {
    for target in [Trial, Active, PendingAction] {
        Move::new()
            .target(target)
            .assert_swapped(Route::EditLicenses);
    }
}

/// Proves: MOVE-05, DEC-02, SUB-08
#[test]
fn edit_licences_moves_a_person_away_from_a_suspended_subscription() {
    let outcome = Move::new()
        .source(Suspended)
        .assert_swapped(Route::EditLicenses);
    assert!(outcome.rules.iter().any(|rule| rule == "MOVE-05"));
}

/// Proves: MOVE-06
#[test]
fn without_a_free_unit_a_move_is_refused_and_nothing_changes() {
    let refusing = [
        Route::EditLicenses,
        Route::PublicPatch,
        Route::CsvAddAndRemove,
        Route::TemplateReplace,
        Route::Scenario,
    ];
    for route in refusing {
        Move::new()
            .full()
            .assert_refused(route, ErrorKind::NoFreeUnit);
    }
}

/// Proves: MOVE-07, SUB-09
#[test]
fn a_move_to_a_subscription_that_is_not_active_is_refused_and_nothing_changes() {
    let refusing = [
        Route::EditLicenses,
        Route::PublicPatch,
        Route::CsvAddAndRemove,
        Route::TemplateReplace,
    ];
    for route in refusing {
        for target in [Suspended, Cancelled] {
            Move::new()
                .target(target)
                .assert_refused(route, ErrorKind::SubscriptionNotActive);
        }
    }
}

/// Proves: DEC-06
#[test]
fn the_public_api_moves_a_suspended_licence_unless_the_quirk_says_no() {
    for route in [Route::PublicPatch, Route::PeopleWrite] {
        Move::new().source(Suspended).assert_swapped(route);
        Move::new()
            .source(Suspended)
            .quirk("suspended_over_public_api", "refuse")
            .assert_refused(route, ErrorKind::SuspendedOverPublicApi);
    }
    let mut dialog = Move::new()
        .source(Suspended)
        .quirk("suspended_over_public_api", "refuse");
    dialog.assert_swapped(Route::EditLicenses);
}

/// Proves: DEC-10
#[test]
fn a_licence_request_read_literally_removes_and_fails_to_add() {
    let choose = |ann: Move| ann.quirk("patch_swap_unassignable", "partial");
    for mut ann in [
        choose(Move::new().target(Suspended)),
        choose(Move::new().full()),
    ] {
        let outcome = ann.assert_lost(Route::PublicPatch, &[]);
        assert_eq!(outcome.failed.len(), 1);
        assert_eq!(outcome.failed[0].0, ann.b);
    }
}

/// Proves: DEC-11
#[test]
fn a_full_replace_goes_on_without_what_cannot_be_assigned_and_everything_is_lost() {
    for mut ann in [Move::new().target(Suspended), Move::new().full()] {
        let outcome = ann.assert_lost(Route::PeopleWrite, &[]);
        assert!(!outcome.warnings.is_empty());
    }
    let refuse = |ann: Move| ann.quirk("people_put_unassignable", "refuse");
    refuse(Move::new().target(Suspended))
        .assert_refused(Route::PeopleWrite, ErrorKind::SubscriptionNotActive);
    refuse(Move::new().full()).assert_refused(Route::PeopleWrite, ErrorKind::NoFreeUnit);
}

/// Proves: MOVE-04, LOSS-01, LOSS-02, LOSS-03
#[test]
fn in_two_saves_everything_is_lost_and_nothing_comes_back() {
    for source in [Active, Suspended] {
        let mut ann = Move::new().source(source);
        let properties = ann.properties.clone();
        let removed = ann
            .firm
            .save(Route::EditLicenses, ann.holder, &[ann.a], &[])
            .unwrap();
        assert_eq!(removed.action, Action::Removed);
        assert_eq!(removed.freed_numbers, ["+13125552001"]);
        assert!(ann.firm.is_bare(ann.holder));
        let add = vec![Add {
            license: ann.b,
            properties: Some(properties),
        }];
        ann.firm
            .save_with(Route::EditLicenses, ann.holder, &[], add)
            .unwrap();
        assert_ne!(
            ann.firm.configuration(ann.holder),
            ann.before,
            "settings are defaults"
        );
    }
}

/// Proves: DEC-12
#[test]
fn nobody_moves_out_of_a_cancelled_subscription() {
    let routes = [
        Route::EditLicenses,
        Route::PublicPatch,
        Route::PeopleWrite,
        Route::CsvAddOnly,
        Route::CsvAddAndRemove,
        Route::TemplateReplace,
    ];
    for route in routes {
        let mut ann = Move::new().source(Cancelled);
        ann.assert_refused(route, ErrorKind::DisabledByCancellation);
        if !route.only_adds() {
            let refusal = ann.firm.save(route, ann.holder, &[ann.a], &[]).unwrap_err();
            assert_eq!(refusal.kind, ErrorKind::DisabledByCancellation, "{route:?}");
        }
    }
}

/// Proves: DEC-08, DEC-09
#[test]
fn a_licence_request_needs_the_properties_even_to_swap() {
    let mut ann = Move::new();
    let refusal = ann
        .firm
        .save(Route::PublicPatch, ann.holder, &[ann.a], &[ann.b])
        .unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::PropertiesMissing);
    ann.firm.quirk("swap_without_properties", "keep");
    let outcome = ann
        .firm
        .save(Route::PublicPatch, ann.holder, &[ann.a], &[ann.b])
        .unwrap();
    assert_eq!(outcome.action, Action::Swapped);
    assert_eq!(ann.firm.configuration(ann.holder), ann.before);
}

#[test]
fn a_swap_may_bring_another_number_and_extension_but_no_other_location() {
    let mut ann = Move::new();
    let branch = ann.firm.location("Branch", true);
    let new = ann.firm.properties("+13125553003", "3003");
    let elsewhere = Properties {
        location: Some(branch),
        ..new.clone()
    };
    let add = |properties: &Properties| {
        vec![Add {
            license: ann.b,
            properties: Some(properties.clone()),
        }]
    };
    let (elsewhere, new) = (add(&elsewhere), add(&new));
    let save = |firm: &mut Firm, add| firm.save_with(Route::PublicPatch, ann.holder, &[ann.a], add);
    let refusal = save(&mut ann.firm, elsewhere).unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::LocationImmutable);
    let outcome = save(&mut ann.firm, new).unwrap();
    assert_eq!(outcome.action, Action::Swapped);
    assert_eq!(outcome.freed_numbers, ["+13125552001"]);
    let calling = ann.firm.calling(ann.holder).unwrap();
    assert_eq!(calling.number.as_ref().unwrap().as_str(), "+13125553003");
    assert_eq!(calling.extension.as_ref().unwrap().as_str(), "3003");
}

/// Proves: WS-01, DEC-22
#[test]
fn a_workspace_moves_with_everything_and_is_counted_apart() {
    let mut firm = Firm::new();
    let a = firm.license("Sub119911", "BCSTD", 10);
    let b = firm.license("Sub121331", "BCCA", 10);
    let room = firm.workspace("Lobby");
    firm.caller(room, a, "2001");
    let before = firm.configuration(room);
    assert_eq!(firm.units(a), (0, 1));
    firm.status("Sub119911", Suspended);
    let outcome = firm.save(Route::EditLicenses, room, &[a], &[b]).unwrap();
    assert_eq!(outcome.action, Action::Swapped);
    assert_eq!(firm.configuration(room), before);
    assert_eq!((firm.units(a), firm.units(b)), ((0, 0), (0, 1)));
    let names = |rule: &str| outcome.rules.iter().any(|named| named == rule);
    assert!(names("WS-01") && names("DEC-02"));
    assert!(
        !names("MOVE-01") && !names("MOVE-05"),
        "those speak of people"
    );
}

/// Proves: DEC-04
#[test]
fn a_workspace_gets_no_licence_of_a_subscription_that_waits_for_an_action() {
    let mut firm = Firm::new();
    let license = firm.license("Sub119911", "BCCA", 10);
    firm.status("Sub119911", PendingAction);
    let room = firm.workspace("Lobby");
    let properties = firm.properties("+13125552001", "2001");
    let add = vec![Add {
        license,
        properties: Some(properties),
    }];
    let refusal = firm
        .save_with(Route::WorkspaceWrite, room, &[], add)
        .unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::SubscriptionNotActive);
}
