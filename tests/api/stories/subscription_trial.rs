//! The life of a trial.

use serde_json::{Value, json};

use super::calendar::{Calendar, LIVING};
use crate::hub::firm::{CALLERS, DEE, NEW, OLD};

const ANN: &str = CALLERS[0];
const NUMBER: &str = "+13125550100";

/// A firm whose older subscription is a trial that ends on day 10.
fn trial() -> Calendar {
    let calendar = Calendar::begin();
    let change = json!({"trial": true, "endDate": Calendar::date(10)});
    let changed = calendar.sold(LIVING, &change).expect(200).json();
    assert_eq!(changed["status"], "trial");
    calendar
}

/// Proves: SUB-06, SUB-07, SUB-04, DEC-14, DEC-16, AUD-03
#[test]
fn a_trial_that_nobody_renews_is_suspended_cancelled_and_purged_on_its_days() {
    let calendar = trial();
    let firm = &calendar.firm;
    let pair = |status: &str, reason: &str| (status.to_owned(), reason.to_owned());

    assert_eq!(calendar.until(9), Vec::<String>::new());
    assert_eq!(calendar.status(), pair("trial", ""));

    assert_eq!(calendar.until(10), ["10 end"]);
    assert_eq!(calendar.status(), pair("suspended", "trialEnded"));
    assert_eq!(calendar.subscription()["suspendedAt"], Calendar::date(10));
    firm.forwarding(ANN).expect(200);
    let refused = calendar.happens(LIVING, "reactivate").expect(409).json();
    assert!(
        refused["detail"].as_str().unwrap().contains("renew"),
        "{refused}"
    );

    assert_eq!(calendar.until(39), Vec::<String>::new());
    assert_eq!(calendar.until(40), ["40 suspensionEnds"]);
    assert_eq!(calendar.status(), pair("cancelled", "trialEnded"));
    let cancelled = calendar.subscription();
    assert_eq!(cancelled["cancelledAt"], Calendar::date(40));
    assert_eq!(cancelled["numbersReleasedAt"], Calendar::date(55));
    assert_eq!(cancelled["purgeAt"], Calendar::date(70));
    let code = firm.forwarding(ANN).expect(403).json();
    assert_eq!(code["errors"][0]["errorCode"], 900_007);
    assert!(calendar.owner(NUMBER).expect("the number")["id"].is_string());

    assert_eq!(calendar.until(55), ["55 numbersReleased"]);
    assert_eq!(calendar.owner(NUMBER), Some(Value::Null));
    assert_eq!(
        calendar.lost(ANN, "numbers"),
        [(Calendar::date(55), json!(["SUB-06"]))]
    );
    assert_eq!(calendar.lost(ANN, "callForwarding"), []);

    assert_eq!(calendar.until(70), ["70 purge"]);
    assert_eq!(calendar.status().0, "deleted");
    assert_eq!(
        calendar.lost(ANN, "callForwarding"),
        [(Calendar::date(70), json!(["SUB-04"]))]
    );
    assert_eq!(firm.person(ANN)["licenses"], json!([]));
    let gone = calendar.happens(LIVING, "restore").expect(409).json();
    assert!(
        gone["detail"].as_str().unwrap().contains("gone for good"),
        "{gone}"
    );

    assert_eq!(
        calendar.told(LIVING),
        [
            "Trial Was Updated",
            "Trial Has Expired",
            "Trial Was Terminated",
            "Trial Was Terminated"
        ]
    );
}

/// Proves: SUB-08, SUB-09
#[test]
fn while_an_ended_trial_is_suspended_people_keep_it_and_nobody_gets_it() {
    let calendar = trial();
    calendar.until(10);
    let firm = &calendar.firm;
    let dee = firm.person(DEE)["id"].as_str().unwrap().to_owned();
    let dialog = format!("/users/{dee}/licenses");
    let mill = firm.hub.location("Mill");
    let add = |license: &str| {
        let properties = json!({"locationId": mill, "extension": "300"});
        let body = json!({"licenses": [
            {"id": license, "operation": "add", "properties": properties},
        ]});
        firm.call("PATCH", &dialog, &body)
    };
    let refused = add(OLD).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_002);
    add(NEW).expect(200);
    let export = firm.export();
    let suspended = format!("{OLD} (Suspended)");
    assert_eq!(export.cell(ANN, &suspended), "TRUE");
    assert_eq!(export.cell(DEE, &suspended), "FALSE");
}

/// Proves: DEC-17
#[test]
fn a_trial_that_is_renewed_in_its_suspension_is_a_paid_subscription_for_a_year() {
    let calendar = trial();
    calendar.until(10);
    calendar.until(20);
    let renewed = calendar.happens(LIVING, "renew").expect(200).json();
    assert_eq!(
        (&renewed["status"], &renewed["trial"]),
        (&json!("active"), &json!(false))
    );
    assert_eq!(renewed["endDate"], Calendar::date(20 + 365));
    assert_eq!(calendar.until(384), Vec::<String>::new());
    assert_eq!(calendar.until(385), ["385 end"]);
    let ended = ("cancelled".to_owned(), "ended".to_owned());
    assert_eq!(calendar.status(), ended);
}

/// Proves: SUB-05, DEC-15
#[test]
fn a_restore_brings_numbers_back_until_their_day_and_settings_until_the_purge() {
    let calendar = trial();
    calendar.happens(LIVING, "cancel").expect(200);
    calendar.until(14);
    let restored = calendar.happens(LIVING, "restore").expect(200).json();
    assert_eq!(restored["status"], "trial");
    // The end has passed meanwhile, so the trial runs on from now.
    assert_eq!(restored["endDate"], Calendar::date(14 + 30));
    assert!(calendar.owner(NUMBER).expect("the number")["id"].is_string());
    calendar.firm.forwarding(ANN).expect(200);

    calendar.happens(LIVING, "cancel").expect(200);
    assert_eq!(calendar.until(28), Vec::<String>::new());
    assert_eq!(calendar.until(29), ["29 numbersReleased"]);
    let late = calendar.happens(LIVING, "restore").expect(200);
    assert_eq!(calendar.owner(NUMBER), Some(Value::Null));
    let forwarding = calendar.firm.forwarding(ANN).expect(200).json();
    assert_eq!(forwarding["callForwarding"]["always"]["enabled"], true);
    let explained = format!("/_sim/v1/explain/{}", late.header("trackingid"));
    let explained = calendar.firm.hub.get(&explained).expect(200).text;
    assert!(explained.contains("DEC-15"), "{explained}");
    assert_eq!(
        calendar.until(43),
        Vec::<String>::new(),
        "no purge is left behind"
    );
}

/// Proves: SUB-01
#[test]
fn a_trial_that_is_sold_while_it_is_suspended_comes_back_as_a_paid_one() {
    let calendar = trial();
    calendar.happens(LIVING, "suspend").expect(200);
    let paid = json!({"trial": false, "endDate": Calendar::date(200)});
    let changed = calendar.sold(LIVING, &paid).expect(200).json();
    assert_eq!(
        (&changed["status"], &changed["trial"]),
        (&json!("suspended"), &json!(false))
    );
    let back = calendar.happens(LIVING, "reactivate").expect(200).json();
    assert_eq!(
        (&back["status"], &back["trial"]),
        (&json!("active"), &json!(false))
    );
    calendar.happens(LIVING, "cancel").expect(200);
    let before = calendar.firm.hub.revision();
    let refused = calendar
        .sold(LIVING, &json!({"trial": true}))
        .expect(409)
        .json();
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("Restore it first"),
        "{refused}"
    );
    assert_eq!(calendar.firm.hub.revision(), before);
    calendar.sold(LIVING, &json!({"trial": false})).expect(200);
}
