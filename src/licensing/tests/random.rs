//! Random saves never break what must always hold, and a refused one changes nothing.

use proptest::prelude::*;
use uuid::Uuid;

use super::firm::Firm;
use crate::licensing::{Add, Properties, Route};
use crate::model::{Holder, SubscriptionStatus};

const OFFERS: [&str; 12] = [
    "BCSTD", "BCBAS", "BCCA", "CXE", "AA", "MS", "FMS", "EE", "FTM", "CF", "JM", "CJPSTD",
];

const ROUTES: [Route; 9] = [
    Route::EditLicenses,
    Route::PublicPatch,
    Route::PeopleWrite,
    Route::WorkspaceWrite,
    Route::CsvAddOnly,
    Route::CsvAddAndRemove,
    Route::TemplatePreserve,
    Route::TemplateReplace,
    Route::Scenario,
];

const STATUSES: [SubscriptionStatus; 5] = [
    SubscriptionStatus::Trial,
    SubscriptionStatus::Active,
    SubscriptionStatus::PendingAction,
    SubscriptionStatus::Suspended,
    SubscriptionStatus::Cancelled,
];

const QUIRKS: [(&str, &str); 6] = [
    ("csv_from_suspended", "lost"),
    ("suspended_template_outcome", "stuck"),
    ("suspended_over_public_api", "refuse"),
    ("swap_without_properties", "keep"),
    ("patch_swap_unassignable", "partial"),
    ("people_put_unassignable", "refuse"),
];

/// One random save, or an event before it.
#[derive(Debug, Clone)]
struct Step {
    holder: usize,
    route: usize,
    add: Vec<(usize, Option<usize>)>,
    remove: Vec<usize>,
    status: Option<(usize, usize)>,
    quirk: Option<usize>,
}

fn step() -> impl Strategy<Value = Step> {
    let license = 0..OFFERS.len() * 2;
    let add = (license.clone(), prop::option::of(0..8_usize));
    (
        0..4_usize,
        0..ROUTES.len(),
        prop::collection::vec(add, 0..4),
        prop::collection::vec(license, 0..4),
        prop::option::weighted(0.2, (0..2_usize, 0..STATUSES.len())),
        prop::option::weighted(0.1, 0..QUIRKS.len()),
    )
        .prop_map(|(holder, route, add, remove, status, quirk)| Step {
            holder,
            route,
            add,
            remove,
            status,
            quirk,
        })
}

fn firm() -> (Firm, Vec<Holder>, Vec<Uuid>) {
    let mut firm = Firm::new();
    let mut licenses = Vec::new();
    for code in ["Sub119911", "Sub121331"] {
        for offer in OFFERS {
            licenses.push(firm.license(code, offer, 2));
        }
    }
    for digit in 0..8 {
        firm.number(&format!("+1312555200{digit}"), firm.hq);
    }
    let holders = vec![
        firm.person("ann"),
        firm.person("bob"),
        firm.person("cy"),
        firm.workspace("Lobby"),
    ];
    (firm, holders, licenses)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn random_saves_keep_the_world_sound(steps in prop::collection::vec(step(), 1..40)) {
        let (mut firm, holders, licenses) = firm();
        for step in steps {
            if let Some((code, status)) = step.status {
                firm.status(["Sub119911", "Sub121331"][code], STATUSES[status]);
            }
            if let Some(quirk) = step.quirk {
                firm.quirk(QUIRKS[quirk].0, QUIRKS[quirk].1);
            }
            let add = step.add.iter().map(|(license, digit)| Add {
                license: licenses[*license],
                properties: digit.map(|digit| {
                    let number = format!("+1312555200{digit}");
                    let extension = format!("200{digit}");
                    Properties::parse(Some(firm.hq), Some(&number), Some(&extension)).unwrap()
                }),
            });
            let add = add.collect();
            let remove: Vec<Uuid> = step.remove.iter().map(|license| licenses[*license]).collect();
            let holder = holders[step.holder];
            let result = firm.save_with(ROUTES[step.route], holder, &remove, add);
            if let Ok(outcome) = result {
                prop_assert!(outcome.error.is_none() || !outcome.rules.is_empty()
                    || !outcome.failed.is_empty());
            }
        }
    }
}
